"""The parts of a JSON Schema: follows references, merges `allOf`, removes a `null` beside a type.

Promises one plain object with everything that the schema says about it, for drafts 7 to 2020-12. A reference that leads
nowhere, out of the file or around in a circle is marked with `UNRESOLVED`. `jsonschema_branches.py` reads what only
some branches (`anyOf`, `then` and the like) say.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import cast
from urllib.parse import unquote

from scoreline.compiler.schema.imports.raw import Json, as_list, as_table, as_text, list_of, table_of

UNRESOLVED = "$unresolved"
"""The key under which a part tells of a reference that could not be followed; no keyword of JSON Schema."""

FORKS = ("anyOf", "oneOf", "if", "then", "else", "dependentSchemas", "dependencies")
"""The keywords below which a part says what may hold, or holds of some values only."""

_FORKS = "$forks"
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
    found: Json = {key: value for key, value in table.items() if key not in ("$ref", "allOf", UNRESOLVED, _FORKS)}
    reference = as_text(table.get("$ref"))
    if reference is not None:
        found = merged(found, _followed(reference, root, seen))
    for each in list_of(table, "allOf"):
        found = merged(found, resolved(each, root, (*seen, "")))
    return _without_null(found, root, seen)


def _followed(reference: str, root: Root, seen: tuple[str, ...]) -> Json:
    """The part that a reference leads to."""
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


def merged(first: Json, more: Json) -> Json:
    """Both together: properties, needed ones and forks are joined, of all else the first counts."""
    properties = {**table_of(more, "properties"), **table_of(first, "properties")}
    required = [*list_of(first, "required"), *list_of(more, "required")]
    joined: dict[str, object] = {**more, **first}
    if properties:
        # Those of `more` come first: a base is told before what is added to it.
        joined["properties"] = properties
    if required:
        joined["required"] = required
    forks = {**_forks(first), **_forks(more)}
    if forks:
        joined[_FORKS] = forks
    return joined


def forks_of(part: Json) -> Iterator[tuple[str, object]]:
    """The forks of a part, each by its keyword; of those that are put together out of several parts, all."""
    return ((key, value) for (key, _), value in _forks(part).items())


def without_forks(part: Json, *keys: str) -> Json:
    """A part without what is below some of the keywords that fork."""
    kept = {each: value for each, value in _forks(part).items() if each[0] not in keys}
    return {**{key: value for key, value in part.items() if key not in keys}, _FORKS: kept}


def _forks(part: Json) -> Mapping[tuple[str, int], object]:
    """The forks of a part, each once, however often it was met."""
    known = cast("Mapping[tuple[str, int], object]", part.get(_FORKS, {}))
    return {**known, **{(key, id(part[key])): part[key] for key in FORKS if key in part}}


def _without_null(part: Json, root: Root, seen: tuple[str, ...]) -> Json:
    """A part of which `null` is one of two forms is the other form."""
    for key in ("anyOf", "oneOf"):
        forms = [each for each in list_of(part, key) if not is_null(each)]
        if len(forms) == 1 and len(forms) < len(list_of(part, key)) and isinstance(forms[0], Mapping):
            rest = {name: value for name, value in part.items() if name != key}
            return merged(rest, resolved(cast(Json, forms[0]), root, (*seen, "")))
    return part


def is_null(form: object) -> bool:
    """Whether one of several forms is `null`, or can never be."""
    table = as_table(form)
    return form is False or table.get("type") == "null" or table.get("const", 0) is None


def types_of(part: Json) -> tuple[str, ...]:
    """The types that a part allows, `null` left out."""
    told = part.get("type")
    listed = as_list(told) or (told,)
    return tuple(name for each in listed if (name := as_text(each)) and name != "null")


def is_object(part: Json) -> bool:
    """Whether a part is a table of properties."""
    return "object" in types_of(part) or bool(table_of(part, "properties"))
