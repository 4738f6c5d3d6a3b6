"""Otvet over a DataFrame: every partition is fed to an `otvet batch` process on its executor, JSON lines both ways.

    spark-submit otvet_spark.py --otvet ./otvet --input answers.parquet --output reports

Or from a notebook:

    from otvet_spark import check, report_schema
    reports = check(answers, otvet="/opt/otvet/otvet")

A row in, a row out, in the same order. A record that cannot be checked is a row with an error; a process that fails raises, with
what it wrote to its error stream, and Spark tries the partition again.
"""

import argparse
import collections
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading

import pyarrow
from pyspark import SparkFiles
from pyspark.sql import SparkSession
from pyspark.sql import functions as F
from pyspark.sql import types as T

# Fields of a record, and the columns they are found in where the caller does not say.
FIELDS = {
    "text": ("text", "answer", "Ответ", "Текст"),
    "id": ("id", "№"),
    "kind": ("kind", "Вид"),
    "question_id": ("question_id", "question", "Вопрос"),
    "level": ("level", "Уровень"),
    "candidate": ("candidate", "Кандидат", "ФИО", "Имя"),
}

# `line` is what `otvet batch` prints: everything else is taken from it, for filters and joins.
COLUMNS = T.StructType(
    [
        T.StructField("row", T.LongType(), nullable=False),
        T.StructField("id", T.StringType()),
        T.StructField("candidate", T.StringType()),
        T.StructField("kind", T.StringType()),
        T.StructField("question_id", T.StringType()),
        T.StructField("level", T.StringType()),
        T.StructField("score", T.IntegerType()),
        T.StructField("grade", T.IntegerType()),
        T.StructField("error", T.StringType()),
        T.StructField("line", T.StringType(), nullable=False),
    ]
)

ARROW = pyarrow.schema(
    [
        pyarrow.field("row", pyarrow.int64(), nullable=False),
        *(pyarrow.field(name, pyarrow.string()) for name in ("id", "candidate", "kind", "question_id", "level")),
        pyarrow.field("score", pyarrow.int32()),
        pyarrow.field("grade", pyarrow.int32()),
        pyarrow.field("error", pyarrow.string()),
        pyarrow.field("line", pyarrow.string(), nullable=False),
    ]
)

# A batch of reports handed to Spark: a report takes some 7 KB.
BATCH = 500
# The end of an error stream is what tells.
LAST_WORDS = 4000


def report_schema():
    """`otvet.report.v1` for `from_json(line, report_schema())`; the same as `otvet schema` tells."""
    text, whole, real = T.StringType(), T.IntegerType(), T.DoubleType()

    def struct(**fields):
        return T.StructType([T.StructField(name, kind) for name, kind in fields.items()])

    part = struct(present=T.BooleanType(), share=real)
    place = {"start": whole, "end": whole}
    cue = struct(id=text, **place, weight=real)
    return struct(
        schema=text,
        ruleset=text,
        id=text,
        candidate=text,
        source=struct(file=text, row=T.LongType()),
        kind=text,
        question_id=text,
        question=text,
        level=text,
        answer_kind=text,
        score=struct(
            total=whole,
            parts=T.ArrayType(struct(id=text, title=text, points=whole, max=whole, why=T.ArrayType(text))),
        ),
        grade=whole,
        star=struct(S=part, T=part, A=part, R=part),
        segments=T.ArrayType(struct(label=text, **place, confidence=real, cues=T.ArrayType(cue))),
        quantities=T.ArrayType(
            struct(
                **place,
                text=text,
                role=text,
                value=real,
                **{"from": real},
                unit=text,
                direction=text,
                metric=text,
                period=text,
            )
        ),
        findings=T.ArrayType(
            struct(
                rule=text,
                type=text,
                severity=text,
                **place,
                line=whole,
                column=whole,
                message=text,
                reason=text,
                advice=text,
            )
        ),
        checklist=T.ArrayType(
            struct(
                id=text,
                text=text,
                met=T.BooleanType(),
                why=text,
                evidence=T.ArrayType(struct(**place)),
                probe=text,
            )
        ),
        advice=T.ArrayType(text),
        stats=struct(words=whole, sentences=whole, speech_seconds=whole),
    )


class OtvetFailed(RuntimeError):
    """A process did not answer all its records."""


