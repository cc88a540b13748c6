"""The parse of a text that came out of another one by an edit, at the cost of the lines that were edited.

Promises what `parse` of the new text would give: an equal tree, each node at the same line and column, the same
diagnostics and lost statements. Only the edited lines are read, with a sound statement on either side; the nodes of all
other statements are the very same objects, so that whoever remembers something of a node knows that it still holds.
Whatever is not evident (an edited heading, statements that come to stand below another one) is left to `parse`.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from scoreline.dsl import nodes
from scoreline.dsl.changes import Change
from scoreline.dsl.edited import extended
from scoreline.dsl.headings import Below, Heading, below, heading_span, same_heading, with_below
from scoreline.dsl.parse import Parsed, called, parse
from scoreline.dsl.source import Position, Source

# The statements of a text that grew larger than this, and than twice its document, are read anew.
_ROOM = 100_000
_NOTHING_MORE = re.compile(r"[ \t]*(?:#[^\r\n]*)?(?=[\r\n]|\Z)")
# What is told once of a whole file: a wrong name, and the language of its words.
_TOLD_ONCE = ("E118", "E124")


def revised(old: Parsed, text: str) -> Parsed:
    """The parse of `text`, an edited version of what `old` was made of."""
    if text == old.source.written.text:
        return old
    new = Source(old.source.name, text)
    region = _region(old, new)
    return (region and _spliced(old, new, region)) or parse(new)


class _Region(NamedTuple):
    """What is read anew: lines `first` up to `end` of the old document, now those up to `new_end`.

    They stand below the heading that is the item number `item`. Of its statements the first `kept` stay as they are,
    and those from number `resumed` on; the lines begin with the statement `opening` and end with `closing`, which
    should come out as they were. `following` is the next item, where the lines go up to it.
    """

    item: int
    kept: int
    resumed: int
    opening: Below | None
    closing: Below | None
    following: nodes.FileItem | None
    first: int
    end: int
    new_end: int

    def holds(self, position: Position) -> bool:
        """Whether a place of the old document is read anew."""
        return self.first < position.line <= self.end


def _region(old: Parsed, new: Source) -> _Region | None:
    """The region around what was changed; None where it is not evident."""
    source, items = old.source, old.file.items
    change = Change.between(source.written, new)
    at = bisect_right(items, change.first, key=lambda each: _line(source, each)) - 1
    if change.first == 0 or at < 0 or len(source.text) > max(_ROOM, 2 * len(new.text)):
        return None
    item, following = items[at], items[at + 1] if at + 1 < len(items) else None
    if not isinstance(item, Heading) or not _is_alone(items, item):
        return None
    if following is not None and (not _begins_line(source, following) or _line(source, following) < change.end):
        return None
    return _below(old, change, at, following)


def _below(old: Parsed, change: Change, at: int, following: nodes.FileItem | None) -> _Region | None:
    """The region below a heading that is itself as it was."""
    source, item = old.source, old.file.items[at]
    parts = below(item)
    heading_end = source.position(heading_span(source, item).end).line
    troubles = _troubles(old)
    overlaps = heading_end > change.first or (parts and _line(source, parts[0]) < heading_end)
    if overlaps or _is_troubled(source, item, troubles):
        return None
    before = bisect_left(parts, change.first + 1, key=lambda each: source.position(each.span.end).line) - 1
    while before >= 0 and not _opens(source, (item, *parts), before, troubles):
        before -= 1
    behind = bisect_left(parts, change.end, key=lambda each: _line(source, each))
    while behind < len(parts) and not _closes(source, (*parts, following), behind, troubles):
        behind += 1
    opening = parts[before] if before >= 0 else None
    closing = parts[behind] if behind < len(parts) else None
    following = following if closing is None else None
    first = heading_end if opening is None else _line(source, opening)
    end = _end(source, closing, following)
    later = change.new_end - change.end
    return _Region(at, max(before, 0), behind + 1, opening, closing, following, first, end, end + later)


def _end(source: Source, closing: nodes.Node | None, following: nodes.Node | None) -> int:
    """Behind the last line that is read anew: that of a statement, or the one before the next item, or the text's."""
    if closing is not None:
        return source.position(closing.span.end).line
    return len(source.written.line_starts) if following is None else _line(source, following)


def _troubles(parsed: Parsed) -> list[Position]:
    """Where something is wrong, and where what is lost begins."""
    starts = (*(each.place.span.start for each in parsed.diagnostics), *(each.start for each in parsed.lost))
    return sorted(map(parsed.source.position, starts))


def _is_troubled(source: Source, item: nodes.FileItem, troubles: Sequence[Position]) -> bool:
    """Whether something is wrong on the lines of a heading."""
    last = source.position(heading_span(source, item).end).line
    return bisect_left(troubles, (_line(source, item) + 1, 0)) < bisect_left(troubles, (last + 1, 0))


def _line(source: Source, node: nodes.Node) -> int:
    """The line of the document, from 0, on which a node begins."""
    return source.position(node.span.start).line - 1


