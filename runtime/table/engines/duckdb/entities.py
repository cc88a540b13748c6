"""Leads and contacts in DuckDB: each key once, its fields admitted; what cannot be used is rejected."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import duckdb
from scoreline.compiler.backends.query import terms
from scoreline.compiler.backends.query.terms import Expr
from scoreline.runtime.table.admit.keys import reject_key
from scoreline.runtime.table.admit.readings import Reading
from scoreline.runtime.table.admit.relational import KEY, ROW, rows_without_own_key
from scoreline.runtime.table.engines.duckdb.columns import DuckdbColumn, ExactValues, column, read_exactly
from scoreline.runtime.table.engines.duckdb.parts import RawRows
from scoreline.runtime.table.read.queries import (
    columns,
    count,
    found,
    inner,
    join,
    make_table,
    make_view,
    numbers,
    same,
    select,
    table,
    union,
)
from scoreline.runtime.table.rejects import Rejector
from sqlglot import exp


@dataclass(frozen=True)
class AdmittedColumn:
    """An admitted column: its name (None: it is read for its rejects alone), the file's, and how it is read.

    A column that the schema does not know of (None) is empty.
    """

    name: str | None
    column: str | None
    reading: Reading


@dataclass
class PartReader:
    """Reads the columns of a part: the values that no notation fits are read exactly and joined."""

    base: duckdb.DuckDBPyConnection
    part: RawRows
    admitted: Sequence[AdmittedColumn]
    exact: dict[int, ExactValues] = field(default_factory=dict[int, ExactValues])
    tidy: set[int] = field(default_factory=set[int])

    def column(self, place: int) -> DuckdbColumn:
        """A column in this part."""
        one = self.admitted[place]
        return column(one.reading, self.part.cells(one.column))

    def look(self) -> None:
        """Finds which columns have values that no notation fits, and reads those."""
        read = [self.column(place) for place in range(len(self.admitted))]
        untidy = [each.is_untidy() or terms.yes_no(False) for each in read]
        counts = numbers(self.base, select([count(where=each) for each in untidy], table(self.part.name)))
        for place, (each, untidy_rows) in enumerate(zip(read, counts, strict=True)):
            if untidy_rows and not each.reads_all:
                self.exact[place] = read_exactly(self.base, f"{self.part.name} exact {place}", self.part.name, each)
            if not untidy_rows or (place in self.exact and self.exact[place].same):
                self.tidy.add(place)

    def value(self, place: int) -> Expr:
        """The admitted value, in what `rows` selects from."""
        if place in self.tidy:
            return self.column(place).tidy_value()
        return self.column(place).value(terms.column("value", f"e{place}") if place in self.exact else None)

    def rows(self, chosen: Sequence[Expr], places: Sequence[int], *joins: exp.Join) -> exp.Select:
        """A query of columns that are made of the values of these places."""
        exact = [
            self.exact[place].joined(f"e{place}", self.column(place).key)
            for place in places
            if place in self.exact and place not in self.tidy
        ]
        return select(chosen, table(self.part.name, "p"), *exact, *joins)

    def report(self, place: int, rejector: Rejector, lost: str | None) -> None:
        """Rejects what is bad in a column, but for the rows of the table `lost`."""
        one, read = self.admitted[place], self.column(place)
        kept = _but(lost)
        part, row = table(self.part.name, "p"), terms.column(ROW, "p")
        if missing := one.reading.of_nothing[1]:
            for (number,) in found(self.base, select([row], part, *kept, where=read.cells.missing)):
                for _, value, reason in missing:
                    rejector.row(int(str(number)), reason, one.column, value)
        exact = self.exact.get(place)
        if exact is not None and exact.problems:
            query = select([row, terms.column("n", "e")], part, *kept, exact.bad("e", read.key))
            for number, n in found(self.base, query):
                for _, value, reason in exact.problems[int(str(n))]:
                    rejector.row(int(str(number)), reason, one.column, value)


def admit_entity(
    base: duckdb.DuckDBPyConnection,
    name: str,
    parts: Sequence[RawRows],
    key: AdmittedColumn,
    admitted: Sequence[AdmittedColumn],
    row: str,
    rejector: Rejector,
) -> None:
    """Makes a view under a name with the column `row`, the key and the admitted columns, each key once."""
    readers = [PartReader(base, part, [key, *admitted]) for part in parts]
    for reader in readers:
        reader.look()
    lost = _settle_keys(base, name, readers, key, rejector)
    for place in range(1, len(admitted) + 1):
        for reader in readers:
            reader.report(place, rejector, lost)
    make_view(base, name, union([_rows(reader, row, lost) for reader in readers]))


def admit_nobody(
    base: duckdb.DuckDBPyConnection, name: str, key: AdmittedColumn, admitted: Sequence[AdmittedColumn], row: str
) -> None:
    """The same view without any rows."""
    named = [(one.name, one.reading.held) for one in (key, *admitted) if one.name is not None]
    nothing = [terms.called(terms.cast(terms.null(), held), label) for label, held in ((row, "BIGINT"), *named)]
    make_view(base, name, exp.select(*nothing).where(terms.yes_no(False)))


def _rows(reader: PartReader, row: str, lost: str | None) -> exp.Select:
    places = [place for place, one in enumerate(reader.admitted) if one.name is not None]
    named = [terms.called(reader.value(place), reader.admitted[place].name or "") for place in places]
    return reader.rows([terms.called(terms.column(ROW, "p"), row), *named], places, *_but(lost))


def _but(lost: str | None) -> list[exp.Join]:
    """The join that leaves out the rows of a table."""
    return [] if lost is None else [join(table(lost, "lost"), same(ROW, "lost", "p"), "LEFTANTI")]


def _settle_keys(
    base: duckdb.DuckDBPyConnection, name: str, readers: Sequence[PartReader], key: AdmittedColumn, rejector: Rejector
) -> str | None:
    """The table of rows to be left out, which are rejected; None if there are none."""
    keys = union([
        reader.rows([terms.column(ROW, "p"), terms.called(reader.value(0), KEY)], [0]) for reader in readers
    ])  # fmt: skip
    own = terms.column(KEY)
    counts = numbers(base, select([count(), count(own, distinct=True)], inner(keys.copy(), "k")))
    if counts[0] == counts[1]:
        return None
    lost = f"{name} lost"
    make_table(base, lost, rows_without_own_key(keys))
    for number, lost_key in found(base, select(columns([ROW, KEY]), table(lost))):
        reject_key(int(str(number)), None if lost_key is None else str(lost_key), key.column, rejector)
    return lost
