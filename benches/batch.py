"""What `otvet batch` costs over a long run: rate and memory for every so many answers. Linux only.

    python3 integrations/spark/make_answers.py 1000000 125 > /tmp/million.jsonl
    python3 benches/batch.py target/release/otvet /tmp/million.jsonl 2    # threads

Seconds of the processor say more than the clock where other programs run.
"""

import os
import pathlib
import re
import subprocess
import sys
import time

STEPS = (10_000, 20_000, 50_000)
EVERY = 100_000


def seconds_of(process):
    """Processor time so far: fields 14 and 15 of `stat`, after the name in brackets."""
    fields = pathlib.Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def peak_of(process):
    status = pathlib.Path(f"/proc/{process}/status").read_text()
    return int(re.search(r"VmHWM:\s+(\d+)", status)[1]) / 1024


def main(otvet, answers, jobs="1"):
    command = [otvet, "batch", "--format", "jsonl", "--jobs", jobs, answers]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as process:
        started = before = time.monotonic()
        spent = done = count = 0
        print(f"{'answers':>10} {'a second':>9} {'a processor second':>19} {'peak MB':>8}")
        for count, _ in enumerate(process.stdout, 1):
            if count in STEPS or count % EVERY == 0:
                clock, own = time.monotonic(), seconds_of(process.pid)
                part = count - done
                print(f"{count:>10} {part / (clock - before):>9.0f} {part / (own - spent):>19.0f} {peak_of(process.pid):>8.0f}", flush=True)
                before, spent, done = clock, own, count
    print(f"{count:>10} {count / (time.monotonic() - started):>9.0f} in all")
    return process.returncode


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
