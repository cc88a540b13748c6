"""The JSON Schema of a schema file, for editors that complete and check TOML.

Promises a description for every key, and that every schema that `read_schema` takes is valid under it; names that
mean two things and the like are beyond JSON Schema and are left to `checks.py`.
"""

from typing import cast

from scoreline.compiler.schema.fields import FIELD_TYPES
from scoreline.compiler.schema.shapes import Schema

Json = dict[str, object]

_TYPES = {
    "text": "Any text.",
    "number": "A number.",
    "yes/no": "Yes or no.",
    "date": "A day, such as 2026-01-31.",
    "datetime": "A day and a time, such as 2026-01-31T12:00:00Z.",
    "choice": "One of the listed `values`.",
    "choices": "Any number of the listed `values`.",
}
_TITLES = {
    "FieldSpec": "Field",
    "LeadSpec": "Lead",
    "EntitySpec": "Contact",
    "InteractionSpec": "Interaction",
    "InteractionsTable": "Columns of the interactions",
    "Relation": "Relation",
}


def schema_json_schema() -> Json:
    """The JSON Schema, as data that `json.dumps` takes."""
    raw = cast(Json, Schema.model_json_schema(by_alias=True))
    plain = cast(Json, _without_null(raw))
    definitions = cast(dict[str, Json], plain.pop("$defs"))
    field = definitions.pop("FieldSpec")
    for name, title in _TITLES.items():
        if name in definitions:
            definitions[name]["title"] = title
    # A type alone stands for a field that says nothing else.
    definitions["FieldTable"] = _field_table(field)
    definitions["FieldSpec"] = {
        "title": "Field",
        "description": "A type, or a table with a type and more.",
        "anyOf": [_type_schema(), {"$ref": "#/$defs/FieldTable"}],
    }
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "Scoreline schema",
        "description": "The fields, relations and interactions that rules can use.",
        **{key: value for key, value in plain.items() if key not in ("title", "description")},
        "$defs": definitions,
    }


def _type_schema() -> Json:
    described = [{"const": kind, "description": _TYPES[kind]} for kind in FIELD_TYPES]
    return {"type": "string", "description": "What the field holds.", "oneOf": described}


def _field_table(field: Json) -> Json:
    properties = {**cast(Json, field["properties"]), "type": _type_schema()}
    properties["default"] = {"description": "The value that replaces a missing one, of the field's own type."}
    choice: Json = {"properties": {"type": {"enum": ["choice", "choices"]}}, "required": ["type"]}
    return {
        **field,
        "title": "Field",
        "properties": properties,
        "if": choice,
        "then": {"anyOf": [{"required": ["values"]}, {"required": ["labels"]}]},
    }


def _without_null(value: object) -> object:
    """Drops every `null`, which TOML has not, and what pydantic says twice."""
    if isinstance(value, list):
        return [_without_null(item) for item in cast(list[object], value)]
    if not isinstance(value, dict):
        return value
    return _flat({key: _without_null(item) for key, item in cast(Json, value).items() if not _is_noise(key, item)})


def _is_noise(key: str, item: object) -> bool:
    return (key == "default" and item in (None, {}, [])) or (key == "title" and isinstance(item, str))


_NULL: Json = {"type": "null"}


def _flat(table: Json) -> Json:
    """`anyOf` with a single form left is that form."""
    forms = table.get("anyOf")
    if not isinstance(forms, list):
        return table
    left = [form for form in cast(list[object], forms) if form != _NULL]
    rest = {key: value for key, value in table.items() if key != "anyOf"}
    return {**rest, **cast(Json, left[0])} if len(left) == 1 else {**rest, "anyOf": left}
