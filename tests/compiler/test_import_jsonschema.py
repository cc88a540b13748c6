"""A JSON Schema of a lead, of drafts old and new."""

from typing import Any

import pytest
from scoreline.compiler.schema import FieldSpec, Schema
from scoreline.compiler.schema.imports.assembling import assembled
from scoreline.compiler.schema.imports.described import ImportUnusable, Remark
from scoreline.compiler.schema.imports.documents import Document
from scoreline.compiler.schema.imports.jsonschema import read_jsonschema


def imported(content: object) -> tuple[Schema, tuple[Remark, ...]]:
    return assembled(read_jsonschema([Document("lead.schema.json", content)]))


def field(part: object, **root: object) -> tuple[dict[str, object] | None, list[str]]:
    schema, remarks = imported({"properties": {"id": {"type": "string"}, "x": part}, **root})
    spec = schema.lead.fields.get("x")
    return spec and spec.model_dump(exclude_defaults=True), [each.why for each in remarks]


@pytest.mark.parametrize(
    ("part", "expected"),
    [
        ({"type": "string"}, {"type": "text"}),
        ({"type": "string", "format": "email"}, {"type": "text"}),
        ({"type": "string", "format": "date"}, {"type": "date"}),
        ({"type": ["null", "string"], "format": "date-time"}, {"type": "datetime"}),
        ({"type": "boolean", "title": "Is it?"}, {"type": "yes/no", "title": "Is it?"}),
        ({"type": "integer", "minimum": 1, "exclusiveMaximum": 9}, {"type": "number", "min": 1, "max": 8}),
        ({"type": "number", "exclusiveMinimum": 0, "maximum": 2.5}, {"type": "number", "min": 0, "max": 2.5}),
        ({"type": ["integer", "number"]}, {"type": "number"}),
        ({"type": "integer", "minimum": "much"}, {"type": "number"}),
        ({"enum": ["A", "B", None]}, {"type": "choice", "values": ("A", "B")}),
        ({"enum": ["A", 2]}, {"type": "choice", "values": ("A", "2")}),
        ({"type": "string", "const": "A"}, {"type": "choice", "values": ("A",)}),
        ({"enum": [True, False, None]}, {"type": "yes/no"}),
        ({"type": "integer", "enum": [3, 1, 2]}, {"type": "number", "min": 1, "max": 3}),
        (
            {"oneOf": [{"const": 1, "title": "Hot"}, {"const": 2, "title": "Cold"}]},
            {"type": "choice", "values": ("1", "2"), "labels": {"1": "Hot", "2": "Cold"}},
        ),
        ({"anyOf": [{"type": "string", "format": "date"}, {"type": "null"}]}, {"type": "date"}),
        ({"type": "array", "items": {"enum": ["A", "B"]}}, {"type": "choices", "values": ("A", "B")}),
        ({"type": "array", "items": {"$ref": "#/$defs/Color"}}, {"type": "choices", "values": ("red", "blue")}),
        ({"$ref": "#/definitions/Old"}, {"type": "number", "min": 0}),
        (
            {"$ref": "#/$defs/Color", "title": "Colour"},
            {"type": "choice", "values": ("red", "blue"), "title": "Colour"},
        ),
        ({"$ref": "#/$defs/a~1b%20c"}, {"type": "yes/no"}),
        ({"allOf": [{"type": "number"}, {"minimum": 3}]}, {"type": "number", "min": 3}),
        ({}, {"type": "text"}),
        (True, {"type": "text"}),
    ],
)
def test_types_are_mapped(part: object, expected: dict[str, object]) -> None:
    definitions = {"Color": {"enum": ["red", "blue"]}, "a/b c": {"type": "boolean"}}
    old = {"Old": {"type": "number", "minimum": 0}}
    assert field(part, **{"$defs": definitions, "definitions": old}) == (expected, [])


