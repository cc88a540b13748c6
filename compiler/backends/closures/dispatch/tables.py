"""The tables of a variable: what each of its values means for the rules of a sheet.

An entry has the points of the rules that the value alone makes fire, their numbers, and, as the bits of a whole number,
the joined rows that it does not rule out. Rules in groups with bounds give no points here; groups are settled later.
"""

import math
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import TypeVar

from scoreline.compiler import plan
from scoreline.compiler.accepted import Accepted, Atom, Listed, Ranges, Variable
from scoreline.compiler.backends.closures.dispatch.choice import Number, Sheet

Entry = tuple[()] | tuple[int, tuple[Number, ...]] | tuple[int, tuple[Number, ...], int]
"""Points, rules that fire, and joined rows that are not ruled out; without the last where no joined row asks about the
variable, and then empty where no rule fires."""

Kind = TypeVar("Kind", Listed, Ranges)

_WIDEST = 256
"""Counts up to this are looked up by their place, without a search."""

_MOST_NUMBERS = 1 << 18
"""What would be a table with more numbers of rules in its entries (8 bytes each) becomes several, so that memory grows
with the rules and not with their square."""


@dataclass(frozen=True)
class ByValue:
    """Entries by value; `other` is for a known value that no rule names."""

    entries: Mapping[Atom | None, Entry]
    other: Entry


@dataclass(frozen=True)
class ByRange:
    """Entries of the intervals between borders, each border being the beginning of the interval behind it."""

    borders: tuple[float, ...]
    entries: tuple[Entry, ...]
    missing: Entry


@dataclass(frozen=True)
class ByCount:
    """Entries of the counts from 0 on; the last is for all higher ones."""

    entries: tuple[Entry, ...]


Table = ByValue | ByRange | ByCount


Tested = Sequence[tuple[Number, Accepted]]
Rows = Sequence[tuple[int, Accepted]]
"""Joined rows by their bit."""


def tables(sheet: Sheet, worth: Sequence[int]) -> list[tuple[Variable, Table]]:
    """The tables of a sheet, by what they are about. `worth` are each rule's points, 0 where its group has bounds."""
    rows: dict[Variable, list[tuple[int, Accepted]]] = {}
    for place, (_, row) in enumerate(sheet.joined):
        for variable, test in row.tests.items():
            rows.setdefault(variable, []).append((1 << place, test.accepted))
    all_rows = (1 << len(sheet.joined)) - 1
    made: list[tuple[Variable, Table]] = []
    for variable in sorted({*sheet.tested, *rows}, key=repr):
        asking = rows.pop(variable, [])
        for tested in _parted(sheet.tested.get(variable, [])):
            made.append((variable, _table(variable, tested, asking, worth, all_rows)))
            asking = []
    return made


def _parted(tested: Tested) -> Iterator[Tested]:
    """The tests of one table, or of each of several, none of which becomes too large."""
    half = len(tested) // 2
    if half and _numbers_in_entries([accepted for _, accepted in tested]) > _MOST_NUMBERS:
        yield from _parted(tested[:half])
        yield from _parted(tested[half:])
    else:
        yield tested


def _numbers_in_entries(tests: Sequence[Accepted]) -> int:
    """How many numbers of rules all entries of a table would hold together."""
    listed = [each for each in tests if isinstance(each, Listed)]
    named = len({value for each in listed for value in each.values})
    several = sum(named - len(each.values) + 1 if each.others else len(each.values) for each in listed)
    ranges = [each for each in tests if isinstance(each, Ranges)]
    borders = _borders(ranges)
    return several + sum(behind - first for each in ranges for first, behind in _regions(each, borders))


def _table(variable: Variable, tested: Tested, rows: Rows, worth: Sequence[int], all_rows: int) -> Table:
    """A table; `rows` are the joined rows that ask about the variable, the others are never ruled out by it."""
    free = all_rows & ~_bits(rows) if rows else None
    made = _Maker(worth, free)
    if isinstance((*tested, *rows)[0][1], Listed):
        return made.by_value(_of(Listed, tested), _of(Listed, rows))
    numbers, bits = _of(Ranges, tested), _of(Ranges, rows)
    if isinstance(variable, plan.CountRef):
        numbers = [(number, _whole(accepted)) for number, accepted in numbers]
        bits = [(bit, _whole(accepted)) for bit, accepted in bits]
        if max(_borders(accepted for _, accepted in (*numbers, *bits)), default=0) <= _WIDEST:
            return made.by_count(numbers, bits)
    return made.by_range(numbers, bits)


