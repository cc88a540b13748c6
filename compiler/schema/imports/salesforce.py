"""Reads the answers of Salesforce's `describe`: `Lead`, and `Contact` where it is there.

Promises a description made of one or several answers, each by itself, in a list, or as the command line wraps it.
Values that are switched off are kept, since older leads still have them.
"""

from collections.abc import Iterable, Iterator

from scoreline.compiler.schema.fields import FieldType
from scoreline.compiler.schema.imports.described import (
    Attribute,
    Described,
    Entity,
    ImportUnusable,
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
    as_table,
    as_text,
    list_of,
    tables_of,
    text_of,
)

_NAMES: dict[FieldType, str] = {
    "text": "string textarea email phone url id reference combobox encryptedstring",
    "number": "int long double currency percent",
    "yes/no": "boolean",
    "date": "date",
    "datetime": "datetime",
    "choice": "picklist",
    "choices": "multipicklist",
}
_TYPES: dict[str, FieldType] = {name: kind for kind, names in _NAMES.items() for name in names.split()}
_UNFIT = {
    "address": "several values at once; its parts have fields of their own",
    "location": "several values at once; its parts have fields of their own",
    "base64": "a file",
    "time": "a time of day",
    "json": "more than one value",
    "complexvalue": "more than one value",
    "anyType": "values of any type",
}
_HOW = "fetch `…/sobjects/Lead/describe`, or write `sf sobject describe --sobject Lead --json`"


def read_salesforce(documents: Iterable[JsonDocument]) -> Described:
    """The description; ImportUnusable where there is no lead."""
    objects: dict[str, Json] = {}
    remarks: list[Remark] = []
    for name, each in _objects(documents):
        if name not in ("Lead", "Contact"):
            remarks.append(Remark(name, "left out: only `Lead` and `Contact` are taken over"))
        elif name in objects:
            remarks.append(Remark(name, "left out: it is described twice, and the first one counts"))
        else:
            objects[name] = each
    if "Lead" not in objects:
        raise ImportUnusable("there is no object `Lead` in the files that were named", _HOW)
    lead, contact = (_read(name, objects.get(name)) for name in ("Lead", "Contact"))
    return Described(
        lead=_entity(objects["Lead"], lead),
        contact=_entity(objects["Contact"], contact) if "Contact" in objects else None,
        contact_column=_column_to_contact(objects["Lead"]),
        remarks=(*remarks, *lead.remarks, *contact.remarks),
    )


def _objects(documents: Iterable[JsonDocument]) -> Iterator[tuple[str, Json]]:
    for document in documents:
        for each in _unwrapped(document.content):
            name = text_of(each, "name")
            if name is None or not isinstance(each.get("fields"), list):
                message = f"`{document.name}` describes no object: it needs a `name` and a list of `fields`"
                raise ImportUnusable(message, _HOW)
            yield name, each


def _unwrapped(content: object) -> tuple[Json, ...]:
    """The answers: one, a list of them, or what a command or a batch wraps round them."""
    table = as_table(content)
    inner = table.get("result", table.get("results", content))
    listed = as_list(inner) or (inner,)
    return tuple(as_table(as_table(each).get("result", each)) for each in listed)


def _entity(raw: Json, read: Read) -> Entity:
    key = next((text_of(each, "name") for each in tables_of(raw, "fields") if each.get("type") == "id"), "Id")
    return Entity(read.attributes, key, text_of(raw, "label"))


def _read(name: str, raw: Json | None) -> Read:
    return Read() if raw is None else collected(name.lower(), map(_field, list_of(raw, "fields")))


def _field(value: object) -> Attribute | Remark | Read:
    raw = as_table(value)
    found = column_and_type(raw, "field", _TYPES.get, _UNFIT)
    if isinstance(found, Remark):
        return found
    column, kind = found
    attribute = Attribute(
        column,
        kind,
        name=column.removesuffix("__c"),
        title=text_of(raw, "label"),
        options=tuple(options_of(tables_of(raw, "picklistValues"))),
        required=_required(raw, kind),
    )
    return with_lost_values(attribute, (as_table(each).get("value") for each in list_of(raw, "picklistValues")))


def _required(raw: Json, kind: FieldType) -> bool:
    """Whether a user must fill in a field; a missing value in a field that the system fills in need not be reported."""
    needed = raw.get("nillable") is False and raw.get("defaultedOnCreate") is not True
    return needed and raw.get("createable") is not False and kind != "yes/no"


def _column_to_contact(lead: Json) -> str | None:
    """The lead's first column that leads to a contact; of a plain lead, the one that it was converted to."""
    for each in tables_of(lead, "fields"):
        if "Contact" in map(as_text, list_of(each, "referenceTo")):
            return text_of(each, "name")
    return None
