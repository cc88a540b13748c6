"""The parse of a text that came out of another one by an edit, at the cost of the lines that were edited.

Promises what `parse` of the new text would give: an equal tree, each node at the same line and column, the same
diagnostics and lost statements. Only the edited lines are read, with a sound statement on either side; the nodes of all
other statements are the very same objects, so that a result that was kept for a
node still holds. Whatever is not evident is left to `parse`.
"""

import re
from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from scoreline.dsl import nodes
from scoreline.dsl.edited import extended
from scoreline.dsl.headings import Below, Heading, below, heading_span, same_heading, with_below
from scoreline.dsl.language import speaks_plainly
from scoreline.dsl.parse import Lost, Parsed, called, parse
from scoreline.dsl.source import Position, Source
from scoreline.dsl.span import Span

# A scrapbook that grew larger than this, and than twice its document, is begun anew.
_ROOM = 100_000
_NOTHING_MORE = re.compile(r"[ \t]*(?:#[^\r\n]*)?(?=[\r\n]|\Z)")
# A first line without a comment, which could name the language.
_FIRST_LINE = re.compile(r"[^#\ufeff\r\n]*(?:[\r\n]|\Z)")
# What is reported once for a whole file: a wrong name, and the language of its words.
_REPORTED_ONCE = ("E118", "E124")


def revised(old: Parsed, text: str) -> Parsed:
    """The parse of `text`, an edited version of what `old` was made of."""
    if text == old.source.document.text:
        return old
    new = Source(old.source.name, text)
    region = _region(old, new) if speaks_plainly(new) else None
    return (region and _spliced(old, new, region)) or parse(new)


class _Change(NamedTuple):
    """Lines `first` up to, not including, `end` of a text (from 0) became lines `first` up to `new_end` of another."""

    first: int
    end: int
    new_end: int

    @classmethod
    def between(cls, old: Source, new: Source) -> "_Change":
        """The lines that were changed; never none, so that a line taken out has one that stands for it."""
        one, other = old.text, new.text
        most = min(len(one), len(other))
        # A character less on either side: one that joins `\r` and `\n` changes the lines beside it.
        same = max(0, _most(most, lambda size: one[:size] == other[:size]) - 1)
        alike = _most(most - same, lambda size: one[len(one) - size :] == other[len(other) - size :])
        behind = max(0, alike - 1)
        end, new_end = old.position(len(one) - behind).line, new.position(len(other) - behind).line
        return cls(old.position(same).line - 1, end, new_end)


def _most(limit: int, holds: Callable[[int], bool]) -> int:
    """The largest size up to a limit for which something holds that holds for all smaller ones."""
    low, high = 0, limit
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if holds(middle) else (low, middle - 1)
    return low


class _Unit(NamedTuple):
    """A statement: an item of the file (of a heading that part alone), or the statement number `part` below one."""

    item: int
    part: int | None
    node: nodes.FileItem | Below
    span: Span


def _units(source: Source, items: Sequence[nodes.FileItem]) -> list[_Unit]:
    found: list[_Unit] = []
    for at, item in enumerate(items):
        found.append(_Unit(at, None, item, heading_span(source, item)))
        found.extend(_Unit(at, number, part, part.span) for number, part in enumerate(below(item)))
    return found


class _Region(NamedTuple):
    """What is read anew: lines `first` up to `end` of the old document (from 0), now those up to `new_end`.

    They begin with the statement `opening` and end with `closing`, which should come out as they were; without one,
    they begin at the first line if that was edited, else at the second, or go on to the end.
    """

    opening: _Unit | None
    closing: _Unit | None
    first: int
    end: int
    new_end: int

    def holds(self, position: Position) -> bool:
        """Whether a place of the old document is read anew."""
        return self.first < position.line <= self.end