def _of(kind: type[Kind], tests: Sequence[tuple[int, Accepted]]) -> list[tuple[int, Kind]]:
    """The tests of a variable are all of one kind."""
    return [(number, accepted) for number, accepted in tests if isinstance(accepted, kind)]


def _bits(rows: Iterable[tuple[int, Accepted]]) -> int:
    return sum(bit for bit, _ in rows)


def _whole(accepted: Ranges) -> Ranges:
    """The same whole numbers, between whole borders."""
    return Ranges(tuple((_up(low), _up(high)) for low, high in accepted.intervals), accepted.missing)


def _up(border: float) -> float:
    return border if math.isinf(border) else math.ceil(border)


def _borders(ranges: Iterable[Ranges]) -> list[float]:
    ends = {end for accepted in ranges for interval in accepted.intervals for end in interval}
    return sorted(end for end in ends if not math.isinf(end))


def _regions(accepted: Ranges, borders: Sequence[float]) -> Iterator[tuple[int, int]]:
    """The regions between borders that a test accepts, from one on to before another, of each of its intervals."""
    for low, high in accepted.intervals:
        first = 0 if low == -math.inf else bisect_left(borders, low) + 1
        yield first, len(borders) + 1 if high == math.inf else bisect_left(borders, high) + 1


class _Maker:
    """Makes the entries of one table: of the numbers of the rules that fire, and the joined rows that stay."""

    def __init__(self, worth: Sequence[int], free: int | None) -> None:
        """`free` are the joined rows that do not ask about the variable; None if none of them does."""
        self._worth, self._free = worth, free

    def _entry(self, numbers: Iterable[Number], rows: int) -> Entry:
        fired = tuple(numbers)
        points = sum(self._worth[number] for number in fired)
        if self._free is None:
            return (points, fired) if fired else ()
        return points, fired, rows | self._free

    def _missing(self, tested: Sequence[tuple[int, Accepted]], rows: Sequence[tuple[int, Accepted]]) -> Entry:
        return self._entry(
            [number for number, accepted in tested if accepted.missing],
            _bits((bit, accepted) for bit, accepted in rows if accepted.missing),
        )

    def by_value(self, tested: Sequence[tuple[int, Listed]], rows: Sequence[tuple[int, Listed]]) -> ByValue:
        """A value is accepted by the tests that name it, and by those of all others that do not name it."""
        others = [number for number, accepted in tested if accepted.others]
        others_bits = _bits((bit, accepted) for bit, accepted in rows if accepted.others)
        naming: defaultdict[Atom, set[Number]] = defaultdict(set)
        naming_bits: defaultdict[Atom, int] = defaultdict(int)
        for number, accepted in tested:
            for value in accepted.values:
                naming[value].add(number)
        for bit, accepted in rows:
            for value in accepted.values:
                naming_bits[value] |= bit
        entries: dict[Atom | None, Entry] = {None: self._missing(tested, rows)}
        for value in {**naming, **naming_bits}:
            # What names a value either accepts it, or all others but it.
            numbers = sorted(naming[value].symmetric_difference(others))
            entries[value] = self._entry(numbers, naming_bits[value] ^ others_bits)
        return ByValue(entries, self._entry(others, others_bits))

    def by_range(self, tested: Sequence[tuple[int, Ranges]], rows: Sequence[tuple[int, Ranges]]) -> ByRange:
        """One walk over the regions: joined rows come in where an interval begins, and leave where it ends."""
        borders = _borders(accepted for _, accepted in (*tested, *rows))
        numbers: list[list[Number]] = [[] for _ in range(len(borders) + 1)]
        turns = [0] * (len(borders) + 2)
        for number, accepted in tested:
            for first, behind in _regions(accepted, borders):
                for region in range(first, behind):
                    numbers[region].append(number)
        for bit, accepted in rows:
            for first, behind in _regions(accepted, borders):
                turns[first] ^= bit
                turns[behind] ^= bit
        staying: Iterator[int] = accumulate(turns, lambda before, turn: before ^ turn)
        entries = tuple(map(self._entry, numbers, staying))
        return ByRange(tuple(borders), entries, self._missing(tested, rows))

    def by_count(self, tested: Sequence[tuple[int, Ranges]], rows: Sequence[tuple[int, Ranges]]) -> ByCount:
        """The entry of each count up to the highest border, beyond which nothing changes."""
        ranges = self.by_range(tested, rows)
        top = max(0, int(ranges.borders[-1])) if ranges.borders else 0
        return ByCount(tuple(ranges.entries[bisect_right(ranges.borders, count)] for count in range(top + 1)))