class Process:
    """One `otvet batch`: records go in at one end while reports are taken from the other."""

    def __init__(self, command):
        self.errors = tempfile.TemporaryFile()
        self.process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self.errors
        )
        self.trouble = None

    def answers(self, lines):
        """The answer to each of `lines`, in order. `lines` is drawn from in another thread: a pipe that is full must not stop us reading."""
        feeder = threading.Thread(target=self._feed, args=(lines,), daemon=True)
        feeder.start()
        for answer in self.process.stdout:
            yield answer.decode("utf-8").removesuffix("\n")
        feeder.join()
        if self.trouble is not None:
            raise self.trouble
        # 2: some records could not be read, each has its error in place of the report; 1: some did not pass the gate that was set.
        # Whether all are there the caller counts.
        if self.process.wait() not in (0, 1, 2):
            raise self.failed("otvet ended early")

    def _feed(self, lines):
        try:
            with self.process.stdin as pipe:
                for line in lines:
                    pipe.write(line)
        except BrokenPipeError:
            pass  # Its own error stream says why.
        except BaseException as trouble:
            self.trouble = trouble
            self.process.kill()

    def failed(self, what):
        self.process.kill()
        status = self.process.wait()
        how = f"signal {signal.Signals(-status).name}" if status < 0 else f"exit code {status}"
        self.errors.seek(0)
        words = self.errors.read()[-LAST_WORDS:].decode("utf-8", "replace").strip()
        return OtvetFailed(f"{what}: {how}\n{words}")

    def close(self):
        """Nothing is left behind, whether Spark has taken all answers or only some (`limit`, a cancelled stage)."""
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()
        self.process.stdout.close()
        self.errors.close()


def _program(path):
    """The program on this executor: as it is named, or as Spark has brought it here."""
    for place in (path, SparkFiles.get(os.path.basename(path)), shutil.which(path)):
        if place and os.path.isfile(place):
            if os.access(place, os.X_OK):
                return place
            # Shipped without its mode: a copy of our own may be run.
            own = os.path.join(tempfile.mkdtemp(prefix="otvet-"), "otvet")
            shutil.copyfile(place, own)
            os.chmod(own, 0o700)
            return own
    raise OtvetFailed(f"there is no «{path}» on this executor: ship it with --files or name a path that is the same everywhere")


def _columns(frame, columns):
    """Field of a record → column of the frame."""
    known = {name.strip().lower(): name for name in frame.columns}
    found = dict(columns)
    for field, names in FIELDS.items():
        there = [known[name.lower()] for name in names if name.lower() in known]
        if there:
            found.setdefault(field, there[0])
    missing = [name for name in found.values() if name not in frame.columns]
    if missing or "text" not in found:
        what = f"no column {missing[0]}" if missing else "no column with the answers: name it (columns={'text': …}, --text-column)"
        raise ValueError(f"{what}; there are: {', '.join(frame.columns)}")
    return found


def check(frame, otvet="otvet", columns=None, lines=None, arguments=(), jobs=1):
    """A report or an error for every row of `frame`, in its order: a DataFrame of `COLUMNS`.

    columns    field of a record (`FIELDS`) → column of the frame; the rest is found by name
    lines      the column that holds ready JSON lines, instead of `columns`
    arguments  more options of `otvet batch`: ["--level", "senior"]
    jobs       threads of a process; as many as `spark.task.cpus`

    `frame` is read twice, first to count its partitions, so that errors name their rows: cache it if it is dear or its order can change.
    """
    if lines is None:
        found = _columns(frame, columns or {})
        fields = [F.col(f"`{column}`").cast("string").alias(field) for field, column in found.items()]
        # Absent is absent: nulls are left out, as a hand-written record would.
        frame = frame.select(F.to_json(F.struct(*fields)).alias("record"))
    else:
        frame = frame.select(F.col(f"`{lines}`").alias("record"))
    counts = dict(frame.groupBy(F.spark_partition_id()).count().collect())
    before, rows = {}, 0
    for partition in sorted(counts):
        before[partition] = rows
        rows += counts[partition]
    command = ["batch", "--format", "jsonl", "--input-format", "jsonl", "--jobs", str(jobs), *arguments]
    if lines is None:
        # A question by its id or its wording, as in a spreadsheet.
        command += ["--question-column", "question_id"]

    def run(batches):
        from pyspark import TaskContext

        row = before.get(TaskContext.get().partitionId(), 0)
        yield from _partition(batches, _program(otvet), [*command, "--first-row", str(row + 1)], row)

    return frame.mapInArrow(run, COLUMNS)


