"""Each interaction once: rows of one id are settled as `engines/python/interactions.py` settles them, row after row.

A row is compared with the one that counts so far. SQL finds the pairs; only where two rows are alike in time, type and
owners, and not in the text of their properties, Python compares the values themselves.
"""

from collections.abc import Sequence

import duckdb
from scoreline.runtime.table.admit.contract import InteractionColumns
from scoreline.runtime.table.admit.words import identifier, listed
from scoreline.runtime.table.engines.duckdb.happened import Happened
from scoreline.runtime.table.rejects import Reason, Rejector

_BEFORE = (
    "min({'moment': moment, 'type': type, 'lead': lead, 'contact': contact, 'row': \"row\", 'same': same})"
    ' over (partition by id order by "row" rows between unbounded preceding and 1 preceding)'
)
_ORDER, _COUNTED = "(moment, type, lead, contact)", "(b.moment, b.type, b.lead, b.contact)"
_PAIRS = (
    f'select id, b."row" as counted, "row" as own, {_ORDER} < {_COUNTED} as earlier, {_ORDER} = {_COUNTED} as tied,'
    " same = b.same as alike, type"
)


def settle_ids(
    base: duckdb.DuckDBPyConnection,
    name: str,
    several: Sequence[Happened],
    columns: InteractionColumns,
    rejector: Rejector,
) -> str | None:
    """The relation of rows that another row of their id leaves out, of which those that differ are reported."""
    several = [one for one in several if one.has_ids]
    if not several or not _repeat(base, name, several):
        return None
    ids, rows, lost = (identifier(f"{name} {what}") for what in ("ids", "rows", "repeated"))
    whole = " union all ".join(f"select * from ({_told(one, columns)}) semi join {ids} using (id)" for one in several)
    base.execute(f"create or replace table {rows} as {whole}")
    turn = 'row_number() over (partition by id order by moment, type, lead, contact, "row")'
    base.execute(
        f'create or replace table {lost} as select "row" from (select "row", {turn} as turn from {rows}) where turn > 1'
    )
    pairs = f"{_PAIRS} from (select *, {_BEFORE} as b from {rows}) where b is not null"
    values = _Values(base, several, columns)
    query = f"select id, counted, own, earlier, tied, type from ({pairs}) where earlier or not (tied and alike)"
    for identity, counted, own, earlier, tied, type_ in base.execute(query).fetchall():
        if earlier:
            rejector.row(counted, Reason.SAME_ID, columns.id, identity)
        elif not tied or values.of(counted, type_) != values.of(own, type_):
            rejector.row(own, Reason.SAME_ID, columns.id, identity)
    return lost


def _repeat(base: duckdb.DuckDBPyConnection, name: str, several: Sequence[Happened]) -> bool:
    """Whether any id stands in several rows that can count; the table of those that do."""
    ids = identifier(f"{name} ids")
    told = " union all ".join(f"select {one.value('id')} as id from {one.source} where {one.counts}" for one in several)
    base.execute(
        f"create or replace table {ids} as select id from ({told}) where id is not null group by id having count(*) > 1"
    )
    found = base.execute(f"select count(*) from {ids}").fetchone()
    return found is not None and found[0] > 0


def _told(one: Happened, columns: InteractionColumns) -> str:
    """What the rows of a part tell: `same` is one for values that are surely the same."""
    cases: list[str] = []
    for type_, names in columns.properties.items():
        texts = ", ".join(one.part.cells(name).identity for name in names)
        cases.append(f"when {one.is_type(type_)} then cast([{texts}] as varchar[])")
    same = f"case {' '.join(cases)} end" if cases else "cast([] as varchar[])"
    owners = ", ".join(f"coalesce({one.key(who)}, '') as {who}" for who in ("lead", "contact"))
    return (
        f'select "row", {one.value("id")} as id, {one.value("at")} as moment, {one.type_name} as type, {owners},'
        f" {same} as same from {one.source} where {one.counts}"
    )


class _Values:
    """The values of single rows, as Python reads them."""

    def __init__(
        self, base: duckdb.DuckDBPyConnection, several: Sequence[Happened], columns: InteractionColumns
    ) -> None:
        self._base, self._several, self._columns = base, several, columns

    def of(self, row: int, type_: str) -> tuple[object, ...]:
        """The properties of a row of a type."""
        names = self._columns.properties[type_]
        for one in self._several:
            cells = [one.part.cells(name) for name in names]
            given = ", ".join(["1", *(each.given for each in cells)])
            query = f'select {given} from {identifier(one.part.name)} where "row" in ({listed([row])})'
            if found := self._base.execute(query).fetchone():
                return tuple(each.value(value) for each, value in zip(cells, found[1:], strict=True))
        return ()
