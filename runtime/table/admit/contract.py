"""What a run wants of each file: its columns, and the fields that are read.

Fields that no rule needs are read too where something can be bad in them, so that what is reported does not depend on
the rules.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from scoreline.compiler.plan import Plan
from scoreline.compiler.plan_parts import needed_fields
from scoreline.compiler.schema import EntitySpec, FieldSpec, Schema
from scoreline.runtime.table.read.columns import RequestedColumns


@dataclass(frozen=True, slots=True)
class InteractionColumns:
    """Where the schema says that things stand: the fixed columns, and those of each type's properties."""

    type: str
    at: str
    lead: str
    contact: str
    id: str
    properties: Mapping[str, tuple[str, ...]]

    @property
    def to_read(self) -> RequestedColumns:
        """What a file of interactions needs and may have."""
        names = dict.fromkeys(name for columns in self.properties.values() for name in columns)
        fixed = (self.type, self.at, self.lead, self.contact, self.id)
        return RequestedColumns(
            required=(self.type, self.at),
            either=(self.lead, self.contact),
            wanted=tuple(name for name in names if name not in fixed),
            optional=(self.id,),
        )


def contact_column(schema: Schema) -> str | None:
    """The column of the leads that names the contact."""
    return next((one.column for one in schema.lead.relations.values() if one.to == "contact"), None)


def lead_columns(schema: Schema) -> RequestedColumns:
    """What a file of leads needs and may have."""
    key, relation = schema.lead.key, contact_column(schema)
    return _columns(key, [*_of_fields(schema.lead.fields), *([] if relation is None else [relation])])


def contact_columns(contact: EntitySpec) -> RequestedColumns:
    """What a file of contacts needs and may have."""
    return _columns(contact.key, _of_fields(contact.fields))


def can_be_bad(spec: FieldSpec) -> bool:
    """Whether a value of a field may have to be reported."""
    return spec.type != "text" or spec.required


def fields_read(whole: Plan, entity: EntitySpec, owner: Literal["lead", "contact"]) -> frozenset[str]:
    """The fields that rules need, and those in which something can be bad."""
    return needed_fields(whole, owner) | {name for name, spec in entity.fields.items() if can_be_bad(spec)}


def _of_fields(fields: Mapping[str, FieldSpec]) -> list[str]:
    return [spec.column or name for name, spec in fields.items()]


def _columns(key: str, names: list[str]) -> RequestedColumns:
    return RequestedColumns(required=(key,), wanted=tuple(name for name in names if name != key))


def interaction_columns(schema: Schema) -> InteractionColumns:
    """Where the schema says that things stand in a file of interactions."""
    table = schema.interactions_table
    properties = {name: tuple(_of_fields(spec.properties)) for name, spec in schema.interactions.items()}
    return InteractionColumns(table.type, table.at, table.lead_id, table.contact_id, table.id, properties)
