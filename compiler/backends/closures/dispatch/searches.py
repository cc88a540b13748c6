"""The tables of a search: which parts rules look for in a text, and what it means for them if a part is found.

A rule that looks for one part hangs on it with its points; a rule that looks for any of several is noted once for each
part found and settled afterwards, so that it fires once.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from scoreline.compiler import plan
from scoreline.compiler.backends.closures.dispatch.choice import Number, Sheet
from scoreline.compiler.backends.closures.dispatch.rows import Part
from scoreline.compiler.operators import Position

Finding = tuple[int, tuple[Number, ...], tuple[Number, ...], int]
"""Points, rules that fire, rules of which any part is enough, joined rows that this keeps."""

FEW_NEEDLES = 64
"""Up to so many needles are looked for one by one, which C does faster than Python can look up pieces of the text."""

_PIECE = 3
_BEFORE, _BEHIND = 2, 5
"""How much a piece has before a blank, and from the blank on."""


@dataclass(frozen=True)
class FieldSearches:
    """What is looked for in one field. `kept` are the joined rows that do not depend on it."""

    findings: Mapping[Part, Finding]
    kept: int

    def by_position(self) -> dict[Position | None, dict[str, Finding]]:
        """The parts by where they have to stand."""
        found: dict[Position | None, dict[str, Finding]] = {}
        for (position, text), finding in self.findings.items():
            found.setdefault(position, {})[text] = finding
        return found


def searches(sheet: Sheet, worth: Sequence[int]) -> dict[plan.Field, FieldSearches]:
    """What is looked for in each field of a sheet."""
    rows: dict[plan.Field, list[tuple[int, tuple[Part, ...]]]] = {}
    for place, (_, row) in enumerate(sheet.joined):
        for field, search in row.searches.items():
            rows.setdefault(field, []).append((1 << place, search.parts))
    all_rows = (1 << len(sheet.joined)) - 1
    fields = sorted({*sheet.searched, *rows}, key=repr)
    return {field: _searches(sheet.searched.get(field, []), rows.get(field, []), worth, all_rows) for field in fields}


def _searches(
    searched: Iterable[tuple[Number, tuple[Part, ...]]],
    rows: Sequence[tuple[int, tuple[Part, ...]]],
    worth: Sequence[int],
    all_rows: int,
) -> FieldSearches:
    alone: dict[Part, list[Number]] = {}
    several: dict[Part, list[Number]] = {}
    kept: dict[Part, int] = {}
    for number, parts in searched:
        for part in dict.fromkeys(parts):
            (alone if len(parts) == 1 else several).setdefault(part, []).append(number)
    for bit, parts in rows:
        for part in parts:
            kept[part] = kept.get(part, 0) | bit
    findings = {
        part: (
            sum(worth[number] for number in alone.get(part, ())),
            tuple(alone.get(part, ())),
            tuple(several.get(part, ())),
            kept.get(part, 0),
        )
        for part in dict.fromkeys((*alone, *several, *kept))
    }
    return FieldSearches(findings, all_rows & ~sum(bit for bit, _ in rows))


def scan(needles: Mapping[str, Finding]) -> Callable[[str], Collection[Finding]]:
    """Finds all needles in a text at once.

    Needles of several words are found by the letters on both sides of a blank, of which a text has few; others by the
    rarest piece of each, in one walk over the pieces of the text; what is too short for either, one by one.
    """
    phrases = {needle: finding for needle, finding in needles.items() if _around_blanks(needle)}
    words = {needle: finding for needle, finding in needles.items() if needle not in phrases}
    long = {needle: finding for needle, finding in words.items() if len(needle) >= _PIECE}
    alone = words if len(long) < FEW_NEEDLES else {each: words[each] for each in words if each not in long}
    by_blank = _by_rarest(phrases, _around_blanks).get
    by_piece = _by_rarest(long if alone is not words else {}, _pieces).get
    one_by_one, walking = list(alone.items()), alone is not words

    def found(text: str) -> Collection[Finding]:
        hits = {needle: finding for needle, finding in one_by_one if needle in text}
        place = text.find(" ", _BEFORE)
        while place > 0:
            for needle, finding in by_blank(text[place - _BEFORE : place + _BEHIND], ()):
                if needle in text:
                    hits[needle] = finding
            place = text.find(" ", place + 1)
        if walking:
            for start in range(len(text) - _PIECE + 1):
                for needle, finding in by_piece(text[start : start + _PIECE], ()):
                    if needle in text:
                        hits[needle] = finding
        return hits.values()

    return found


def _by_rarest(
    needles: Mapping[str, Finding], pieces_of: Callable[[str], list[str]]
) -> dict[str, list[tuple[str, Finding]]]:
    """Needles by that piece of them which the fewest of them share."""
    shared = Counter(piece for needle in needles for piece in pieces_of(needle))
    found: dict[str, list[tuple[str, Finding]]] = {}
    for needle, finding in needles.items():
        rarest = min(pieces_of(needle), key=shared.__getitem__)
        found.setdefault(rarest, []).append((needle, finding))
    return found


def _pieces(text: str) -> list[str]:
    return list(dict.fromkeys(text[place : place + _PIECE] for place in range(len(text) - _PIECE + 1)))


def _around_blanks(text: str) -> list[str]:
    """The pieces of a needle around each of its blanks, where there are letters enough on both sides."""
    last = len(text) - _BEHIND
    places = (place for place, letter in enumerate(text) if letter == " " and _BEFORE <= place <= last)
    return list(dict.fromkeys(text[place - _BEFORE : place + _BEHIND] for place in places))


def by_end(needles: Mapping[str, Finding], *, starts: bool) -> tuple[int, dict[str, tuple[tuple[str, Finding], ...]]]:
    """The length of the shortest needle, and the needles by their beginning, or end, of that length."""
    size = min(map(len, needles))
    found: dict[str, tuple[tuple[str, Finding], ...]] = {}
    for needle, finding in needles.items():
        part = needle[:size] if starts else needle[-size:]
        found[part] = (*found.get(part, ()), (needle, finding))
    return size, found


def one_mark(needles: Collection[str]) -> str | None:
    """The letter with which all needles begin and which is nowhere else in them, as `@` is in domains of mail.

    A text that ends with such a needle ends with it from its last such letter on: one look-up for all lengths.
    """
    first = {needle[0] for needle in needles}
    mark = first.pop()
    return mark if not first and all(mark not in needle[1:] for needle in needles) else None
