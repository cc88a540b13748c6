"""A text that is being edited: a source of which only what has changed was read anew.

Its `text` is a scrapbook: the text as it was first read, and behind it, in the order in which they came, the lines that
were written since. So a node keeps its span however much is written above it. `document` is the text as it is now;
`position` and `offset` lead from a span to its line and column there, and back. Offsets of two
statements are in no order: places across statements are compared by position, or as places in the document (`placed`).
"""

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from scoreline.dsl.source import Position, Source

# What stands between two stretches, so that the end of one is no place in the next. (A space first: a line end alone
# would be one with a carriage return before it.)
SEAM = " \n"


class Stretch(NamedTuple):
    """Lines that stand together in the scrapbook and in the document: where they begin in each (from 0), how many."""

    line: int
    at: int
    size: int


@dataclass(frozen=True)
class Edited(Source):
    """A document that was edited, `now` by itself; `stretches` are in the order of the scrapbook and make up the whole
    document. What was added last begins at the offset `newest`."""

    now: Source
    stretches: tuple[Stretch, ...]
    newest: int

    @property
    def document(self) -> Source:
        """The document as a text of its own."""
        return self.now

    def position(self, offset: int) -> Position:
        """The line and column in the document."""
        line = bisect_right(self.line_starts, offset) - 1
        stretch = self.stretches[max(0, bisect_right(self._lines, line) - 1)]
        return Position(stretch.at + line - stretch.line + 1, offset - self.line_starts[line] + 1)

    def offset(self, position: Position) -> int:
        """The offset of a line and column of the document; of a place behind the end, that of the end."""
        line, column = self.now.position(self.now.offset(position))
        stretch = self._by_place[bisect_right(self._places, line - 1) - 1]
        return self.line_starts[stretch.line + line - 1 - stretch.at] + column - 1

    def line_text(self, line: int) -> str:
        """The text of a line of the document (from 1), without its end."""
        return self.now.line_text(line)

    @property
    def language(self) -> str:  # pyright: ignore[reportIncompatibleVariableOverride] (a document's own, found once)
        """The language of its words, and of what is said of it."""
        return self.now.language

    @cached_property
    def _lines(self) -> tuple[int, ...]:
        return tuple(each.line for each in self.stretches)

    @cached_property
    def _by_place(self) -> tuple[Stretch, ...]:
        return tuple(sorted(self.stretches, key=lambda each: each.at))

    @cached_property
    def _places(self) -> tuple[int, ...]:
        return tuple(each.at for each in self._by_place)


def extended(old: Source, now: Source, lines: range, new_count: int, head: str, body: str) -> Edited:
    """The scrapbook of a document of which these lines became `new_count` other ones: what they are now stands at its
    end as `body` (which may go on behind them), with a `head` before it that stands elsewhere in the document."""
    text, stretches = _trimmed(old, lines)
    later = new_count - len(lines)
    cut = [part for each in stretches for part in _without(each, lines, later)]
    newest = len(text) + len(SEAM)
    first = _line_count(text + SEAM + head) - 1
    stretches = (*cut, Stretch(first, lines.start, new_count))
    return Edited(old.name, f"{text}{SEAM}{head}{body}", now, stretches, newest)


def _trimmed(old: Source, lines: range) -> tuple[str, tuple[Stretch, ...]]:
    """What an older scrapbook holds, without what was added last if nothing of that will stay."""
    if not isinstance(old, Edited):
        return old.text, (Stretch(0, 0, len(old.line_starts)),)
    *others, last = old.stretches
    if lines.start <= last.at and last.at + last.size <= lines.stop:
        return old.text[: old.newest - len(SEAM)], tuple(others)
    return old.text, old.stretches


def _without(stretch: Stretch, lines: range, later: int) -> Iterator[Stretch]:
    """What is left of a stretch when lines of the document are taken out; what stands behind them moves."""
    end = stretch.at + stretch.size
    if stretch.at < lines.start:
        yield Stretch(stretch.line, stretch.at, min(end, lines.start) - stretch.at)
    if end > lines.stop:
        at = max(stretch.at, lines.stop)
        yield Stretch(stretch.line + at - stretch.at, at + later, end - at)


def _line_count(text: str) -> int:
    return len(Source("", text).line_starts)
