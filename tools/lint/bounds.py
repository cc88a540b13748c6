"""What a single test says of a number: from where to where it may lie."""

import math
from collections import defaultdict
from collections.abc import Iterator
from typing import NamedTuple

from scoreline.compiler import checked
from scoreline.dsl import nodes
from scoreline.tools.lint.project import ModelView, RuleView


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
    """A rule that asks for one range of one field and nothing else, and its test as it is written."""

    rule: RuleView
    interval: Interval
    test: nodes.Test


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


def ranged_rules(model: ModelView) -> Iterator[tuple[str, list[Ranged]]]:
    """For each field of numbers: the rules of a model that ask for one range of it and nothing else."""
    found: dict[tuple[str, str], list[Ranged]] = defaultdict(list)
    for rule in model.rules:
        asked = interval(rule.made.condition)
        node = rule.node.condition if isinstance(rule.node, nodes.When) else None
        if asked is None or not isinstance(node, nodes.Test) or not isinstance(asked[0], checked.Field):
            continue
        if node.comparison is not None:
            found[asked[0].owner, asked[0].name].append(Ranged(rule, asked[1], node))
    for (_, name), rules in found.items():
        yield name, rules
