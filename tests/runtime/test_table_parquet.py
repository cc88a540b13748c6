"""Reading Parquet: typed values, and no name that becomes SQL."""

import datetime
from decimal import Decimal

import duckdb
import pytest
from scoreline.runtime.table.read.columns import RequestedColumns
from scoreline.runtime.table.read.files import TableUnusable
from scoreline.runtime.table.read.parquet_rows import parquet_columns
from scoreline.runtime.table.read.rows import about_how_many, table_rows
from scoreline.runtime.table.rejects import Rejector


def write(path, select: str) -> None:
    with duckdb.connect() as base:
        base.execute("set timezone = 'America/New_York'")
        base.execute(f"create table t as {select}")
        draft = path.with_name("draft")
        base.execute("copy t to ? (format parquet)", [str(draft)])
        draft.rename(path)


def read(path, *names: str, columns: RequestedColumns | None = None):
    rejects = []
    rows = list(
        table_rows(path, columns or RequestedColumns(optional=names), Rejector("leads", str(path), rejects.append))
    )
    return rows, [(one.row, one.column) for one in rejects]


@pytest.fixture
def value(tmp_path):
    """The value of an SQL expression, by way of a Parquet file."""

    def reading(expression: str):
        path = tmp_path / "leads.parquet"
        write(path, f"select {expression} as a")
        return read(path, "a")[0][0][1]["a"]

    return reading


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("12::tinyint", 12),
        ("12345678901234567890::ubigint", 12345678901234567890),
        ("2.50::decimal(10, 2)", Decimal("2.50")),
        ("1.5::float", 1.5),
        ("true", True),
        ("null::varchar", None),
        ("'é\0'", "é\0"),
        ("date '2026-01-31'", "2026-01-31"),
        ("date 'infinity'", "infinity"),
        ("timestamp '-infinity'", "infinity"),
        ("timestamp '2026-01-31 12:00:00.123456'", "2026-01-31 12:00:00.123456"),
        ("timestamp_ns '2026-01-31 12:00:00.123456789'", "2026-01-31 12:00:00.123456789"),
        ("timestamp_s '2026-01-31 12:00:00'", "2026-01-31 12:00:00"),
        ("['x', 'y']", ["x", "y"]),
        ("['x', null]", ["x", None]),
        ("[]::varchar[]", []),
        ("'x'::enum('x', 'y')", "x"),
        ("{'x': 1, 'y': ['z']}", '{"x":1,"y":["z"]}'),
        ("map {'k': 1}", '{"k":1}'),
        ("'x'::blob", "x"),
        ("time '10:00'", "10:00:00"),
        ("uuid '00000000-0000-0000-0000-000000000001'", "00000000-0000-0000-0000-000000000001"),
    ],
)
def test_values_keep_their_types_and_others_come_as_their_text(value, expression, expected):
    found = value(expression)
    assert found == expected
    assert type(found) is type(expected)


def test_a_time_with_a_zone_is_an_instant(value):
    found = value("timestamptz '2026-01-31 12:00:00+02'")
    assert found == datetime.datetime(2026, 1, 31, 10, tzinfo=datetime.UTC)
    assert found.utcoffset() == datetime.timedelta(0)


@pytest.mark.parametrize("expression", ["'infinity'::timestamptz", "timestamptz '20000-01-01'", "date '20000-01-01'"])
def test_times_beyond_the_calendar_stop_nothing(value, expression):
    assert value(expression) is not None


def test_rows_are_numbered_from_1_in_file_order(tmp_path):
    path = tmp_path / "leads.parquet"
    write(path, "select range as a from range(5000)")
    assert read(path, "a")[0] == [(number + 1, {"a": number}) for number in range(5000)]
    assert about_how_many(path) == 5000


def test_a_file_without_a_wanted_column_still_has_rows(tmp_path):
    path = tmp_path / "leads.parquet"
    write(path, "select range as a from range(3)")
    rows, rejects = read(path, columns=RequestedColumns(wanted=("b",)))
    assert rows == [(1, {}), (2, {}), (3, {})]
    assert rejects == [(None, "b")]


HOSTILE = [
    "l[1].parquet",
    "*.parquet",
    "a?.parquet",
    "**.parquet",
    "o'x.parquet",
    'q"x.parquet',
    "a;b.parquet",
    "~.PARQUET",
]


def test_a_hostile_file_name_is_only_a_name(tmp_path):
    for number, name in enumerate(["l1.parquet", "ab.parquet", *HOSTILE]):
        write(tmp_path / name, f"select {number} as a")
    assert [read(tmp_path / name, "a")[0] for name in HOSTILE] == [
        [(1, {"a": number})] for number in range(2, 2 + len(HOSTILE))
    ]


def test_folders_named_like_partitions_add_no_column(tmp_path):
    folder = tmp_path / "country=DE"
    folder.mkdir()
    write(folder / "leads.parquet", "select 1 as a")
    assert parquet_columns(folder / "leads.parquet") == ("a",)


def test_a_hostile_column_name_is_only_a_name(tmp_path):
    names = ['a"; drop table t; --', "select", "it's", "Größe €", "a.b", "{0}"]
    path = tmp_path / "leads.parquet"
    write(path, "select " + ", ".join(f'{n} as "{name.replace(chr(34), chr(34) * 2)}"' for n, name in enumerate(names)))
    assert read(path, *names)[0] == [(1, dict(zip(names, range(len(names)), strict=True)))]


def test_names_that_differ_in_case_only_are_two_columns(tmp_path):
    path = tmp_path / "leads.parquet"
    write(path, 'select 1 as "nameA", 2 as "nameX"')
    path.write_bytes(path.read_bytes().replace(b"nameX", b"namea"))
    assert read(path, "namea", "nameA")[0] == [(1, {"nameA": 1, "namea": 2})]


def test_nested_columns_are_told_apart_from_outer_ones(tmp_path):
    path = tmp_path / "leads.parquet"
    write(path, "select {'a': 1, 'b': {'a': 2}} as s, [{'a': 3}] as l, 4 as a, map {'a': 5} as m")
    assert parquet_columns(path) == ("s", "l", "a", "m")
    assert read(path, "a")[0] == [(1, {"a": 4})]


@pytest.mark.parametrize("data", [b"", b"garbage", b"PAR1" + b"\0" * 100 + b"PAR1", bytes(range(256)) * 100])
def test_a_file_that_is_no_parquet_says_so(tmp_path, data):
    path = tmp_path / "leads.parquet"
    path.write_bytes(data)
    with pytest.raises(TableUnusable, match="not a Parquet file"):
        read(path, "a")


def test_a_truncated_file_says_so(tmp_path):
    path = tmp_path / "leads.parquet"
    write(path, "select range as a from range(10000)")
    path.write_bytes(path.read_bytes()[:-50])
    with pytest.raises(TableUnusable, match="not a Parquet file"):
        read(path, "a")


def test_a_file_that_is_not_there_a_folder_and_another_ending_say_so(tmp_path):
    (tmp_path / "folder.csv").mkdir()
    (tmp_path / "leads.xlsx").touch()
    (tmp_path / "leads.csv.gz").touch()
    for name, message in [
        ("none.csv", "there is no file"),
        ("folder.csv", "is a folder"),
        ("leads.xlsx", "ends in .csv, .parquet or .jsonl"),
        ("leads.csv.gz", "ends in .csv"),
    ]:
        with pytest.raises(TableUnusable, match=message):
            read(tmp_path / name, "a")
