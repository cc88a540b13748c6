"""`score --engine spark`: what lead by lead gives, from any files; and what is said where there is no Spark.

A run takes seconds, so that a few files hold all that may be amiss.
"""

import csv
import datetime
import json
import sys
from collections import Counter
from collections.abc import Callable, Sequence
from itertools import cycle, islice
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb
import pytest
from conformance.cases import all_cases
from conformance.engines import command
from scoreline.runtime.table.engines.spark import session
from scoreline.runtime.table.engines.spark.cells import as_python, day_text
from scoreline.tools.cli.main import app, status
from typer.testing import CliRunner

if TYPE_CHECKING:
    from databases.spark_database import SparkDatabase

CASES = ("01-white-space", "02-folding", "03-duplicates", "03-include", "11-stages")
AS_OF = "2026-03-31T12:00"

PROJECT = """
[project]
rules = ["rules"]
schema = "crm.schema.toml"
timezone = "Europe/Berlin"
"""

SCHEMA = """
[lead]
key = "lead_id"
relations = { contact = { to = "contact", column = "contact_id" } }
[lead.fields]
name = { type = "text", missing = ["n/a", "-"] }
region = { type = "choice", values = ["EU", "US"] }
size = { type = "number", min = 0, max = 1000, missing = ["99"], column = "No. `of` it's" }
ok = "yes/no"
born = { type = "date", default = 2020-02-29 }
seen = "datetime"
topics = { type = "choices", values = ["AI", "Cloud", "Größe"], default = ["AI"] }
need = { type = "text", required = true }
[contact]
key = "contact_id"
[contact.fields]
vip = { type = "yes/no", default = true }
[interactions."email.opened"]
properties = { size = "number", tag = "text" }
[interactions."web.visited"]
properties = { size = { type = "number", min = 5 } }
[interactions."form.submitted"]
"""

RULES = """
model Fit for lead where (region is known)
  include contact interactions
  when region is "EU" then +20 as "EU"
  when size >= 100 then +30
  when ok then +1
  when born < 2021-01-01 then +2
  when seen within 30 days then +7
  when topics contains "AI" then +11
  when name contains "ä" then +13
  when need is known then +17
  when contact.vip then +6
  when email.opened where (size > 3) >= 2 within 30 days then +10
  when email.opened where (tag is "x") then +3
  when web.visited then +4
  grade "A" from 50
  grade "B" otherwise
qualification Q
  stage "MQL" when Fit >= 20
    then create task "Call {name}, {born}, {seen}, {topics}, {contact.vip}" due in 2 days
"""

KEYS = ("L1", "L2", "\u2003L3 ", "Ä4", "L5", "L6", "L1", "", "L7", None, "L8")
TEXTS = ("x", "Größe", " Ä ", "n/a", "N/A ", "", None, "a,b;c", 'q"q', "l\nine", "\x1fx", "İς")
NUMBERS = ("5", "100", "99", " 99.0 ", "-1", "1e400", "0x10", "1,5", "NaN", "", "+3", ".5", "007", None, "1e2", "٣")
TIMES = (
    *("2026-03-30T12:00:00Z", "2026-03-29 02:30:00", "2025-10-26T02:30", "2026-03-30 12:00:00.1234567+02:00"),
    *("2026-03-30", "1893-04-01 00:05:00", "24:00", "9999-12-31T23:59:59.999999Z", "0001-01-01T00:00:00", "", None),
)
DAYS = ("2020-01-01", "2021-02-30", "2026-03-31", "0001-01-01", "9999-12-31", "31.12.2020", "", None)
SETS = ("AI", "ai;Cloud", '["AI", "größe"]', "x;AI", "x", "", None)
Row = dict[str, object]


def made(count: int, **columns: Sequence[object]) -> list[Row]:
    """Rows out of columns that begin anew when they are at their end."""
    values = [islice(cycle(each), count) for each in columns.values()]
    return [dict(zip(columns, row, strict=True)) for row in zip(*values, strict=True)]


def leads() -> list[Row]:
    rows = made(
        44,
        lead_id=[*KEYS, "L9", "L10", "L11", "L12", "L13", "L14", "L15", "L16", "L17", "L18", "L19", "L20"],
        contact_id=("C1", " C2", "", None, "C9"),
        name=TEXTS,
        region=("EU", "eu", "US ", "XX", "EU", "", None),
        size=NUMBERS,
        ok=("yes", "NO", "1", "maybe", "", None),
        born=DAYS,
        seen=TIMES,
        topics=SETS,
        need=TEXTS,
    )
    return [{("No. `of` it's" if name == "size" else name): value for name, value in row.items()} for row in rows]


