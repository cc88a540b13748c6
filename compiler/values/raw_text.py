"""The text that a data file would show for a value of any kind.

Promises a plain text, or a RefusedError. Any other error that an object raises is left to the reader.
"""

import json
from collections.abc import Mapping, Sequence, Set
from decimal import Decimal
from enum import Enum
from typing import cast

from scoreline.compiler.refusals import UNREADABLE, RefusedError

# What other libraries call a missing value.
_NOTHING = frozenset({"NaTType", "NAType"})
_LONGEST = 200


def plain(raw: object) -> object:
    """The value that an enumeration's member, a text's subclass or a missing value of another library stands for."""
    if isinstance(raw, Enum):
        return plain(cast(object, raw.value))
    if isinstance(raw, str):
        return str.__str__(raw)
    if type(raw).__name__ in _NOTHING or (isinstance(raw, float) and raw != raw):
        return None
    if isinstance(raw, Decimal) and raw.is_nan():
        return None
    return raw


def text_of(raw: object) -> str:
    """The text of a value, as JSON writes it where it is not a text of its own."""
    match raw:
        case str():
            return raw
        case bool():
            return "true" if raw else "false"
        case bytes() | bytearray():
            try:
                return bytes(raw).decode("utf-8")
            except UnicodeDecodeError:
                raise RefusedError(UNREADABLE) from None
        case Set():
            return text_of(list(cast(Set[object], raw)))
        case Mapping() | Sequence():
            return json.dumps(raw, ensure_ascii=False, default=str)
        case _:
            return str(raw)


def shown_text(raw: object) -> str:
    """The text of a value for a report: of any value, and not too long."""
    try:
        text = text_of(plain(raw))
    except Exception:  # an object of a user's own may fail in any way, and the report must not
        return "(a value without a text)"
    return text if len(text) <= _LONGEST else text[:_LONGEST] + "…"


def texts_compared(raw: object) -> tuple[str, ...]:
    """The texts under which a placeholder may mean this value: a whole number also without its `.0`."""
    text = text_of(raw)
    return (text, str(int(raw))) if isinstance(raw, float) and raw.is_integer() else (text,)
