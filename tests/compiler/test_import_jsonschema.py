"""A JSON Schema of a lead, of drafts old and new."""

import datetime
from typing import Any

import pytest
from scoreline.compiler.schema import FieldSpec, Schema
from scoreline.compiler.schema.imports.assembling import assembled
from scoreline.compiler.schema.imports.described import ImportUnusable, Remark
from scoreline.compiler.schema.imports.documents import JsonDocument
from scoreline.compiler.schema.imports.jsonschema import read_jsonschema


def imported(content: object, labels: bool = False) -> tuple[Schema, tuple[Remark, ...]]:
    return assembled(read_jsonschema([JsonDocument("lead.schema.json", content)]), labels=labels)


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
    _, remarks = imported({"anyOf": [{"properties": {"lead": LEAD, "account": {}}}]})
    assert [each.what for each in remarks] == ["account"]
    branch = {"patternProperties": {"^x": {}}}
    _, remarks = imported({**LEAD, "allOf": [{"if": {"required": ["x"]}, "then": branch}]})
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
        read_jsonschema([JsonDocument("a.json", {}), JsonDocument("b.json", {})])


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


LOST = "without those of its values that are neither a text nor a number"


@pytest.mark.parametrize("forms", ["oneOf", "anyOf"])
def test_of_forms_that_are_values_each_that_no_cell_can_hold_is_told(forms: str) -> None:
    listed = [{"const": "x"}, {"const": True}, {"const": {"y": 1}}, {"const": None}, {"type": "null"}]
    assert field({forms: listed}) == ({"type": "choice", "values": ("x",)}, [LOST])
    assert field({"type": "array", "items": {forms: listed}}) == ({"type": "choices", "values": ("x",)}, [LOST])
    assert field({forms: [{"const": True}, {"const": False}]}) == ({"type": "yes/no"}, [])
    assert field({forms: [{"const": "x"}, True]}) == (None, ["left out: its values may be of several types"])


def test_a_value_or_a_name_with_half_a_character_is_told() -> None:
    assert field({"enum": ["x", "\ud800"]}) == ({"type": "choice", "values": ("x",)}, [LOST])
    half = "left out: its name has half a character in it, which no file can hold"
    schema, [remark] = imported({"properties": {"id": {}, "\ud800": {}}})
    assert (schema.lead.fields, remark.why) == ({}, half)
    schema, [remark] = imported({"properties": {"id": {}, "interactions": {"properties": {"\ud800": {}}}}})
    assert (schema.interactions, remark.why) == ({}, half)


NOON = datetime.datetime(2026, 1, 31, 12, tzinfo=datetime.UTC)


@pytest.mark.parametrize(
    ("part", "default"),
    [
        ({"type": "boolean", "default": False}, False),
        ({"type": "integer", "default": 3}, 3),
        ({"type": "string", "default": " none "}, "none"),
        ({"type": "string", "format": "date", "default": "2026-01-31"}, datetime.date(2026, 1, 31)),
        ({"type": "string", "format": "date-time", "default": "2026-01-31T12:00:00Z"}, NOON),
        ({"enum": ["A", "B"], "default": "a"}, "A"),
        ({"type": "array", "items": {"enum": ["A", "B"]}, "default": ["B", "A"]}, ("A", "B")),
        ({"oneOf": [{"const": 1, "title": "Hot"}, {"const": 2}], "default": 1}, "1"),
        ({"type": "string", "default": None}, None),
        ({"type": "string", "default": ""}, None),
        ({"type": "array", "items": {"enum": ["A"]}, "default": []}, None),
    ],
)
def test_a_default_is_taken_over(part: object, default: object) -> None:
    found, told = field(part)
    assert found is not None
    assert (found.get("default"), told) == (default, [])


@pytest.mark.parametrize(
    ("part", "why"),
    [
        ({"type": "boolean", "default": "no"}, "without its default, which does not fit the type `yes/no`"),
        ({"type": "number", "default": True}, "without its default, which does not fit the type `number`"),
        ({"type": "string", "default": {"a": 1}}, "without its default, which does not fit the type `text`"),
        ({"type": "string", "default": "\ud800"}, "without its default, which does not fit the type `text`"),
        ({"format": "date", "default": "today"}, "without its default, which does not fit the type `date`"),
        (
            {"format": "date-time", "default": "2026-01-31T12:00:00+00:00:01"},
            "without its default, which does not fit the type `datetime`",
        ),
        ({"type": "number", "maximum": 5, "default": 6}, "without its default: the default 6 is above `max` 5"),
        ({"enum": ["A"], "default": "B"}, 'without its default: the default `"B"` is not one of the values'),
        (
            {"type": "array", "items": {"enum": ["A"]}, "default": ["A", None]},
            "without its default, which does not fit the type `choices`",
        ),
    ],
)
def test_a_default_that_does_not_fit_is_told(part: object, why: str) -> None:
    found, told = field(part)
    assert found is not None
    assert ("default" in found, told) == (False, [why])


def test_where_the_data_hold_labels_the_default_is_one() -> None:
    part = {"oneOf": [{"const": "h", "title": "Hot"}, {"const": "c", "title": "Cold"}], "default": "h"}
    more = {"type": "array", "items": {"oneOf": part["oneOf"]}, "default": ["c"]}
    schema, remarks = imported({"properties": {"id": {}, "x": part, "y": more, "z": {"default": "h"}}}, labels=True)
    assert [each.default for each in schema.lead.fields.values()] == ["Hot", ("Cold",), "h"]
    assert remarks == ()


