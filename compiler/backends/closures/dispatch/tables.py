"""The tables of a variable: what each of its values means for the rules of a sheet.

An entry has the points of the rules that the value alone makes fire, their numbers, and, as the bits of a whole number,
the joined rows that it does not rule out. Rules in groups with bounds give no points here; groups are settled later.
"""

import math
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from scoreline.compiler import plan
from scoreline.compiler.backends.closures.dispatch.accepted import Accepted, Atom, Listed, Ranges, Variable
from scoreline.compiler.backends.closures.dispatch.choice import Number, Sheet

Entry = tuple[()] | tuple[int, tuple[Number, ...]] | tuple[int, tuple[Number, ...], int]
"""Points, rules that fire, and joined rows that are not ruled out; without the last where no joined row asks about the
variable, and then empty where no rule fires."""

_WIDEST = 256
"""Counts up to this are looked up by their place, without a search."""

_MOST_NUMBERS = 1 << 18
"""A table with more numbers of rules in its entries (8 bytes each) becomes two, so that memory grows with the rules and
not with their square."""


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


def tables(sheet: Sheet, worth: Sequence[int]) -> list[tuple[Variable, Table]]:
    """The tables of a sheet, by what they are about. `worth` are each rule's points, 0 where its group has bounds."""
    rows: dict[Variable, list[tuple[int, Accepted]]] = {}
    for place, (_, row) in enumerate(sheet.joined):
        for variable, test in row.tests.items():
            rows.setdefault(variable, []).append((1 << place, test.accepted))
    all_rows = (1 << len(sheet.joined)) - 1
    made: list[tuple[Variable, Table]] = []
    for variable in sorted({*sheet.tested, *rows}, key=repr):
        tested = sheet.tested.get(variable, [])
        made.extend((variable, each) for each in _split(variable, tested, rows.get(variable, []), worth, all_rows))
    return made


def _split(
    variable: Variable,
    tested: Sequence[tuple[Number, Accepted]],
    rows: Sequence[tuple[int, Accepted]],
    worth: Sequence[int],
    all_rows: int,
) -> Iterator[Table]:
    """One table, or halves of it."""
    table = _table(variable, tested, rows, worth, all_rows)
    half = len(tested) // 2
    if half and sum(len(entry[1]) for entry in _entries(table) if entry) > _MOST_NUMBERS:
        yield from _split(variable, tested[:half], rows, worth, all_rows)
        yield from _split(variable, tested[half:], (), worth, all_rows)
    else:
        yield table


def _entries(table: Table) -> Collection[Entry]:
    return table.entries.values() if isinstance(table, ByValue) else table.entries


def _table(
    variable: Variable,
    tested: Iterable[tuple[Number, Accepted]],
    rows: Sequence[tuple[int, Accepted]],
    worth: Sequence[int],
    all_rows: int,
) -> Table:
    """`rows` are joined rows by their bit; those that do not ask about the variable are never ruled out by it."""
    made = _Maker(worth, all_rows & ~sum(bit for bit, _ in rows) if rows else None)
    accepted = [*((one, number, 0) for number, one in tested), *((one, None, bit) for bit, one in rows)]
    if isinstance(accepted[0][0], Listed):
        return made.by_value([(one, number, bit) for one, number, bit in accepted if isinstance(one, Listed)])
    ranges = [(one, number, bit) for one, number, bit in accepted if isinstance(one, Ranges)]
    if isinstance(variable, plan.CountRef):
        ranges = [(_whole(one), number, bit) for one, number, bit in ranges]
        if max(_borders(ranges), default=0) <= _WIDEST:
            return made.by_count(ranges)
    return made.by_range(ranges)


def _whole(accepted: Ranges) -> Ranges:
    """The same whole numbers, between whole borders."""
    return Ranges(tuple((_up(low), _up(high)) for low, high in accepted.intervals), accepted.missing)


def _up(border: float) -> float:
    return border if math.isinf(border) else math.ceil(border)


def _borders(ranges: Iterable[tuple[Ranges, Number | None, int]]) -> list[float]:
    ends = {end for accepted, _, _ in ranges for interval in accepted.intervals for end in interval}
    return sorted(end for end in ends if not math.isinf(end))


class _Maker:
    """Collects, for each region of values, the rules that fire and the rows that stay, and makes entries of them."""

    def __init__(self, worth: Sequence[int], free: int | None) -> None:
        """`free` are the joined rows that do not ask about the variable; None if none of them does."""
        self._worth, self._free = worth, free

    def _entry(self, hangs: Iterable[tuple[Number | None, int]]) -> Entry:
        numbers: list[Number] = []
        rows = self._free or 0
        for number, bit in hangs:
            if number is None:
                rows |= bit
            else:
                numbers.append(number)
        points = sum(self._worth[number] for number in numbers)
        if self._free is None:
            return (points, tuple(numbers)) if numbers else ()
        return points, tuple(numbers), rows

    def by_value(self, accepted: Sequence[tuple[Listed, Number | None, int]]) -> ByValue:
        named = {value for one, _, _ in accepted for value in one.values}
        hangs: defaultdict[Atom | None, list[tuple[Number | None, int]]] = defaultdict(list)
        others: list[tuple[Number | None, int]] = []
        for one, number, bit in accepted:
            if one.others:
                others.append((number, bit))
            for value in named - one.values if one.others else one.values:
                hangs[value].append((number, bit))
            if one.missing:
                hangs[None].append((number, bit))
        return ByValue({value: self._entry(hangs[value]) for value in (*named, None)}, self._entry(others))

    def by_range(self, accepted: Sequence[tuple[Ranges, Number | None, int]]) -> ByRange:
        borders = _borders(accepted)
        hangs: list[list[tuple[Number | None, int]]] = [[] for _ in range(len(borders) + 1)]
        missing: list[tuple[Number | None, int]] = []
        for one, number, bit in accepted:
            for low, high in one.intervals:
                first = 0 if low == -math.inf else bisect_left(borders, low) + 1
                behind = len(hangs) if high == math.inf else bisect_left(borders, high) + 1
                for region in range(first, behind):
                    hangs[region].append((number, bit))
            if one.missing:
                missing.append((number, bit))
        return ByRange(tuple(borders), tuple(map(self._entry, hangs)), self._entry(missing))

    def by_count(self, accepted: Sequence[tuple[Ranges, Number | None, int]]) -> ByCount:
        ranges = self.by_range(accepted)
        top = max(0, *(int(border) for border in ranges.borders), 0)
        places = (sum(border <= count for border in ranges.borders) for count in range(top + 1))
        return ByCount(tuple(ranges.entries[place] for place in places))