def _partition(batches, program, arguments, row):
    """The answers to one partition."""
    waiting = collections.deque()  # Rows of the records that are under way.
    numbers = iter(range(row + 1, sys.maxsize))

    def lines():
        for batch in batches:
            for record in batch.column(0).to_pylist():
                number = next(numbers)
                line = (record or "").encode("utf-8", "surrogatepass")
                # Empty lines get no answer; the row counts all the same.
                if _content(line, number):
                    waiting.append(number)
                yield line + b"\n"

    process = Process([program, *arguments, "-"])
    try:
        answered = []
        for answer in process.answers(lines()):
            answered.append(_row(waiting.popleft(), answer))
            if len(answered) == BATCH:
                yield _batch(answered)
                answered = []
        if waiting:
            raise process.failed(f"otvet owes the answer to row {waiting[0]} and {len(waiting) - 1} more it was given")
        if answered:
            yield _batch(answered)
    finally:
        process.close()


def _content(line, number):
    """What Otvet takes for an empty line."""
    if number == 1:
        line = line.removeprefix(b"\xef\xbb\xbf")
    return line.strip(b" \t\r\n\x0c")


def _row(number, line):
    answer = json.loads(line)
    error = answer.get("error")
    score = answer.get("score") or {}
    return {
        "row": number,
        **{name: answer.get(name) for name in ("id", "candidate", "kind", "question_id", "level", "grade")},
        "score": score.get("total"),
        "error": error and f"{error['code']}: {error['message']}",
        "line": line,
    }


def _batch(rows):
    return pyarrow.RecordBatch.from_pylist(rows, schema=ARROW)


def read(spark, path, form):
    """A frame of the answers, and the column of ready lines if there is one."""
    if form == "jsonl":
        # As text, so that a broken line is told of like any other, and only \n ends a line.
        return spark.read.option("lineSep", "\n").text(path), "value"
    if form == "csv":
        return spark.read.csv(path, header=True, multiLine=True, escape='"'), None
    return spark.read.parquet(path), None


def form_of(path):
    ending = os.path.splitext(path.rstrip("/"))[1].lower()
    forms = {".jsonl": "jsonl", ".ndjson": "jsonl", ".csv": "csv", ".parquet": "parquet"}
    return forms.get(ending)


def main(arguments=None):
    parser = argparse.ArgumentParser(description="Check answers with Otvet on a Spark cluster.")
    parser.add_argument("--input", required=True, help="answers: parquet, jsonl or csv (a file, a folder or a pattern)")
    parser.add_argument("--input-format", choices=["parquet", "jsonl", "csv"], help="if the name does not tell")
    parser.add_argument("--output", required=True, help="folder for the reports")
    parser.add_argument("--output-format", choices=["jsonl", "parquet"], default="jsonl")
    parser.add_argument("--otvet", default="otvet", help="the program: a file to ship to the executors, or a name or path they know")
    parser.add_argument("--jobs", type=int, default=1, help="threads of a process (spark.task.cpus)")
    parser.add_argument("--option", action="append", default=[], help="an option of otvet batch: --option=--level=senior")
    for field in FIELDS:
        name = field.removesuffix("_id")
        parser.add_argument(f"--{name}-column", dest=field, help=f"column of the {name}")
    args = parser.parse_args(arguments)
    form = args.input_format or form_of(args.input)
    if form is None:
        parser.error("the name of the input does not tell its format: --input-format")

    spark = SparkSession.builder.appName("otvet").getOrCreate()
    if os.path.isfile(args.otvet):
        spark.sparkContext.addFile(os.path.abspath(args.otvet))
    frame, lines = read(spark, args.input, form)
    columns = {field: getattr(args, field) for field in FIELDS if getattr(args, field)}
    options = list(args.option)
    if lines:
        # Ready lines: the columns are keys of their objects, and Otvet looks for them.
        for field, key in columns.items():
            options += [f"--{field.removesuffix('_id')}-column", key]
    reports = check(frame, args.otvet, columns, lines, options, args.jobs)
    if args.output_format == "parquet":
        reports.write.parquet(args.output)
    else:
        reports.select("line").write.text(args.output, lineSep="\n")
    spark.stop()


if __name__ == "__main__":
    main()
