"""The job on a real local Spark: its output equals that of one machine, line for line.

    pip install -r integrations/spark/requirements.txt     # and a JDK, 8 to 17
    cargo build --release
    pytest integrations/spark                               # OTVET=path of the program, ANSWERS=50000
"""

import json
import os
import pathlib
import subprocess
import sys

import pytest

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))

pytest.importorskip("pyspark")
pytest.importorskip("pyarrow")

import make_answers  # noqa: E402
import otvet_spark  # noqa: E402
from pyspark.sql import SparkSession  # noqa: E402
from pyspark.sql import functions as F  # noqa: E402

OTVET = os.environ.get("OTVET") or str(HERE.parents[1] / "target" / "release" / "otvet")
ANSWERS = int(os.environ.get("ANSWERS", "50000"))


@pytest.fixture(scope="session")
def spark():
    os.environ["PYSPARK_PYTHON"] = sys.executable
    session = (
        SparkSession.builder.master("local[2]")
        .config("spark.ui.enabled", "false")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.sql.files.maxPartitionBytes", "8m")
        .config("spark.task.maxFailures", "1")
        .getOrCreate()
    )
    session.sparkContext.addPyFile(str(HERE / "otvet_spark.py"))
    yield session
    session.stop()


@pytest.fixture(scope="session")
def answers(tmp_path_factory):
    """Many records, with some that cannot be read and an empty line."""
    path = tmp_path_factory.mktemp("answers") / "answers.jsonl"
    with open(path, "w", encoding="utf-8", newline="\n") as file:
        for number, answer in enumerate(make_answers.answers(ANSWERS)):
            if number % 9973 == 17:
                answer["level"] = "boss"
            elif number % 9973 == 18:
                answer["text"] = " \u2028 "
            elif number % 9973 == 19:
                answer["question_id"] = "no-such-question"
            line = json.dumps(answer, ensure_ascii=False)
            file.write(f"{line[:40]}\n\n" if number % 9973 == 20 else f"{line}\n")
    return path


@pytest.fixture(scope="session")
def single(answers):
    """What one machine prints."""
    return batch(answers)


def batch(path, *options):
    """`otvet batch` over the lines of a file."""
    with open(path, "rb") as file:
        command = [OTVET, "batch", "--format", "jsonl", *options, "-"]
        done = subprocess.run(command, stdin=file, capture_output=True, check=False)
    assert done.returncode in (0, 2), done.stderr.decode()
    return done.stdout.decode().split("\n")[:-1]


def written(folder):
    """The lines of all parts, in their order."""
    parts = sorted(folder.glob("part-*"))
    return parts, [line for part in parts for line in part.read_text(encoding="utf-8").split("\n")[:-1]]


def test_the_job_prints_what_one_machine_prints(spark, answers, single, tmp_path):
    output = tmp_path / "reports"
    spark.sparkContext.addFile(OTVET)
    frame, lines = otvet_spark.read(spark, str(answers), "jsonl")
    otvet_spark.check(frame, "otvet", lines=lines).select("line").write.text(str(output), lineSep="\n")
    parts, lines = written(output)
    assert len(parts) > 2, "the input was not cut"
    assert len(lines) == len(single) == ANSWERS
    for number, (found, wanted) in enumerate(zip(lines, single)):
        assert found == wanted, number


def test_spark_submit(answers, tmp_path):
    """The command line, in a process of its own, on the first thousand."""
    part = tmp_path / "part.jsonl"
    part.write_text(first(answers, 1000), encoding="utf-8")
    command = [sys.executable, "-m", "pyspark.find_spark_home"]
    home = subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()
    submit = [f"{home}/bin/spark-submit", "--master", "local[2]", "--conf", "spark.ui.enabled=false"]
    job = [str(HERE / "otvet_spark.py"), "--otvet", OTVET, "--input", str(part), "--output", str(tmp_path / "out")]
    environment = {**os.environ, "PYSPARK_PYTHON": sys.executable, "SPARK_LOCAL_IP": "127.0.0.1"}
    done = subprocess.run([*submit, *job], capture_output=True, text=True, env=environment, check=False)
    assert done.returncode == 0, done.stderr[-3000:]
    assert written(tmp_path / "out")[1] == batch(part)


