"""Writing tables: the promised columns and types, and never a half file."""

import csv
import json

import duckdb
import pytest
from scoreline.runtime.results import ModelResult, Result, StageState
from scoreline.runtime.table.read.files import TableUnusable
from scoreline.runtime.table.write.tables import OutputColumn, result_columns, result_row, table_writer

MODELS, QUALIFICATIONS = ("Fit", "Activity"), ("B2B",)
COLUMNS = result_columns("lead_id", MODELS, QUALIFICATIONS)
SCORED = Result(
    {"Fit": ModelResult(55, "A", ("Fit/mid-market", "Fit/3")), "Activity": ModelResult(0, None, ())},
    {"B2B": StageState("Sales „ready“", 2)},
)
OUTSIDE = Result(
    {"Fit": ModelResult(None, None, ()), "Activity": ModelResult(-5, "C", ("Activity/1",))},
    {"B2B": StageState(None, 0)},
    ("Activity/1",),
)


def write(path):
    with table_writer(path, COLUMNS) as write_row:
        write_row(result_row("7", SCORED, MODELS, QUALIFICATIONS))
        write_row(result_row("=8,\n", OUTSIDE, MODELS, QUALIFICATIONS))
    return path


NAMES = [
    *("lead_id", "Fit_score", "Fit_grade", "Fit_rules", "Activity_score", "Activity_grade", "Activity_rules"),
    *("B2B_stage", "B2B_entered", "disqualified", "disqualified_by"),
]


def test_csv_has_the_promised_cells(tmp_path):
    with write(tmp_path / "out.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    assert rows == [
        NAMES,
        ["7", "55", "A", '["Fit/mid-market", "Fit/3"]', "0", "", "[]", "Sales „ready“", "2", "no", "[]"],
        ["=8,\n", "", "", "", "-5", "C", '["Activity/1"]', "", "0", "yes", '["Activity/1"]'],
    ]


def test_jsonl_has_typed_values(tmp_path):
    lines = write(tmp_path / "out.jsonl").read_text(encoding="utf-8").splitlines()
    first, second = map(json.loads, lines)
    assert list(first) == NAMES
    assert list(first.values()) == [
        "7", 55, "A", ["Fit/mid-market", "Fit/3"], 0, None, [], "Sales „ready“", 2, False, [],
    ]  # fmt: skip
    assert list(second.values()) == [
        "=8,\n", None, None, None, -5, "C", ["Activity/1"], None, 0, True, ["Activity/1"],
    ]  # fmt: skip


def test_parquet_has_typed_columns(tmp_path):
    path = write(tmp_path / "out.PARQUET")
    with duckdb.connect() as base:
        result = base.execute("select * from read_parquet(?)", [str(path)])
        types = {name: str(kind) for name, kind, *_ in result.description}
        rows = result.fetchall()
    assert list(types) == NAMES
    assert [types[name] for name in ("lead_id", "Fit_score", "Fit_rules", "B2B_entered", "disqualified")] == [
        "VARCHAR", "BIGINT", "VARCHAR[]", "BIGINT", "BOOLEAN",
    ]  # fmt: skip
    assert rows == [
        ("7", 55, "A", ["Fit/mid-market", "Fit/3"], 0, None, [], "Sales „ready“", 2, False, []),
        ("=8,\n", None, None, None, -5, "C", ["Activity/1"], None, 0, True, ["Activity/1"]),
    ]


@pytest.mark.parametrize("ending", ["csv", "jsonl", "parquet"])
def test_many_rows_keep_their_order(tmp_path, ending):
    path = tmp_path / f"out.{ending}"
    with table_writer(path, (OutputColumn("n", "whole"),)) as write_row:
        for number in range(30_000):
            write_row((number,))
    with duckdb.connect() as base:
        reader = {"csv": "read_csv", "jsonl": "read_json", "parquet": "read_parquet"}[ending]
        rows = base.execute(f"select n from {reader}(?)", [str(path)]).fetchall()
    assert [row[0] for row in rows] == list(range(30_000))


@pytest.mark.parametrize("ending", ["csv", "jsonl", "parquet"])
def test_a_run_that_fails_leaves_what_was_there(tmp_path, ending):
    path = tmp_path / f"out.{ending}"
    path.write_text("before")
    with pytest.raises(ZeroDivisionError), table_writer(path, COLUMNS) as write_row:
        write_row(result_row("7", SCORED, MODELS, QUALIFICATIONS))
        raise ZeroDivisionError
    assert path.read_text() == "before"
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("ending", ["csv", "jsonl", "parquet"])
def test_a_table_may_replace_the_one_before(tmp_path, ending):
    path = tmp_path / f'o\'ut [1] "é".{ending}'
    path.write_text("before")
    write(path)
    assert path.read_bytes() != b"before"
    assert list(tmp_path.iterdir()) == [path]


def test_a_link_is_followed_not_replaced(tmp_path):
    target, link = tmp_path / "real.csv", tmp_path / "out.csv"
    target.write_text("before")
    link.symlink_to(target)
    write(link)
    assert link.is_symlink()
    assert target.read_text().startswith("lead_id")


@pytest.mark.parametrize(
    ("name", "message"),
    [("out.xlsx", "ends in .csv"), ("none/out.csv", "there is no folder"), ("folder.csv", "is a folder")],
)
def test_a_place_where_nothing_can_stand_says_why(tmp_path, name, message):
    (tmp_path / "folder.csv").mkdir()
    with pytest.raises(TableUnusable, match=message):
        write(tmp_path / name)


def test_a_hostile_key_column_is_only_a_name(tmp_path):
    key = 'a") from t; drop table results; --'
    path = tmp_path / "out.parquet"
    with table_writer(path, (OutputColumn(key, "text"), OutputColumn("x", "whole"))) as write_row:
        write_row(("1", 2))
    with duckdb.connect() as base:
        result = base.execute("select * from read_parquet(?)", [str(path)])
        assert [name for name, *_ in result.description] == [key, "x"]
        assert result.fetchall() == [("1", 2)]
