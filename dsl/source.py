"""A text with a name: turns offsets into lines and columns.

Promises that every offset of the text has a position, and that `\\n`, `\\r\\n` and a lone `\\r` each end a
line. Reading files, and what to do when one can't be read, is left to the callers.
"""

import re
from bisect import bisect_right
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from scoreline.dsl.span import Span
from scoreline.grammar.language_line import language_line

_LINE_END = re.compile(r"\r\n|\n|\r")


class Position(NamedTuple):
    """A line and a column, both counted from 1, the column in Unicode code points."""

    line: int
    column: int


@dataclass(frozen=True)
class Source:
    """A text and the name under which messages speak of it (a path, as the user would write it). `spoken` is the
    language of its words where its first line does not name it (`language.py`)."""

    name: str
    text: str
    spoken: str | None = field(default=None, kw_only=True)

    @cached_property
    def line_starts(self) -> tuple[int, ...]:
        """The offset at which each line begins."""
        return (0, *(match.end() for match in _LINE_END.finditer(self.text)))

    @cached_property
    def language(self) -> str:
        """The language of its words, and of what is said of it: what a first line `# language: de` names, if there is
        such a language, and English otherwise."""
        return self.spoken or language_line(self.text)[0]

    @property
    def document(self) -> "Source":
        """The text as it stands in a file: the source itself, except while it is being edited (`edited.py`)."""
        return self

    def in_document(self, span: Span) -> Span:
        """A span of this source as a span of the document."""
        document = self.document
        if document is self:
            return span
        return Span(*(document.offset(self.position(each)) for each in span))

    def placed(self, place: "Place") -> "Place":
        """The place in the document of a place in this source, in an earlier version of it, or in the document."""
        document = self.document
        return place if place.source is document else Place(document, self.in_document(place.span))

    def position(self, offset: int) -> Position:
        """The line and column of an offset."""
        line = bisect_right(self.line_starts, offset)
        return Position(line, offset - self.line_starts[line - 1] + 1)

    def offset(self, position: Position) -> int:
        """The offset of a line and column; of a place behind the end, that of the end."""
        line, column = position
        if line > len(self.line_starts):
            return len(self.text)
        return min(self.line_starts[line - 1] + column - 1, len(self.text))

    def line_start(self, offset: int) -> int:
        """The offset at which the line of an offset begins."""
        return self.line_starts[bisect_right(self.line_starts, offset) - 1]

    def line_end(self, offset: int) -> int:
        """The offset behind the line of an offset: where the next one begins, or the text ends."""
        line = bisect_right(self.line_starts, offset)
        return self.line_starts[line] if line < len(self.line_starts) else len(self.text)

    def line_text(self, line: int) -> str:
        """The text of a line (from 1), without its end."""
        start = self.line_starts[line - 1]
        end = self.line_starts[line] if line < len(self.line_starts) else len(self.text)
        return self.text[start:end].rstrip("\r\n")

    def at(self, span: Span) -> "Place":
        """The place of a span of this text."""
        return Place(self, span)


@dataclass(frozen=True)
class Place:
    """A span of a source: what a diagnostic points at."""

    source: Source
    span: Span

    @property
    def file(self) -> str:
        """The name of the source."""
        return self.source.name

    @property
    def start(self) -> Position:
        """The position of the first character."""
        return self.source.position(self.span.start)

    @property
    def end(self) -> Position:
        """The position just behind the last character."""
        return self.source.position(self.span.end)

    @property
    def text(self) -> str:
        """What stands there."""
        return self.source.text[self.span.start : self.span.end]

    def __str__(self) -> str:
        return f"{self.file}:{self.start.line}"