def first(path, count):
    with open(path, encoding="utf-8", newline="\n") as file:
        return "".join(line for line, _ in zip(file, range(count)))


def test_columns_of_a_table(spark, tmp_path):
    """Records of a parquet table; the questions by wording; absent values stay absent."""
    records = list(make_answers.answers(300))
    path = tmp_path / "answers.jsonl"
    path.write_text("".join(json.dumps(record) + "\n" for record in records), encoding="utf-8")
    rows = [(r["id"], r.get("candidate"), r["kind"], r.get("question_id"), r.get("level"), r["text"]) for r in records]
    names = ["№", "Кандидат", "Вид", "Вопрос", "Уровень", "Ответ"]
    table = ", ".join(f"`{name}` string" for name in names)
    spark.createDataFrame(rows, table).coalesce(1).write.parquet(str(tmp_path / "table.parquet"))
    frame, lines = otvet_spark.read(spark, str(tmp_path / "table.parquet"), "parquet")
    assert lines is None
    reports = otvet_spark.check(frame, OTVET).collect()
    assert [report.line for report in reports] == batch(path)
    assert [report.row for report in reports] == list(range(1, 301))
    assert [report.id for report in reports] == [record["id"] for record in records]
    assert [report.candidate for report in reports] == [record.get("candidate") for record in records]


def test_the_schema_holds_every_field(spark, single):
    """A line read by the schema and written again has lost nothing."""
    kept = [line for line in single[:300] if not line.startswith('{"row"') and '"error":{' not in line]
    frame = spark.createDataFrame([(line,) for line in kept], "line string")
    report = F.from_json("line", otvet_spark.report_schema())
    again = [json.loads(row[0]) for row in frame.select(F.to_json(report)).collect()]
    assert again == [json.loads(line) for line in kept]


def test_a_row_that_cannot_be_read_is_a_row(spark):
    rows = [("1", "Я пересчитал кассу."), ("2", None), ("3", "  "), ("4", "Я нашёл ошибку.")]
    reports = otvet_spark.check(spark.createDataFrame(rows, "id string, text string"), OTVET).collect()
    assert [report.id for report in reports] == ["1", "2", "3", "4"]
    assert [report.error and report.error.split(":")[0] for report in reports] == [None, "no-text", "empty-text", None]
    assert [json.loads(report.line).get("row") for report in reports] == [None, 2, 3, None]


@pytest.mark.parametrize(
    "script, wanted",
    [
        ("echo 'нет места' >&2; exit 74", "нет места"),
        ("read line; kill -9 $$", "SIGKILL"),
        ("echo 'usage' >&2; exit 2", r"owes the answer to row \d+.*exit code 2"),
    ],
)
def test_a_process_that_fails_raises(spark, tmp_path, script, wanted):
    program = tmp_path / "otvet"
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(0o755)
    frame = spark.createDataFrame([(str(n), "Я пересчитал кассу." * 100) for n in range(1000)], "id string, text string")
    with pytest.raises(Exception, match=wanted):
        otvet_spark.check(frame, str(program)).collect()


def test_what_is_missing_is_named(spark):
    frame = spark.createDataFrame([("1", "да")], "id string, body string")
    with pytest.raises(ValueError, match="there are: id, body"):
        otvet_spark.check(frame, OTVET)
    assert otvet_spark.check(frame, OTVET, {"text": "body"}).count() == 1
    with pytest.raises(Exception, match="ship it with --files"):
        otvet_spark.check(frame, "/no/such/program", {"text": "body"}).collect()