def contacts() -> list[Row]:
    return made(7, contact_id=("C1", "C2", "C3 ", "", "C1", "C4", None), vip=("no", "yes", "x", None))


def interactions() -> list[Row]:
    return made(
        120,
        id=("i1", "", None, "i2", " i1", "i3", "i4", "", "i5", "i6", "i5", "i7", None, "i8"),
        type=("email.opened", "email.opened ", "web.visited", "form.submitted", "Email.opened", "email.opened", ""),
        at=("2026-03-30T12:00:00Z", *TIMES),
        lead_id=(*KEYS, "nobody", "L9"),
        contact_id=("C1", "", None, "C9", "C8"),
        size=NUMBERS,
        tag=TEXTS,
    )


def write_csv(path: Path, rows: Sequence[Row]) -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, delimiter=";" if "contacts" in path.name else ",")
        writer.writerow(rows[0])
        for number, row in enumerate(rows):
            file.write({5: "\r\n", 9: "too;few,cells\n"}.get(number, ""))
            writer.writerow(["" if value is None else value for value in row.values()])
        file.write('"unclosed,\n')


def write_jsonl(path: Path, rows: Sequence[Row]) -> None:
    odd = cycle((1, 0, 99.0, 5, True, False, float("nan"), 10**30, ["AI"], ["AI", None, 3], {"a": 1}, []))
    with path.open("w", encoding="utf-8") as file:
        for number, row in enumerate(rows):
            file.write({3: "\n", 5: "[1]\n", 7: "{\n", 9: '{"lead_id": "\\ud800"}\n'}.get(number, ""))
            mixed = {
                name: next(odd) if (number + place) % 9 == 4 else value
                for place, (name, value) in enumerate(row.items())
            }
            print(json.dumps(mixed), file=file)


def write_parquet(path: Path, rows: Sequence[Row], types: dict[str, str] | None = None) -> None:
    wanted = types or {}
    names = list(rows[0])
    quoted = ['"' + name.replace('"', '""') + '"' for name in names]
    with duckdb.connect() as base:
        base.execute("set timezone = 'UTC'")
        base.execute(f"create table t ({', '.join(f'{q} varchar' for q in quoted)})")
        base.executemany(f"insert into t values ({', '.join('?' * len(names))})", [list(row.values()) for row in rows])
        cast = ", ".join(
            f"try_cast({q} as {wanted[name]}) as {q}" if name in wanted else q
            for name, q in zip(names, quoted, strict=True)
        )
        base.execute(f"copy (select {cast} from t) to '{path}' (format parquet)")


def write_typed(path: Path, rows: Sequence[Row]) -> None:
    """Columns of all types that Spark reads by itself."""
    types = {"ok": "boolean", "born": "date", "seen": "timestamp", "at": "timestamptz", "size": "double"}
    write_parquet(path, rows, types | {"No. `of` it's": "decimal(18,3)"})


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules" / "fit.score").write_text(RULES, encoding="utf-8")
    (tmp_path / "crm.schema.toml").write_text(SCHEMA, encoding="utf-8")
    (tmp_path / "scoreline.toml").write_text(PROJECT, encoding="utf-8")
    return tmp_path


def run(project: Path, engine: str, files: Sequence[Path | str]) -> tuple[list[str], dict[str, object]]:
    """What `score` says, but for the order in which it tells equal counts; and what it writes: results and actions to
    the byte, rejects in any order."""
    named = zip(("--leads", "--contacts", "--interactions"), files, strict=False)
    call = ["score", "--project", str(project), "--as-of", AS_OF, "--engine", engine]
    written = {name: project / f"{name}.jsonl" for name in ("-o", "--actions", "--rejects")}
    for option, file in (*named, *written.items()):
        call += [option, str(file)]
    result = CliRunner().invoke(app, call)
    assert result.exit_code == 0, result.output
    found: dict[str, object] = {name: path.read_bytes() for name, path in written.items()}
    return sorted(result.output.splitlines()), found | {
        "--rejects": Counter(written["--rejects"].read_text("utf-8").splitlines())
    }


def check(project: Path, files: Sequence[Path | str]) -> None:
    said, expected = run(project, "python", files)
    assert len(str(expected["-o"]).splitlines()) and expected["--rejects"] and expected["--actions"]
    assert run(project, "spark", files) == (said, expected)


@pytest.mark.parametrize("name", CASES)
def test_cases(name: str, spark: "SparkDatabase") -> None:
    case = next(case for case in all_cases() if case.name == name)
    assert command(case, "spark") == command(case, "python")


