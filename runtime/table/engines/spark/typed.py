"""Tables of typed columns, which Spark reads by itself: each row by forms (`forms.py`), or else by the exact reader."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from scoreline.runtime.table.engines.spark.exact import row_function
from scoreline.runtime.table.engines.spark.forms import NOTHING, Column, Quick, quick_field, quick_instant, quick_key
from scoreline.runtime.table.engines.spark.handed import handed
from scoreline.runtime.table.engines.spark.session import Spark
from scoreline.runtime.table.engines.spark.shapes import EntityShape, InteractionShape, Shape, carried
from scoreline.runtime.table.engines.spark.words import listed, literal, quoted


@dataclass(frozen=True)
class TypedPart:
    """The rows of typed files: a view with `file`, `row` and the wanted columns that are there, under other names.

    `columns` tells for each its name in the view and its type.
    """

    view: str
    columns: Mapping[str, tuple[str, str]]

    def column(self, name: str) -> Column:
        """A wanted column; of one that is lacking, nothing."""
        found = self.columns.get(name)
        return NOTHING if found is None else Column(quoted(found[0]), found[1])


@dataclass
class Readable:
    """How the rows of a part are read: SQL of whether forms read a row, and of its cells.

    Of the rows that no form reads, those are of interest for which `other` holds; `others` counts them (NULL), and by
    their type those that are not of interest. `replaced` are cells that are not taken from the exact reader.
    """

    quick: str
    cells: list[str]
    other: str = "true"
    others: str | None = None
    replaced: dict[int, str] = field(default_factory=dict[int, str])


def readable(shape: Shape, part: TypedPart) -> Readable:
    """How a part is read."""
    match shape:
        case EntityShape():
            return _entity(shape, part)
        case InteractionShape():
            return _interactions(shape, part)


def quick_rows(part: TypedPart, read: Readable) -> str:
    """The query of the rows that forms read, with canonical cells."""
    cells = [f"{cell} as c{at}" for at, cell in enumerate(read.cells)]
    return f"select {', '.join(['`row`', *cells])} from {quoted(part.view)} where {read.quick}"


def slow_rows(spark: Spark, shape: Shape, part: TypedPart, read: Readable) -> str:
    """The query of the other rows, read by the exact reader."""
    function = f"{part.view} exactly".replace(" ", "_")
    names = list(part.columns)
    given = [(name, part.columns[name][1]) for name in names]
    spark.row_function(function, row_function(shape, given), carried(shape, but=("`file`", "`row`")))
    values = [f"{handed(*part.columns[name])} as v{at}" for at, name in enumerate(names)]
    kept = ["`file`", "`row`", *(quoted(part.columns[name][0]) for name in names)]
    inner = (
        f"select {', '.join(kept)}, {function}(struct({', '.join(values)})) as r from {quoted(part.view)}"
        f" where not {read.quick} and ({read.other})"
    )
    cells = [f"{read.replaced.get(at, f'r.c{at}')} as c{at}" for at in range(len(shape.cells))]
    return f"select r.kind as kind, `file`, `row`, r.told as told, {', '.join(cells)} from ({inner})"


def _entity(shape: EntityShape, part: TypedPart) -> Readable:
    key = quick_key(part.column(shape.key))
    holds, cells = [key.holds, f"{key.value} is not null"], [key.value]
    if shape.table == "leads":
        contact = quick_key(NOTHING if shape.contact is None else part.column(shape.contact))
        holds.append(contact.holds)
        cells.append(contact.value)
    for name, spec in shape.fields.items():
        quick = quick_field(spec, part.column(spec.column or name), shape.timezone, shape.sign)
        holds.append(quick.holds)
        if name in shape.kept:
            cells.append(quick.value)
    return Readable(f"({' and '.join(holds)})", cells)


def _interactions(shape: InteractionShape, part: TypedPart) -> Readable:
    where = shape.where
    type_, lead, contact, identity = (
        quick_key(part.column(name)) for name in (where.type, where.lead, where.contact, where.id)
    )
    at = quick_instant(part.column(where.at), shape.timezone)
    known = listed(shape.properties)
    is_unknown = f"coalesce({type_.holds} and {type_.value} not in ({known}), false)"
    holds = [
        type_.holds,
        f"coalesce({type_.value} in ({known}), false)",
        at.holds,
        lead.holds,
        contact.holds,
        f"({lead.value} is not null or {contact.value} is not null)",
        identity.holds,
    ]
    properties: dict[tuple[str, str], Quick] = {}
    for name in shape.properties:
        own = {
            (name, each): quick_field(spec, part.column(spec.column or each), shape.timezone, shape.sign)
            for each, spec in shape.read(name).items()
        }
        if own:
            holds.append(f"({type_.value} <> {literal(name)} or ({' and '.join(q.holds for q in own.values())}))")
        properties |= own
    raw = f"case when {identity.value} is not null then {_raw(shape, part, type_.value)} end"
    cells = [identity.value, raw, type_.value, lead.value, contact.value, at.value]
    for name, each in shape.kept:
        cells.append(f"case when {type_.value} = {literal(name)} then {properties[name, each].value} end")
    return Readable(
        f"({' and '.join(holds)})",
        cells,
        other=f"not {is_unknown}",
        others=f"select case when {is_unknown} then {type_.value} end, count(*) from {quoted(part.view)}"
        f" where not ({' and '.join(holds)}) group by 1",
        replaced={1: f"case when r.c0 is not null then {_raw(shape, part, 'r.c2')} end"},
    )


def _raw(shape: InteractionShape, part: TypedPart, type_: str) -> str:
    """A text that is the same for two rows of one type whose properties are the same."""
    branches = [
        f"when {literal(name)} then to_json(array({', '.join(_texts(part, columns))}))"
        for name, columns in shape.where.properties.items()
        if columns
    ]
    return f"case {type_} {' '.join(branches)} else '[]' end" if branches else "'[]'"


def _texts(part: TypedPart, columns: Sequence[str]) -> list[str]:
    found = [part.columns.get(name) for name in columns]
    return [
        "cast(null as string)"
        if each is None
        else f"to_json({handed(*each)})"
        if each[1].startswith("array<")
        else f"cast({handed(*each)} as string)"
        for each in found
    ]
