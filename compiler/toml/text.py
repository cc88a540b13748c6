"""Reads the form of a project file or a schema file: bytes, text, tables.

Promises a diagnostic in plain words, at its line, for everything that is wrong. The meaning of keys is left to
`compiler/project/` and `compiler/schema/`.
"""

import re
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import cast

from scoreline.dsl.diagnostics import Diagnostic
from scoreline.dsl.reading import read_source as read_text
from scoreline.dsl.source import Source
from scoreline.dsl.span import Span

Table = dict[str, object]

_BOM = "\ufeff"
_PLACE = re.compile(r" \(at (?:line (\d+), column (\d+)|end of document)\)$")


def read_source(path: Path, name: str) -> Source | Diagnostic:
    """The text of a file, without a byte order mark; `name` is what messages call the file."""
    try:
        source, unreadable = read_text(path, name)
    except OSError as error:
        reason = "there is no such file" if isinstance(error, FileNotFoundError) else "it cannot be opened"
        return Diagnostic("E301", f"`{name}` cannot be read: {reason}", Source(name, "").at(Span(0, 0)))
    if unreadable is None:
        return source
    return Diagnostic("E301", f"`{name}` is not UTF-8 text", unreadable.place, "save the file as UTF-8")


def read_tables(source: Source) -> Table | Diagnostic:
    """The tables of a text, or what stops it from being read."""
    try:
        return cast(Table, tomllib.loads(source.text))
    except RecursionError:
        return _stopped(source, Span(0, 0), "lists or tables are nested too deeply", None)
    except ValueError as error:
        return _explained(source, str(error))


def without_mark(source: Source) -> Source:
    """The source without a byte order mark at its start."""
    return Source(source.name, source.text[1:]) if source.text.startswith(_BOM) else source


def _stopped(source: Source, span: Span, message: str, advice: str | None) -> Diagnostic:
    return Diagnostic("E302", message, source.at(span), advice)


def _explained(source: Source, reason: str) -> Diagnostic:
    offset = _offset(source, _PLACE.search(reason))
    start = source.position(offset)
    line = source.line_text(start.line)
    begin = source.line_starts[start.line - 1]
    span = Span(begin + len(line) - len(line.lstrip()), begin + len(line.rstrip()))
    for beginning, words in _WORDS:
        if reason.startswith(beginning):
            return _stopped(source, span, *words(line, start.column))
    return _stopped(source, span, "this line cannot be read", 'a line is a name, `=` and a value: `title = "Leads"`')


def _offset(source: Source, place: re.Match[str] | None) -> int:
    if place and place[1]:
        # The reader turns each `\r\n` into one character, so that its columns hold but an offset would not.
        return source.line_starts[int(place[1]) - 1] + int(place[2]) - 1
    return len(source.text.rstrip())


def _key(line: str) -> str:
    return line.partition("=")[0].strip()


def _twice(line: str, column: int) -> tuple[str, str | None]:
    if line.lstrip().startswith("["):
        return f"the heading `{line.strip()}` is written twice", "keep one heading, with all its lines below it"
    return f"`{_key(line)}` is written twice", "remove one of the two"


def _no_equals(line: str, column: int) -> tuple[str, str | None]:
    key = _key(line) if "=" in line else ""
    if key and not re.fullmatch(r"[\w-]+(\s*\.\s*[\w-]+)*", key, re.ASCII):
        return f"the name `{key}` needs quotes", f'write `"{key}" = …`'
    return "`=` is missing after a name", 'a line is a name, `=` and a value: `title = "Leads"`'


def _no_value(line: str, column: int) -> tuple[str, str | None]:
    word = re.split(r"[,}\]#]", line[column - 1 :])[0].strip() if column <= len(line) else ""
    if not word:
        return "a value is missing", 'a line is a name, `=` and a value: `title = "Leads"`'
    if word.casefold() in {"yes", "no", "true", "false"}:
        right = "true" if word.casefold() in {"yes", "true"} else "false"
        return f"`{word}` needs quotes here", f"write `{right}`"
    bare = word.strip("“”„‟«»‘’'\"")
    return f"`{word}` needs straight double quotes", f'write `"{bare}"`'


def _fixed(message: str, advice: str | None) -> Callable[[str, int], tuple[str, str | None]]:
    return lambda line, column: (message, advice)


_WORDS: tuple[tuple[str, Callable[[str, int], tuple[str, str | None]]], ...] = (
    ("Cannot overwrite", _twice),
    ("Cannot declare", _twice),
    ("Cannot mutate", _twice),
    ("Cannot redefine", _twice),
    ("Duplicate inline", _fixed("one name is written twice between the same braces", "remove one of the two")),
    ("Expected '='", _no_equals),
    ("Invalid statement", _no_equals),
    ("Invalid value", _no_value),
    ("Invalid date", _fixed("there is no such day or time", "write a day as `2026-01-31`")),
    ("Unterminated", _fixed("a text is not closed", 'end it with `"`')),
    ("Expected \"'", _fixed("a text is not closed", "end it with `'`")),
    ("Illegal character", _fixed("a text is not closed on its line", 'end it with `"` on the same line')),
    ("Unescaped '\\'", _fixed("a `\\` is before a character that needs none", "write `\\\\` for a backslash")),
    ("Unclosed array", _fixed("a list is not closed, or lacks a comma", "write `,` between values, end with `]`")),
    (
        "Unclosed inline",
        _fixed("braces are not closed on their line", "write all between `{` and `}` on one line, with `,` between"),
    ),
    (
        "Invalid initial",
        _fixed("a name is missing or needs quotes", "no comma stands before `}`, and braces end on their line"),
    ),
    ("Expected newline", _fixed("there is something after the value", "write one name and value on a line")),
    ("Expected ']", _fixed("a heading is not closed", "end it with `]`; a name with spaces needs quotes")),
)
