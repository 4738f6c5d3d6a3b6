"""Makes many answers to measure and test with, out of the annotated corpus: real words in real proportions.

    python3 integrations/spark/make_answers.py 50000 > answers.jsonl          # the corpus over and over
    python3 integrations/spark/make_answers.py 1000000 125 > answers.jsonl    # its clauses in a ring, cut into answers of 125 words

Every record has an id of its own, most have a level and a candidate.
"""

import itertools
import json
import pathlib
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
LEVELS = (None, "junior", "middle", "senior")


def corpus():
    """Answers and letters as records without ids, in the order of the files."""
    known = {path.stem for path in (ROOT / "lexicons" / "questions").glob("*.toml")}
    for path in sorted((ROOT / "fixtures" / "corpus").glob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            entry = json.loads(line)
            record = {"kind": entry["kind"], "text": "".join(text for text, _ in entry["segments"])}
            if entry.get("question_id") in known:
                record["question_id"] = entry["question_id"]
            yield record


def of_length(words):
    """Answers of so many words, without end."""
    questions = itertools.cycle([record["question_id"] for record in corpus() if "question_id" in record])
    ring = itertools.cycle([word for record in corpus() if record["kind"] == "answer" for word in record["text"].split()])
    for question in questions:
        yield {"kind": "answer", "question_id": question, "text": " ".join(itertools.islice(ring, words))}


def answers(count, words=None):
    """So many records, each with an id."""
    records = of_length(words) if words else itertools.cycle(list(corpus()))
    for number, record in enumerate(itertools.islice(records, count)):
        level = LEVELS[number % len(LEVELS)]
        named = {"candidate": f"Кандидат {number // 10}"} if number % 7 else {}
        yield {"id": f"n-{number}", **record, **({"level": level} if level else {}), **named}


if __name__ == "__main__":
    for answer in answers(*map(int, sys.argv[1:3])):
        print(json.dumps(answer, ensure_ascii=False))
