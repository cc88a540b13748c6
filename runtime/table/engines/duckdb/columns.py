"""A column of a part in DuckDB: what its notations read, and the values that none fits, each read once by Python's own
reader and joined back to the rows that hold it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import duckdb
from scoreline.compiler.backends.query import terms
from scoreline.compiler.backends.query.terms import Expr
from scoreline.compiler.values import Known
from scoreline.runtime.table.admit.engine_terms import DUCKDB, between, cast, has_clean_ends
from scoreline.runtime.table.admit.interaction_rows import RejectedCell
from scoreline.runtime.table.admit.readings import ColumnReading, Held, Reading, carried_as, made_of
from scoreline.runtime.table.engines.duckdb.cells import DuckdbCells
from scoreline.runtime.table.read.queries import (
    columns,
    drop,
    execute,
    found,
    function,
    inner,
    join,
    make_empty,
    make_table,
    over,
    same,
    select,
    table,
)
from sqlglot import exp

_PAGE = 50_000


@dataclass(frozen=True)
class DuckdbColumn(ColumnReading):
    """A reading of a column by DuckDB."""

    cells: DuckdbCells  # pyright: ignore[reportIncompatibleVariableOverride]

    @property
    def quick(self) -> Expr:
        """Whether a notation reads a cell, or nothing is in it; always known."""
        return self.is_quick(missing=True)

    @property
    def key(self) -> Expr:
        """What an exactly read value is found by; missing where a notation reads the cell."""
        return terms.case([(terms.negated(self.quick), self.cells.key)])

    @property
    def reads_all(self) -> bool:
        """Whether a notation reads whatever may be in a cell."""
        return any(form.holds is None for form in self.forms)

    def is_untidy(self) -> Expr | None:
        """Whether a cell needs more than to be taken as it is or by its only notation; None if none does."""
        if not self.reads_all:
            return terms.negated(self.quick)
        return terms.negated(has_clean_ends(self.cells.raw, DUCKDB)) if self.cells.kind == "text" else None

    def tidy_value(self) -> Expr:
        """The value of a cell where none is untidy."""
        forms = self.forms
        is_text = self.cells.kind == "text"
        as_it_is = is_text and (self.reads_all or (not forms and self.reading.held == "TEXT"))
        if len(forms) != 1 and not as_it_is:
            return self.value()
        value, default = self.cells.raw if as_it_is else forms[0].value, self.reading.default()
        return value if default is None else terms.or_else(value, default)


def column(reading: Reading, cells: DuckdbCells) -> DuckdbColumn:
    """A reading of some cells."""
    return DuckdbColumn(reading, cells, DUCKDB)


@dataclass(frozen=True)
class ExactValues:
    """The table of what the exact reader gave: `key`, `value`, `bad`, `n`; and the problems, by `n`.

    `same` says that each value is the cell itself.
    """

    table: str
    problems: dict[int, Sequence[RejectedCell]]
    same: bool

    def joined(self, alias: str, key: Expr) -> exp.Join:
        """The join of the table, under a name, to the rows with a key."""
        return join(table(self.table, alias), exp.EQ(this=terms.column("key", alias), expression=key), "LEFT")

    def bad(self, alias: str, key: Expr) -> exp.Join:
        """The join that leaves only rows with problems, which `n` of the table tells."""
        is_bad = terms.all_of([terms.column("bad", alias), exp.EQ(this=terms.column("key", alias), expression=key)])
        return join(table(self.table, alias), is_bad)


def read_exactly(
    base: duckdb.DuckDBPyConnection, name: str, part: str, read: DuckdbColumn, where: Expr | None = None
) -> ExactValues:
    """Reads the values of a part that no notation fits, in the rows where something holds."""
    raw, values = f"{name} raw", f"{name} read"
    cells, held = read.cells, read.reading.held
    given = terms.called(exp.AnyValue(this=cells.given), "given")
    slow = terms.negated(read.quick)
    key = terms.called(cells.key, "key")
    distinct = select(
        [key, given], table(part), where=slow if where is None else terms.all_of([slow, where]), group=[terms.whole(1)]
    )
    make_table(
        base, raw, select([terms.called(over(exp.RowNumber()), "n"), *columns(["key", "given"])], inner(distinct))
    )
    types = {"n": "bigint", "value": cast(terms.null(), held).args["to"].sql("duckdb"), "bad": "boolean"}
    make_empty(base, table(values), types.items())
    problems: dict[int, Sequence[RejectedCell]] = {}
    is_same = cells.kind == "text" and cells.beside is None and held == "TEXT"
    for numbers, fetched in _pages(base, raw):
        known = [read.reading.read(cells.value(each)) for each in fetched]
        is_same = is_same and all(one == each for (one, _), each in zip(known, fetched, strict=True))
        problems.update((number, found) for number, (_, found) in zip(numbers, known, strict=True) if found)
        _insert(base, values, held, numbers, known)
    source = select(
        [*columns(["key"], raw), *columns(["n", "value", "bad"], values)],
        table(raw),
        join(table(values), same("n", raw, values)),
    )
    make_table(base, name, source)
    drop(base, raw)
    drop(base, values)
    return ExactValues(name, problems, is_same)


def _pages(base: duckdb.DuckDBPyConnection, raw: str) -> Iterator[tuple[list[int], list[object]]]:
    first = 1
    n = terms.column("n")
    while True:
        page = between(n, terms.whole(first), terms.whole(first + _PAGE - 1))
        rows = found(base, select(columns(["n", "given"]), table(raw), where=page))
        if not rows:
            return
        yield [int(str(row[0])) for row in rows], [row[1] for row in rows]
        first += _PAGE


def _insert(
    base: duckdb.DuckDBPyConnection,
    values: str,
    held: Held,
    numbers: Sequence[int],
    known: Sequence[tuple[Known | None, Sequence[RejectedCell]]],
) -> None:
    types = {"n": "BIGINT", "known": carried_as(held), "bad": "BOOLEAN"}
    lists = exp.select(*(terms.called(_unnested(type_), name) for name, type_ in types.items()))
    chosen = [terms.column("n"), made_of(terms.column("known"), held, DUCKDB), terms.column("bad")]
    insert = exp.Insert(this=table(values), expression=select(chosen, inner(lists)))
    execute(base, insert, [[*numbers], [one for one, _ in known], [bool(problems) for _, problems in known]])


def _unnested(type_: str) -> Expr:
    several = exp.DataType(this=exp.DataType.Type.ARRAY, expressions=[exp.DataType.build(type_)], nested=True)
    return function("unnest", exp.Cast(this=exp.Placeholder(), to=several))
