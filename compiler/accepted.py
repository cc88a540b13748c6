"""For which values of one variable a condition holds: a set of values, with `&` and `|` exactly as nodes have them.

A variable is a field of the record or a counter. `Listed` is for texts, choices and yes/no; `Ranges` for whatever has
an order: numbers, days, instants and counts, as intervals that include their lower end and not their upper one.
"""

import math
from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import reduce
from itertools import pairwise

from scoreline.compiler import plan

Variable = plan.Field | plan.DayOf | plan.CountRef
Atom = str | bool
Interval = tuple[float, float]
"""From (included) to (not included): whole numbers, or floats for a field that is a number."""


@dataclass(frozen=True, slots=True)
class Listed:
    """The `values`, or (`others`) every known value but these; and perhaps what is missing."""

    values: frozenset[Atom]
    others: bool = False
    missing: bool = False

    def __and__(self, other: "Listed") -> "Listed":
        """The values that both accept."""
        return (self.negative() | other.negative()).negative()

    def __or__(self, other: "Listed") -> "Listed":
        """The values that either accepts."""
        missing = self.missing or other.missing
        if self.others and other.others:
            return Listed(self.values & other.values, True, missing)
        if self.others:
            return Listed(self.values - other.values, True, missing)
        if other.others:
            return Listed(other.values - self.values, True, missing)
        return Listed(self.values | other.values, False, missing)

    def negative(self) -> "Listed":
        """Whatever this does not accept."""
        return Listed(self.values, not self.others, not self.missing)


@dataclass(frozen=True, slots=True)
class Ranges:
    """Intervals in ascending order, apart from each other; and perhaps what is missing."""

    intervals: tuple[Interval, ...]
    missing: bool = False

    def __and__(self, other: "Ranges") -> "Ranges":
        """The values that both accept."""
        missing = self.missing and other.missing
        return Ranges(_merged(self.intervals, other.intervals, lambda one, two: one and two), missing)

    def __or__(self, other: "Ranges") -> "Ranges":
        """The values that either accepts."""
        missing = self.missing or other.missing
        return Ranges(_merged(self.intervals, other.intervals, lambda one, two: one or two), missing)


Accepted = Listed | Ranges
EVERYTHING: Interval = (-math.inf, math.inf)


def of_node(node: plan.Node) -> tuple[Variable, Accepted] | None:
    """The variable that a test is about, and the values for which it holds; None for any other test."""
    match node:
        case plan.Compare(plan.Field() | plan.DayOf() | plan.CountRef() as variable, operator, right):
            accepted = _compared(operator, right)
        case plan.OneOf(plan.Field() | plan.DayOf() | plan.CountRef() as variable, values, negated):
            accepted = _one_of(values, negated)
        case _:
            return None
    return None if accepted is None else (variable, accepted)


def joined(parts: Sequence[Accepted], together: bool) -> Accepted:
    """What all parts (`together`) or any of them accept, of one variable; in halves, since there may be thousands."""
    if len(parts) > 2:
        middle = len(parts) // 2
        parts = (joined(parts[:middle], together), joined(parts[middle:], together))
    return reduce(_both if together else _either, parts)


def known(variable_is_listed: bool, negated: bool) -> Accepted:
    """What `is known` accepts, of a variable of either kind."""
    if variable_is_listed:
        return Listed(frozenset(), not negated, negated)
    return Ranges((), True) if negated else Ranges((EVERYTHING,))


def _both(one: Accepted, two: Accepted) -> Accepted:
    if isinstance(one, Listed):
        assert isinstance(two, Listed)
        return one & two
    assert isinstance(two, Ranges)
    return one & two


def _either(one: Accepted, two: Accepted) -> Accepted:
    if isinstance(one, Listed):
        assert isinstance(two, Listed)
        return one | two
    assert isinstance(two, Ranges)
    return one | two


def _compared(operator: plan.Operator, right: plan.Operand) -> Accepted | None:
    match right:
        case plan.Text() | plan.YesNo():
            values = frozenset[Atom]((right.value,))
            return {"==": Listed(values), "!=": Listed(values, True)}.get(operator)
        case plan.Number() | plan.Day() | plan.Instant():
            return Ranges(_beside(operator, right.value, _after(right)))
        case _:
            return None


def _one_of(values: tuple[plan.Constant, ...], negated: bool) -> Accepted | None:
    listed = frozenset(value.value for value in values if isinstance(value, plan.Text | plan.YesNo))
    if listed:
        return Listed(listed, negated)
    ordered = [value for value in values if isinstance(value, plan.Number | plan.Day | plan.Instant)]
    ends = sorted({(value.value, _after(value)) for value in ordered})
    among = _merged(ends, (), lambda one, _: one)
    return Ranges(_merged(among, (EVERYTHING,), lambda one, _: not one) if negated else among)


def _after(constant: plan.Number | plan.Day | plan.Instant) -> float:
    """The next value there is: the next float of a number, else the next whole number."""
    return math.nextafter(constant.value, math.inf) if isinstance(constant, plan.Number) else constant.value + 1


def _beside(operator: plan.Operator, value: float, after: float) -> tuple[Interval, ...]:
    low, high = EVERYTHING
    match operator:
        case "==":
            return ((value, after),)
        case "!=":
            return (low, value), (after, high)
        case "<":
            return ((low, value),)
        case "<=":
            return ((low, after),)
        case ">":
            return ((after, high),)
        case ">=":
            return ((value, high),)


def _merged(
    one: Sequence[Interval], two: Sequence[Interval], keep: Callable[[bool, bool], bool]
) -> tuple[Interval, ...]:
    """The places in which `keep` says yes of being in the one and in the other: a sweep over all ends."""
    ends = sorted({end for interval in (*one, *two) for end in interval})
    starts_of_one, starts_of_two = [low for low, _ in one], [low for low, _ in two]
    found: list[Interval] = []
    for low, high in pairwise(ends):
        if keep(_inside(one, starts_of_one, low), _inside(two, starts_of_two, low)):
            if found and found[-1][1] == low:
                found[-1] = (found[-1][0], high)
            else:
                found.append((low, high))
    return tuple(found)


def _inside(intervals: Sequence[Interval], starts: Sequence[float], value: float) -> bool:
    place = bisect_right(starts, value)
    return place > 0 and value < intervals[place - 1][1]
