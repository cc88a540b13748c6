"""Each interaction once: rows of one id are settled as `runtime/table/interactions.py` settles them, row after row.

A row is compared with the one that counts so far. SQL finds the pairs; only where two rows are alike in time, type and
owners, and not in the text of their properties, Python compares the values themselves.
"""

from collections.abc import Sequence

import duckdb
from scoreline.runtime.table.door.happened import Happened
from scoreline.runtime.table.door.parts import Rejections
from scoreline.runtime.table.door.words import identifier
from scoreline.runtime.table.interactions import InteractionColumns

REASON = "another row with this id comes first and counts: this row is left out"


def settle_ids(
    base: duckdb.DuckDBPyConnection,
    name: str,
    several: Sequence[Happened],
    columns: InteractionColumns,
    rejections: Rejections,
) -> str | None:
    """The relation of rows that another row of their id leaves out, of which those that differ are reported."""
    told = [_told(one, columns) for one in several if one.has_ids]
    if not told:
        return None
    ids, rows, pairs, lost = (identifier(f"{name} {what}") for what in ("ids", "rows", "pairs", "repeated"))
    base.execute(
        f"create or replace table {ids} as select id from ({' union all '.join(each[0] for each in told)})"
        " where id is not null group by id having count(*) > 1"
    )
    if not (base.execute(f"select count(*) from {ids}").fetchone() or (0,))[0]:
        return None
    whole = " union all ".join(each[1] for each in told)
    base.execute(f"create or replace table {rows} as select * from ({whole}) semi join {ids} using (id)")
    base.execute(
        f'create or replace table {lost} as select "row" from (select "row", row_number() over'
        f' (partition by id order by at, type, lead, contact, "row") as turn from {rows}) where turn > 1'
    )
    before = (
        "min({'at': at, 'type': type, 'lead': lead, 'contact': contact, 'row': \"row\", 'same': same}) over"
        ' (partition by id order by "row" rows between unbounded preceding and 1 preceding)'
    )
    base.execute(
        f"create or replace table {pairs} as select id, least_row, other_row, order_same, same_texts from (select id,"
        ' b.row as least_row, "row" as other_row, at = b.at and type = b.type and lead = b.lead and contact = b.contact'
        " as order_same, (at, type, lead, contact) < (b.at, b.type, b.lead, b.contact) as earlier, same = b.same"
        f" as same_texts from (select *, {before} as b from {rows}) where b is not null)".replace(
            'b.row as least_row, "row" as other_row', 'b.row as before_row, "row" as own_row'
        ).replace("select id, least_row, other_row,", "select id, before_row, own_row, earlier,")
    )
    for identity, before_row, own_row, earlier, order_same, same in base.execute(f"select * from {pairs}").fetchall():
        if earlier:
            rejections.row(before_row, REASON, columns.id, identity)
        elif not order_same or (
            not same and _values(base, several, columns, before_row) != _values(base, several, columns, own_row)
        ):
            rejections.row(own_row, REASON, columns.id, identity)
    return lost
