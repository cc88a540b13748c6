"""Turns raw tables into frozen shapes, and everything that does not fit into faults.

Promises one fault for each wrong key, in plain words. It knows the keys of shapes, not their meaning.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import TypeVar, cast

from pydantic import BaseModel, ValidationError
from scoreline.compiler.nearest import listed, nearest
from scoreline.compiler.schema.fields import FIELD_TYPES
from scoreline.compiler.toml.faults import Fault, did_you_mean, shown
from scoreline.compiler.toml.places import KeyPath

S = TypeVar("S", bound=BaseModel)

_LIST = 'a list of texts, such as `["A", "B"]`'
_FORMS = {
    "values": _LIST,
    "missing": _LIST,
    "labels": 'a table of values and what people call them, such as `{ 1 = "Hot", 2 = "Warm" }`',
    "rules": 'a list of files or folders, such as `["rules"]`',
    "channels": _LIST,
    "ignore": 'a list of codes, such as `["W204"]`',
    "default": "a text, a number, `true`, `false`, a day, a day with a time, or a list of texts",
    "required": "`true` or `false`",
    "min": "a number",
    "max": "a number",
    "fields": 'a table of fields, such as `industry = "text"`',
    "properties": 'a table of properties, such as `campaign = "text"`',
    "relations": 'a table of relations, such as `contact = { to = "contact", column = "contact_id" }`',
}
_NEEDED = {
    "type": f"a field needs a type: {', '.join(FIELD_TYPES)}",
    "key": 'write `key = "lead_id"`, the column that tells one row from another',
    "to": 'write `to = "contact"`',
    "column": 'write `column = "contact_id"`, the column of the lead that holds the key',
    "rules": 'write `rules = ["rules"]`',
    "schema": 'write `schema = "crm.schema.toml"`',
}
# What a type is called elsewhere.
_OTHER_TYPES = {
    "string": "text", "str": "text", "varchar": "text", "char": "text", "uuid": "text", "email": "text",
    "url": "text", "phone": "text", "textarea": "text", "int": "number", "integer": "number", "float": "number",
    "double": "number", "decimal": "number", "currency": "number", "percent": "number", "money": "number",
    "bool": "yes/no", "boolean": "yes/no", "checkbox": "yes/no", "yesno": "yes/no", "yes_no": "yes/no",
    "timestamp": "datetime", "time": "datetime", "date-time": "datetime", "enum": "choice", "picklist": "choice",
    "select": "choice", "option": "choice", "list": "choices", "set": "choices", "multiselect": "choices",
    "multi-select": "choices", "multipicklist": "choices", "tags": "choices",
}  # fmt: skip


def shape(cls: type[S], raw: Mapping[str, object], path: KeyPath) -> tuple[S | None, tuple[Fault, ...]]:
    """The shape that a table has, or the faults that stand in the way."""
    try:
        return cls.model_validate({key: _frozen(value) for key, value in raw.items()}), ()
    except ValidationError as error:
        # A value may fail in several ways at once (none of the forms of a default fits): one fault a key.
        found = {str(each["loc"][0]): each["type"] for each in error.errors(include_url=False)}
    unknown = [key for key, kind in found.items() if kind == "extra_forbidden"]
    told = (
        _fault(cls, key, kind, raw, path)
        for key, kind in found.items()
        # A key that is written wrong is not missing as well.
        if kind != "missing" or not nearest(key, unknown)
    )
    return None, tuple(told)


def good_part(cls: type[S], raw: Mapping[str, object], path: KeyPath) -> tuple[S | None, tuple[Fault, ...]]:
    """As `shape`, but wrong keys are left out of the shape, so that the rest can be checked."""
    found, faults = shape(cls, raw, path)
    wrong = {fault.path[len(path)] for fault in faults if len(fault.path) > len(path)}
    if not wrong:
        return found, faults
    return shape(cls, {key: value for key, value in raw.items() if key not in wrong}, path)[0], faults


def table(raw: object, path: KeyPath, what: str) -> tuple[Mapping[str, object], tuple[Fault, ...]]:
    """A table as it is; anything else is a fault and counts as empty. `what` is an example of how to write it."""
    if isinstance(raw, Mapping):
        return cast(Mapping[str, object], raw), ()
    if raw is None:
        return {}, ()
    message = f"`{path[-1]}` takes {_FORMS.get(str(path[-1]), 'a table')}, not {shown(raw)}"
    return {}, (Fault(path, "E305", message, f"write {what}"),)


def needed(keys: Iterable[str], written: tuple[str, ...], path: KeyPath) -> Iterator[Fault]:
    """The keys that a table lacks; one that is only written wrong is not missing as well."""
    for key in keys:
        if key not in written and not nearest(key, written):
            yield _missing(key, path)


def _missing(key: str, path: KeyPath) -> Fault:
    what = f"`{'.'.join(str(part) for part in path)}`" if path else "the file"
    return Fault(path, "E304", f"{what} has no `{key}`", _NEEDED.get(key), key=True)


def unknown_key(key: str, options: tuple[str, ...], path: KeyPath) -> Fault:
    """A key that its table does not know."""
    where = f"`{'.'.join(str(part) for part in path)}`" if path else "this file"
    help_ = did_you_mean(key, options) if nearest(key, options) else f"{where} can have: {listed(options)}"
    return Fault((*path, key), "E303", f"unknown key `{key}`", help_, key=True)


def keys_of(cls: type[BaseModel]) -> tuple[str, ...]:
    """The keys of a shape, as they are written."""
    aliases = ((name, info.validation_alias) for name, info in cls.model_fields.items())
    return tuple(alias if isinstance(alias, str) else name for name, alias in aliases)


def _fault(cls: type[BaseModel], key: str, kind: str, raw: Mapping[str, object], path: KeyPath) -> Fault:
    if kind == "extra_forbidden":
        return unknown_key(key, keys_of(cls), path)
    if kind == "missing":
        return _missing(key, path)
    value = raw[key]
    if kind == "literal_error":
        return _unknown_type((*path, key), value)
    message = f"`{key}` takes {_FORMS.get(key, 'a text in quotes')}, not {shown(value)}"
    return Fault((*path, key), "E305", message, _advice(key, value))


def _advice(key: str, value: object) -> str | None:
    match value:
        case bool() if key not in _FORMS:
            return f'write `{key} = "…"`'
        case int() | float() if key not in _FORMS:
            return f'write `{key} = "{value}"`'
        case str() if _FORMS.get(key) == _LIST:
            return f"write `{key} = [{shown(value)[1:-1]}]`"
        case str() if key in ("min", "max", "required"):
            return f"write `{key} = {value.strip().lower()}`, without quotes"
        case list() if _FORMS.get(key) == _LIST:
            return "put every value in quotes"
        case _:
            return None


def _unknown_type(path: KeyPath, value: object) -> Fault:
    if not isinstance(value, str):
        return Fault(path, "E306", f"a type is a text, not {shown(value)}", f"it can be: {listed(FIELD_TYPES)}")
    other = _OTHER_TYPES.get(value.strip().lower())
    help_ = f"did you mean `{other}`?" if other else did_you_mean(value, FIELD_TYPES)
    return Fault(path, "E306", f"there is no type `{value}`", help_)


def _frozen(value: object) -> object:
    """Lists as tuples, as the shapes hold them."""
    if isinstance(value, list):
        return tuple(_frozen(item) for item in cast(list[object], value))
    return value
