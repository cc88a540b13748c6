"""What a single test says of a number: from where to where it may lie."""

import math
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from scoreline.compiler import checked
from scoreline.dsl import nodes
from scoreline.tools.lint.project import ModelView, Project, RuleView

_RANGES = (nodes.Between, nodes.Compare, nodes.Is)


class Interval(NamedTuple):
    """The numbers from `low` to `high`; the `with_` tell whether the ends are among them."""

    low: float
    with_low: bool
    high: float
    with_high: bool

    def holds(self, value: float) -> bool:
        """Whether a number is in it."""
        above = value > self.low or (self.with_low and value == self.low)
        return above and (value < self.high or (self.with_high and value == self.high))

    def inside(self, other: "Interval") -> bool:
        """Whether every number of it is in the other one."""
        low = self.low > other.low or (self.low == other.low and other.with_low >= self.with_low)
        high = self.high < other.high or (self.high == other.high and other.with_high >= self.with_high)
        return low and high


class Ranged(NamedTuple):
    """A rule that asks for one range of one number and nothing else, and its test as it is written."""

    rule: RuleView
    interval: Interval
    test: nodes.Test

    @property
    def wide(self) -> bool:
        """Whether more than one number is in it."""
        return self.interval.low < self.interval.high


class Held:
    """All numbers that any of several ranges holds."""

    def __init__(self, rules: Iterable[Ranged]) -> None:
        """Sort the ranges by their lower ends, each with the highest upper end so far."""
        intervals = sorted((each.interval for each in rules), key=lambda each: (each.low, not each.with_low))
        self._lows = [(each.low, not each.with_low) for each in intervals]
        self._highs: list[tuple[float, bool]] = []
        for each in intervals:
            self._highs.append(max((each.high, each.with_high), self._highs[-1] if self._highs else (-math.inf, False)))

    def __contains__(self, value: float) -> bool:
        """Whether a range holds a number."""
        before = bisect_left(self._lows, (value, True))
        return before > 0 and self._highs[before - 1] >= (value, True)


def interval(condition: checked.Condition | None) -> tuple[checked.Subject, Interval] | None:
    """The subject of a single test and the numbers that it allows; None for any other condition."""
    match condition:
        case checked.Comparing(left=left, operator=operator, right=nodes.Number() as right):
            value = right.value
            match operator:
                case "is":
                    return left, Interval(value, True, value, True)
                case ">=" | ">":
                    return left, Interval(value, operator == ">=", math.inf, False)
                case "<=" | "<":
                    return left, Interval(-math.inf, False, value, operator == "<=")
        case checked.Ranging(subject=subject, low=nodes.Number() as low, high=nodes.Number() as high):
            return subject, Interval(low.value, True, high.value, True)
        case _:
            return None


class Rivals(NamedTuple):
    """The rules of a model that ask for one range of the same number and nothing else, and how the number is called."""

    model: ModelView
    name: str
    rules: tuple[Ranged, ...]


def ranged_rules(project: Project) -> tuple[Rivals, ...]:
    """For each model, and each field of numbers and each count: its rules that ask for one range of it."""
    return project.once(_ranged_rules)


def _ranged_rules(project: Project) -> tuple[Rivals, ...]:
    return tuple(rivals for model in project.models for rivals in _rivals(model) if len(rivals.rules) > 1)


def _rivals(model: ModelView) -> Iterator[Rivals]:
    found: dict[tuple[nodes.Subject, nodes.Window | None], list[Ranged]] = defaultdict(list)
    for rule in model.rules:
        node = rule.node.condition if isinstance(rule.node, nodes.When) else None
        if not isinstance(node, nodes.Test) or not isinstance(node.comparison, _RANGES):
            continue
        asked = interval(rule.made.condition)
        if asked is not None and isinstance(asked[0], checked.Field | checked.Count):
            found[node.subject, node.window].append(Ranged(rule, asked[1], node))
    for (subject, _), rules in found.items():
        yield Rivals(model, subject.terms[0].path.dotted, tuple(rules))
