"""Pydantic classes as a schema."""

import datetime
from decimal import Decimal
from enum import Enum, IntEnum
from typing import Annotated, Literal, NewType, Optional

import pytest
from pydantic import BaseModel, Field
from scoreline.compiler.schema import FieldSpec, Relation, Schema

Score = NewType("Score", int)


class Industry(Enum):
    SOFTWARE = "Software"
    RETAIL = "Retail"


class Size(IntEnum):
    SMALL = 1
    LARGE = 2


class Contact(BaseModel):
    contact_id: int
    job_title: str | None = None


class Clicked(BaseModel):
    type: str
    at: datetime.datetime
    link: str | None = None


def field(annotation: object, default: object = None) -> FieldSpec:
    """The field of an attribute with this annotation."""
    namespace = {"__annotations__": {"id": str, "x": annotation}, "__module__": __name__}
    if default is not ...:
        namespace["x"] = default
    return Schema.from_models(type("Lead", (BaseModel,), namespace)).lead.fields["x"]


@pytest.mark.parametrize(
    ("annotation", "expected"),
    [
        (str | None, FieldSpec(type="text")),
        (Optional[int], FieldSpec(type="number")),  # noqa: UP045 (the older way to write it must be read too)
        (float | int | None, FieldSpec(type="number")),
        (Decimal | None, FieldSpec(type="number")),
        (Score | None, FieldSpec(type="number")),
        (bool | None, FieldSpec(type="yes/no")),
        (datetime.date | None, FieldSpec(type="date")),
        (datetime.datetime | None, FieldSpec(type="datetime")),
        (Literal["A", "B"] | None, FieldSpec(type="choice", values=("A", "B"))),
        (Literal["A", None], FieldSpec(type="choice", values=("A",))),
        (Industry | None, FieldSpec(type="choice", values=("Software", "Retail"))),
        (Size | None, FieldSpec(type="choice", values=("1", "2"))),
        (list[Industry] | None, FieldSpec(type="choices", values=("Software", "Retail"))),
        (set[Literal["A", "B"]] | None, FieldSpec(type="choices", values=("A", "B"))),
        (frozenset[Literal["A"]] | None, FieldSpec(type="choices", values=("A",))),
        (tuple[Literal["A", "B"], ...] | None, FieldSpec(type="choices", values=("A", "B"))),
        (Annotated[int, Field(ge=0, le=10)] | None, FieldSpec(type="number", min=0, max=10)),
    ],
)
def test_annotations_become_fields(annotation: object, expected: FieldSpec):
    assert field(annotation) == expected


@pytest.mark.parametrize(
    ("annotation", "default", "expected"),
    [
        (int, 5, 5.0),
        (bool, False, False),
        (str, "x", "x"),
        (str, "", None),
        (float, float("nan"), None),
        (Industry, Industry.RETAIL, "Retail"),
        (Size, Size.LARGE, "2"),
        (list[Industry], [], None),
        (list[Industry], [Industry.RETAIL, Industry.SOFTWARE], ("Software", "Retail")),
        (datetime.date, datetime.date(2026, 1, 1), datetime.date(2026, 1, 1)),
    ],
)
def test_defaults_are_kept(annotation: object, default: object, expected: object):
    assert field(annotation, default).default == expected


def test_an_attribute_without_a_default_is_required():
    assert field(str, ...).required
    assert not field(str | None, ...).required
    assert not field(str, "x").required


def test_titles_and_aliases_are_used():
    class Lead(BaseModel):
        key: str = Field(alias="Prospect ID")
        source: str | None = Field(None, alias="Lead Source", description="Where from")
        size: int | None = Field(None, title="Employees", ge=1)

    schema = Schema.from_models(Lead, key="key")
    assert schema.lead.key == "Prospect ID"
    assert schema.lead.fields["source"] == FieldSpec(type="text", column="Lead Source", title="Where from")
    assert schema.lead.fields["size"] == FieldSpec(type="number", title="Employees", min=1)


def test_contacts_and_interactions_are_read():
    class Lead(BaseModel):
        lead_id: str
        contact_id: str | None = None

    schema = Schema.from_models(Lead, Contact, interactions={"email.clicked": Clicked, "email.opened": None})
    assert schema.lead.key == "lead_id"
    assert schema.contact is not None
    assert schema.contact.key == "contact_id"
    assert schema.lead.relations == {"contact": Relation(to="contact", column="contact_id")}
    assert list(schema.interactions["email.clicked"].properties) == ["link"]
    assert schema.interactions["email.opened"].properties == {}


@pytest.mark.parametrize("annotation", [dict[str, int], list[str], int | str, object, complex, list, Contact])
def test_a_type_that_no_field_has_is_named(annotation: object):
    with pytest.raises(TypeError, match=r"Lead\.x has the type .* a field can be: str, int"):
        field(annotation)


def test_a_lead_without_a_key_is_told():
    class Lead(BaseModel):
        name: str

    with pytest.raises(TypeError, match="Lead has no attribute lead_id or id"):
        Schema.from_models(Lead)
    with pytest.raises(TypeError, match="'nope'"):
        Schema.from_models(Lead, key="nope")


def test_what_a_schema_file_would_be_refused_for_is_refused_here():
    class Lead(BaseModel):
        id: str
        stage: str | None = None

    with pytest.raises(ValueError, match="`stage` is a word of the language"):
        Schema.from_models(Lead)
    with pytest.raises(ValueError, match="not a field of the lead"):
        Schema.from_models(Lead, unit="nope")
