"""Makes a schema of pydantic classes, for programs that keep their leads in Python.

Promises a field for every attribute whose type the language knows. Any other attribute raises a TypeError that names
the attribute and the types that a field can have, so that a programmer sees the mistake at once.
"""

import datetime
import types
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from enum import Enum
from typing import Annotated, Literal, NamedTuple, Union, cast, get_args, get_origin
from uuid import UUID

import pydantic
from annotated_types import Ge, Interval, Le
from pydantic.fields import FieldInfo
from scoreline.compiler.folding import trim
from scoreline.compiler.schema.checks import Draft, schema_faults, settled_schema
from scoreline.compiler.schema.fields import Default, FieldSpec, FieldType
from scoreline.compiler.schema.shapes import (
    EntitySpec,
    Interactions,
    InteractionSpec,
    InteractionsTable,
    LeadSpec,
    Relation,
    Schema,
)
from scoreline.compiler.values.raw_text import plain, text_of

SUPPORTED = (
    "str, int, float, Decimal, bool, date, datetime, Literal and Enum (a choice), and a list, set or tuple of "
    "Literal or Enum (choices); each may be Optional"
)

# In this order: a bool is an int, and a datetime a date.
_PLAIN: tuple[tuple[type, FieldType], ...] = (
    (bool, "yes/no"),
    (int, "number"),
    (float, "number"),
    (Decimal, "number"),
    (datetime.datetime, "datetime"),
    (datetime.date, "date"),
    (str, "text"),
    (UUID, "text"),
    (pydantic.AnyUrl, "text"),
)
_NAMED: dict[object, FieldType] = {
    pydantic.EmailStr: "text",
    pydantic.AwareDatetime: "datetime",
    pydantic.NaiveDatetime: "datetime",
    pydantic.PastDatetime: "datetime",
    pydantic.FutureDatetime: "datetime",
    pydantic.PastDate: "date",
    pydantic.FutureDate: "date",
}
_COLLECTIONS = (list, set, frozenset, tuple, Sequence, Iterable)


class _FieldKind(NamedTuple):
    """The facts in an annotation: the type, the values of a choice, whether None is allowed, bounds and the like."""

    type: FieldType
    values: tuple[str, ...] = ()
    optional: bool = False
    metadata: tuple[object, ...] = ()


def schema_of(
    lead: type[pydantic.BaseModel],
    contact: type[pydantic.BaseModel] | None,
    interactions: Interactions,
    key: str | None,
    contact_key: str | None,
    unit: str | None,
    relations: Mapping[str, Relation] | None,
    columns: InteractionsTable,
) -> Schema:
    """The result of `Schema.from_models`. TypeError for a type that no field can have, ValueError for everything that
    is wrong with the schema."""
    found = properties_of(interactions, tuple(columns.model_dump()))
    if relations is None:
        relations = {"contact": Relation(to="contact", column="contact_id")} if contact else {}
    lead_key = key_of(lead, key, ("lead_id", "id"))
    schema = Schema(
        lead=LeadSpec(key=column_of(lead, lead_key), fields=fields_of(lead, lead_key), unit=unit, relations=relations),
        contact=_contact(contact, contact_key) if contact else None,
        interactions={name: InteractionSpec(properties=properties) for name, properties in found.items()},
        interactions_table=columns,
    )
    if faults := schema_faults(Draft.of(schema)):
        raise ValueError("; ".join(f"{fault.message} ({fault.help})" for fault in faults))
    return settled_schema(schema)


def _contact(contact: type[pydantic.BaseModel], key: str | None) -> EntitySpec:
    name = key_of(contact, key, ("contact_id", "id"))
    return EntitySpec(key=column_of(contact, name), fields=fields_of(contact, name))


def fields_of(model: type[pydantic.BaseModel], key: str | None = None) -> dict[str, FieldSpec]:
    """The fields of a class, by attribute. The attribute `key` may be missing, or of any type (then it is no field)."""
    fields: dict[str, FieldSpec] = {}
    for name, info in model.model_fields.items():
        kind = _kind(cast(object, info.annotation))
        if kind is not None:
            fields[name] = _spec(kind, info, is_key=name == key)
        elif name != key:
            where = f"{model.__name__}.{name}"
            raise TypeError(f"{where} has the type {info.annotation}, and a field can be: {SUPPORTED}")
    return fields


def key_of(model: type[pydantic.BaseModel], key: str | None, names: Iterable[str]) -> str:
    """The attribute that is the key: the one that was named, or else the first of `names` that there is."""
    if key is not None:
        if key not in model.model_fields:
            raise TypeError(f"{model.__name__} has no attribute {key!r} to be its key")
        return key
    for name in names:
        if name in model.model_fields:
            return name
    raise TypeError(f"{model.__name__} has no attribute {' or '.join(names)}: name its key with key=…")


def column_of(model: type[pydantic.BaseModel], name: str) -> str:
    """The column of an attribute: its alias, or else its name."""
    return _alias(model.model_fields[name]) or name


