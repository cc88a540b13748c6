"""The last step to a schema: the parts that are checked, and the settled form of what is good."""

from collections.abc import Mapping

from scoreline.compiler.schema.checks import Draft
from scoreline.compiler.schema.field_checks import settled
from scoreline.compiler.schema.fields import FieldSpec
from scoreline.compiler.schema.shapes import Schema


def settled_schema(schema: Schema) -> Schema:
    """The same schema with values trimmed and each default as its field spells it; only for a good schema."""
    contact = schema.contact
    return schema.model_copy(
        update={
            "lead": schema.lead.model_copy(update={"fields": _settled(schema.lead.fields)}),
            "contact": contact and contact.model_copy(update={"fields": _settled(contact.fields)}),
            "interactions": {
                name: each.model_copy(update={"properties": _settled(each.properties)})
                for name, each in schema.interactions.items()
            },
        }
    )


def draft_of(schema: Schema) -> Draft:
    """The parts of a schema, to be checked."""
    return Draft(
        lead=schema.lead.fields,
        contact=schema.contact.fields if schema.contact else None,
        unit=schema.lead.unit,
        relations={name: relation.to for name, relation in schema.lead.relations.items()},
        interactions={name: each.properties for name, each in schema.interactions.items()},
        columns=schema.interactions_table.model_dump(),
    )


def _settled(fields: Mapping[str, FieldSpec]) -> dict[str, FieldSpec]:
    return {name: settled(spec) for name, spec in fields.items()}