@pytest.mark.parametrize(
    ("part", "why"),
    [
        ({"type": "object"}, "an object within the object; its values need columns of their own"),
        ({"properties": {"y": {}}}, "an object within the object; its values need columns of their own"),
        ({"type": "array"}, "a list whose values are not named; give its `items` an `enum`"),
        (
            {"type": "array", "items": {"type": "string"}},
            "a list whose values are not named; give its `items` an `enum`",
        ),
        ({"type": ["string", "number"]}, "its values may be of several types"),
        ({"oneOf": [{"type": "string"}, {"type": "number"}]}, "its values may be of several types"),
        ({"type": "null"}, "it does not say what it holds"),
        ({"type": "hologram"}, "its type `hologram` is not known"),
        ({"enum": []}, "it does not say what it holds"),
        (False, "it can have no value"),
        ({"$ref": "other.json#/x"}, "`other.json#/x` leads out of the file, nowhere, or round in a circle"),
        ({"$ref": "#nowhere"}, "`#nowhere` leads out of the file, nowhere, or round in a circle"),
        ({"$ref": "#/nowhere"}, "`#/nowhere` leads out of the file, nowhere, or round in a circle"),
        ({"$ref": "#/properties/x"}, "`#/properties/x` leads out of the file, nowhere, or round in a circle"),
    ],
)
def test_what_cannot_be_compared_is_told(part: object, why: str) -> None:
    assert field(part) == (None, [f"left out: {why}"])


LEAD = {"type": "object", "properties": {"id": {}, "contactId": {}, "x": {}}, "required": ["id", "x"]}
CONTACT = {"type": "object", "properties": {"contact_id": {}, "y": {}}, "title": "Person"}


@pytest.mark.parametrize(
    "content",
    [
        {**LEAD, "properties": {**LEAD["properties"], "contact": CONTACT}},  # type: ignore[dict-item]
        {"properties": {"lead": LEAD, "contact": CONTACT}},
        {
            "properties": {"lead": {"$ref": "#/$defs/Lead"}, "contact": {"$ref": "#/$defs/P"}},
            "$defs": {"Lead": LEAD, "P": CONTACT},
        },
        {"definitions": {"Lead": LEAD, "Contact": CONTACT}},
        {"$ref": "#/$defs/All", "$defs": {"All": {"properties": {"Lead": LEAD, "Contact": CONTACT}}}},
        {
            "properties": {"lead": {"allOf": [{"$ref": "#/$defs/L"}, {"properties": {"contact": CONTACT}}]}},
            "$defs": {"L": LEAD},
        },
    ],
)
def test_the_lead_and_its_contact_are_found_where_they_stand(content: object) -> None:
    schema, remarks = imported(content)
    assert remarks == ()
    assert (schema.lead.key, list(schema.lead.fields)) == ("id", ["contact_id", "x"])
    assert schema.lead.fields["x"].required
    assert schema.lead.relations["contact"].column == "contactId"
    assert schema.contact is not None
    assert (schema.contact.key, schema.contact.title, list(schema.contact.fields)) == ("contact_id", "Person", ["y"])


@pytest.mark.parametrize(
    "interactions",
    [
        {"type": "array", "items": {"properties": {"type": {"enum": ["email.opened", "chat"]}, "at": {}, "link": {}}}},
        {
            "items": {
                "oneOf": [
                    {"properties": {"type": {"const": "email.opened"}, "link": {}}},
                    {"$ref": "#/$defs/Chat"},
                ]
            }
        },
        {
            "type": "object",
            "properties": {"email.opened": {"properties": {"link": {}}}, "chat": {"$ref": "#/$defs/Chat"}},
        },
        {
            "properties": {
                "email.opened": {"type": "array", "items": {"$ref": "#/$defs/Chat"}},
                "chat": {"$ref": "#/$defs/Chat"},
            }
        },
    ],
)
def test_interactions_are_found_in_all_forms(interactions: object) -> None:
    chat = {"properties": {"type": {"const": "chat"}, "id": {}, "lead_id": {}, "link": {"type": "string"}}}
    schema, remarks = imported({"properties": {"id": {}, "interactions": interactions}, "$defs": {"Chat": chat}})
    assert remarks == ()
    assert {name: list(each.properties) for name, each in schema.interactions.items()} == {
        "email.opened": ["link"], "chat": ["link"],
    }  # fmt: skip


def test_an_interaction_without_a_name_is_told() -> None:
    _, [remark] = imported({"properties": {"id": {}, "interactions": {"type": "array", "items": {"properties": {}}}}})
    assert (remark.what, remark.why) == (
        "interactions", "left out: its `type` is neither a `const` nor an `enum`, so that it has no name",
    )  # fmt: skip