def _region(old: Parsed, new: Source) -> _Region | None:
    """The region around what was changed; None where it is not evident."""
    source = old.source
    change = _Change.between(source.document, new)
    if len(source.text) > max(_ROOM, 2 * len(new.text)):
        return None
    if change.first == 0 and not (_FIRST_LINE.match(source.document.text) and _FIRST_LINE.match(new.text)):
        return None
    ground = _Ground(source, _units(source, old.file.items), _troubles(old))
    opening, closing = ground.opening(change.first), ground.closing(change.end)
    first = min(change.first, 1)
    if opening is None and first and not _NOTHING_MORE.match(source.document.text.removeprefix("\ufeff")):
        return None
    if opening is not None and opening.part is not None and ground.is_troubled(old.file.items[opening.item]):
        return None
    first = first if opening is None else ground.line(opening)
    end = len(source.document.line_starts) if closing is None else source.position(closing.span.end).line
    return _Region(opening, closing, first, end, end + change.new_end - change.end)


def _troubles(parsed: Parsed) -> list[Position]:
    """Where something is wrong, and where what is lost begins."""
    starts = (*(each.place.span.start for each in parsed.diagnostics), *(each.start for each in parsed.lost))
    return sorted(map(parsed.source.position, starts))


@dataclass(frozen=True)
class _Ground:
    """The statements of a text and what is wrong with it: where is firm ground?"""

    source: Source
    units: Sequence[_Unit]
    troubles: Sequence[Position]

    def line(self, unit: _Unit) -> int:
        """The line, from 0, on which a statement begins."""
        return self.source.position(unit.span.start).line - 1

    def opening(self, line: int) -> _Unit | None:
        """The last statement that ends above a line, begins a line, and has nothing wrong right before it."""
        at = bisect_left(self.units, line + 1, key=lambda each: self.source.position(each.span.end).line) - 1
        while at >= 0 and not self._opens(at):
            at -= 1
        return self.units[at] if at >= 0 else None

    def closing(self, line: int) -> _Unit | None:
        """The first statement from a line on that has its lines for itself, with nothing wrong up to the next one."""
        at = bisect_left(self.units, line, key=self.line)
        while at < len(self.units) and not self._closes(at):
            at += 1
        return self.units[at] if at < len(self.units) else None

    def is_troubled(self, item: nodes.FileItem) -> bool:
        """Whether something is wrong on the lines of a heading."""
        start, end = heading_span(self.source, item)
        first, last = self.source.position(start).line, self.source.position(end).line
        return bisect_left(self.troubles, (first, 0)) < bisect_left(self.troubles, (last + 1, 0))

    def _opens(self, at: int) -> bool:
        before = at - 1 if at > 0 else None
        return self._begins_line(at) and not self._wrong_between(before, at)

    def _closes(self, at: int) -> bool:
        ends = _NOTHING_MORE.match(self.source.text, self.units[at].span.end)
        following = at + 1 if at + 1 < len(self.units) else None
        return self._begins_line(at) and ends is not None and not self._wrong_between(at, following)

    def _begins_line(self, at: int) -> bool:
        start = self.units[at].span.start
        return not self.source.text[self.source.line_start(start) : start].strip("\ufeff \t")

    def _wrong_between(self, start: int | None, end: int | None) -> bool:
        """Whether something is wrong from one statement (or the beginning) up to another one (or the end)."""
        low = 0 if start is None else bisect_left(self.troubles, self._position(start))
        high = len(self.troubles) if end is None else bisect_left(self.troubles, self._position(end))
        return low < high

    def _position(self, at: int) -> Position:
        return self.source.position(self.units[at].span.start)


@dataclass(frozen=True)
class _Reread:
    """What was read anew, in the scrapbook that holds it. What counts stands from the offset `live` on; before it may
    stand a copy of the heading that the lines belong to."""

    parsed: Parsed
    live: int

    def holds(self, offset: int) -> bool:
        """Whether something read anew stands in the document."""
        return self.live <= offset


def _read(old: Parsed, new: Source, region: _Region) -> _Reread:
    """Reads the lines of a region below their heading."""
    head = ""
    if region.opening is not None and region.opening.part is not None:
        start, end = heading_span(old.source, old.file.items[region.opening.item])
        head = old.source.text[start:end] + "\n"
    starts = (*new.line_starts, len(new.text))
    lines = new.text[starts[region.first] : starts[region.new_end]]
    source = extended(old.source, new, range(region.first, region.end), region.new_end - region.first, head, lines)
    return _Reread(parse(source, source.newest), source.newest + len(head))


