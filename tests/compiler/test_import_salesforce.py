"""Salesforce's describe, in all the forms in which it comes."""

import pytest
from scoreline.compiler.schema import FieldSpec, Schema
from scoreline.compiler.schema.imports.assembling import assembled
from scoreline.compiler.schema.imports.described import ImportUnusable, Remark
from scoreline.compiler.schema.imports.documents import JsonDocument
from scoreline.compiler.schema.imports.salesforce import read_salesforce

ID = {"name": "Id", "type": "id", "nillable": False, "defaultedOnCreate": True}


def described(name: str, *fields: object) -> dict[str, object]:
    return {"name": name, "label": name, "fields": [ID, *fields]}


def imported(*contents: object, labels: bool = False) -> tuple[Schema, tuple[Remark, ...]]:
    documents = [JsonDocument(f"{number}.json", content) for number, content in enumerate(contents)]
    return assembled(read_salesforce(documents), labels=labels)


def field(**told: object) -> tuple[FieldSpec | None, list[str]]:
    schema, remarks = imported(described("Lead", {"name": "X__c", "label": "Ex", **told}))
    return schema.lead.fields.get("x"), [each.why for each in remarks]


@pytest.mark.parametrize(
    ("type_", "expected"),
    [
        ("string", "text"),
        ("reference", "text"),
        ("combobox", "text"),
        ("percent", "number"),
        ("long", "number"),
        ("boolean", "yes/no"),
        ("date", "date"),
        ("datetime", "datetime"),
    ],
)
def test_types_are_mapped(type_: str, expected: str) -> None:
    assert field(type=type_) == (FieldSpec.model_validate({"type": expected, "title": "Ex", "column": "X__c"}), [])


@pytest.mark.parametrize(
    ("told", "why"),
    [
        ({"type": "location"}, "left out: it holds several values at once; its parts have fields of their own"),
        ({"type": "time"}, "left out: it holds a time of day"),
        ({"type": "hologram"}, "left out: its type `hologram` is not known"),
        ({"type": 3}, "left out: a field needs a `name` and a `type`"),
    ],
)
def test_what_cannot_be_compared_is_told(told: dict[str, object], why: str) -> None:
    assert field(**told) == (None, [why])


@pytest.mark.parametrize(
    ("told", "required"),
    [
        ({"nillable": False}, True),
        ({"nillable": True}, False),
        ({}, False),
        ({"nillable": False, "defaultedOnCreate": True}, False),
        ({"nillable": False, "createable": False}, False),
        ({"nillable": False, "type": "boolean"}, False),
    ],
)
def test_what_people_must_fill_in_is_required(told: dict[str, object], required: bool) -> None:
    spec, _ = field(**{"type": "string", **told})
    assert spec is not None
    assert spec.required is required


def test_picklists_have_values_and_labels() -> None:
    listed = [
        {"value": "A", "label": "Alpha", "active": True},
        {"value": "B", "label": "B", "active": False},
        {"value": "b", "label": "again"},
        {"value": "", "label": "empty"},
        {"value": "C", "label": "alpha"},
    ]
    spec, why = field(type="multipicklist", picklistValues=listed)
    assert spec is not None
    assert (spec.type, spec.values, dict(spec.labels)) == ("choices", ("A", "B", "C"), {"A": "Alpha"})
    assert why == [
        "without the value `b`, which is there twice",
        "`C` goes without its label `alpha`, which means `A` as well",
    ]


@pytest.mark.parametrize("lost", [{"value": None}, {"label": "Cold"}, {"value": False}, {"value": "\ud800"}, "Cold"])
def test_an_option_without_a_value_is_told(lost: object) -> None:
    spec, why = field(type="picklist", picklistValues=[{"value": "A"}, lost])
    assert spec is not None
    assert (spec.values, why) == (("A",), ["without those of its values that are neither a text nor a number"])


def test_a_name_with_half_a_character_is_told() -> None:
    schema, [remark] = imported(described("Lead", {"name": "r\ud800", "type": "string"}))
    assert schema.lead.fields == {}
    assert remark.why == "left out: its name has half a character in it, which no file can hold"


def test_data_may_hold_the_labels() -> None:
    options = [{"value": "1", "label": "Hot"}, {"value": "2"}]
    content = described("Lead", {"name": "R", "type": "picklist", "picklistValues": options})
    spec = imported(content, labels=True)[0].lead.fields["r"]
    assert (spec.values, spec.labels) == (("Hot", "2"), {})


def test_a_picklist_without_values_is_a_text() -> None:
    spec, why = field(type="picklist", picklistValues=[])
    assert spec is not None
    assert spec.type == "text"
    assert why == ["taken as a text: the file lists none of the values that can be chosen"]


@pytest.mark.parametrize(
    "wrap",
    [
        lambda lead, contact: (lead, contact),
        lambda lead, contact: ([contact, lead],),
        lambda lead, contact: ({"status": 0, "result": lead}, {"status": 0, "result": contact}),
        lambda lead, contact: ({"results": [{"statusCode": 200, "result": lead}, {"result": contact}]},),
    ],
    ids=["files", "list", "command line", "batch"],
)
def test_answers_come_in_many_forms(wrap) -> None:  # type: ignore[no-untyped-def]
    lead = described("Lead", {"name": "Person__c", "type": "reference", "referenceTo": ["Account", "Contact"]})
    schema, remarks = imported(*wrap(lead, described("Contact", {"name": "Title", "type": "string"})))
    assert remarks == ()
    assert (schema.lead.key, schema.lead.relations["contact"].column) == ("Id", "Person__c")
    assert list(schema.contact_fields) == ["title"]


def test_a_contact_that_nothing_leads_to_is_told() -> None:
    schema, [remark] = imported(described("Lead"), described("Contact"))
    assert schema.lead.relations == {}
    assert remark.why.startswith("no column of the lead is known to hold its contact's key: add `relations")


def test_other_objects_and_second_descriptions_are_told() -> None:
    _, remarks = imported(described("Lead"), described("Task"), described("Lead"))
    assert [(each.what, each.why) for each in remarks] == [
        ("Task", "left out: only `Lead` and `Contact` are taken over"),
        ("Lead", "left out: it is described twice, and the first one counts"),
    ]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (described("Contact"), "there is no object `Lead` in the files that were named"),
        ({"name": "Lead"}, "`0.json` describes no object: it needs a `name` and a list of `fields`"),
        ([], "`0.json` describes no object: it needs a `name` and a list of `fields`"),
        ("Lead", "`0.json` describes no object: it needs a `name` and a list of `fields`"),
    ],
)
def test_what_is_no_description_is_refused(content: object, message: str) -> None:
    with pytest.raises(ImportUnusable) as refused:
        imported(content)
    assert refused.value.message == message
    assert "sf sobject describe" in str(refused.value.help)


def test_names_that_come_out_alike_are_told() -> None:
    content = described(
        "Lead",
        {"name": "Budget", "type": "string"},
        {"name": "Budget__c", "type": "currency"},
        {"name": "Stage", "type": "string"},
    )
    schema, [remark] = imported(content)
    assert {name: spec.column for name, spec in schema.lead.fields.items()} == {
        "budget": "Budget", "budget_2": "Budget__c", "deal_stage": "Stage",
    }  # fmt: skip
    assert (remark.what, remark.why) == ("lead.Budget__c", "called `budget_2` in rules: `budget` is `Budget` already")
