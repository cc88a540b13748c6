"""The shape of a schema: which fields, relations and interactions there are.

Promises frozen data in which names are as the user wrote them. Reading it from TOML is the business of
`reading.py`, from pydantic classes of `from_models.py`, and what a good schema is of `checks.py`.
"""

from collections.abc import Mapping
from typing import Any, Self, cast

from pydantic import BaseModel, Field
from scoreline.compiler.schema.fields import FieldSpec, TomlTable

Interactions = Mapping[str, type[BaseModel] | None]
"""Dotted names of interactions, each with the class of its properties, if it has any."""


class Relation(TomlTable):
    """A step from the lead to another entity: the lead's `column` holds the key of `to`."""

    to: str = Field(description="The entity that the relation leads to: `contact`.")
    column: str = Field(description="The column of the lead with the key of the other.")


class EntitySpec(TomlTable):
    """A table of the data: the column that tells its rows apart, and its fields by name."""

    key: str = Field(description="The column that tells one row from another.")
    title: str | None = Field(default=None, description="Its name for people.")
    fields: Mapping[str, FieldSpec] = Field(default={}, description="The fields, by the name that rules use.")


class LeadSpec(EntitySpec):
    """The leads; `unit` is the field that `for unit` compares."""

    unit: str | None = Field(default=None, description="The field that `for unit` compares.")
    relations: Mapping[str, Relation] = Field(default={}, description="The lead's relations, such as `contact`.")


class InteractionSpec(TomlTable):
    """One type of interaction, such as `email.opened`, and its own properties by name."""

    title: str | None = Field(default=None, description="Its name for people.")
    properties: Mapping[str, FieldSpec] = Field(default={}, description="The properties of one interaction, by name.")


class InteractionsTable(TomlTable):
    """The names of the columns that every interaction has."""

    type: str = Field(default="type", description="The column with the type, such as `email.opened`.")
    at: str = Field(default="at", description="The column with the time.")
    lead_id: str = Field(default="lead_id", description="The column with the lead's key.")
    contact_id: str = Field(default="contact_id", description="The column with the contact's key.")
    id: str = Field(default="id", description="The column with the interaction's own id.")


class Schema(TomlTable):
    """Everything that rules can speak of. `interactions` are by their dotted name."""

    lead: LeadSpec = Field(description="The fields of a lead.")
    contact: EntitySpec | None = Field(default=None, description="The fields of a lead's contact.")
    interactions: Mapping[str, InteractionSpec] = Field(
        default={}, description="The interactions of leads and contacts, by name."
    )
    interactions_table: InteractionsTable = Field(
        default=InteractionsTable(),
        validation_alias="interactions-table",
        serialization_alias="interactions-table",
        description="The columns of the interactions, if they have other names.",
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
        from scoreline.compiler.schema.from_models import schema_of  # needed by nobody who only scores

        options = (key, contact_key, unit, relations, interactions_table or InteractionsTable())
        return cls(**dict(schema_of(lead, contact, interactions or {}, *cast(Any, options))))