@pytest.mark.parametrize(
    ("ending", "write"),
    [("csv", write_csv), ("jsonl", write_jsonl), ("parquet", write_typed)],
    ids=["csv", "jsonl", "parquet"],
)
def test_odd_files(
    ending: str, write: Callable[[Path, list[Row]], None], project: Path, spark: "SparkDatabase"
) -> None:
    files = [project / f"{name} of {ending}.{ending}" for name in ("leads", "contacts", "interactions")]
    for file, rows in zip(files, (leads(), contacts(), interactions()), strict=True):
        write(file, rows)
    check(project, files)


def test_types_that_spark_reads_otherwise(project: Path, spark: "SparkDatabase") -> None:
    file = project / "_leads.parquet"
    write_parquet(file, leads(), {"born": "timestamp_ns", "ok": "hugeint", "No. `of` it's": "double[]", "need": "json"})
    check(project, [file])


def test_a_folder_a_pattern_and_a_table(project: Path, spark: "SparkDatabase") -> None:
    rows = made(9, lead_id=[f"L{n}" for n in range(9)], region=("EU",), need=("x",))
    whole = project / "whole.csv"
    write_csv(whole, rows)
    expected = run(project, "python", [whole])[1]["-o"]
    for folder, names in (
        ("mixed", ("1.csv", "2.jsonl", "3.parquet")),
        ("alike", ("1 a.parquet", "2.parquet", "3.parquet")),
    ):
        (project / folder).mkdir()
        for place, name in enumerate(names):
            write = {".csv": write_csv, ".jsonl": write_jsonl, ".parquet": write_parquet}[Path(name).suffix]
            if write is write_jsonl:
                (project / folder / name).write_text("".join(json.dumps(row) + "\n" for row in rows[3:6]), "utf-8")
            else:
                write(project / folder / name, rows[3 * place : 3 * place + 3])
    assert run(project, "spark", [project / "mixed"])[1]["-o"] == expected
    assert run(project, "spark", [project / "alike" / "*.parquet"])[1]["-o"] == expected
    spark.session.sql("create table default.our_leads using parquet as select * from parquet.`" + f"{project}/alike`")
    found = run(project, "spark", ["default.our_leads"])[1]["-o"]
    assert isinstance(found, bytes) and isinstance(expected, bytes)
    assert sorted(found.splitlines()) == sorted(expected.splitlines())
    spark.session.sql("drop table default.our_leads")


def failure(project: Path, capsys: pytest.CaptureFixture[str], leads: str, *options: str) -> str:
    """What is said where a run cannot be."""
    file = project / "bad.csv"
    file.write_text(leads, encoding="utf-8")
    assert status(["score", "--project", str(project), "--leads", str(file), *options]) == 2
    return capsys.readouterr().err


def test_without_pyspark(project: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyspark.sql", None)
    told = failure(project, capsys, "lead_id\nL1\n", "--engine", "spark")
    assert "PySpark" in told and "pip install 'scoreline[spark]'" in told


@pytest.mark.parametrize("home", [None, "/nowhere"])
def test_without_java(
    project: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, home: str | None
) -> None:
    sql = pytest.importorskip("pyspark.sql")
    monkeypatch.setattr(sql.SparkSession, "getActiveSession", lambda: None)
    monkeypatch.setenv("PATH", "")
    monkeypatch.delenv("JAVA_HOME", raising=False)
    if home is not None:
        monkeypatch.setenv("JAVA_HOME", home)
    told = failure(project, capsys, "lead_id\nL1\n", "--engine", "spark")
    assert "needs Java" in told and str(session.OLDEST_JAVA) in told and (home or "") in told


def test_master_without_spark(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert "--engine spark" in failure(project, capsys, "lead_id\nL1\n", "--master", "local")


def test_an_unusable_file(project: Path, capsys: pytest.CaptureFixture[str], spark: "SparkDatabase") -> None:
    by = {
        engine: failure(project, capsys, "lead_id,ok,ok\nL1,yes,no\n", "--engine", engine)
        for engine in ("python", "spark")
    }
    assert by["python"] == by["spark"] and "two columns" in by["python"]


@pytest.mark.parametrize("days", [0, -719162, 2932896, 2932897, 3789391, -735460, -719163])
def test_days_as_duckdb_shows_them(days: int) -> None:
    with duckdb.connect() as base:
        shown = base.execute("select cast(date '1970-01-01' + cast(? as integer) as varchar)", [days]).fetchone()
        time = base.execute("select cast(make_timestamp(?) as varchar)", [days * 86_400_000_000 + 1_500_000]).fetchone()
    assert (day_text(days),) == shown
    assert (as_python(days * 86_400_000_000 + 1_500_000, "timestamp_ntz"),) == time


def test_instants_beyond_the_calendar() -> None:
    assert as_python(0, "timestamp") == datetime.datetime(1970, 1, 1, tzinfo=datetime.UTC)
    assert as_python(2**62, "timestamp") == "beyond the calendar"