def _is_alone(items: Sequence[nodes.FileItem], item: nodes.FileItem) -> bool:
    return sum(called(each) == called(item) for each in items) == 1


def _begins_line(source: Source, node: nodes.Node) -> bool:
    return not source.text[source.line_start(node.span.start) : node.span.start].strip()


def _opens(source: Source, nodes_: Sequence[nodes.Node], index: int, troubles: Sequence[Position]) -> bool:
    """Whether a statement begins its line, and nothing is wrong from the one before (`nodes_[index]`) up to it."""
    before, node = nodes_[index : index + 2]
    return _begins_line(source, node) and not _between(troubles, source, before, node)


def _closes(source: Source, nodes_: Sequence[nodes.Node | None], index: int, troubles: Sequence[Position]) -> bool:
    """Whether a statement has its lines for itself, and nothing is wrong from it up to what follows."""
    node, after = nodes_[index : index + 2]
    if node is None or not _begins_line(source, node) or not _NOTHING_MORE.match(source.text, node.span.end):
        return False
    return not _between(troubles, source, node, after)


def _between(troubles: Sequence[Position], source: Source, start: nodes.Node, end: nodes.Node | None) -> bool:
    """Whether something is wrong from one node up to another one, or to the end."""
    until = len(troubles) if end is None else bisect_left(troubles, source.position(end.span.start))
    return bisect_left(troubles, source.position(start.span.start)) < until


@dataclass(frozen=True)
class _Read:
    """What was read anew, in the scrapbook that holds it; what counts begins at the offsets `live` up to `end`."""

    parsed: Parsed
    live: int
    end: int

    def holds(self, offset: int) -> bool:
        """Whether something read anew stands in the document."""
        return self.live <= offset < self.end


def _read(old: Source, new: Source, item: nodes.FileItem, region: _Region) -> _Read:
    """Reads the lines of a region below its heading, and before the heading of what follows."""
    starts = (*new.line_starts, len(new.text))
    lines = new.text[starts[region.first] : starts[region.new_end]]
    head = _heading_text(old, item) + "\n"
    tail = "" if region.following is None else _heading_text(old, region.following)
    source = extended(old, new, range(region.first, region.end), region.new_end - region.first, head, lines + tail)
    live = source.newest + len(head)
    # Where nothing follows, something may be missing at the very end.
    return _Read(parse(source, source.newest), live, live + len(lines) + (not tail))


def _heading_text(source: Source, item: nodes.FileItem) -> str:
    start, end = heading_span(source, item)
    return source.text[start:end]


def _spliced(old: Parsed, new: Source, region: _Region) -> Parsed | None:
    """The parse of the new text; None if what was read anew does not fit in where the old lines stood."""
    items = old.file.items
    read = _read(old.source, new, items[region.item], region)
    item = _fitted(items[region.item], read.parsed.file.items, region)
    if item is None or _reach_further(old, read, region):
        return None
    source = read.parsed.source
    stay = [each for each in old.diagnostics if not region.holds(old.source.position(each.place.span.start))]
    told = [each for each in read.parsed.diagnostics if read.holds(each.place.span.start)]
    moved = (each.moved_to({source.name: source}) for each in stay)
    diagnostics = sorted((*moved, *told), key=lambda each: each.reading_key)
    lost = (
        *(each for each in old.lost if not region.holds(old.source.position(each.start))),
        *(each for each in read.parsed.lost if read.holds(each.start)),
    )
    item = replace(item, broken=any(each.heading == called(item) for each in lost))
    file = replace(old.file, items=(*items[: region.item], item, *items[region.item + 1 :]))
    return Parsed(source, file, tuple(diagnostics), lost)


def _reach_further(old: Parsed, read: _Read, region: _Region) -> bool:
    """Whether mistakes in these lines may have to do with others: a wrong name is told once, wherever else it stands, a
    heading may be lost with what is wrong right behind it, and a text that is not closed may go on in the next line."""
    if any(each.code in _TOLD_ONCE for each in (*old.diagnostics, *read.parsed.diagnostics)):
        return True
    if any(each.start < read.live for each in read.parsed.lost):
        return True
    if region.following is None:
        return False
    behind = any(each.place.span.start >= read.end for each in read.parsed.diagnostics)
    return behind or _is_troubled(old.source, region.following, _troubles(old))


def _fitted(old: nodes.FileItem, read: tuple[nodes.FileItem, ...], region: _Region) -> Heading | None:
    """The item with what was read anew in its place; None where the statements that should have stayed did not."""
    wanted = (old,) if region.following is None else (old, region.following)
    if len(read) != len(wanted) or not all(map(same_heading, wanted, read)) or not isinstance(old, Heading):
        return None
    fresh, parts = below(read[0]), below(old)
    opens = region.opening is None or fresh[:1] == (region.opening,)
    closes = region.closing is None or fresh[-1:] == (region.closing,)
    if not opens or not closes or any(below(each) for each in read[1:]):
        return None
    return with_below(old, (*parts[: region.kept], *fresh, *parts[region.resumed :]))
