"""A whole schema out of pydantic classes; how one class is read is told in `from_models.py`."""

from collections.abc import Mapping

from pydantic import BaseModel
from scoreline.compiler.schema.checks import schema_faults
from scoreline.compiler.schema.from_models import column_of, fields_of, key_of, properties_of
from scoreline.compiler.schema.settling import draft_of, settled_schema
from scoreline.compiler.schema.shapes import (
    EntitySpec,
    Interactions,
    InteractionSpec,
    InteractionsTable,
    LeadSpec,
    Relation,
    Schema,
)


def schema_of(
    lead: type[BaseModel],
    contact: type[BaseModel] | None,
    interactions: Interactions,
    key: str | None,
    contact_key: str | None,
    unit: str | None,
    relations: Mapping[str, Relation] | None,
    columns: InteractionsTable,
) -> Schema:
    """What `Schema.from_models` gives. TypeError for a type that no field can have, ValueError for what no schema may
    be."""
    found = properties_of(interactions, tuple(columns.model_dump()))
    if relations is None:
        relations = {"contact": Relation(to="contact", column="contact_id")} if contact else {}
    lead_key = key_of(lead, key, ("lead_id", "id"))
    schema = Schema(
        lead=LeadSpec(key=column_of(lead, lead_key), fields=fields_of(lead, lead_key), unit=unit, relations=relations),
        contact=_contact(contact, contact_key) if contact else None,
        interactions={name: InteractionSpec(properties=properties) for name, properties in found.items()},
        interactions_table=columns,
    )
    if faults := schema_faults(draft_of(schema)):
        raise ValueError("; ".join(f"{fault.message} ({fault.help})" for fault in faults))
    return settled_schema(schema)


def _contact(contact: type[BaseModel], key: str | None) -> EntitySpec:
    name = key_of(contact, key, ("contact_id", "id"))
    return EntitySpec(key=column_of(contact, name), fields=fields_of(contact, name))
