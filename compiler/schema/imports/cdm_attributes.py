"""The members of a Common Data Model entity: the column that each has in Dataverse, and what the column holds.

Promises an attribute, or a remark with the reason why there is none.
"""

from dataclasses import replace

from scoreline.compiler.schema.fields import FieldType
from scoreline.compiler.schema.imports.cdm_definitions import Types, column_of, foreign_key, refers_to
from scoreline.compiler.schema.imports.cdm_traits import is_required, options_of, title_of
from scoreline.compiler.schema.imports.described import HALF, Attribute, Read, Remark
from scoreline.compiler.schema.imports.raw import Json, as_number, as_table, as_text, is_whole, text_of

_NAMES: dict[FieldType, str] = {
    "text": "string guid entityId name firstName middleName lastName fullName companyName email phone phoneCell "
    "phoneFax url uri addressLine city country county stateOrProvince postalCode timezone language languageTag "
    "cultureTag currencyCode colorName gender ethnicity maritalStatus governmentId tickerSymbol userId fileName "
    "entityName stringFormat localizedDisplayText localizedDisplayTextMultiple IP4Address IP6Address char json xml",
    "number": "integer bigInteger smallInteger unsignedInteger decimal fixedDecimal variableDecimal double float "
    "JSInteger currency baseCurrency latitude longitude age displayOrder cdsVersionNumber year quarter month week day "
    "hour minute second",
    "yes/no": "boolean",
    "date": "date birthDate",
    "datetime": "dateTime dateTimeOffset",
    "choice": "listLookup listLookupCorrelated listLookupString listLookupWellKnown",
    "choices": "listLookupMultiple",
}
_TYPES: dict[str, FieldType] = {name: kind for kind, names in _NAMES.items() for name in names.split()}
_UNFIT = {
    "time": "a time of day",
    "binary": "no text",
    "byte": "no text",
    "image": "a picture",
    "object": "more than one value",
    "partylist": "several people",
}


def attribute(member: Json, types: Types) -> Attribute | Remark | Read:
    """The attribute of a member of an entity, or a remark."""
    return _reference(member) if "entity" in member else _typed(member, types)


def _typed(member: Json, types: Types) -> Attribute | Remark | Read:
    found = _column(member, types)
    if isinstance(found, Remark) or found.type not in ("choice", "choices"):
        return found
    options, reasons = options_of(member)
    found = replace(found, options=options)
    return Read((found,), tuple(Remark(found.column, why) for why in reasons)) if reasons else found


def _column(member: Json, types: Types) -> Attribute | Remark:
    """A member without the values to choose from."""
    column = column_of(member)
    if column is None:
        return Remark("a member without a name", "left out: rules could not use it")
    if not is_whole(member.get("sourceName")) or not is_whole(member.get("name")):
        return Remark(column, HALF)
    raw = member.get("dataType")
    named = as_text(raw) or text_of(as_table(raw), "dataTypeReference")
    if named is None:
        return Remark(column, "left out: the file does not say what it holds")
    kind = _kind(named, types)
    if kind is None:
        unfit = _UNFIT.get(named)
        why = f"it holds {unfit}, which rules cannot compare" if unfit else f"its type `{named}` is not known"
        return Remark(column, f"left out: {why}")
    low, high = as_number(member.get("minimumValue")), as_number(member.get("maximumValue"))
    if kind == "text" and low is not None and high is not None:
        kind = "number"  # an offset from UTC is a `timezone`, and counted in minutes
    return Attribute(
        column,
        kind,
        name=text_of(member, "name"),
        title=title_of(member),
        required=is_required(member),
        low=low,
        high=high,
    )


def _kind(named: str, types: Types) -> FieldType | None:
    """Our type for a data type, or for the nearest that it extends."""
    seen: set[str] = set()
    while named not in _TYPES and named not in seen:
        seen.add(named)
        named = types.get(named, "")
    return _TYPES.get(named)


def _reference(member: Json) -> Attribute | Remark:
    """A reference to another table's row: in the data a column with that row's key."""
    other = refers_to(member) or "another table"
    name = text_of(member, "name") or other
    key = foreign_key(member)
    if column_of(key) is None:
        return Remark(name, f"left out: it leads to `{other}`, and no column is named for it")
    found = _column({"dataType": "entityId", **key}, {})
    if isinstance(found, Remark) or found.name is None or found.name.lower() != "id":
        return found
    return replace(found, column=found.column if "sourceName" in key else f"{name}Id", name=f"{name}Id")
