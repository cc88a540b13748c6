"""The values that no form fits, each once: read by Python's own reader, and joined back to the rows that hold them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import duckdb
from scoreline.runtime.table.admit.readings import Bound, Told, made_of
from scoreline.runtime.table.admit.words import identifier

_PAGE = 50_000


@dataclass(frozen=True)
class Exact:
    """The table of what the exact reader gave: `key`, `value`, `bad`, `n`; and what is to be reported, by `n`.

    `same` tells that each value is the cell itself.
    """

    table: str
    told: dict[int, Sequence[Told]]
    same: bool

    @property
    def joined(self) -> str:
        """The table as SQL names it."""
        return identifier(self.table)


def read_exactly(base: duckdb.DuckDBPyConnection, name: str, part: str, bound: Bound, where: str) -> Exact:
    """Reads the values of a part that no form fits, in the rows `where` holds."""
    raw, values = identifier(f"{name} raw"), identifier(f"{name} read")
    cells = bound.cells
    base.execute(
        f"create or replace table {raw} as select row_number() over () as n, * from"
        f" (select {cells.key} as key, any_value({cells.given}) as given from {identifier(part)}"
        f" where not {bound.quick} and ({where}) group by 1)"
    )
    held = bound.reading.held
    base.execute(f"create or replace table {values} (n bigint, value {held}, bad boolean)")
    known_type = {"date": "bigint", "timestamp": "bigint"}.get(held, held)
    told: dict[int, Sequence[Told]] = {}
    same = cells.is_text and cells.beside is None and held == "varchar"
    for numbers, given in _pages(base, raw):
        found = [bound.reading.read(cells.value(each)) for each in given]
        same = same and all(known == each for (known, _), each in zip(found, given, strict=True))
        told.update((number, tells) for number, (_, tells) in zip(numbers, found, strict=True) if tells)
        page = f"unnest(cast(? as bigint[])) as n, unnest(cast(? as {known_type}[])) as known"
        base.execute(
            f"insert into {values} select n, {made_of('known', held)}, bad"
            f" from (select {page}, unnest(cast(? as boolean[])) as bad)",
            [numbers, [known for known, _ in found], [bool(tells) for _, tells in found]],
        )
    base.execute(
        f"create or replace table {identifier(name)} as select * exclude (given) from {raw} join {values} using (n)"
    )
    base.execute(f"drop table {raw}")
    base.execute(f"drop table {values}")
    return Exact(name, told, same)


def _pages(base: duckdb.DuckDBPyConnection, raw: str) -> Iterator[tuple[list[int], list[object]]]:
    first = 1
    while rows := base.execute(
        f"select n, given from {raw} where n between ? and ?", [first, first + _PAGE - 1]
    ).fetchall():
        yield [int(row[0]) for row in rows], [row[1] for row in rows]
        first += _PAGE
