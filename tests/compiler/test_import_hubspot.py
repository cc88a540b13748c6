"""HubSpot's properties of contacts."""

import pytest
from scoreline.compiler.schema import FieldSpec, Schema
from scoreline.compiler.schema.imports.assembling import assembled
from scoreline.compiler.schema.imports.described import ImportUnusable, Remark
from scoreline.compiler.schema.imports.documents import JsonDocument
from scoreline.compiler.schema.imports.hubspot import read_hubspot


def imported(content: object, *more: object) -> tuple[Schema, tuple[Remark, ...]]:
    return assembled(read_hubspot([JsonDocument(f"{n}.json", each) for n, each in enumerate((content, *more))]))


def property_(**told: object) -> tuple[FieldSpec | None, list[str]]:
    schema, remarks = imported({"results": [{"name": "x", "label": "Ex", **told}]})
    return schema.lead.fields.get("x"), [each.why for each in remarks]


@pytest.mark.parametrize(
    ("type_", "shown_as", "expected"),
    [
        ("string", "textarea", "text"),
        ("phone_number", "phonenumber", "text"),
        ("number", "calculation_equation", "number"),
        ("bool", "booleancheckbox", "yes/no"),
        ("enumeration", "booleancheckbox", "yes/no"),
        ("date", "date", "date"),
        ("datetime", "date", "datetime"),
    ],
)
def test_types_are_mapped(type_: str, shown_as: str, expected: str) -> None:
    assert property_(type=type_, fieldType=shown_as) == (
        FieldSpec.model_validate({"type": expected, "title": "Ex"}),
        [],
    )


def test_options_come_in_the_order_of_display() -> None:
    options = [
        {"label": "Last", "value": "z", "displayOrder": -1},
        {"label": "Second", "value": "b", "displayOrder": 1},
        {"label": "First", "value": "a", "displayOrder": 0},
    ]
    for shown_as, type_ in (("select", "choice"), ("radio", "choice"), (None, "choice"), ("checkbox", "choices")):
        spec, why = property_(type="enumeration", fieldType=shown_as, options=options)
        assert spec is not None
        assert (spec.type, spec.values, list(spec.labels.values())) == (
            type_,
            ("a", "b", "z"),
            ["First", "Second", "Last"],
        )
        assert why == []


@pytest.mark.parametrize(
    ("told", "why"),
    [
        ({"type": "json"}, "left out: it holds more than one value"),
        ({"type": "hologram"}, "left out: its type `hologram` is not known"),
        ({"type": "string", "archived": True}, "left out: it is archived"),
        ({}, "left out: a property needs a `name` and a `type`"),
    ],
)
def test_what_is_left_out_is_told(told: dict[str, object], why: str) -> None:
    assert property_(**told) == (None, [why])


@pytest.mark.parametrize("lost", [{"value": None}, {"label": "Cold"}, {"value": True}, {"value": "\ud800"}, "Cold"])
def test_an_option_without_a_value_is_told(lost: object) -> None:
    spec, why = property_(type="enumeration", options=[{"value": "A"}, lost])
    assert spec is not None
    assert (spec.values, why) == (("A",), ["without those of its values that are neither a text nor a number"])


def test_a_name_with_half_a_character_is_told() -> None:
    schema, [remark] = imported([{"name": "r\ud800", "type": "string"}])
    assert schema.lead.fields == {}
    assert remark.why == "left out: its name has half a character in it, which no file can hold"


def test_the_key_is_the_records_id_and_no_field() -> None:
    both = [{"name": "hs_object_id", "type": "number"}, {"name": "email", "type": "string", "label": "Email"}]
    for content in (both, {"results": both}):
        schema, remarks = imported(content)
        assert (schema.lead.key, dict(schema.lead.fields)) == ("hs_object_id", {"email": FieldSpec(type="text")})
        assert remarks == ()


@pytest.mark.parametrize("content", [{}, [], {"results": [3]}, {"status": "error", "message": "expired"}, None])
def test_what_has_no_properties_is_refused(content: object) -> None:
    with pytest.raises(ImportUnusable, match=r"`0\.json` has no properties"):
        imported(content)


def test_a_second_file_is_refused() -> None:
    with pytest.raises(ImportUnusable, match=r"`1\.json` is one file too many"):
        imported([{"name": "x", "type": "string"}], {})


def test_one_page_of_several_is_told():
    page = {"results": [{"name": "x", "type": "string"}], "paging": {"next": {"after": "100"}}}
    _, [remark] = imported(page)
    assert "one page of several" in remark.why
