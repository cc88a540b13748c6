"""How many points a rule, a group or a model can give, worked out from their numbers alone.

Promises bounds that no lead can leave. It does not promise that some lead reaches them, since conditions may exclude
each other. A `for each` without `up to` has no bound, unless it counts calendar days (or weeks, …) in a window, or the
different values of a choice: of those there is a known number.
"""

import math
from collections.abc import Iterable
from typing import NamedTuple

from scoreline.compiler import checked
from scoreline.compiler.schema import Schema
from scoreline.dsl import nodes
from scoreline.tools.lint.windows import most_days

_DAYS = {"day": 1, "week": 7, "month": 28, "year": 365}


class Range(NamedTuple):
    """From the lowest to the highest number of points; infinite where there is no bound."""

    low: float
    high: float


def of_rule(rule: checked.Rule, schema: Schema | None = None) -> Range:
    """What a rule can give; nothing if it does not fire."""
    points: float = rule.points or 0
    if rule.count is not None and points:
        most = abs(points) * most_times(rule.count, schema)
        points = math.copysign(most if rule.cap is None else min(rule.cap, most), points)
    return Range(min(points, 0), max(points, 0))


def most_times(count: checked.Count, schema: Schema | None = None) -> float:
    """How often something is counted at most."""
    if count.distinct is not None and schema is not None:
        spec = schema.interactions[count.type].properties.get(count.distinct)
        if spec is not None and spec.type in ("choice", "yes/no"):
            return len(spec.values) or 2
    if count.period is not None and isinstance(count.window, nodes.Within):
        # at both ends a day may be begun, and on the day on which clocks are put forward one has 23 hours
        return math.ceil(most_days(count.window.duration) / _DAYS[count.period]) + 2
    return math.inf


def together(ranges: Iterable[Range]) -> Range:
    """What several can give together."""
    listed = list(ranges)
    return Range(sum(each.low for each in listed), sum(each.high for each in listed))


def inside_group(group: checked.Group, rules: Iterable[checked.Rule], schema: Schema | None = None) -> Range:
    """What the rules of a group give before its bounds."""
    ranges = [of_rule(rule, schema) for rule in rules]
    if group.best_only:
        return Range(min((each.low for each in ranges), default=0), max((each.high for each in ranges), default=0))
    return together(ranges)


def of_group(group: checked.Group, rules: Iterable[checked.Rule], schema: Schema | None = None) -> Range:
    """What a group gives, with its bounds."""
    return _between(inside_group(group, rules, schema), group.at_least, group.at_most)


def of_model(model: checked.Model, schema: Schema | None = None, *, clamped: bool = True) -> Range:
    """What a model can give, with its `score between` or without."""
    members: dict[int | None, list[checked.Rule]] = {}
    for rule in model.rules:
        members.setdefault(rule.group, []).append(rule)
    ranges = [of_rule(rule, schema) for rule in members.get(None, ())]
    ranges += [of_group(group, members.get(index, ()), schema) for index, group in enumerate(model.groups)]
    total = together(ranges)
    if clamped and model.clamp is not None:
        return _between(total, *model.clamp)
    return total


def _between(points: Range, least: int | None, most: int | None) -> Range:
    low, high = points
    if most is not None:
        low, high = min(low, most), min(high, most)
    if least is not None:
        low, high = max(low, least), max(high, least)
    return Range(low, high)


def wrong_side(group: nodes.Group, bound: nodes.GroupBound, points: Range) -> bool:
    """Whether a bound is positive over rules that only take points, or negative over rules that only give some, and
    the other side has no bound yet."""
    if len(group.bounds) > 1:
        return False
    if bound.side == "most":
        return points.low < 0 == points.high < bound.value.value
    return bound.value.value < 0 == points.low < points.high


def shown(points: float) -> str:
    """Points as they are written in a rule, with their sign."""
    return f"{points:+.0f}" if points else "0"
