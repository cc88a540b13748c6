"""Reads JSON of unknown form: each function has an answer, whatever the value is.

Promises texts without white space at the ends and without halves of characters, which no file can hold: a text to show
has a replacement in their place, while a name or a value with one is missing. A value of an unexpected form counts as
missing.
"""

import math
import re
from collections.abc import Mapping
from typing import cast

from scoreline.compiler.folding import trim

Json = Mapping[str, object]

_HALF = re.compile("[\ud800-\udfff]")


def as_text(value: object) -> str | None:
    """A text that is not empty."""
    if not isinstance(value, str):
        return None
    # JSON can name one half of a character that needs two; UTF-8 cannot hold it.
    whole = value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return trim(whole) or None


def is_whole(value: object) -> bool:
    """Whether a text, if it is one, has no half of a character in it."""
    return not isinstance(value, str) or not _HALF.search(value)


def as_value(value: object) -> str | None:
    """A value of a list to choose from: a text, or a number as it is written."""
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    if isinstance(value, float):
        whole = value.is_integer() and abs(value) < 1e15
        return str(int(value)) if whole else repr(value) if math.isfinite(value) else None
    return as_text(value) if is_whole(value) else None


def is_lost(value: object) -> bool:
    """Whether something in a list of values is no value that a cell can hold. An empty text is a missing value."""
    return as_value(value) is None and not (isinstance(value, str) and is_whole(value))


def as_number(value: object) -> float | None:
    """A number, also one that is written as a text."""
    try:
        number = float(value) if isinstance(value, int | float | str) and not isinstance(value, bool) else math.nan
    except (ValueError, OverflowError):
        return None
    return number if math.isfinite(number) else None


def as_table(value: object) -> Json:
    """A JSON object; else an empty one."""
    return cast(Json, value) if isinstance(value, Mapping) else {}


def as_list(value: object) -> tuple[object, ...]:
    """A JSON list; else an empty one."""
    return tuple(cast("list[object]", value)) if isinstance(value, list) else ()


def text_of(raw: Json, key: str) -> str | None:
    """The text under a key."""
    return as_text(raw.get(key))


def table_of(raw: Json, *keys: str) -> Json:
    """The JSON object under a key, or under keys one below the other."""
    for key in keys:
        raw = as_table(raw.get(key))
    return raw


def list_of(raw: Json, key: str) -> tuple[object, ...]:
    """The list under a key."""
    return as_list(raw.get(key))


def tables_of(raw: Json, key: str) -> tuple[Json, ...]:
    """The JSON objects in the list under a key."""
    return tuple(cast(Json, each) for each in list_of(raw, key) if isinstance(each, Mapping))
