"""The default of a property of a JSON Schema, as our schemas have it.

Promises a default of the type that the property has, or none. Whether it is one of the values, or in the range, is
judged in `assembling.py`.
"""

import datetime

from scoreline.compiler.schema.fields import Default, FieldType
from scoreline.compiler.schema.imports.raw import as_list, as_number, as_text, as_value, is_whole


def default_for(kind: FieldType, value: object) -> Default | None:
    """What stands in for a missing value of this type; None where the value is of another one."""
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
            return _moment(kind, as_text(value) or "")


def _moment(kind: FieldType, text: str) -> Default | None:
    """A day, or a day and a time, whose distance from UTC TOML can write."""
    try:
        if kind == "date":
            return datetime.date.fromisoformat(text)
        found = datetime.datetime.fromisoformat(text)
    except ValueError:
        return None
    offset = found.utcoffset()
    return None if offset is not None and offset % datetime.timedelta(minutes=1) else found
