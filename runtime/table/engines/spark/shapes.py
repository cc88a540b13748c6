"""What is read of a table, as plain data that goes to Spark's workers; and the rows that come back.

A row is `kind`, `file` (its number), `row`, `problems` (what is to be reported) and the admitted cells, in which a day
and an instant are numbers as readers give them. Rows of several files are in order by `row`, which has the number of
the file.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Literal

from scoreline.compiler.backends.query import choices, names
from scoreline.compiler.backends.query.terms import Expr
from scoreline.compiler.plan import Plan
from scoreline.compiler.plan_parts import needed_fields
from scoreline.compiler.schema import EntitySpec, FieldSpec
from scoreline.runtime.table.admit.contract import (
    InteractionColumns,
    can_be_bad,
    contact_column,
    contact_columns,
    fields_read,
    interaction_columns,
    lead_columns,
)
from scoreline.runtime.table.admit.engine_terms import SPARK
from scoreline.runtime.table.admit.readings import Held, carried_as, held_as, made_of
from scoreline.runtime.table.admit.relational import IDENTITY, SAME
from scoreline.runtime.table.admit.relational import ROW as ROW_NUMBER
from scoreline.runtime.table.read.columns import RequestedColumns
from scoreline.runtime.table.rejects import TableName
from sqlglot import exp

ROW, REJECT, UNKNOWN, UNUSABLE = "row", "reject", "unknown", "unusable"
"""The kinds of rows: one that counts, something to report, how often an unknown type was met, a file's fault."""

_PROBLEMS = "array<struct<`column`: string, `value`: string, `reason`: string>>"


@dataclass(frozen=True)
class Cell:
    """A admitted column, which stands at its place as `c0`, `c1`, … until it is named."""

    name: str
    held: Held

    @property
    def carried(self) -> str:
        """The type in which workers give it."""
        return exp.DataType.build(carried_as(self.held)).sql("spark")

    def made_of(self, carried: Expr) -> Expr:
        """The admitted value of what workers give."""
        return made_of(carried, self.held, SPARK)


@dataclass(frozen=True)
class EntityShape:
    """Leads or contacts: the columns of the key and of the contact, the fields that are read and that are kept."""

    table: TableName
    key: str
    contact: str | None
    fields: Mapping[str, FieldSpec]
    kept: tuple[str, ...]
    columns: RequestedColumns
    timezone: str
    sign: str

    @property
    def cells(self) -> tuple[Cell, ...]:
        """The admitted columns."""
        keys = (names.LEAD, names.CONTACT) if self.table == "leads" else (names.CONTACT,)
        return (
            *(Cell(key, "TEXT") for key in keys),
            *(Cell(name, held_as(self.fields[name].type)) for name in self.kept),
        )


@dataclass(frozen=True)
class InteractionShape:
    """Interactions: where things stand, and for each type its properties, those that are read and that are kept."""

    where: InteractionColumns
    properties: Mapping[str, Mapping[str, FieldSpec]]
    kept: tuple[tuple[str, str], ...]
    timezone: str
    sign: str
    table: TableName = "interactions"

    @property
    def columns(self) -> RequestedColumns:
        """What a file needs and may have."""
        return self.where.to_read

    @property
    def cells(self) -> tuple[Cell, ...]:
        """The admitted columns."""
        keys = (IDENTITY, SAME, names.TYPE, names.LEAD, names.CONTACT)
        made = [names.property_column(type_, name) for type_, name in self.kept]
        specs = (self.properties[type_][name] for type_, name in self.kept)
        return (
            *(Cell(key, "TEXT") for key in keys),
            Cell(names.AT, "TIMESTAMPNTZ"),
            *(Cell(name, held_as(spec.type)) for name, spec in zip(made, specs, strict=True)),
        )

    def read(self, type_: str) -> dict[str, FieldSpec]:
        """The properties of a type that are read: those that are kept, and those that can be bad."""
        kept = {name for of, name in self.kept if of == type_}
        specs = self.properties[type_]
        return {name: spec for name, spec in specs.items() if name in kept or can_be_bad(spec)}


Shape = EntityShape | InteractionShape


def carried_types(shape: Shape) -> list[tuple[str, str]]:
    """The columns of rows as workers give them, and their types."""
    fixed = [("kind", "string"), ("file", "int"), (ROW_NUMBER, "bigint"), ("problems", _PROBLEMS)]
    return fixed + [(f"c{at}", cell.carried) for at, cell in enumerate(shape.cells)]


def carried(shape: Shape, *, but: Collection[str] = ()) -> str:
    """The same as Spark declares them; `but` for some."""
    return ", ".join(f"`{name}` {type_}" for name, type_ in carried_types(shape) if name not in but)


def lead_shape(whole: Plan) -> EntityShape:
    """What is read of leads."""
    lead = whole.schema.lead
    return _entity(whole, lead, "leads", contact_column(whole.schema), lead_columns(whole.schema))


def contact_shape(whole: Plan, contact: EntitySpec) -> EntityShape:
    """What is read of contacts."""
    return _entity(whole, contact, "contacts", None, contact_columns(contact))


def _entity(
    whole: Plan, entity: EntitySpec, table: Literal["leads", "contacts"], contact: str | None, columns: RequestedColumns
) -> EntityShape:
    owner: Literal["lead", "contact"] = "lead" if table == "leads" else "contact"
    read, kept = fields_read(whole, entity, owner), needed_fields(whole, owner)
    fields = {name: spec for name, spec in entity.fields.items() if name in read}
    sign = choices.separator(whole.schema)
    kept_in_order = tuple(name for name in fields if name in kept)
    return EntityShape(table, entity.key, contact, fields, kept_in_order, columns, whole.timezone, sign)


def interaction_shape(whole: Plan) -> InteractionShape:
    """What is read of interactions."""
    schema = whole.schema
    types = dict.fromkeys(counter.type for counter in whole.counters)
    kept = tuple((type_, name) for type_ in types for name in names.properties_of(whole, type_))
    properties = {name: spec.properties for name, spec in schema.interactions.items()}
    sign = choices.separator(schema)
    return InteractionShape(interaction_columns(schema), properties, kept, whole.timezone, sign)
