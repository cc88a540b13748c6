"""The JSON Schema that editors check a schema file with."""

import json

from scoreline.compiler.schema import FieldSpec
from scoreline.compiler.schema.fields import FIELD_TYPES
from scoreline.compiler.schema.json_schema import schema_json_schema
from scoreline.compiler.toml.shapes import keys_of


def test_it_is_plain_json_without_null():
    text = json.dumps(schema_json_schema())
    assert '"null"' not in text
    assert "null" not in text.replace("missing", "")


def test_every_reference_has_its_target():
    schema = schema_json_schema()
    definitions = schema["$defs"]
    assert isinstance(definitions, dict)
    references = {part.split('"')[0] for part in json.dumps(schema).split("#/$defs/")[1:]}
    assert references == set(definitions)


def test_a_field_is_a_type_or_a_table_with_every_key_described():
    definitions = schema_json_schema()["$defs"]
    assert isinstance(definitions, dict)
    short, table = definitions["FieldSpec"]["anyOf"]
    assert [each["const"] for each in short["oneOf"]] == list(FIELD_TYPES)
    assert table == {"$ref": "#/$defs/FieldTable"}
    properties = definitions["FieldTable"]["properties"]
    assert tuple(properties) == keys_of(FieldSpec)
    assert all(each["description"] for each in properties.values())


def test_the_top_has_the_keys_of_a_schema_file():
    schema = schema_json_schema()
    assert list(schema["properties"]) == ["lead", "contact", "interactions", "interactions-table"]  # type: ignore[call-overload]
    assert schema["required"] == ["lead"]
    assert schema["additionalProperties"] is False
