"""The properties of a JSON Schema, in the types of the language.

Promises an attribute, or a remark with the reason why the property is none. `assembling.py` checks whether a default is
one of the values, or lies in the range.
"""

import datetime
from dataclasses import replace

from scoreline.compiler.schema.fields import Default, FieldType
from scoreline.compiler.schema.imports.described import HALF, LOST_VALUES, Attribute, Option, Read, Remark
from scoreline.compiler.schema.imports.jsonschema_branches import ASKED, DIVERSE, values_of
from scoreline.compiler.schema.imports.jsonschema_parts import UNRESOLVED, Root, resolved, types_of
from scoreline.compiler.schema.imports.raw import (
    Json,
    as_list,
    as_number,
    as_text,
    as_value,
    is_lost,
    is_whole,
    text_of,
)

_NO_DEFAULT: tuple[object, ...] = (None, "", [])
_FORMATS: dict[str, FieldType] = {"date": "date", "date-time": "datetime"}
_TYPES: dict[str, FieldType] = {"string": "text", "number": "number", "integer": "number", "boolean": "yes/no"}


def attribute(name: str, part: Json, required: bool, root: Root) -> Attribute | Remark | Read:
    """The attribute of a property, or a remark."""
    column = as_text(name)
    if column is None:
        return Remark("a property without a name", "left out: rules could not use it")
    if not is_whole(name):
        return Remark(column, HALF)
    if UNRESOLVED in part:
        why = f"`{as_text(part[UNRESOLVED])}` leads out of the file, nowhere, or round in a circle"
        return Remark(column, f"left out: {why}")
    if part.get("not") == {}:
        return Remark(column, "left out: it can have no value")
    if DIVERSE in part:
        return Remark(column, "left out: several branches describe it, each in a different way")
    if ASKED in part:
        return Remark(column, "left out: an `if` uses it, but nothing describes what it holds")
    options = _options(part)
    kind = _kind(part, options, root)
    if kind is None:
        return Remark(column, f"left out: {_unfit(part)}")
    listed = resolved(part.get("items"), root) if kind == "choices" else part
    options = _options(listed)
    found = Attribute(column, kind, title=text_of(part, "title"), options=options or (), required=required)
    reasons = [LOST_VALUES] if kind in ("choice", "choices") and _has_lost(listed) else []
    if kind == "number":
        low, high = _range(part, options)
        found = replace(found, options=(), low=low, high=high)
    default = part.get("default")
    if default not in _NO_DEFAULT:
        found = replace(found, default=_default(kind, default))
        reasons += [] if found.default is not None else [f"without its default, which does not fit the type `{kind}`"]
    return Read((found,), tuple(Remark(column, each) for each in reasons))


def _kind(part: Json, options: tuple[Option, ...] | None, root: Root) -> FieldType | None:
    types = {"number" if each == "integer" else each for each in types_of(part)}
    values = [value for value, _ in values_of(part) or ()]
    if values and all(isinstance(each, bool) for each in values):
        return "yes/no"
    numbers = bool(values) and all(isinstance(each, int | float) and not isinstance(each, bool) for each in values)
    if numbers and types <= {"number"} and ("enum" in part or "const" in part):
        return "number"
    if options is not None:
        return "choice" if options else None
    if not types:
        return _FORMATS.get(text_of(part, "format") or "", "text") if _says_nothing_else(part) else None
    if types == {"array"}:
        return "choices" if _options(resolved(part.get("items"), root)) else None
    [kind, *more] = sorted(types)
    if more:
        return None
    return _FORMATS.get(text_of(part, "format") or "", "text") if kind == "string" else _TYPES.get(kind)


def _says_nothing_else(part: Json) -> bool:
    """Whether a part without a type may be any text: it describes no object, no list and no alternatives."""
    return not {"type", "properties", "items", "prefixItems", "anyOf", "oneOf", "additionalProperties"} & part.keys()


def _unfit(part: Json) -> str:
    kinds = types_of(part)
    if kinds == ("array",) or "items" in part:
        return "a list whose values are not named; give its `items` an `enum`"
    if kinds == ("object",) or "properties" in part:
        return "an object within the object; its values need columns of their own"
    if len(kinds) > 1 or "anyOf" in part or "oneOf" in part:
        return "its values may be of several types"
    return f"its type `{kinds[0]}` is not known" if kinds else "it does not say what it holds"


def _options(part: Json) -> tuple[Option, ...] | None:
    """The values to choose from, with their labels where each has a title; None where any value may stand."""
    listed = values_of(part)
    if listed is None:
        return None
    return tuple(Option(value, title) for each, title in listed if (value := as_value(each)) is not None)


def _has_lost(part: Json) -> bool:
    """Whether there are values to choose from that no cell of a table could hold."""
    return any(is_lost(value) for value, _ in values_of(part) or ())


def _range(part: Json, options: tuple[Option, ...] | None) -> tuple[float | None, float | None]:
    """The smallest and the largest number that can be right; of a list of numbers its ends."""
    if options is not None:
        numbers = [number for each in options if (number := as_number(each.value)) is not None]
        return (min(numbers), max(numbers)) if numbers else (None, None)
    return _bound(part, "minimum", "exclusiveMinimum", 1), _bound(part, "maximum", "exclusiveMaximum", -1)


def _bound(part: Json, inclusive: str, exclusive: str, step: int) -> float | None:
    """A bound. Of whole numbers the one beside an excluded one is the last; of others the excluded one stays in."""
    beyond = as_number(part.get(exclusive))
    if beyond is not None and types_of(part) == ("integer",) and beyond.is_integer():
        beyond += step
    bounds = [each for each in (as_number(part.get(inclusive)), beyond) if each is not None]
    if not bounds:
        return None
    return max(bounds) if step > 0 else min(bounds)


def _default(kind: FieldType, value: object) -> Default | None:
    """A default of this type; None if the value has another type."""
    match kind:
        case "yes/no":
            return value if isinstance(value, bool) else None
        case "number":
            return None if isinstance(value, str) else as_number(value)
        case "text":
            return as_text(value) if is_whole(value) else None
        case "choice":
            return as_value(value)
        case "choices":
            found = tuple(each for each in map(as_value, as_list(value)) if each is not None)
            return found if found and len(found) == len(as_list(value)) else None
        case "date" | "datetime":
            return _day_or_time(kind, as_text(value) or "")


def _day_or_time(kind: FieldType, text: str) -> Default | None:
    """A day, or a day and a time, whose distance from UTC TOML can write."""
    try:
        if kind == "date":
            return datetime.date.fromisoformat(text)
        found = datetime.datetime.fromisoformat(text)
    except ValueError:
        return None
    offset = found.utcoffset()
    return None if offset is not None and offset % datetime.timedelta(minutes=1) else found
