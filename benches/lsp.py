#!/usr/bin/env python3
"""How long an editor waits for the findings of a letter after a keystroke.

usage: lsp.py OTVET [WORDS]

Types thirty times into a letter of so many words (300) and prints the first answer and the median, the best and the worst of the others, in
milliseconds by the clock, from the change to the findings.
"""
import json
import statistics
import subprocess
import sys
import time

PARTS = [
    "Здравствуйте, Ольга Петровна!\n\nОткликаюсь на вакансию руководителя поддержки в «Сфере». Если честно, я пять лет веду линию из двенадцати операторов.\n\n",
    "В прошлом году повторные обращения выросли до 19 %. Мне поручили вернуть их к прежним 11 %. Я разобрала триста записей, ",
    "нашла две частые причины и переписала с командой подсказки. За квартал повторные обращения упали до 11 %, а среднее время ответа — с девяти до шести минут.\n\n",
    "Потом я собрала для новичков курс на пять дней: до него они выходили на линию через три недели, теперь — через восемь дней. ",
    "У прежнего работодателя начальник был самодур, но отчёты я сдавала в срок. Вместе с логистами мы завели общий журнал задержек.\n\n",
]
END = "Готова рассказать подробнее. С уважением, Анна Белова, +7 900 000-00-00\n"


def main():
    program, words = sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 300
    letter, turn = "---\nkind: cover-letter\n---\n\n", 0
    while len((letter + END).split()) < words:
        letter += PARTS[turn % len(PARTS)] if turn < len(PARTS) else PARTS[1 + turn % 3]
        turn += 1
    server = subprocess.Popen([program, "lsp", "--no-config"], stdin=subprocess.PIPE, stdout=subprocess.PIPE)

    def say(method, params, number=None):
        message = {"jsonrpc": "2.0", "method": method, "params": params} | ({"id": number} if number else {})
        body = json.dumps(message).encode()
        server.stdin.write(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
        server.stdin.flush()

    def hear():
        length = 0
        while (line := server.stdout.readline().strip()):
            if line.startswith(b"Content-Length:"):
                length = int(line.split(b":")[1])
        return json.loads(server.stdout.read(length))

    def findings():
        while (message := hear()).get("method") != "textDocument/publishDiagnostics":
            pass
        return message["params"]["diagnostics"]

    say("initialize", {"capabilities": {}}, 1)
    hear()
    say("initialized", {})
    uri, times = "file:///letter.md", []
    for turn in range(31):
        text = letter + "Ещё я веду базу знаний"[: turn % 22] + "\n\n" + END
        began = time.perf_counter()
        if turn == 0:
            say("textDocument/didOpen", {"textDocument": {"uri": uri, "languageId": "markdown", "version": 1, "text": text}})
        else:
            say("textDocument/didChange", {"textDocument": {"uri": uri, "version": turn + 1}, "contentChanges": [{"text": text}]})
        found = findings()
        times.append(1000 * (time.perf_counter() - began))
    say("exit", None)
    server.wait()
    first, *others = times
    print(f"{len(text.split())} words, {len(found)} findings: first {first:.0f} ms (with the start), "
          f"then {statistics.median(others):.1f} ms ({min(others):.1f}–{max(others):.1f})")


main()
