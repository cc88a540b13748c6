"""No text of an import becomes structure of the TOML, or is lost on the way, whatever a system calls its fields."""

import datetime
import json
import tomllib

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from scoreline.compiler.schema import (
    EntitySpec,
    FieldSpec,
    InteractionSpec,
    InteractionsTable,
    LeadSpec,
    Relation,
    Schema,
)
from scoreline.compiler.schema.imports.assembling import assembled
from scoreline.compiler.schema.imports.described import (
    Attribute,
    Described,
    Entity,
    ImportedColumns,
    Interaction,
    Option,
)
from scoreline.compiler.schema.imports.documents import JsonDocument
from scoreline.compiler.schema.imports.raw import as_text
from scoreline.compiler.schema.imports.sources import SOURCES
from scoreline.compiler.schema.reading import read_schema
from scoreline.compiler.schema.writing import schema_toml
from scoreline.dsl.source import Source

HOSTILE = [
    '"', '"""', "'''", "\\", '\\"', "a\n[lead]\nkey = 'x'", "x = 1", "]", "[[", "# no comment", "{}", "\x00", "\x07",
    "\x7f", "\u2028", "\u0085", "\ufeff", "stage", "Stage", "contact", "CONTACT", "lead", "é", "ﬁ", "ͅ", "İ", "ς", "Σ",
    "1", "01", "--", "'; drop table leads; --", "{{x}}", "a.b", "a . b", "..", "Email.Opened", "email.opened", "grade",
]  # fmt: skip
TEXTS = st.one_of(st.sampled_from(HOSTILE), st.text(max_size=12)).map(as_text)
NAMES = TEXTS.filter(bool)
NUMBERS = st.none() | st.floats(allow_nan=False, allow_infinity=False)
TYPES = st.sampled_from(["text", "number", "yes/no", "date", "datetime", "choice", "choices"])

options = st.builds(Option, NAMES, TEXTS)
attributes = st.builds(
    Attribute, NAMES, TYPES, TEXTS, TEXTS, st.lists(options, max_size=4).map(tuple), st.booleans(), NUMBERS, NUMBERS
)
tables = st.lists(attributes, max_size=5).map(tuple)
entities = st.builds(Entity, tables, TEXTS, TEXTS)
columns = st.lists(NAMES, min_size=5, max_size=5, unique=True).map(lambda names: ImportedColumns(*names))
described = st.builds(
    Described,
    entities,
    st.none() | entities,
    TEXTS,
    st.lists(st.builds(Interaction, NAMES, tables, TEXTS), max_size=4).map(tuple),
    columns,
)


def read(text: str) -> Schema:
    schema, wrong = read_schema(Source("imported.toml", text))
    assert [f"{each.code} {each.message}" for each in wrong] == []
    assert schema is not None
    return schema


@given(described, st.booleans())
def test_what_is_described_comes_back_out_of_the_toml_as_it_went_in(one: Described, labels: bool) -> None:
    schema, remarks = assembled(one, labels=labels)
    assert read(schema_toml(schema, "a head\n[lead]")) == schema
    columns = {spec.column or name for name, spec in schema.lead.fields.items()}
    lost = {each.column for each in one.lead.attributes} - columns - {schema.lead.key}
    assert lost == set(), remarks
    assert all(each.what and each.why for each in remarks)


@given(described)
def test_only_the_tables_of_a_schema_are_written(one: Described) -> None:
    tables = tomllib.loads(schema_toml(assembled(one)[0], 'x\n[evil]\nkey = "x"'))
    assert set(tables) <= {"lead", "contact", "interactions", "interactions-table"}
    assert set(tables["lead"]) <= {"key", "title", "relations", "fields"}


def named(spec: FieldSpec) -> Schema:
    return Schema(
        lead=LeadSpec(key="id", unit="u", fields={"größe": spec, "u": FieldSpec(type="text")}),
        contact=EntitySpec(key="c", fields={"x": spec}),
        interactions={"a.b": InteractionSpec(properties={"x": spec})},
        interactions_table=InteractionsTable(at="ts"),
    )


@pytest.mark.parametrize(
    "spec",
    [
        FieldSpec(type="text", missing=("N/A", '"'), default="none"),
        FieldSpec(type="number", default=2.5, min=-1e300, max=1e16),
        FieldSpec(type="yes/no", default=False),
        FieldSpec(type="date", default=datetime.date(2026, 1, 31)),
        FieldSpec(type="datetime", default=datetime.datetime(2026, 1, 31, 12, tzinfo=datetime.UTC)),
        FieldSpec(type="choices", values=("AI", "Cloud"), default=("AI",)),
        FieldSpec(type="choice", values=tuple("abcdefghij" * 1), labels={each: each * 30 for each in "abcdefghij"}),
        FieldSpec(type="choice", values=("1", "2", "3"), labels={"3": "Cold", "1": "Hot"}, default="1"),
        FieldSpec(type="choice", values=tuple(map(str, range(60))), labels={"7": "Seven"}),
    ],
)
def test_every_part_of_a_field_is_written(spec: FieldSpec) -> None:
    schema = named(spec)
    assert read(schema_toml(schema)) == schema


def test_a_relation_is_written() -> None:
    relations = {"contact": Relation(to="contact", column='the "contact"')}
    schema = Schema(lead=LeadSpec(key="id", relations=relations), contact=EntitySpec(key="c"))
    assert read(schema_toml(schema)) == schema


# Files of any content

WORDS = [
    "fields", "name", "type", "label", "picklistValues", "value", "results", "options", "definitions", "entityName",
    "Lead", "Contact", "hasAttributes", "dataType", "appliedTraits", "arguments", "entityReference", "constantValues",
    "extendsEntity", "members", "attributeGroupReference", "attributeGroupName", "entity", "properties", "$ref", "#",
    "#/$defs/Lead", "$defs", "allOf", "anyOf", "oneOf", "enum", "const", "items", "interactions", "required", "string",
    "picklist", "enumeration", "object", "array", "lead", "id", "contact", "minimum", "maximum", "integer", "number",
    "resolutionGuidance", "entityByReference", "foreignKeyAttribute", "sourceName", "Timestamp", "ContactId", "result",
    "title", "traitReference", "displayName", "listLookup", "guid", "minimumValue", "referenceTo", "purpose", "null",
]  # fmt: skip
words = st.sampled_from(WORDS)
contents = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | words | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(words | st.text(max_size=3), inner, max_size=5),
    max_leaves=40,
)
STARTS = {
    "cdm": lambda members: {"definitions": [{"entityName": "Lead", "hasAttributes": members}]},
    "salesforce": lambda members: {"name": "Lead", "fields": members},
    "hubspot": lambda members: {"results": [{"name": "x", "type": "string"}, members]},
    "jsonschema": lambda members: {"properties": {"x": members}, "$defs": {"Lead": {"properties": {"y": members}}}},
}


@pytest.mark.parametrize("source", STARTS)
@given(content=contents, more=st.lists(contents, max_size=3))
@example(content={"$ref": "#/properties/x"}, more=[])
def test_a_file_of_any_content_gives_a_schema_or_says_why_not(source: str, content: object, more: list[object]) -> None:
    from scoreline.compiler.schema.imports.described import ImportUnusable

    for each in (content, STARTS[source]([content, *more]), STARTS[source](content)):
        parsed = json.loads(json.dumps(each))
        try:
            schema, _ = assembled(SOURCES[source].read([JsonDocument("x.json", parsed)]))  # type: ignore[index]
        except ImportUnusable as refused:
            assert refused.message and refused.help
            continue
        assert read(schema_toml(schema)) == schema
