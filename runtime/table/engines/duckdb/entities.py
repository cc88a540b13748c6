"""Leads and contacts: each key once, its fields canonical; what cannot be used is reported."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import duckdb
from scoreline.runtime.table.admit.keys import reject_key
from scoreline.runtime.table.admit.readings import Bound, Reading
from scoreline.runtime.table.admit.words import identifier
from scoreline.runtime.table.engines.duckdb.leftovers import Exact, read_exactly
from scoreline.runtime.table.engines.duckdb.parts import Part
from scoreline.runtime.table.rejects import Rejector


@dataclass(frozen=True)
class Wanted:
    """A canonical column: its name (None: it is only looked at for what is bad), the file's, and how it is read.

    A column that the schema does not know of (None) is empty.
    """

    name: str | None
    column: str | None
    reading: Reading


@dataclass
class PartReader:
    """Reads the wanted columns of a part: what SQL cannot read is read exactly and joined."""

    base: duckdb.DuckDBPyConnection
    part: Part
    wanted: Sequence[Wanted]
    exact: dict[int, Exact] = field(default_factory=dict[int, Exact])
    tidy: set[int] = field(default_factory=set[int])

    def bound(self, place: int) -> Bound:
        """A wanted column in this part."""
        one = self.wanted[place]
        return Bound(one.reading, self.part.cells(one.column))

    def look(self) -> None:
        """Finds which columns have values that no form fits, and reads those."""
        bounds = [self.bound(place) for place in range(len(self.wanted))]
        asked = [bound.untidy if bound.always else f"not {bound.quick}" for bound in bounds]
        counts = ", ".join(f"count(*) filter ({each or 'false'})" for each in asked)
        row = self.base.execute(f"select {counts} from {identifier(self.part.name)}").fetchone()
        for place, (bound, count) in enumerate(zip(bounds, row or (), strict=True)):
            if count and not bound.always:
                name = f"{self.part.name} exact {place}"
                self.exact[place] = read_exactly(self.base, name, self.part.name, bound, "true")
            if not count or (place in self.exact and self.exact[place].same):
                self.tidy.add(place)

    def value(self, place: int) -> str:
        """The SQL of a wanted value, over `source`."""
        if place in self.tidy:
            return self.bound(place).tidy_value()
        exact = self.exact.get(place)
        return self.bound(place).value(None if exact is None else f"e{place}.value")

    def source(self, places: Sequence[int]) -> str:
        """What values are selected from."""
        joins = [
            f" left join {self.exact[place].joined} e{place} on e{place}.key = {self.bound(place).key}"
            for place in places
            if place in self.exact and place not in self.tidy
        ]
        return f"{identifier(self.part.name)}{''.join(joins)}"

    def report(self, place: int, rejector: Rejector, lost: str | None) -> None:
        """Reports what is bad in a column, but for the rows of the relation `lost`."""
        one, bound = self.wanted[place], self.bound(place)
        kept = "" if lost is None else f' anti join {lost} using ("row")'
        part = identifier(self.part.name)
        _, missing = one.reading.read(None)
        if missing:
            query = f'select "row" from {part}{kept} where {bound.cells.missing}'
            for (row,) in self.base.execute(query).fetchall():
                for value, reason in missing:
                    rejector.row(row, reason, one.column, value)
        exact = self.exact.get(place)
        if exact is not None and exact.told:
            query = f'select "row", n from {part}{kept} join {exact.joined} e on e.bad and e.key = {bound.key}'
            for row, number in self.base.execute(query).fetchall():
                for value, reason in exact.told[number]:
                    rejector.row(row, reason, one.column, value)


def admit_entity(
    base: duckdb.DuckDBPyConnection,
    name: str,
    parts: Sequence[Part],
    key: Wanted,
    wanted: Sequence[Wanted],
    row: str,
    rejector: Rejector,
) -> None:
    """Makes a view under a name with the column `row`, the key and the wanted columns, each key once."""
    readers = [PartReader(base, part, [key, *wanted]) for part in parts]
    for reader in readers:
        reader.look()
    lost = _settle_keys(base, name, readers, key, rejector)
    for place in range(1, len(wanted) + 1):
        for reader in readers:
            reader.report(place, rejector, lost)
    selects = [_select(reader, row, lost) for reader in readers]
    base.execute(f"create or replace view {identifier(name)} as {' union all '.join(selects)}")


def admit_nobody(base: duckdb.DuckDBPyConnection, name: str, key: Wanted, wanted: Sequence[Wanted], row: str) -> None:
    """The same view without any rows."""
    named = [(one.name, one.reading.held) for one in (key, *wanted) if one.name is not None]
    columns = [f"cast(null as {held}) as {identifier(label)}" for label, held in ((row, "bigint"), *named)]
    base.execute(f"create or replace view {identifier(name)} as select {', '.join(columns)} where false")


def _select(reader: PartReader, row: str, lost: str | None) -> str:
    places = [place for place, one in enumerate(reader.wanted) if one.name is not None]
    columns = [f"{reader.value(place)} as {identifier(reader.wanted[place].name or '')}" for place in places]
    kept = "" if lost is None else f' anti join {lost} using ("row")'
    return f'select "row" as {identifier(row)}, {", ".join(columns)} from {reader.source(places)}{kept}'


def _settle_keys(
    base: duckdb.DuckDBPyConnection, name: str, readers: Sequence[PartReader], key: Wanted, rejector: Rejector
) -> str | None:
    """The relation of rows to be left out, which are reported; None if there are none."""
    keys = " union all ".join(f'select "row", {reader.value(0)} as key from {reader.source([0])}' for reader in readers)
    counts = base.execute(f"select count(*), count(key), count(distinct key) from ({keys})").fetchone()
    if counts is None or counts[0] == counts[2]:
        return None
    lost = identifier(f"{name} lost")
    turn = 'row_number() over (partition by key order by "row")'
    base.execute(
        f'create or replace table {lost} as select "row", key from (select "row", key, {turn} as turn from ({keys}))'
        " where key is null or turn > 1"
    )
    for number, lost_key in base.execute(f'select "row", key from {lost}').fetchall():
        reject_key(number, lost_key, key.column, rejector)
    return lost