def test_interactions_that_rules_could_mix_up_are_told() -> None:
    names = [
        "email",
        "email.opened",
        "Chat",
        "chat.ended",
        "web visit",
        "stage",
        "CHAT",
        "..",
        "mail.sent",
        "mail.Sent",
    ]
    items = {"properties": {"type": {"enum": names}}}
    properties = {"id": {}, "chat": {}, "email": {}, "mail": {}, "interactions": {"type": "array", "items": items}}
    schema, remarks = imported({"properties": properties})
    assert list(schema.interactions) == ["email", "Chat", "web_visit", "deal_stage", "mail.sent"]
    assert list(schema.lead.fields) == ["chat_2", "email_2", "mail"]
    assert {each.what: each.why for each in remarks} == {
        "email.opened": "left out: its name and `email` begin alike, so that rules could mean either",
        "chat.ended": "left out: its name and `Chat` begin alike, so that rules could mean either",
        "web visit": "called `web_visit`, since rules cannot write its name: call it so in the data too",
        "stage": "called `deal_stage`, since rules cannot write its name: call it so in the data too",
        "CHAT": "left out: `Chat` has the same name",
        "..": "left out: it has no name",
        "mail.Sent": "left out: `mail.sent` has the same name",
        "lead.chat": "called `chat_2` in rules: `chat` is a relation or an interaction already",
        "lead.email": "called `email_2` in rules: `email` is a relation or an interaction already",
    }


def test_what_stands_beside_the_lead_is_told() -> None:
    _, remarks = imported({"properties": {"lead": LEAD, "account": {}}, "patternProperties": {"^x": {}}})
    assert [each.what for each in remarks] == ["account"]
    _, remarks = imported({**LEAD, "patternProperties": {"^x": {}}})
    assert [each.what for each in remarks] == ["lead.patternProperties"]


def test_without_a_key_one_is_guessed_and_told() -> None:
    schema, [remark] = imported({"properties": {"name": {}}})
    assert schema.lead.key == "lead_id"
    assert remark.why == "no column is known as its key: `lead_id` is a guess, below `[lead]`"


@pytest.mark.parametrize("anchor", [{"$anchor": "Hue"}, {"$id": "#Hue"}])
def test_a_reference_may_name_an_anchor(anchor: dict[str, str]) -> None:
    found, remarks = field({"$ref": "#Hue"}, definitions={"Color": {**anchor, "enum": ["red"]}})
    assert (found, remarks) == ({"type": "choice", "values": ("red",)}, [])


def test_an_object_without_anything_is_not_called_no_object() -> None:
    with pytest.raises(ImportUnusable) as refused:
        imported({})
    assert refused.value.message == "`lead.schema.json` has no `properties` of a lead"


@pytest.mark.parametrize("content", [{}, [], 3, {"type": "string"}, {"$ref": "#"}, {"$defs": {"Account": LEAD}}])
def test_what_describes_no_lead_is_refused(content: Any) -> None:
    with pytest.raises(ImportUnusable, match=r"`lead\.schema\.json`") as refused:
        imported(content)
    assert "under `$defs`" in str(refused.value.help)


def test_a_second_file_is_refused() -> None:
    with pytest.raises(ImportUnusable, match="one file too many"):
        read_jsonschema([Document("a.json", {}), Document("b.json", {})])


def test_ranges_that_cannot_be_are_told() -> None:
    assert field({"type": "number", "minimum": 5, "maximum": 1}) == (
        {"type": "number"},
        ["without its range: 5 is above 1"],
    )


def test_a_schema_of_our_own_needs_no_columns() -> None:
    schema, _ = imported(LEAD)
    assert schema.lead.fields["x"] == FieldSpec(type="text", required=True)


def test_references_that_branch_and_branch_again_are_followed_once() -> None:
    deep = {f"d{n}": {"allOf": [{"$ref": f"#/$defs/d{n + 1}"}] * 9} for n in range(25)}
    definitions = {**deep, "d25": {"type": "number", "minimum": 1}}
    assert field({"$ref": "#/$defs/d0"}, **{"$defs": definitions}) == ({"type": "number", "min": 1}, [])


def test_values_that_no_cell_can_hold_are_told() -> None:
    why = "without those of its values that are neither a text nor a number"
    assert field({"enum": ["A", {"B": 1}, True, 2.5]}) == ({"type": "choice", "values": ("A", "2.5")}, [why])
