#!/usr/bin/env python3
"""Takes the pictures of docs/: docs/check.png (`otvet check` in a terminal) and docs/report.png (the HTML report).

    python3 integrations/screenshots.py [path of otvet]

Needs Chromium (Debian: apt-get install chromium) and Pillow (pip install pillow), which makes the files small.
"""

import html
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

from PIL import Image, ImageChops

ROOT = pathlib.Path(__file__).resolve().parents[1]
DOCS = ROOT / "docs"
CHECK = ["check", "-q", "team-productivity", "--width", "100", "--color", "always", "fixtures/answers/productivity-spoken.txt"]
COLOURS = {31: "#ff7b72", 32: "#7ee787", 33: "#e3b341", 34: "#79c0ff", 35: "#d2a8ff", 36: "#56d4dd", 90: "#8b949e"}
TERMINAL = """<!DOCTYPE html><meta charset="utf-8"><style>
body { margin: 0; background: #0d1117; } pre { margin: 0; padding: 18px 22px; color: #e6edf3; font: 15px/1.35 "DejaVu Sans Mono", monospace; }
.prompt { color: #8b949e; }</style><pre><span class="prompt">$</span> %s

%s</pre>"""


def coloured(text):
    """Text with the colours of a terminal as HTML."""
    parts = re.split(r"\x1b\[([\d;]*)m", text)
    shown, style = [html.escape(parts[0])], {}
    for codes, piece in zip(parts[1::2], parts[2::2]):
        for code in map(int, (codes or "0").split(";")):
            if code == 0:
                style = {}
            elif code == 1:
                style["font-weight"] = "700"
            elif code == 2:
                style["opacity"] = ".65"
            elif code == 4:
                style["text-decoration"] = "underline"
            elif code in COLOURS:
                style["color"] = COLOURS[code]
        css = ";".join(f"{key}:{value}" for key, value in style.items())
        shown.append(f'<span style="{css}">{html.escape(piece)}</span>' if css else html.escape(piece))
    return "".join(shown)


def shoot(browser, folder, page, size, to, crop):
    """A picture of a page; with `crop` without the empty space below."""
    options = ["--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-quic"]
    options += ["--disable-component-update", "--disable-sync", "--hide-scrollbars", f"--user-data-dir={folder}/profile"]
    raw = folder / "raw.png"
    command = [browser, *options, f"--window-size={size[0]},{size[1]}", f"--screenshot={raw}", page.as_uri()]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    picture = Image.open(raw).convert("RGB")
    if crop:
        empty = Image.new("RGB", picture.size, picture.getpixel((0, picture.height - 1)))
        box = ImageChops.difference(picture, empty).getbbox()
        picture = picture.crop((0, 0, picture.width, min(picture.height, box[3] + 18)))
    picture.quantize(256, Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE).save(to, optimize=True)
    print(f"{to.relative_to(ROOT)}: {picture.width} × {picture.height}, {to.stat().st_size // 1024} KB")


def main(otvet="target/release/otvet"):
    otvet = str(pathlib.Path(otvet).resolve())
    browser = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        check = [word for word in CHECK if word not in ("--color", "always", "--width", "100")]
        printed = subprocess.run([otvet, *CHECK], cwd=ROOT, capture_output=True, text=True, check=False).stdout
        page = folder / "check.html"
        page.write_text(TERMINAL % (f"otvet {' '.join(check)}", coloured(printed)), encoding="utf-8")
        shoot(browser, folder, page, (960, 1400), DOCS / "check.png", crop=True)
        report = folder / "report.html"
        # Two rows of the sample cannot be read: the exit code says so.
        subprocess.run([otvet, "batch", "fixtures/batch/answers.xlsx", "-o", report], cwd=ROOT, capture_output=True, check=False)
        shoot(browser, folder, report, (1280, 1760), DOCS / "report.png", crop=False)


if __name__ == "__main__":
    main(*sys.argv[1:])
