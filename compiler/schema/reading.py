"""Reads a schema from TOML: a text in, the schema or all of its problems out.

Promises a schema only if nothing is wrong with it, never to raise an error, and to report each mistake once: the checks
that follow pass over what could not be read.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Generic, TypeVar, cast

from scoreline.compiler.folding import trim
from scoreline.compiler.nearest import nearest
from scoreline.compiler.schema.checks import Draft, Fields, schema_faults, settled_schema
from scoreline.compiler.schema.fields import FIELD_TYPES, FieldSpec, TomlTable
from scoreline.compiler.schema.naming import is_schema_name
from scoreline.compiler.schema.shapes import (
    EntitySpec,
    InteractionSpec,
    InteractionsTable,
    LeadSpec,
    Relation,
    Schema,
)
from scoreline.compiler.toml.faults import Fault, diagnostics, shown
from scoreline.compiler.toml.places import KeyPath, locate
from scoreline.compiler.toml.shapes import keys_of, shape, table, unknown_key
from scoreline.compiler.toml.text import read_source, read_tables, without_mark
from scoreline.dsl.diagnostics import Diagnostic
from scoreline.dsl.source import Source

Raw = Mapping[str, object]
S = TypeVar("S", bound=TomlTable)
E = TypeVar("E", bound=EntitySpec)


@dataclass(frozen=True)
class _Part(Generic[S]):
    """A part of the schema as far as it could be read: its shape without what is below, and what is below."""

    shape: S | None
    faults: tuple[Fault, ...] = ()
    fields: Fields = field(default_factory=dict[str, FieldSpec | None])
    relations: Mapping[str, Relation | None] = field(default_factory=dict[str, Relation | None])
    unit: str | None = None


def read_schema_file(path: Path, name: str) -> tuple[Schema | None, tuple[Diagnostic, ...]]:
    """The schema of a file that messages call `name`, or everything that is wrong with it."""
    source = read_source(path, name)
    return (None, (source,)) if isinstance(source, Diagnostic) else read_schema(source)


def read_schema(source: Source) -> tuple[Schema | None, tuple[Diagnostic, ...]]:
    """The schema of a TOML text, or everything that is wrong with it."""
    source = without_mark(source)
    tables = read_tables(source)
    if isinstance(tables, Diagnostic):
        return None, (tables,)
    schema, faults = schema_of(tables)
    return schema, diagnostics(faults, locate(source)) if faults else ()


def schema_of(raw: Raw) -> tuple[Schema | None, tuple[Fault, ...]]:
    """The schema of tables as TOML gives them, or everything that is wrong with them."""
    lead = _lead(raw)
    contact = _entity(EntitySpec, raw["contact"], ("contact",)) if "contact" in raw else None
    interactions, loose = _interactions(raw.get("interactions"))
    columns = _columns(raw.get("interactions-table"))
    faults = (
        *(unknown_key(key, keys_of(Schema), ()) for key in raw if key not in keys_of(Schema)),
        *lead.faults,
        *(contact.faults if contact else ()),
        *loose,
        *(fault for part in interactions.values() for fault in part.faults),
        *columns.faults,
        *schema_faults(_draft(lead, contact, interactions, columns)),
    )
    return (None if faults else _schema(lead, contact, interactions, columns)), faults


def _schema(
    lead: _Part[LeadSpec],
    contact: _Part[EntitySpec] | None,
    interactions: Mapping[str, _Part[InteractionSpec]],
    columns: _Part[InteractionsTable],
) -> Schema | None:
    """The parts put together; each has its shape, since there are no faults."""
    if not lead.shape or not columns.shape:
        return None
    relations = {name: relation for name, relation in lead.relations.items() if relation}
    whole = Schema(
        lead=lead.shape.model_copy(update={"fields": lead.fields, "relations": relations}),
        contact=contact.shape.model_copy(update={"fields": contact.fields}) if contact and contact.shape else None,
        interactions={
            name: part.shape.model_copy(update={"properties": part.fields})
            for name, part in interactions.items()
            if part.shape
        },
        interactions_table=columns.shape,
    )
    return settled_schema(whole)


def _draft(
    lead: _Part[LeadSpec],
    contact: _Part[EntitySpec] | None,
    interactions: Mapping[str, _Part[InteractionSpec]],
    columns: _Part[InteractionsTable],
) -> Draft:
    return Draft(
        lead=lead.fields,
        contact=contact.fields if contact else None,
        unit=lead.unit,
        relations={name: relation.to if relation else None for name, relation in lead.relations.items()},
        interactions={name: part.fields for name, part in interactions.items()},
        columns=columns.shape.model_dump() if columns.shape else {},
    )


def _lead(raw: Raw) -> _Part[LeadSpec]:
    if "lead" not in raw:
        fault = Fault((), "E304", "there is no `[lead]` in this file", 'add `[lead]` with `key = "lead_id"`')
        return _Part(None, (fault,))
    part = _entity(LeadSpec, raw["lead"], ("lead",))
    own, _ = table(raw["lead"], ("lead",), "")
    relations, faults = _relations(own.get("relations"))
    unit = own.get("unit")
    unit = unit if isinstance(unit, str) else None
    return _Part(part.shape, (*part.faults, *faults), _with_unit(part.fields, unit), relations, unit)


def _with_unit(fields: Fields, unit: str | None) -> Fields:
    """The fields, and the unit as a text where it is a name like no other: it need not be said twice."""
    columns = {spec.column for spec in fields.values() if spec}
    if unit is None or unit in fields or unit in columns or not is_schema_name(unit) or nearest(unit, fields):
        return fields
    return {**fields, unit: FieldSpec(type="text")}


def _entity(cls: type[E], raw: object, path: KeyPath) -> _Part[E]:
    own, faults = table(raw, path, f"`[{path[0]}]` on a line of its own, and its keys below")
    if faults:
        return _Part(None, faults)
    fields, field_faults = _fields(own.get("fields"), (*path, "fields"))
    plain = {key: value for key, value in own.items() if key not in ("fields", "relations") or key not in keys_of(cls)}
    found, own_faults = shape(cls, plain, path)
    return _Part(found, (*own_faults, *_blank(plain, ("key",), path), *field_faults), fields)


def _blank(raw: Raw, keys: tuple[str, ...], path: KeyPath) -> Iterator[Fault]:
    """Names of columns that are empty."""
    for key in keys:
        if isinstance(value := raw.get(key), str) and not trim(value):
            yield Fault((*path, key), "E305", f"`{key}` is empty", "write the name of the column as it is in the data")


def _fields(raw: object, path: KeyPath) -> tuple[dict[str, FieldSpec | None], tuple[Fault, ...]]:
    fields, faults = table(raw, path, 'each field as `name = "text"`')
    read = {name: _field(value, (*path, name)) for name, value in fields.items()}
    below = tuple(fault for _, found in read.values() for fault in found)
    return {name: spec for name, (spec, _) in read.items()}, (*faults, *below)


def _field(raw: object, path: KeyPath) -> tuple[FieldSpec | None, tuple[Fault, ...]]:
    if isinstance(raw, str):
        return shape(FieldSpec, {"type": raw}, path)
    if isinstance(raw, Mapping):
        return shape(FieldSpec, _with_values(cast(Raw, raw)), path)
    message = f"`{path[-1]}` takes a type or a table, not {shown(raw)}"
    return None, (Fault(path, "E305", message, f"write a type in quotes: {', '.join(FIELD_TYPES)}"),)


def _with_values(raw: Raw) -> Raw:
    """Where every value has a label, the values need not be written twice."""
    labels = raw.get("labels")
    if "values" in raw or not isinstance(labels, Mapping) or raw.get("type") not in ("choice", "choices"):
        return raw
    return {**raw, "values": list(cast(Raw, labels))}


def _relations(raw: object) -> tuple[dict[str, Relation | None], tuple[Fault, ...]]:
    path = ("lead", "relations")
    relations, faults = table(raw, path, '`relations = { contact = { to = "contact", column = "contact_id" } }`')
    read = {name: _relation(value, (*path, name)) for name, value in relations.items()}
    below = tuple(fault for _, found in read.values() for fault in found)
    return {name: relation for name, (relation, _) in read.items()}, (*faults, *below)


def _relation(raw: object, path: KeyPath) -> tuple[Relation | None, tuple[Fault, ...]]:
    own, faults = table(raw, path, f'`{path[-1]} = {{ to = "contact", column = "contact_id" }}`')
    if faults:
        return None, faults
    relation, faults = shape(Relation, own, path)
    return relation, (*faults, *_blank(own, ("column",), path))


def _interactions(raw: object) -> tuple[dict[str, _Part[InteractionSpec]], tuple[Fault, ...]]:
    path = ("interactions",)
    interactions, faults = table(raw, path, '`[interactions."email.opened"]` for each')
    return {name: _interaction(value, (*path, name)) for name, value in interactions.items()}, faults


def _interaction(raw: object, path: KeyPath) -> _Part[InteractionSpec]:
    own, faults = table(raw, path, f'`[interactions."{path[-1]}"]` on a line of its own, and its keys below')
    if faults:
        return _Part(None, faults)
    loose = [key for key, value in own.items() if key not in keys_of(InteractionSpec) and isinstance(value, Mapping)]
    if loose:
        return _Part(None, tuple(_unquoted(key, path) for key in loose))
    fields, below = _fields(own.get("properties"), (*path, "properties"))
    plain = {key: value for key, value in own.items() if key != "properties"}
    found, faults = shape(InteractionSpec, plain, path)
    return _Part(found, (*faults, *below), fields)


def _unquoted(key: str, path: KeyPath) -> Fault:
    """`[interactions.email.opened]` means something else than what its writer means."""
    name = f"{path[-1]}.{key}"
    message = f"the interaction `{name}` needs quotes round its name"
    return Fault((*path, key), "E305", message, f'write `[interactions."{name}"]`', key=True)


def _columns(raw: object) -> _Part[InteractionsTable]:
    path = ("interactions-table",)
    own, faults = table(raw, path, '`[interactions-table]` on a line of its own, and below it `type = "event_name"`')
    found, own_faults = shape(InteractionsTable, own, path)
    return _Part(found, (*faults, *own_faults, *_blank(own, keys_of(InteractionsTable), path)))
