"""The parts of a JSON Schema: references followed, `allOf` put together, a `null` beside a type taken away.

Promises a plain object with what is said in one place, for drafts 7 to 2020-12 alike; a reference that leads
nowhere, out of the file or round in a circle is named under `UNRESOLVED`.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import unquote

from scoreline.compiler.schema.imports.raw import Json, as_list, as_table, as_text, list_of, table_of, tables_of

UNRESOLVED = "$unresolved"
"""The key under which a part tells of a reference that could not be followed; no keyword of JSON Schema."""

_MOST_DEEP = 100


@dataclass(frozen=True)
class Root:
    """The whole file, and what its references have led to so far: each is followed once."""

    content: Json
    known: dict[str, Json] = field(default_factory=dict[str, Json])


def resolved(part: object, root: Root, seen: tuple[str, ...] = ()) -> Json:
    """A part with everything that its references and `allOf` add to it; what it says itself comes first."""
    if part is True:
        return {}
    table = as_table(part)
    if len(seen) > _MOST_DEEP:
        return {**table, UNRESOLVED: "allOf"}
    found: Json = {key: value for key, value in table.items() if key not in ("$ref", "allOf", UNRESOLVED)}
    reference = as_text(table.get("$ref"))
    if reference is not None:
        found = _merged(found, _followed(reference, root, seen))
    for each in list_of(table, "allOf"):
        found = _merged(found, resolved(each, root, (*seen, "")))
    return _without_null(found, root, seen)


def _followed(reference: str, root: Root, seen: tuple[str, ...]) -> Json:
    """What a reference leads to."""
    if reference in root.known:
        return root.known[reference]
    target = None if reference in seen else _target(reference, root.content)
    if target is None:
        return {UNRESOLVED: reference}
    root.known[reference] = found = resolved(target, root, (*seen, reference))
    return found


def _target(reference: str, root: Json) -> Json | None:
    """The part of the same file that a JSON pointer or the name of an anchor leads to."""
    if not reference.startswith("#"):
        return None
    if reference[1:2] not in ("", "/"):
        return _anchored(reference[1:], root)
    at: object = root
    for step in unquote(reference[1:]).split("/")[1:]:
        name = step.replace("~1", "/").replace("~0", "~")
        listed = as_list(at)
        if listed:
            at = listed[int(name)] if name.isdecimal() and int(name) < len(listed) else None
        else:
            at = as_table(at).get(name)
    return as_table(at) or (as_table(root) if reference in ("#", "#/") else None)


def _anchored(name: str, root: Json) -> Json | None:
    """The definition that calls itself by this name, as drafts since 2019 do with `$anchor` and 7 with `$id`."""
    defined = (as_table(each) for key in ("$defs", "definitions") for each in table_of(root, key).values())
    return next((each for each in defined if each.get("$anchor") == name or each.get("$id") == f"#{name}"), None)


def _merged(first: Json, more: Json) -> Json:
    """Both together: properties and needed ones are joined, of all else the first counts."""
    properties = {**table_of(more, "properties"), **table_of(first, "properties")}
    required = [*list_of(first, "required"), *list_of(more, "required")]
    joined: dict[str, object] = {**more, **first}
    if properties:
        # Those of `more` come first: a base is told before what is added to it.
        joined["properties"] = properties
    if required:
        joined["required"] = required
    return joined


def _without_null(part: Json, root: Root, seen: tuple[str, ...]) -> Json:
    """A part of which `null` is one of two forms is the other form."""
    for key in ("anyOf", "oneOf"):
        forms = [
            each for each in tables_of(part, key) if each.get("type") != "null" and each.get("const", 0) is not None
        ]
        if len(forms) == 1 and len(forms) < len(list_of(part, key)):
            rest = {name: value for name, value in part.items() if name != key}
            return _merged(rest, resolved(forms[0], root, (*seen, "")))
    return part


def types_of(part: Json) -> tuple[str, ...]:
    """The types that a part allows, `null` left out."""
    told = part.get("type")
    listed = as_list(told) or (told,)
    return tuple(name for each in listed if (name := as_text(each)) and name != "null")


def properties_of(part: Json, root: Root) -> Iterator[tuple[str, Json, bool]]:
    """Each property of an object: its name, its part, and whether it must be there."""
    required = {each for each in list_of(part, "required") if isinstance(each, str)}
    for name, each in table_of(part, "properties").items():
        if each is False:
            yield name, {"not": {}}, False
        else:
            yield name, resolved(each, root), name in required


def is_object(part: Json) -> bool:
    """Whether a part is a table of properties."""
    return "object" in types_of(part) or bool(table_of(part, "properties"))