def _spec(kind: _FieldKind, info: FieldInfo, is_key: bool) -> FieldSpec:
    low, high = _bounds((*kind.metadata, *cast(Sequence[object], info.metadata)))
    number = kind.type == "number"
    return FieldSpec(
        type=kind.type,
        values=kind.values,
        title=info.title or info.description,
        column=_alias(info),
        default=_default(kind, cast(object, info.default)),
        required=info.is_required() and not kind.optional and not is_key,
        min=low if number else None,
        max=high if number else None,
    )


def _alias(info: FieldInfo) -> str | None:
    alias = info.validation_alias if isinstance(info.validation_alias, str) else info.alias
    return alias or None


def _bounds(metadata: Iterable[object]) -> tuple[float | None, float | None]:
    low: float | None = None
    high: float | None = None
    for mark in _flat(metadata):
        if isinstance(mark, Ge | Interval) and mark.ge is not None:
            low = float(cast(float, mark.ge))
        if isinstance(mark, Le | Interval) and mark.le is not None:
            high = float(cast(float, mark.le))
    return low, high


def _flat(metadata: Iterable[object]) -> Iterator[object]:
    """The marks of an annotation; a `Field(…)` within one holds marks of its own."""
    for mark in metadata:
        if isinstance(mark, FieldInfo):
            yield from _flat(cast(Sequence[object], mark.metadata))
        else:
            yield mark


def _default(kind: _FieldKind, raw: object) -> Default | None:
    """The default as the schema keeps it; nothing, NaN and what is empty are no default."""
    value = plain(raw)
    if value is None or type(value).__name__ == "PydanticUndefinedType":
        return None
    match kind.type:
        case "number":
            return float(cast(float, value))
        case "text" | "choice":
            return trim(text_of(value)) or None
        case "choices":
            return tuple(text_of(plain(item)) for item in cast(Iterable[object], value)) or None
        case "yes/no" | "date" | "datetime":
            return cast(Default, value)


def _kind(annotation: object) -> _FieldKind | None:
    """The facts in an annotation; None for a type that the language does not have."""
    origin = get_origin(annotation)
    if origin is Annotated:
        inner, *metadata = cast(tuple[object, ...], get_args(annotation))
        kind = _kind(inner)
        return kind and kind._replace(metadata=(*kind.metadata, *metadata))
    if origin is Union or origin is types.UnionType:
        return _union(cast(tuple[object, ...], get_args(annotation)))
    if origin is Literal:
        return _literal(cast(tuple[object, ...], get_args(annotation)))
    if origin in _COLLECTIONS:
        return _collection(cast(tuple[object, ...], get_args(annotation)))
    for inside in ("__value__", "__supertype__"):  # `type X = …` and NewType
        if not isinstance(annotation, type) and hasattr(annotation, inside):
            return _kind(cast(object, getattr(annotation, inside)))
    if isinstance(annotation, type):
        return _class(annotation)
    return None


def _class(annotation: type) -> _FieldKind | None:
    if issubclass(annotation, Enum):
        return _FieldKind("choice", tuple(trim(text_of(plain(member))) for member in annotation))
    if annotation in _NAMED:
        return _FieldKind(_NAMED[annotation])
    for known, kind in _PLAIN:
        if issubclass(annotation, known):
            return _FieldKind(kind)
    return None


def _union(members: tuple[object, ...]) -> _FieldKind | None:
    """One type and None, or several ways to write a number."""
    kinds = [_kind(member) for member in members if member is not type(None)]
    first = kinds[0] if kinds else None
    if first is None or any(kind is None or kind.type != first.type for kind in kinds):
        return None
    values = tuple(dict.fromkeys(value for kind in kinds if kind for value in kind.values))
    return first._replace(values=values, optional=type(None) in members or first.optional)


def _literal(members: tuple[object, ...]) -> _FieldKind:
    known = [member for member in members if member is not None]
    optional = len(known) < len(members)
    if known and all(isinstance(member, bool) for member in known):
        return _FieldKind("yes/no", optional=optional)
    return _FieldKind("choice", tuple(trim(text_of(plain(member))) for member in known), optional)


def _collection(members: tuple[object, ...]) -> _FieldKind | None:
    inner = [_kind(member) for member in members if member is not Ellipsis]
    values: list[str] = []
    for kind in inner:
        if kind is None or kind.type != "choice":
            return None
        values += kind.values
    return _FieldKind("choices", tuple(dict.fromkeys(values))) if values else None


def properties_of(interactions: Interactions, reserved: Iterable[str]) -> dict[str, dict[str, FieldSpec]]:
    """The properties of each interaction; the columns that every interaction has are none of them."""
    found: dict[str, dict[str, FieldSpec]] = {}
    for name, model in interactions.items():
        fields = fields_of(model) if model else {}
        found[name] = {each: spec for each, spec in fields.items() if each not in reserved}
    return found
