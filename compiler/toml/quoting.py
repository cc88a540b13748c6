"""Writes texts, keys and values in TOML.

Promises that a text stays a text, whatever it contains: it ends no string, begins no comment, opens no table.
"""

import datetime
import json
import re
from collections.abc import Iterable

_BARE = re.compile(r"[A-Za-z0-9_-]+")
Value = str | bool | float | datetime.datetime | datetime.date | tuple[str, ...]


def quoted(text: str) -> str:
    """A text in TOML's double quotes."""
    plain = json.dumps(text, ensure_ascii=False)
    return "".join(f"\\u{ord(sign):04X}" if ord(sign) == 0x7F else sign for sign in plain)


def key(name: str) -> str:
    """A key, in quotes where TOML wants them."""
    return name if _BARE.fullmatch(name) else quoted(name)


def value(known: Value) -> str:
    """A value as TOML writes it."""
    match known:
        case bool():
            return "true" if known else "false"
        case str():
            return quoted(known)
        case datetime.date():  # a datetime is one too
            return known.isoformat()
        case tuple():
            return listed(known)
        case _:
            whole = float(known).is_integer() and abs(known) < 1e15
            return str(int(known)) if whole else repr(float(known))


def listed(texts: Iterable[str], broken: bool = False) -> str:
    """A list of texts; `broken` has one on a line."""
    items = [quoted(each) for each in texts]
    return "[\n" + "".join(f"  {each},\n" for each in items) + "]" if broken else f"[{', '.join(items)}]"


def table(entries: Iterable[tuple[str, str]]) -> str:
    """A table on one line, of keys and values that are written already."""
    return "{ " + ", ".join(f"{key(name)} = {written}" for name, written in entries) + " }"
