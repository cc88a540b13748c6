"""The shape of a schema: which fields, relations and interactions there are.

Promises frozen data in which names are as the user wrote them. Reading it from TOML is the business of
`reading.py`, from pydantic classes of `from_models.py`, and what a good schema is of `checks.py`.
"""

from collections.abc import Mapping
from typing import Self

from pydantic import BaseModel, Field
from scoreline.compiler.schema.checks import Draft, schema_faults
from scoreline.compiler.schema.field_checks import settled
from scoreline.compiler.schema.fields import FieldSpec, Shape
from scoreline.compiler.schema.from_models import Interactions, column_of, fields_of, key_of, properties_of


class Relation(Shape):
    """A step from the lead to another entity: the lead's `column` holds the key of `to`."""

    to: str = Field(description="The entity that the relation leads to: `contact`.")
    column: str = Field(description="The column of the lead that holds the other's key.")


class EntitySpec(Shape):
    """A table of the data: the column that tells its rows apart, and its fields by name."""

    key: str = Field(description="The column that tells one row from another.")
    title: str | None = Field(default=None, description="How people call it.")
    fields: Mapping[str, FieldSpec] = Field(default={}, description="The fields, by the name that rules use.")


class LeadSpec(EntitySpec):
    """The leads; `unit` is the field that `for unit` compares."""

    unit: str | None = Field(default=None, description="The field that `for unit` compares.")
    relations: Mapping[str, Relation] = Field(default={}, description="The lead's relations, such as `contact`.")


class InteractionSpec(Shape):
    """One type of interaction, such as `email.opened`, and its own properties by name."""

    title: str | None = Field(default=None, description="How people call it.")
    properties: Mapping[str, FieldSpec] = Field(default={}, description="What is known of one interaction, by name.")


class InteractionsTable(Shape):
    """The names of the columns that every interaction has."""

    type: str = Field(default="type", description="The column with the type, such as `email.opened`.")
    at: str = Field(default="at", description="The column with the time.")
    lead_id: str = Field(default="lead_id", description="The column with the lead's key.")
    contact_id: str = Field(default="contact_id", description="The column with the contact's key.")
    id: str = Field(default="id", description="The column with the interaction's own id.")


class Schema(Shape):
    """Everything that rules can speak of. `interactions` are by their dotted name."""

    lead: LeadSpec = Field(description="What is known of a lead.")
    contact: EntitySpec | None = Field(default=None, description="What is known of a lead's contact.")
    interactions: Mapping[str, InteractionSpec] = Field(default={}, description="What leads and contacts do, by name.")
    interactions_table: InteractionsTable = Field(
        default=InteractionsTable(),
        validation_alias="interactions-table",
        serialization_alias="interactions-table",
        description="The columns of the interactions, where they are called otherwise.",
    )

    @property
    def contact_fields(self) -> Mapping[str, FieldSpec]:
        """The contact's fields by name; none where the schema has no contact."""
        return {} if self.contact is None else self.contact.fields

    @classmethod
    def from_models(
        cls,
        lead: type[BaseModel],
        contact: type[BaseModel] | None = None,
        *,
        interactions: Interactions | None = None,
        key: str | None = None,
        contact_key: str | None = None,
        unit: str | None = None,
        relations: Mapping[str, Relation] | None = None,
        interactions_table: InteractionsTable | None = None,
    ) -> Self:
        """The schema of pydantic classes: attributes become fields, an alias the column.

        `key` is the lead's key (else `lead_id` or `id`), `contact_key` the contact's (else `contact_id` or `id`).
        With a contact, the lead gets a relation `contact` through its column `contact_id`, unless `relations` says
        otherwise. `interactions` maps a dotted name to the class of its properties, or to None. TypeError tells of
        a type that no field can have, ValueError everything that a schema file would be refused for.
        """
        columns = interactions_table or InteractionsTable()
        found = properties_of(interactions or {}, tuple(columns.model_dump()))
        if relations is None:
            relations = {"contact": Relation(to="contact", column="contact_id")} if contact else {}
        lead_key = key_of(lead, key, ("lead_id", "id"))
        schema = cls(
            lead=LeadSpec(
                key=column_of(lead, lead_key), fields=fields_of(lead, lead_key), unit=unit, relations=relations
            ),
            contact=_contact(contact, contact_key) if contact else None,
            interactions={name: InteractionSpec(properties=properties) for name, properties in found.items()},
            interactions_table=columns,
        )
        if faults := schema_faults(draft_of(schema)):
            raise ValueError("; ".join(f"{fault.message} ({fault.help})" for fault in faults))
        return schema.settled()

    def settled(self) -> Self:
        """The same schema with values trimmed and each default as its field spells it; only for a good schema."""
        contact = self.contact
        return self.model_copy(
            update={
                "lead": self.lead.model_copy(update={"fields": _settled(self.lead.fields)}),
                "contact": contact and contact.model_copy(update={"fields": _settled(contact.fields)}),
                "interactions": {
                    name: each.model_copy(update={"properties": _settled(each.properties)})
                    for name, each in self.interactions.items()
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


def _contact(contact: type[BaseModel], key: str | None) -> EntitySpec:
    name = key_of(contact, key, ("contact_id", "id"))
    return EntitySpec(key=column_of(contact, name), fields=fields_of(contact, name))


def _settled(fields: Mapping[str, FieldSpec]) -> dict[str, FieldSpec]:
    return {name: settled(spec) for name, spec in fields.items()}
