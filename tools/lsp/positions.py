"""Positions as editors count them, and as sources do.

Editors count lines and columns from 0, columns in the units of an encoding (UTF-16 unless both sides agree on another);
sources count from 1, in code points. Promises that the way there and back leads to the same place.
"""

from collections.abc import Callable

from lsprotocol.types import Position, PositionEncodingKind, Range
from scoreline.dsl import source as sources
from scoreline.dsl.source import Place, Source
from scoreline.dsl.span import Span

_SIZES: dict[str, Callable[[str], int]] = {
    PositionEncodingKind.Utf8.value: lambda text: len(text.encode("utf-8", "surrogatepass")),
    PositionEncodingKind.Utf16.value: lambda text: len(text.encode("utf-16-le", "surrogatepass")) // 2,
    PositionEncodingKind.Utf32.value: len,
}


class PositionEncoding:
    """Positions in one encoding."""

    def __init__(self, encoding: str = PositionEncodingKind.Utf16.value) -> None:
        self.size = _SIZES[encoding]
        """How many units a text takes."""

    def shown(self, source: Source, position: sources.Position) -> Position:
        """A position of a source as the editor counts it."""
        line, column = position
        text = source.line_text(line)[: column - 1]
        return Position(line - 1, len(text) if text.isascii() else self.size(text))

    def read(self, source: Source, position: Position) -> sources.Position:
        """A position of the editor; behind a line's end it is that end."""
        if position.line >= len(source.document.line_starts):
            last = len(source.document.line_starts)
            return sources.Position(last, len(source.line_text(last)) + 1)
        text = source.line_text(position.line + 1)
        if text.isascii():
            return sources.Position(position.line + 1, min(position.character, len(text)) + 1)
        return sources.Position(position.line + 1, self._column(text, position.character) + 1)

    def range(self, source: Source, span: Span) -> Range:
        """A span of a source as the editor counts it."""
        start, end = source.position(span.start), source.position(span.end)
        return Range(self.shown(source, start), self.shown(source, end))

    def place(self, place: Place) -> Range:
        """Where a place is."""
        return self.range(place.source, place.span)

    def offset(self, source: Source, position: Position) -> int:
        """The offset of an editor's position."""
        return source.offset(self.read(source, position))

    def _column(self, text: str, units: int) -> int:
        for column, character in enumerate(text):
            units -= self.size(character)
            if units < 0:
                return column
        return len(text)
