"""Tables of typed columns, which Spark reads by itself: each row in notations, or else by the exact reader."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

from scoreline.compiler.backends.query import terms
from scoreline.compiler.backends.query.terms import Expr
from scoreline.runtime.table.admit.engine_terms import SPARK, cast, function, is_none_of, is_one_of
from scoreline.runtime.table.admit.readings import ColumnReading, Reading, field_reading, key_reading, time_reading
from scoreline.runtime.table.admit.relational import ROW
from scoreline.runtime.table.engines.spark.cells import NOTHING, handed, spark_cells
from scoreline.runtime.table.engines.spark.exact import row_function
from scoreline.runtime.table.engines.spark.session import Spark
from scoreline.runtime.table.engines.spark.shapes import EntityShape, InteractionShape, Shape, carried
from scoreline.runtime.table.read.queries import columns, count, inner, select, table
from sqlglot import exp


@dataclass(frozen=True)
class TypedPart:
    """The rows of typed files: a view with `file`, `row` and the columns to read that are there, under other names.

    `columns` has for each its name in the view and its type.
    """

    view: str
    columns: Mapping[str, tuple[str, str]]

    def reading(self, reading: Reading, name: str | None) -> ColumnReading:
        """A reading of a column; of one that is lacking, nothing."""
        label = None if name is None else self.columns.get(name)
        cells = NOTHING if label is None else spark_cells(terms.column(label[0]), label[1])
        return ColumnReading(reading, cells, SPARK)

    def handed(self, name: str) -> Expr:
        """What Python is given of a column that is there."""
        label, type_ = self.columns[name]
        return handed(terms.column(label), type_)


@dataclass
class Readable:
    """How the rows of a part are read: whether notations read a row, and its cells.

    Of the rows that no notation reads, those are of interest for which `other` holds; `others` counts them (NULL), and
    by their type those that are not of interest. `replaced` are cells that are not taken from the exact reader.
    """

    quick: Expr
    cells: list[Expr]
    other: Expr
    others: exp.Select | None = None
    replaced: dict[int, Expr] = field(default_factory=dict[int, Expr])


def readable(shape: Shape, part: TypedPart) -> Readable:
    """How a part is read."""
    match shape:
        case EntityShape():
            return _entity(shape, part)
        case InteractionShape():
            return _interactions(shape, part)


def quick_rows(part: TypedPart, read: Readable) -> exp.Select:
    """The rows that notations read, with admitted cells."""
    cells = [terms.called(cell, f"c{at}") for at, cell in enumerate(read.cells)]
    return select([terms.column(ROW), *cells], table(part.view), where=read.quick)


def slow_rows(spark: Spark, shape: Shape, part: TypedPart, read: Readable) -> exp.Select:
    """The other rows, read by the exact reader."""
    name = f"{part.view} exactly".replace(" ", "_")
    given = [(column, part.columns[column][1]) for column in part.columns]
    spark.row_function(name, row_function(shape, given), carried(shape, but=("file", ROW)))
    values = [terms.called(part.handed(column), f"v{at}") for at, column in enumerate(part.columns)]
    kept = columns(["file", ROW, *(label for label, _ in part.columns.values())])
    exact = terms.called(function(name, function("struct", *values)), "r")
    where = terms.all_of([terms.negated(read.quick), read.other])
    rows = inner(select([*kept, exact], table(part.view), where=where), "s")
    cells = [read.replaced.get(at, _of_row(f"c{at}")) for at in range(len(shape.cells))]
    named = [
        terms.called(_of_row("kind"), "kind"),
        *columns(["file", ROW]),
        terms.called(_of_row("problems"), "problems"),
    ]
    return select([*named, *(terms.called(cell, f"c{at}") for at, cell in enumerate(cells))], rows)


def _of_row(name: str) -> Expr:
    return exp.Dot(this=terms.column("r"), expression=terms.name(name))


def _is_quick(read: ColumnReading) -> Expr:
    """Whether Spark reads a cell; a missing one is left to the exact reader where that has to be reported."""
    return read.is_quick(missing=not read.reading.of_nothing[1])


def _field_readings(shape: Shape, part: TypedPart) -> dict[tuple[str, str], ColumnReading]:
    """The readings of fields, or of properties by their type."""
    zone = ZoneInfo(shape.timezone)
    if isinstance(shape, EntityShape):
        specs = {("", name): spec for name, spec in shape.fields.items()}
    else:
        specs = {(type_, name): spec for type_ in shape.properties for name, spec in shape.read(type_).items()}
    return {
        (type_, name): part.reading(field_reading(spec.column or name, spec, zone, shape.sign), spec.column or name)
        for (type_, name), spec in specs.items()
    }


def _entity(shape: EntityShape, part: TypedPart) -> Readable:
    reading = key_reading(ZoneInfo(shape.timezone))
    key = part.reading(reading, shape.key)
    holds, cells = [_is_quick(key), terms.known(exp.Paren(this=key.value()))], [key.value()]
    if shape.table == "leads":
        contact = part.reading(reading, shape.contact)
        holds.append(_is_quick(contact))
        cells.append(contact.value())
    for (_, name), read in _field_readings(shape, part).items():
        holds.append(_is_quick(read))
        if name in shape.kept:
            cells.append(read.value())
    return Readable(terms.all_of(holds), cells, terms.yes_no(True))


def _interactions(shape: InteractionShape, part: TypedPart) -> Readable:
    where, zone = shape.where, ZoneInfo(shape.timezone)
    keys = [part.reading(key_reading(zone), name) for name in (where.type, where.lead, where.contact, where.id)]
    at = part.reading(time_reading(where.at, zone), where.at)
    type_, lead, contact, identity = (each.value() for each in keys)
    is_known = is_one_of(type_, shape.properties)
    unknown = terms.all_of([_is_quick(keys[0]), is_none_of(type_, shape.properties)])
    is_unknown = terms.or_else(unknown, terms.yes_no(False))
    has_owner = terms.any_of([terms.known(exp.Paren(this=each)) for each in (lead, contact)])
    holds = [*map(_is_quick, (*keys, at)), terms.or_else(is_known, terms.yes_no(False)), has_owner]
    readings = _field_readings(shape, part)
    for name in shape.properties:
        if own := [_is_quick(read) for (of, _), read in readings.items() if of == name]:
            other = exp.NEQ(this=type_, expression=terms.text(name))
            holds.append(exp.Paren(this=terms.any_of([other, terms.all_of(own)])))
    cells = [identity, _same_text(shape, part, identity, type_), type_, lead, contact, at.value()]
    for name, each in shape.kept:
        is_type = exp.EQ(this=type_, expression=terms.text(name))
        cells.append(terms.case([(is_type, readings[name, each].value())]))
    quick = exp.Paren(this=terms.all_of(holds))
    rest = select([terms.called(terms.case([(is_unknown, type_)]), "t")], table(part.view), where=terms.negated(quick))
    return Readable(
        quick,
        cells,
        other=terms.negated(is_unknown),
        others=select([terms.column("t"), count()], inner(rest, "o"), group=columns(["t"])),
        replaced={1: _same_text(shape, part, _of_row("c0"), _of_row("c2"))},
    )


def _same_text(shape: InteractionShape, part: TypedPart, identity: Expr, type_: Expr) -> Expr:
    """A text that is the same for two rows of one type whose properties are the same, where there is an id."""
    branches = [
        (
            exp.EQ(this=type_, expression=terms.text(name)),
            function("to_json", function("array", *_texts(part, several))),
        )
        for name, several in shape.where.properties.items()
        if several
    ]
    return terms.case([(terms.known(exp.Paren(this=identity)), terms.case(branches, terms.text("[]")))])


def _texts(part: TypedPart, names: Sequence[str]) -> list[Expr]:
    return [_same_value(part, name) if name in part.columns else cast(terms.null(), "TEXT") for name in names]


def _same_value(part: TypedPart, name: str) -> Expr:
    """A text that two cells share only if Python takes their values for equal (and no NaN for another)."""
    label, type_ = part.columns[name]
    value = part.handed(name)
    if type_.startswith("array<"):
        return function("to_json", value)
    text = cast(value, "TEXT")
    if type_ not in ("float", "double"):
        return text
    return terms.case([(function("isnan", terms.column(label)), cast(terms.column(ROW), "TEXT"))], text)
