"""Faults of a project file or a schema, as facts: the key, the code, the words.

Promises that a fault becomes a diagnostic at the line of its key. The checks that find faults do not know where a key
stands, and `places.py`, which does, knows nothing of faults.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass

from scoreline.compiler.nearest import listed, nearest
from scoreline.compiler.toml.places import KeyPath, Places
from scoreline.dsl.diagnostics import Diagnostic

_LONGEST = 60


@dataclass(frozen=True)
class Fault:
    """One mistake at one key path. With `key`, the key itself is wrong; otherwise its value."""

    path: KeyPath
    code: str
    message: str
    help: str | None = None
    key: bool = False


def diagnostics(faults: Iterable[Fault], places: Places) -> tuple[Diagnostic, ...]:
    """The faults at their places, in the order of the text."""
    found = (
        Diagnostic(
            fault.code,
            fault.message,
            places.source.at(places.key(fault.path) if fault.key else places.value(fault.path)),
            fault.help,
        )
        for fault in faults
    )
    return tuple(sorted(found, key=lambda diagnostic: diagnostic.sort_key))


def did_you_mean(word: str, options: Iterable[str]) -> str:
    """The help after a wrong word: the nearest right one, or all of them."""
    options = tuple(options)
    if near := nearest(word, options):
        return f"did you mean `{near}`?"
    return f"it can be: {listed(options)}" if options else "remove it"


def shown(value: object) -> str:
    """A value as it is written in the file, in backticks; a long one is described."""
    match value:
        case bool():
            text = "true" if value else "false"
        case str():
            text = json.dumps(value, ensure_ascii=False)
        case list() | tuple():
            return "a list"
        case dict():
            return "a table"
        case float():
            text = str(value).removesuffix(".0")
        case _:
            text = str(value)
    return f"`{text if len(text) <= _LONGEST else text[:_LONGEST] + '…'}`"
