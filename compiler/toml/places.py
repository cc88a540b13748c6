"""Where each key and each value of a TOML text stands.

The standard reader gives values without places, so this walks over the text once more and keeps the places
alone. Promises a place for every key path of a text that is valid TOML; what the values are is left to `tomllib`.
"""

import re
import tomllib
from contextlib import suppress
from dataclasses import dataclass, field

from scoreline.dsl.source import Source
from scoreline.dsl.span import Span

KeyPath = tuple[str | int, ...]

_STRING = re.compile(
    r'"""(?:\\.|[^\\])*?"""(?:"{0,2})' + r"|'''.*?'''(?:'{0,2})" + r'|"(?:\\.|[^"\\\n])*"' + r"|'[^'\n]*'",
    re.DOTALL,
)
_BLANK = re.compile(r"(?:[ \t\r\n]|#[^\n]*)*")
_SPACE = re.compile(r"[ \t]*")
_BARE = re.compile(r"[A-Za-z0-9_-]+")
_ATOM = re.compile(r"[^,\]}#\r\n]+")


@dataclass(frozen=True)
class Places:
    """The spans of keys and of values, by key path; an element of a list has its number (from 0) in the path."""

    source: Source
    keys: dict[KeyPath, Span] = field(default_factory=dict[KeyPath, Span])
    values: dict[KeyPath, Span] = field(default_factory=dict[KeyPath, Span])

    def key(self, path: KeyPath) -> Span:
        """The span of a key, or of the nearest thing that holds it, or the first line."""
        while path:
            if found := self.keys.get(path) or self.values.get(path):
                return found
            path = path[:-1]
        return Span(0, len(self.source.line_text(1)))

    def value(self, path: KeyPath) -> Span:
        """The span of a value, where there is one; otherwise that of the key."""
        return self.values.get(path) or self.key(path)


def locate(source: Source) -> Places:
    """The places of a text that `tomllib` has read; of any other text, the places up to its first fault."""
    places = Places(source)
    # Should the walk get lost, the places found so far are good, and one that is missing falls back to what holds it.
    with suppress(_LostError, RecursionError):
        _Walk(source.text, places).document()
    return places


class _LostError(Exception):
    """The text is no TOML."""


class _Walk:
    """One pass over the text, from `at` on."""

    def __init__(self, text: str, places: Places) -> None:
        self.text = text
        self.places = places
        self.at = 0

    def document(self) -> None:
        table: KeyPath = ()
        while self.skip(_BLANK) < len(self.text):
            if self.text[self.at] == "[":
                table = self.header()
            else:
                self.pair(table)

    def header(self) -> KeyPath:
        brackets = 2 if self.text.startswith("[[", self.at) else 1
        self.at += brackets
        path = self.key(())
        self.at += brackets
        return path

    def pair(self, table: KeyPath) -> None:
        path = self.key(table)
        self.expect("=")
        self.value(path)

    def key(self, table: KeyPath) -> KeyPath:
        path = table
        while True:
            self.skip(_SPACE)
            start = self.at
            path = (*path, self.part())
            self.places.keys.setdefault(path, Span(start, self.at))
            self.skip(_SPACE)
            if not self.text.startswith(".", self.at):
                return path
            self.at += 1

    def part(self) -> str:
        if bare := _BARE.match(self.text, self.at):
            self.at = bare.end()
            return bare[0]
        quoted = self.take(_STRING)
        try:
            return str(tomllib.loads(f"key = {quoted}")["key"])
        except ValueError:
            raise _LostError from None

    def value(self, path: KeyPath) -> None:
        self.skip(_BLANK)
        start = self.at
        match self.text[start : start + 1]:
            case "[":
                self.items(path)
            case "{":
                self.table(path)
            case '"' | "'":
                self.take(_STRING)
            case _:
                self.at = start + len(self.take(_ATOM).rstrip())
        self.places.values[path] = Span(start, self.at)

    def items(self, path: KeyPath) -> None:
        self.at += 1
        number = 0
        while self.skip(_BLANK) < len(self.text) and self.text[self.at] != "]":
            self.value((*path, number))
            number += 1
            self.comma()
        self.expect("]")

    def table(self, path: KeyPath) -> None:
        self.at += 1
        while self.skip(_BLANK) < len(self.text) and self.text[self.at] != "}":
            self.pair(path)
            self.comma()
        self.expect("}")

    def comma(self) -> None:
        self.skip(_BLANK)
        if self.text.startswith(",", self.at):
            self.at += 1

    def skip(self, pattern: re.Pattern[str]) -> int:
        if found := pattern.match(self.text, self.at):
            self.at = found.end()
        return self.at

    def take(self, pattern: re.Pattern[str]) -> str:
        found = pattern.match(self.text, self.at)
        if not found:
            raise _LostError
        self.at = found.end()
        return found[0]

    def expect(self, sign: str) -> None:
        if not self.text.startswith(sign, self.at):
            raise _LostError
        self.at += 1
