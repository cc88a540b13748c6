"""The names of tables as somebody writes them in SQL: parts joined by dots, in quotes where they need them."""

import re

_PART = re.compile(r'"((?:[^"]|"")+)"|`((?:[^`]|``)+)`|([\w$-]+)')
_MOST_PARTS = 3


def table_name(text: str, dialect: str) -> tuple[str, ...] | None:
    """The parts of a table's name; None if that is none.

    A part without quotes is spelt as the database would spell it: PostgreSQL in lower case, Snowflake in upper case.
    """
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


def _spelt(part: re.Match[str], dialect: str) -> str:
    if part[1] is not None:
        return part[1].replace('""', '"')
    if part[2] is not None:
        return part[2].replace("``", "`")
    plain = part[3]
    if not plain.isascii():
        return plain
    return plain.lower() if dialect == "postgres" else plain.upper() if dialect == "snowflake" else plain
