"""Queries as expressions of sqlglot, and what DuckDB is asked to do with them.

Names and values are nodes of the expressions, never text, so that none is ever taken for SQL.
"""

from collections.abc import Iterable, Iterator, Sequence

import duckdb
from scoreline.compiler.backends.query import printing, terms
from scoreline.compiler.backends.query.dialect import DUCKDB
from scoreline.compiler.backends.query.terms import Expr
from sqlglot import exp

_BATCH = 2048


def table(name: str, alias: str | None = None, *, of: tuple[str, ...] = ()) -> exp.Table:
    """A table or a view; `of` are the database and the schema that it is in."""
    places = dict(zip(("db", "catalog"), map(terms.name, reversed(of)), strict=False))
    return exp.Table(this=terms.name(name), alias=None if alias is None else _alias(alias), **places)


def inner(query: exp.Query, alias: str | None = None) -> exp.Subquery:
    """A query that others select from."""
    return exp.Subquery(this=query, alias=None if alias is None else _alias(alias))


def function(name: str, *of: Expr) -> Expr:
    """A function by its name."""
    return exp.Anonymous(this=name, expressions=[*of])


def columns(names: Iterable[str], of: str | None = None) -> list[Expr]:
    """Columns by their names."""
    return [terms.column(name, of) for name in names]


def select(
    chosen: Iterable[Expr],
    source: Expr,
    *joins: exp.Join,
    where: Expr | None = None,
    group: Sequence[Expr] = (),
    having: Expr | None = None,
    order: Sequence[Expr] = (),
    distinct: bool = False,
) -> exp.Select:
    """A query."""
    made = exp.select(*chosen, copy=False).from_(source, copy=False)
    made.set("joins", [*joins])
    if where is not None:
        made.where(where, copy=False)
    if group:
        made.group_by(*group, copy=False)
    if having is not None:
        made.having(having, copy=False)
    if order:
        made.order_by(*order, copy=False)
    return made.distinct(copy=False) if distinct else made


def union(queries: Sequence[exp.Query]) -> exp.Query:
    """The rows of several queries, one behind the other."""
    made = queries[0]
    for query in queries[1:]:
        made = exp.Union(this=made, expression=query, distinct=False)
    return made


def join(source: Expr, on: Expr, kind: str = "") -> exp.Join:
    """A join: inner, or of a kind such as `LEFT`, `SEMI`, `ANTI`."""
    side, kind = ("LEFT", kind.replace("LEFT", "")) if kind else ("", "")
    return exp.Join(this=source, on=on, side=side, kind=kind)


def same(name: str, one: str, other: str, others: str | None = None) -> Expr:
    """Whether a column of two tables is the same; in the other, it may be named otherwise."""
    return exp.EQ(this=terms.column(name, one), expression=terms.column(others or name, other))


def count(of: Expr | None = None, *, distinct: bool = False, where: Expr | None = None) -> Expr:
    """How many rows there are, or known values, or rows for which something holds."""
    counted: Expr = exp.Star() if of is None else exp.Distinct(expressions=[of]) if distinct else of
    made = exp.Count(this=counted)
    return made if where is None else exp.Filter(this=made, expression=exp.Where(this=where))


def over(
    what: Expr, partition: Sequence[Expr] = (), order: Sequence[Expr] = (), rows: exp.WindowSpec | None = None
) -> Expr:
    """A function over the rows of a partition in an order."""
    ordered = exp.Order(expressions=[exp.Ordered(this=each, nulls_first=True) for each in order]) if order else None
    return exp.Window(this=what, partition_by=[*partition], order=ordered, spec=rows)


def printed(made: Expr) -> str:
    """An expression as DuckDB reads it."""
    return printing.printed(made, DUCKDB)


def execute(
    base: duckdb.DuckDBPyConnection, made: Expr, given: Sequence[object] | None = None
) -> duckdb.DuckDBPyConnection:
    """Runs a query or a statement."""
    return base.execute(printed(made), given)


def found(
    base: duckdb.DuckDBPyConnection, query: Expr, given: Sequence[object] | None = None
) -> list[tuple[object, ...]]:
    """All rows that a query finds."""
    return execute(base, query, given).fetchall()


def streamed(base: duckdb.DuckDBPyConnection, query: Expr) -> Iterator[tuple[object, ...]]:
    """The rows that a query finds, without holding them all."""
    result = execute(base.cursor(), query)
    while batch := result.fetchmany(_BATCH):
        yield from batch


def numbers(base: duckdb.DuckDBPyConnection, query: Expr) -> list[int]:
    """The only row of a query that counts."""
    return [int(str(each or 0)) for each in found(base, query)[0]]


def make_table(base: duckdb.DuckDBPyConnection, name: str, query: Expr) -> None:
    """Makes a table of what a query finds now."""
    execute(base, exp.Create(this=table(name), kind="TABLE", replace=True, expression=query))


def make_view(base: duckdb.DuckDBPyConnection, name: str, query: Expr) -> None:
    """Gives a query a name."""
    execute(base, exp.Create(this=table(name), kind="VIEW", replace=True, expression=query))


def make_empty(base: duckdb.DuckDBPyConnection, made: exp.Table, types: Iterable[tuple[str, str]]) -> None:
    """Makes a table without rows; types are named as DuckDB does."""
    named = [
        exp.ColumnDef(this=terms.name(name), kind=exp.DataType.build(type_, dialect="duckdb")) for name, type_ in types
    ]
    execute(base, exp.Create(this=exp.Schema(this=made, expressions=named), kind="TABLE", replace=True))


def attach(base: duckdb.DuckDBPyConnection, path: str, name: str, *, read_only: bool = False) -> None:
    """Opens a file of DuckDB under a name."""
    options = [exp.AttachOption(this=exp.Var(this="read_only"))] if read_only else []
    execute(base, exp.Attach(this=terms.called(terms.text(path), name), expressions=options))


def drop(base: duckdb.DuckDBPyConnection, name: str) -> None:
    """Drops a table, if it is there."""
    execute(base, exp.Drop(tables=[table(name)], kind="TABLE", exists=True))


def _alias(name: str) -> exp.TableAlias:
    return exp.TableAlias(this=terms.name(name))


def identifier(name: str) -> str:
    """A name as DuckDB takes it for a name, whatever it holds."""
    return printed(terms.name(name))
