"""Parquet through DuckDB: values typed as they are, rows numbered from 1.

A timestamp with a zone becomes an instant in UTC, one without stays without (readers take it in the project's
zone); lists stay lists; decimals, whole numbers, dates and yes/no stay themselves; anything else comes as its text.
A path is a parameter, its wildcards made harmless.
"""

import datetime
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import duckdb
from scoreline.compiler.backends.query import terms
from scoreline.compiler.backends.query.terms import Expr
from scoreline.runtime.table.read.columns import RequestedColumns, present, report_lacking
from scoreline.runtime.table.read.files import TableUnusable
from scoreline.runtime.table.read.queries import count, execute, function, select
from scoreline.runtime.table.rejects import Rejector
from sqlglot import exp

Row = tuple[int, dict[str, object]]

_BATCH = 2048
_EPOCH = datetime.datetime(1970, 1, 1, tzinfo=datetime.UTC)
_AS_IT_IS = re.compile(
    r"(BOOLEAN|U?(TINYINT|SMALLINT|INTEGER|BIGINT|HUGEINT)|FLOAT|DOUBLE|DECIMAL\(.*\)|VARCHAR|DATE"
    r"|TIMESTAMP(_S|_MS|_NS)?|ENUM\(.*\))(\[\d*\])?"
)
_BEYOND = 2**63 - 1
ZONED = "TIMESTAMP WITH TIME ZONE"
_NESTED = ("STRUCT", "MAP", "UNION", "JSON")


def parquet_source(path: Expr) -> exp.Table:
    """The rows of a Parquet file, whose path is a text."""
    option = exp.EQ(this=exp.Column(this=exp.to_identifier("hive_partitioning")), expression=terms.yes_no(False))
    return exp.Table(this=function("read_parquet", path, option))


_PARQUET = parquet_source(exp.Placeholder())


class TypedColumn(NamedTuple):
    """A column: its name as the file writes it, its label in DuckDB (unique without regard to case), its type."""

    name: str
    label: str
    type: str


def parquet_rows(path: Path, columns: RequestedColumns, rejector: Rejector) -> Iterator[Row]:
    """The rows of a Parquet file, as the columns to read and their values."""
    with connection() as base:
        there = typed_columns(base, path)
        places = present(path, [column.name for column in there], columns)
        report_lacking(columns, set(columns.all) - set(places), rejector)
        names = tuple(places)
        chosen = [there[index] for index in places.values()]
        zoned = [column.type == ZONED for column in chosen]
        for number, values in enumerate(_values(base, path, chosen), 1):
            yield number, {n: as_python(v, z) for n, v, z in zip(names, values, zoned, strict=True)}


def parquet_columns(path: Path) -> tuple[str, ...]:
    """The names of the columns, as the file writes them."""
    with connection() as base:
        return tuple(column.name for column in typed_columns(base, path))


def parquet_count(path: Path) -> int:
    """How many rows there are."""
    with connection() as base:
        rows = _query(base, path, select([count()], _PARQUET.copy())).fetchall()
        return int(rows[0][0])


def connection() -> duckdb.DuckDBPyConnection:
    """A DuckDB of its own in memory, which fetches nothing from elsewhere and reads no Python variable."""
    base = duckdb.connect(":memory:", config={"autoinstall_known_extensions": False, "TimeZone": "UTC"})
    base.execute("set autoload_known_extensions = false")
    base.execute("set python_enable_replacements = false")
    return base


def literal_path(path: Path) -> str:
    """The path as DuckDB takes it for this one file: wildcards each in brackets, never a web address."""
    return re.sub(r"[*?\[]", r"[\g<0>]", str(path.absolute()))


def typed_columns(base: duckdb.DuckDBPyConnection, path: Path) -> list[TypedColumn]:
    """The columns of a Parquet file; TableUnusable if it is none."""
    described = _query(base, path, exp.Describe(this=select([exp.Star()], _PARQUET.copy()))).fetchall()
    parts = terms.column("name"), terms.column("num_children")
    schema = exp.Table(this=function("parquet_schema", exp.Placeholder()))
    names = _query(base, path, select(parts, schema, order=[terms.column("column_id")])).fetchall()
    top = _top_level([(str(name), int(children or 0)) for name, children in names])
    labels = [str(row[0]) for row in described]
    own = top if len(top) == len(labels) else labels
    return [TypedColumn(name, label, str(row[1])) for name, label, row in zip(own, labels, described, strict=True)]


def _top_level(schema: list[tuple[str, int]]) -> list[str]:
    """The names of the outermost columns, out of a schema in depth-first order whose first row is its root."""
    top: list[str] = []
    skip = 0
    for name, children in schema[1:]:
        if skip:
            skip += children - 1
        else:
            top.append(name)
            skip = children
    return top


def _values(base: duckdb.DuckDBPyConnection, path: Path, columns: list[TypedColumn]) -> Iterator[tuple[object, ...]]:
    chosen = [fetched(column.label, column.type) for column in columns] or [terms.null()]
    result = _query(base, path, select(chosen, _PARQUET.copy()))
    while batch := _batch(result, path):
        yield from (batch if columns else [()] * len(batch))


def fetched(label: str, type_: str) -> Expr:
    """What Python is given of a column; `as_python` says what it then is."""
    column = terms.column(label)
    is_finite = terms.any_of([terms.unknown(column), function("isfinite", column)])
    if type_ == ZONED:
        return terms.case([(is_finite, function("epoch_us", column))], terms.whole(_BEYOND))
    text = terms.cast(column, "TEXT")
    if type_ == "DATE" or (type_.startswith("TIMESTAMP") and not type_.endswith("]")):
        # Python's last day would stand for infinity; its text is refused as it should be.
        return terms.case([(is_finite, text)], terms.text("infinity"))
    if _AS_IT_IS.fullmatch(type_):
        return column
    if type_ == "BLOB":
        return exp.TryCast(this=column, to=exp.DataType.build("TEXT"))
    return terms.cast(function("to_json", column), "TEXT") if type_.startswith(_NESTED) else text


def as_python(value: object, zoned: bool) -> object:
    """A fetched value as readers take it: that of a column with a zone is an instant."""
    if zoned and isinstance(value, int):
        try:
            return _EPOCH + datetime.timedelta(microseconds=value)
        except OverflowError:
            return "beyond the calendar"
    return value


def _query(base: duckdb.DuckDBPyConnection, path: Path, query: Expr) -> duckdb.DuckDBPyConnection:
    try:
        return execute(base, query, [literal_path(path)])
    except duckdb.Error as fault:
        raise _unreadable(path) from fault


def _batch(result: duckdb.DuckDBPyConnection, path: Path) -> list[tuple[object, ...]]:
    try:
        return result.fetchmany(_BATCH)
    except duckdb.Error as fault:
        raise _unreadable(path) from fault


def _unreadable(path: Path) -> TableUnusable:
    return TableUnusable(
        f"`{path}` is not a Parquet file, or it is damaged", "write it again, or give the table as CSV or JSONL"
    )
