"""Which numbers, or which days, a single test admits."""

import datetime
import math
from typing import NamedTuple

from scoreline.compiler import checked
from scoreline.dsl import nodes
from scoreline.dsl.source import Source
from scoreline.tools.lint.texts import number, plain, written


class Interval(NamedTuple):
    """The numbers from `low` to `high`; `with_low` and `with_high` are true where the end itself belongs to them."""

    low: float
    with_low: bool
    high: float
    with_high: bool

    def holds(self, value: float) -> bool:
        """Whether a number is in it."""
        above = value > self.low or (self.with_low and value == self.low)
        return above and (value < self.high or (self.with_high and value == self.high))

    def both(self, other: "Interval") -> "Interval":
        """The numbers that are in both; where there are none, it ends before it begins."""
        low, high = max((self, other), key=beginning), min((self, other), key=ending)
        return Interval(low.low, low.with_low, high.high, high.with_high)

    def inside(self, other: "Interval") -> bool:
        """Whether every number of it is in the other one."""
        low = self.low > other.low or (self.low == other.low and other.with_low >= self.with_low)
        high = self.high < other.high or (self.high == other.high and other.with_high >= self.with_high)
        return low and high


def beginning(each: Interval) -> tuple[float, bool]:
    """Where it begins, so that what begins sooner is less."""
    return each.low, not each.with_low


def ending(each: Interval) -> tuple[float, bool]:
    """Where it ends, so that what ends sooner is less."""
    return each.high, each.with_high


def interval(condition: checked.Condition | None) -> tuple[checked.Subject, Interval] | None:
    """The subject of a single test and the numbers (of days, where it is a day) that it allows; None for any other."""
    match condition:
        case checked.Comparing(left=left, operator=operator, right=nodes.Number() | nodes.Date() as right):
            value = _number(right)
            match operator:
                case "is":
                    return left, Interval(value, True, value, True)
                case ">=" | ">":
                    return left, Interval(value, operator == ">=", math.inf, False)
                case "<=" | "<":
                    return left, Interval(-math.inf, False, value, operator == "<=")
        case checked.Ranging(
            subject=subject, low=nodes.Number() | nodes.Date() as low, high=nodes.Number() | nodes.Date() as high
        ):
            return subject, Interval(_number(low), True, _number(high), True)
        case _:
            return None


def _number(node: nodes.Number | nodes.Date) -> float:
    return node.value if isinstance(node, nodes.Number) else float(node.value.toordinal())


def day_or_number(like: nodes.Value, value: float) -> str:
    """A number for a message, or the day of that number where `like` is a day."""
    return datetime.date.fromordinal(int(value)).isoformat() if isinstance(like, nodes.Date) else plain(value)


def spelled(source: Source, like: nodes.Value, value: float) -> str:
    """A whole number, or a day, as it is written in the place of `like`."""
    return day_or_number(like, value) if isinstance(like, nodes.Date) else number(value, written(source, like))
