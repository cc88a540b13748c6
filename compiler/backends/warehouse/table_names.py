"""The names of tables as somebody writes them in SQL: parts joined by dots, in quotes where they need them."""

import re

from scoreline.compiler.backends.query.dialect import Dialect

_PART = re.compile(r'"((?:[^"]|"")+)"|`((?:[^`]|``)+)`|([\w$-]+)')
_MOST_PARTS = 3


def table_name(text: str, dialect: Dialect) -> tuple[str, ...] | None:
    """The parts of a table's name; None if the text is no such name. Parts without quotes become what the database
    makes of them."""
    parts: list[str] = []
    at = 0
    while True:
        found = _PART.match(text, at)
        if found is None or len(parts) == _MOST_PARTS:
            return None
        parts.append(_spelt(found, dialect))
        at = found.end()
        if at == len(text):
            return tuple(parts)
        if text[at] != ".":
            return None
        at += 1


def _spelt(part: re.Match[str], dialect: Dialect) -> str:
    if part[1] is not None:
        return part[1].replace('""', '"')
    if part[2] is not None:
        return part[2].replace("``", "`")
    plain = part[3]
    if not plain.isascii():
        return plain
    match dialect.unquoted_names:
        case "lower":
            return plain.lower()
        case "upper":
            return plain.upper()
        case "kept":
            return plain