EMAIL = {"properties": {"email": {"type": "string", "format": "date"}}, "required": ["email"]}


@pytest.mark.parametrize(
    "branches",
    [
        {"anyOf": [EMAIL, {"properties": {"phone": {}}}]},
        {"oneOf": [EMAIL, {"$ref": "#/$defs/Phone"}]},
        {"if": {"required": ["id"]}, "then": EMAIL, "else": {"properties": {"phone": {}}}},
        {"dependentSchemas": {"id": EMAIL, "x": {"$ref": "#/$defs/Phone"}}},
        {"dependencies": {"id": EMAIL, "x": ["id"], "y": {"properties": {"phone": {}}}}},
        {"allOf": [{"anyOf": [EMAIL]}, {"anyOf": [{"properties": {"phone": {}}}]}]},
        {"anyOf": [{"allOf": [EMAIL, {"anyOf": [{"properties": {"phone": {}}}]}]}]},
        {"$ref": "#/$defs/Both", "anyOf": [{"$ref": "#/$defs/Both"}]},
    ],
)
def test_properties_that_branches_alone_tell_of_are_fields(branches: dict[str, object]) -> None:
    phone = {"properties": {"phone": {}}}
    loop = {"anyOf": [EMAIL, phone, {"$ref": "#/$defs/Both"}]}
    definitions = {"$defs": {"Phone": phone, "Both": loop}}
    schema, remarks = imported({"type": "object", "properties": {"id": {}}, **branches, **definitions})
    assert remarks == ()
    assert schema.lead.fields == {"email": FieldSpec(type="date"), "phone": FieldSpec(type="text")}
    whole = {
        "properties": {"id": {}, "contact": {"properties": {"id": {}}, **branches}, "contact_id": {}},
        **definitions,
    }
    schema, remarks = imported(whole)
    assert (sorted(schema.contact_fields), remarks) == (["email", "phone"], ())


def test_a_property_of_which_branches_tell_in_several_ways_has_all_its_values_or_is_told() -> None:
    kinds = [
        {"properties": {"kind": {"const": each}, "x": {"type": t}}} for each, t in (("a", "string"), ("b", "null"))
    ]
    schema, [remark] = imported({"properties": {"id": {}}, "oneOf": kinds})
    assert schema.lead.fields == {"kind": FieldSpec(type="choice", values=("a", "b"))}
    assert (remark.what, remark.why) == ("lead.x", "left out: several branches describe it, each in a different way")


def test_what_a_condition_alone_speaks_of_is_told_and_what_it_narrows_is_no_news() -> None:
    asked = {"properties": {"land": {"const": "DE"}, "x": {"const": "A"}}}
    schema, [remark] = imported({"properties": {"id": {}, "x": {}}, "if": asked, "then": {"properties": {"x": False}}})
    assert schema.lead.fields == {"x": FieldSpec(type="text")}
    assert (remark.what, remark.why) == ("lead.land", "left out: an `if` uses it, but nothing describes what it holds")


def test_interactions_that_a_branch_tells_of_are_found() -> None:
    listed = {"type": "array", "items": {"properties": {"type": {"const": "chat"}}}}
    schema, remarks = imported({"properties": {"id": {}}, "anyOf": [{"properties": {"interactions": listed}}]})
    assert (list(schema.interactions), schema.lead.fields, remarks) == (["chat"], {}, ())


@pytest.mark.parametrize("forms", ["oneOf", "anyOf"])
def test_what_stands_beside_the_forms_of_interactions_holds_of_each(forms: str) -> None:
    named = [{"properties": {"type": {"const": each}, each: {}}} for each in ("a", "b")]
    items = {"title": "What happened", "properties": {"type": {}, "shared": {"type": "number"}}, forms: named}
    schema, remarks = imported({"properties": {"id": {}, "interactions": {"type": "array", "items": items}}})
    assert remarks == ()
    assert {name: (each.title, sorted(each.properties)) for name, each in schema.interactions.items()} == {
        "a": (None, ["a", "shared"]), "b": (None, ["b", "shared"]),
    }  # fmt: skip


def test_forms_of_interactions_without_types_of_their_own_are_one() -> None:
    items = {
        "properties": {"type": {"enum": ["a", "b"]}},
        "anyOf": [{"properties": {"x": {}}}, {"properties": {"y": {}}}],
    }
    schema, remarks = imported({"properties": {"id": {}, "interactions": {"items": items}}})
    assert {name: list(each.properties) for name, each in schema.interactions.items()} == {
        "a": ["x", "y"],
        "b": ["x", "y"],
    }
    assert remarks == ()


def test_a_type_of_interactions_that_is_no_text_is_told() -> None:
    items = {"properties": {"type": {"enum": ["a", 1, True, None]}}}
    schema, remarks = imported({"properties": {"id": {}, "interactions": {"items": items}}})
    assert list(schema.interactions) == ["a", "was_1"]
    assert {each.what: each.why for each in remarks} == {
        "interactions": "without those whose `type` is neither a text nor a number",
        "1": "called `was_1`, since rules cannot write its name: call it so in the data too",
    }


def test_a_property_that_is_called_like_the_contact_but_for_its_case_is_told() -> None:
    contact = {"properties": {"id": {}}}
    _, remarks = imported({"properties": {"id": {}, "contact_id": {}, "contact": contact, "Contact": contact}})
    assert [each.what for each in remarks] == ["lead.Contact"]
