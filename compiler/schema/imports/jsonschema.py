"""Reads a JSON Schema of a lead, and of its contact and its interactions where it describes them.

Promises a description of the properties of one object. An object inside it is its contact if it is called so.
`jsonschema_interactions.py` reads `interactions`, `jsonschema_fields.py` reads one property.
"""

from collections.abc import Collection, Iterable, Iterator

from scoreline.compiler.folding import fold
from scoreline.compiler.schema.imports.described import (
    Attribute,
    Described,
    Entity,
    ImportUnusable,
    Read,
    Remark,
    collected,
)
from scoreline.compiler.schema.imports.documents import JsonDocument
from scoreline.compiler.schema.imports.jsonschema_branches import has_patterns, properties_of
from scoreline.compiler.schema.imports.jsonschema_fields import attribute
from scoreline.compiler.schema.imports.jsonschema_interactions import interactions_of
from scoreline.compiler.schema.imports.jsonschema_parts import Root, is_object, resolved
from scoreline.compiler.schema.imports.raw import Json, as_table, as_text, table_of, text_of
from scoreline.compiler.schema.naming import name_for

_KEYS = ("lead_id", "id", "lead_key", "key", "uuid")
_CONTACT_KEYS = ("contact_id", "id", "contact_key", "key", "uuid")
_PARTS = ("contact", "interactions")
_HOW = "the lead should be the object itself, its property `lead`, or `Lead` under `$defs`"


def read_jsonschema(documents: Iterable[JsonDocument]) -> Described:
    """The description; ImportUnusable where there is no object with properties."""
    first, *more = documents
    if more:
        message = f"`{more[0].name}` is one file too many: a JSON Schema describes everything in one file"
        raise ImportUnusable(message, "put the parts under `$defs` of one file")
    root = Root(as_table(first.content))
    if not isinstance(first.content, dict):
        raise ImportUnusable(f"`{first.name}` is not a JSON Schema: it should be a JSON object", _HOW)
    whole = resolved(root.content, root)
    lead = _lead(whole, root)
    if lead is None:
        raise ImportUnusable(f"`{first.name}` has no `properties` of a lead", _HOW)
    parts = {name: found for name in _PARTS if (found := _part(name, lead, whole, root)) is not None}
    _, contact = parts.get("contact", ("", None))
    contact = contact if contact is not None and is_object(contact) else None
    interactions, unnamed = interactions_of(parts.get("interactions", ("", None))[1], root)
    taken = [own for name, (own, _) in parts.items() if name != "contact" or contact]
    lead_read = collected("lead", _properties(lead, root, taken))
    contact_read = collected("contact", _properties(contact, root, ())) if contact else Read()
    beside = tuple(_beside(whole, lead, root))
    return Described(
        lead=_entity(lead, lead_read, _KEYS),
        contact=_entity(contact, contact_read, _CONTACT_KEYS) if contact else None,
        contact_column=_named(lead_read.attributes, ("contact_id",)) if contact else None,
        interactions=interactions,
        remarks=(*lead_read.remarks, *contact_read.remarks, *unnamed, *beside),
    )


def _lead(whole: Json, root: Root) -> Json | None:
    """The object that describes a lead."""
    _, named = _child(whole, "lead", root) or ("", None)
    if named is not None and is_object(named):
        return named
    if table_of(whole, "properties"):
        return whole
    return _defined("lead", root)


def _part(name: str, lead: Json, whole: Json, root: Root) -> tuple[str, Json] | None:
    """The contact or the interactions: a property of the lead or beside it, or a definition of that name; and what it
    is called there."""
    for holder in (lead, whole):
        found = _child(holder, name, root)
        if found is not None:
            return found
    defined = _defined(name, root) if lead is not whole or not table_of(root.content, "properties") else None
    return None if defined is None else ("", defined)


def _defined(name: str, root: Root) -> Json | None:
    for definitions in ("$defs", "definitions"):
        named = table_of(root.content, definitions)
        found = next((resolved(part, root) for own, part in named.items() if fold(own) == name), None)
        if found is not None and (name == "interactions" or table_of(found, "properties")):
            return found
    return None


def _child(holder: Json, name: str, root: Root) -> tuple[str, Json] | None:
    """A property by its name, in any case, and its name as it is written."""
    return next(((own, part) for own, part, _ in properties_of(holder, root) if fold(own) == name), None)


def _properties(part: Json, root: Root, parts: Collection[str]) -> Iterator[Attribute | Remark | Read]:
    for name, each, required in properties_of(part, root):
        if name not in parts:
            yield attribute(name, each, required, root)
    if has_patterns(part, root):
        yield Remark("patternProperties", "left out: fields without a name of their own")


def _beside(whole: Json, lead: Json, root: Root) -> Iterator[Remark]:
    """Remarks on the properties beside the lead, where the lead is a property itself."""
    if lead is whole:
        return
    for name, _, _ in properties_of(whole, root):
        if fold(name) not in ("lead", *_PARTS):
            yield Remark(as_text(name) or "a property without a name", "left out: it belongs to no lead and no contact")


def _entity(part: Json, read: Read, keys: tuple[str, ...]) -> Entity:
    return Entity(read.attributes, _named(read.attributes, keys), text_of(part, "title"))


def _named(attributes: Iterable[Attribute], names: tuple[str, ...]) -> str | None:
    """The column that is called like the first of these names that there is."""
    by_name = {name_for(each.column): each.column for each in attributes}
    return next((by_name[name] for name in names if name in by_name), None)