def _spliced(old: Parsed, new: Source, region: _Region) -> Parsed | None:
    """The parse of the new text; None if what was read anew does not fit in where the old lines stood."""
    read = _read(old, new, region)
    items, lost = _fitted(old, read, region), _lost(old, read, region)
    marked = None if items is None or _reaches_further(old, read) else _marked(items, old, lost)
    if marked is None:
        return None
    source = read.parsed.source
    stay = (each for each in old.diagnostics if not region.holds(old.source.position(each.place.span.start)))
    new_ones = (each for each in read.parsed.diagnostics if read.holds(each.place.span.start))
    return Parsed(source, replace(old.file, items=marked), (*stay, *new_ones), lost)


def _lost(old: Parsed, read: _Reread, region: _Region) -> tuple[Lost, ...]:
    """The lost statements of the new text."""
    stay = (each for each in old.lost if not region.holds(old.source.position(each.start)))
    return (*stay, *(each for each in read.parsed.lost if read.holds(each.start)))


def _reaches_further(old: Parsed, read: _Reread) -> bool:
    """Whether mistakes may depend on others elsewhere: a wrong name is reported once, wherever else it stands, and so
    is a wrong language, and a heading may be lost with what is wrong right behind it."""
    once = any(each.code in _REPORTED_ONCE for each in (*old.diagnostics, *read.parsed.diagnostics))
    return once or any(not read.holds(each.start) for each in read.parsed.lost)


def _fitted(old: Parsed, read: _Reread, region: _Region) -> tuple[nodes.FileItem, ...] | None:
    """The items with what was read anew in its place; None where the statements that should have stayed did not."""
    items, fresh = old.file.items, list(read.parsed.file.items)
    opening, closing = region.opening, region.closing
    if not _begins_with(fresh, opening, items) or not _ends_with(fresh, closing):
        return None
    if opening is not None and opening.part is not None:
        fresh[0] = _below_old(items[opening.item], opening.part, fresh[0])
    before = () if opening is None else items[: opening.item]
    if closing is None:
        return (*before, *fresh)
    heading = items[closing.item]
    rest = below(heading)[0 if closing.part is None else closing.part + 1 :]
    if rest:
        last = fresh[-1]
        if type(last) is not type(heading) or (called(last) != called(heading) and old.lost):
            return None
        fresh[-1] = _with(last, (*below(last), *rest))
    return (*before, *fresh, *items[closing.item + 1 :])


def _begins_with(fresh: Sequence[nodes.FileItem], opening: _Unit | None, items: Sequence[nodes.FileItem]) -> bool:
    """Whether the first statement came out as it was, behind a copy of its heading if it needs one."""
    if opening is None:
        return True
    if opening.part is None:
        return bool(fresh) and same_heading(fresh[0], items[opening.item])
    return bool(fresh) and same_heading(fresh[0], items[opening.item]) and below(fresh[0])[:1] == (opening.node,)


def _ends_with(fresh: Sequence[nodes.FileItem], closing: _Unit | None) -> bool:
    """Whether the last statement came out as it was."""
    if closing is None:
        return True
    if not fresh:
        return False
    parts = below(fresh[-1])
    if closing.part is not None:
        return parts[-1:] == (closing.node,)
    return not parts and isinstance(closing.node, nodes.FileItem) and same_heading(fresh[-1], closing.node)


def _below_old(item: nodes.FileItem, part: int, fresh: nodes.FileItem) -> nodes.FileItem:
    """A heading with its own statements up to number `part`, and behind them those of its copy."""
    made = _with(item, (*below(item)[:part], *below(fresh)))
    return replace(made, broken=False) if isinstance(made, Heading) else made


def _with(item: nodes.FileItem, statements: tuple[Below, ...]) -> nodes.FileItem:
    return with_below(item, statements) if isinstance(item, Heading) else item


def _marked(items: Sequence[nodes.FileItem], old: Parsed, lost: Sequence[Lost]) -> tuple[nodes.FileItem, ...] | None:
    """The items with `broken` on those that have lost a statement; None if one has lost none any more, since it may be
    broken for another reason."""
    names, before = {each.heading for each in lost}, {each.heading for each in old.lost}
    known = {id(each) for each in old.file.items}
    if any(id(each) in known and called(each) in before - names for each in items):
        return None
    return tuple(
        replace(each, broken=True) if isinstance(each, Heading) and called(each) in names else each for each in items
    )
