"""Each database gives back what was loaded into it."""

import datetime
import math
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from .database import Column, Database, Kind, Row, by_columns, quoted
from .duckdb_database import DuckdbDatabase

if TYPE_CHECKING:
    from .postgres_database import PostgresDatabase

DATABASES = ["duckdb_database", "postgres", "spark"]

VALUES: dict[Kind, list[object]] = {
    "text": ["", " ", "a'b\"c`d\\e;--\n\t", "ß ẞ İ ı ǅ", "e\u0301 vs é", "😀 👩‍👩‍👧 𝒳", "\U0010ffff", "x" * 70_000],
    "number": [0.0, -0.0, 1, 0.1, 1e308, -1e308, 5e-324, 2.0**53 + 2, math.nan, math.inf, -math.inf],
    "yes/no": [True, False],
    "date": [datetime.date.min, datetime.date(1582, 10, 10), datetime.date(1969, 12, 31), datetime.date.max],
    "datetime": [
        datetime.datetime.min,
        datetime.datetime(1582, 10, 10, 1, 2, 3, 4),
        datetime.datetime(1969, 12, 31, 23, 59, 59, 999_999),
        datetime.datetime(2026, 3, 29, 2, 30),
        datetime.datetime.max,
    ],
    "choices": [[], [""], ["a", "b", "a"], ["ß\"'\\,{}", "NULL", "😀"]],
    "whole": [0, 1, -1, 2**53 + 1, 2**63 - 1, -(2**63)],
}

NAMES = ["a b", 'say "x"', "it's", "back`tick``", "Größe", "İ", "😀", "select", "a.b", "{x}", "?", "$1", "%s", "\\"]


@pytest.fixture(params=DATABASES, scope="session")
def database(request: pytest.FixtureRequest) -> Database:
    return request.getfixturevalue(request.param)


def marked(value: object) -> object:
    """A value so that -0.0 is not 0.0, nor 1 true, and that what is no number is itself."""
    return repr(value) if isinstance(value, int | float) else value


def gives_back(database: Database, columns: list[Column], rows: list[Row]) -> None:
    """Loads rows and looks whether they come back."""
    database.load("some leads", [("nr", "whole"), *columns], [(nr, *row) for nr, row in enumerate(rows)])
    names = ", ".join(quoted(database.dialect, name) for name, _ in columns)
    found = database.run(f"select {names} from {quoted(database.dialect, 'some leads')} order by nr")
    for column, (name, _), got in zip(by_columns(columns, rows), columns, zip(*found, strict=True), strict=True):
        assert [marked(value) for value in got] == [marked(value) for value in column], name


@pytest.mark.parametrize("kind", VALUES)
def test_values_come_back(database: Database, kind: Kind) -> None:
    gives_back(database, [("value", kind)], [(None,), *((value,) for value in VALUES[kind]), (None,)])


def test_columns_with_nothing_in_them(database: Database) -> None:
    columns: list[Column] = [(f"c{at}", kind) for at, kind in enumerate(VALUES)]
    gives_back(database, columns, [(None,) * len(columns)] * 2)


def test_no_rows(database: Database) -> None:
    database.load("leads", [(f"c{at}", kind) for at, kind in enumerate(VALUES)], [])
    assert database.run("select * from leads") == []


def test_any_name(database: Database) -> None:
    gives_back(database, [(name, "whole") for name in NAMES], [tuple(range(len(NAMES)))])
    for name in NAMES:
        database.load(name, [("a", "text")], [(name,)])
    for name in NAMES:
        assert database.run(f"select a from {quoted(database.dialect, name)}") == [(name,)]


def test_a_table_takes_the_place_of_the_last(database: Database) -> None:
    database.load("leads", [("a", "text")], [("x",)])
    database.load("leads", [("b", "whole"), ("c", "date")], [(1, None), (2, None)])
    assert database.run("select b, c from leads order by b desc") == [(2, None), (1, None)]


def test_times_are_in_no_zone_and_numbers_in_their_type(database: Database) -> None:
    database.load("leads", [("moment", "datetime"), ("n", "number")], [(datetime.datetime(2026, 1, 31, 12), 2)])
    moment, n, one = database.run("select moment, n / 4, cast(1 as bigint) from leads")[0]
    assert (moment, n, one) == (datetime.datetime(2026, 1, 31, 12), 0.5, 1)
    assert (type(n), type(one)) == (float, int)


def test_others_find_the_tables_of_postgres(postgres: "PostgresDatabase", duckdb_database: DuckdbDatabase) -> None:
    from adbc_driver_postgresql import dbapi

    postgres.execute("create table accounts (id int, size numeric); insert into accounts values (1, 2.50), (2, null)")
    with dbapi.connect(postgres.url) as connection, connection.cursor() as cursor:
        cursor.execute("select id, size::float8 from accounts order by id")
        found = duckdb_database.connection.from_arrow(cursor.fetch_arrow()).fetchall()
    assert found == [(1, 2.5), (2, None)]
    postgres.execute("drop table accounts")


def test_sql_that_is_wrong_raises(database: Database) -> None:
    with pytest.raises(Exception, match="no_such_column"):
        database.run("select no_such_column from (select 1 as a) as t")
    assert database.run("select 1 as a") == [(1,)]


TEXTS = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=20)
DRAWN: dict[Kind, st.SearchStrategy[object]] = {
    "text": TEXTS,
    "number": st.floats(allow_subnormal=True),
    "yes/no": st.booleans(),
    "date": st.dates(),
    "datetime": st.datetimes(),
    "choices": st.lists(TEXTS, max_size=4),
    "whole": st.integers(-(2**63), 2**63 - 1),
}
ROWS = st.lists(st.tuples(*(st.none() | drawn for drawn in DRAWN.values())), min_size=1, max_size=40)


@settings(max_examples=20)
@given(rows=ROWS)
def test_drawn_rows_come_back(database: Database, rows: list[Row]) -> None:
    gives_back(database, [(kind, kind) for kind in DRAWN], rows)
