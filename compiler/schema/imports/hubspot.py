"""Reads the properties of HubSpot's contacts, which are the leads there.

Promises a description out of one answer of the properties API, in any of its versions.
"""

from collections.abc import Iterable, Iterator

from scoreline.compiler.schema.fields import FieldType
from scoreline.compiler.schema.imports.described import (
    Attribute,
    Described,
    Entity,
    ImportUnusable,
    Option,
    Read,
    Remark,
    collected,
    column_and_type,
    options_of,
    with_lost_values,
)
from scoreline.compiler.schema.imports.documents import JsonDocument
from scoreline.compiler.schema.imports.raw import (
    Json,
    as_list,
    as_number,
    as_table,
    list_of,
    table_of,
    tables_of,
    text_of,
)

_KEY = "hs_object_id"
_TYPES: dict[str, FieldType] = {
    "string": "text",
    "phone_number": "text",
    "number": "number",
    "bool": "yes/no",
    "date": "date",
    "datetime": "datetime",
    "enumeration": "choice",
}
_UNFIT = {"json": "more than one value", "object_coordinates": "more than one value"}
_HOW = "fetch `https://api.hubapi.com/crm/v3/properties/contacts`, and save the answer as it is"


_MORE = Remark(
    "the file", "one page of several, so that properties are missing: fetch the others, and join their `results`"
)


def read_hubspot(documents: Iterable[JsonDocument]) -> Described:
    """The description; ImportUnusable where there are no properties."""
    first, *more = documents
    if more:
        message = (
            f"`{more[0].name}` is one file too many: HubSpot's contacts are the leads, and one file describes them"
        )
        raise ImportUnusable(message, "name the file with the properties of contacts alone")
    properties = _properties(first)
    read = collected("lead", map(_property, properties))
    # Every contact has an id, but not every list of properties names it.
    remarks = (*read.remarks, *([_MORE] if table_of(as_table(first.content), "paging", "next") else []))
    return Described(Entity(read.attributes, _KEY, "Contact"), remarks=remarks)


def _properties(document: JsonDocument) -> tuple[Json, ...]:
    listed = as_list(document.content) or list_of(as_table(document.content), "results")
    properties = tuple(as_table(each) for each in listed)
    if not properties or not any(text_of(each, "name") for each in properties):
        message = f"`{document.name}` has no properties: it should be a list of them, or have one under `results`"
        raise ImportUnusable(message, _HOW)
    return properties


def _property(raw: Json) -> Attribute | Remark | Read:
    if raw.get("archived") is True:
        return Remark(text_of(raw, "name") or "a property without a name", "left out: it is archived")
    found = column_and_type(raw, "property", lambda named: _kind(named, text_of(raw, "fieldType")), _UNFIT)
    if isinstance(found, Remark):
        return found
    column, kind = found
    attribute = Attribute(column, kind, title=text_of(raw, "label"), options=tuple(_options(raw)))
    return with_lost_values(attribute, (as_table(each).get("value") for each in list_of(raw, "options")))


def _kind(named: str, shown_as: str | None) -> FieldType | None:
    """The type of a property. An enumeration is a choice, or choices, or yes/no: that depends on the form field
    for it."""
    if named == "enumeration":
        return {"checkbox": "choices", "booleancheckbox": "yes/no"}.get(shown_as or "", "choice")  # pyright: ignore[reportReturnType]
    return _TYPES.get(named)


def _options(raw: Json) -> Iterator[Option]:
    """The options in the order of display; those without one (-1) keep the file's order, behind."""
    options = [(as_number(each.get("displayOrder")), each) for each in tables_of(raw, "options")]
    ordered = sorted(options, key=lambda one: float("inf") if one[0] is None or one[0] < 0 else one[0])
    return options_of(each for _, each in ordered)
