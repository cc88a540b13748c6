"""Lays words out in lines: the one place that knows how wide a line is.

A statement comes as a stream of words, the gaps between them, and groups. A group stays on one line if it fits;
else all its own `LINE` and `SOFT` gaps become line ends. A comment ends its line wherever it stands, so a group with
one inside never stays on one line, and no comment is lost or moved past a word. Nothing here recurses or knows the
language: what belongs together is told by `breaks.py`.
"""

import unicodedata
from collections.abc import Iterator, Sequence
from enum import Enum, auto
from typing import NamedTuple

from scoreline.dsl.trivia import Comment

WIDTH = 100
"""The widest line, in cells of a terminal, where there is a place to break; comments behind a line don't count."""


class Word(NamedTuple):
    """What is never broken, with its comments: `above` it and (at the end of a list) `below` it on lines of their
    own, and the one behind it. `tail` is written only where the group around it is broken."""

    text: str
    above: tuple[Comment, ...] = ()
    after: str | None = None
    below: tuple[Comment, ...] = ()
    tail: str = ""


class Gap(Enum):
    """What stands between two words."""

    TIGHT = auto()
    """Nothing."""
    SPACE = auto()
    """One blank."""
    LINE = auto()
    """A blank, or a line end in a broken group."""
    SOFT = auto()
    """Nothing, or a line end in a broken group."""
    FILL = auto()
    """A blank, or a line end where, in a broken group, what follows would not fit up to the next gap that can break."""


class Choice(Enum):
    """When a group is broken."""

    FIT = auto()
    """If it does not fit on the line."""
    ALWAYS = auto()
    OUTER = auto()
    """If the group around it is."""


class Open(NamedTuple):
    """A group begins; its lines stand `indent` further in than those of the group around it."""

    indent: int
    choice: Choice = Choice.FIT


class Close(NamedTuple):
    """A group ends."""


Element = Word | Gap | Open | Close
_BLANK_GAPS = (Gap.SPACE, Gap.LINE, Gap.FILL)


def cells(text: str) -> int:
    """How wide a text is on a screen: wide characters take two cells, combining ones none."""
    if text.isascii():
        return len(text)
    return sum(_cells(character) for character in text)


def _cells(character: str) -> int:
    if unicodedata.combining(character) or unicodedata.category(character) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def on_one_line(stream: Sequence[Element]) -> str:
    """The words of a stream side by side, whatever the width; only the comment behind the last one is left out."""
    return "".join(
        element.text if isinstance(element, Word) else " " if element in _BLANK_GAPS else "" for element in stream
    ).strip()


def lines_of(stream: Sequence[Element], indent: int) -> list[str]:
    """The lines of a statement that stands `indent` blanks in."""
    return _Page(stream, indent).lines()


class _Page:
    """The lines so far, the one being written, and the groups that are open: whether broken, and their indent."""

    def __init__(self, stream: Sequence[Element], indent: int) -> None:
        self._stream = stream
        self._done: list[str] = []
        self._line = " " * indent
        self._fresh = True
        self._ends = False
        self._open: list[tuple[bool, int]] = [(False, indent)]

    def lines(self) -> list[str]:
        for at, element in enumerate(self._stream):
            match element:
                case Open(indent, choice):
                    self._open.append((self._broken(at, choice), self._indent + indent))
                case Close():
                    self._open.pop()
                case Gap():
                    self._gap(at, element)
                case Word():
                    self._word(element)
        self._end_line()
        return self._done

    @property
    def _indent(self) -> int:
        return self._open[-1][1]

    def _broken(self, at: int, choice: Choice) -> bool:
        outer = self._open[-1][0] or len(self._open) == 1
        if choice is Choice.FIT:
            return outer and not _fits(self._stream, at, WIDTH - cells(self._line))
        return outer if choice is Choice.OUTER else True

    def _end_line(self) -> None:
        if not self._fresh:
            self._done.append(self._line.rstrip())
        self._line = " " * self._indent
        self._fresh, self._ends = True, False

    def _gap(self, at: int, gap: Gap) -> None:
        breaks = gap in (Gap.LINE, Gap.SOFT) or (gap is Gap.FILL and not self._room(at))
        if self._ends or (breaks and self._open[-1][0]):
            self._end_line()
        elif gap in _BLANK_GAPS and not self._fresh:
            self._line += " "

    def _room(self, at: int) -> bool:
        """Whether what follows a gap fits behind a blank, up to the next gap that can break."""
        width = cells(self._line) + 1
        for element in _from(self._stream, at + 1):
            if isinstance(element, Word):
                width += cells(element.text + element.tail)
            elif element is Gap.SPACE:
                width += 1
            elif isinstance(element, Gap) and element is not Gap.TIGHT:
                break
        return width <= WIDTH

    def _word(self, word: Word) -> None:
        if self._ends or (word.above and not self._fresh):
            self._end_line()
        indent = " " * (len(self._line) if self._fresh else self._indent)
        self._own_lines(word.above, indent)
        self._line += word.text + (word.tail if self._open[-1][0] else "")
        self._fresh = False
        if word.after is not None:
            self._line += "  " + word.after
            self._ends = True
        if word.below:
            self._end_line()
            self._own_lines(word.below, " " * self._indent)
            self._ends = True

    def _own_lines(self, above: Sequence[Comment], indent: str) -> None:
        for comment in above:
            if comment.blank and self._done and self._done[-1][-1:] not in ("", "["):
                self._done.append("")
            self._done.append(indent + comment.text)


def _fits(stream: Sequence[Element], start: int, room: int) -> bool:
    """Whether the group that opens at `start` can stay on its line, with what follows it up to the next gap that may
    become a line end."""
    depth, first, ended = 0, True, False
    for element in _from(stream, start):
        match element:
            case Open(_, choice):
                if choice is Choice.ALWAYS and depth > 0:
                    return False
                depth += 1 if depth > 0 or first else 0
            case Close():
                depth -= 1 if depth > 0 else 0
            case Gap():
                if ended or (depth == 0 and element not in (Gap.TIGHT, Gap.SPACE)):
                    return depth == 0
                room -= element in _BLANK_GAPS
            case Word():
                if ended or (element.above and not first):
                    return depth == 0
                room -= cells(element.text)
                first, ended = False, bool(element.after or element.below)
        if room < 0:
            return False
    return True


def _from(stream: Sequence[Element], start: int) -> Iterator[Element]:
    for at in range(start, len(stream)):
        yield stream[at]
