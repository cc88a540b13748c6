"""How many points a rule, a group or a model can give, told from their numbers alone.

Promises bounds that no lead can leave; that some lead reaches them is not promised, since conditions may exclude each
other. A `for each` without `up to` has no bound.
"""

import math
from collections.abc import Iterable
from typing import NamedTuple

from scoreline.compiler import checked


class Range(NamedTuple):
    """From the lowest to the highest number of points; infinite where there is no bound."""

    low: float
    high: float


def of_rule(rule: checked.Rule) -> Range:
    """What a rule can give; nothing if it does not fire."""
    points: float = rule.points or 0
    if rule.count is not None and points:
        points = math.copysign(math.inf if rule.cap is None else rule.cap, points)
    return Range(min(points, 0), max(points, 0))


def together(ranges: Iterable[Range]) -> Range:
    """What several can give together."""
    listed = list(ranges)
    return Range(sum(each.low for each in listed), sum(each.high for each in listed))


def inside_group(group: checked.Group, rules: Iterable[checked.Rule]) -> Range:
    """What the rules of a group give before its bounds."""
    ranges = [of_rule(rule) for rule in rules]
    if group.best_only:
        return Range(min((each.low for each in ranges), default=0), max((each.high for each in ranges), default=0))
    return together(ranges)


def of_group(group: checked.Group, rules: Iterable[checked.Rule]) -> Range:
    """What a group gives, with its bounds."""
    return _between(inside_group(group, rules), group.at_least, group.at_most)


def of_model(model: checked.Model, *, clamped: bool = True) -> Range:
    """What a model can give, with its `score between` or without."""
    members: dict[int | None, list[checked.Rule]] = {}
    for rule in model.rules:
        members.setdefault(rule.group, []).append(rule)
    ranges = [of_rule(rule) for rule in members.get(None, ())]
    ranges += [of_group(group, members.get(index, ())) for index, group in enumerate(model.groups)]
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


def shown(points: float) -> str:
    """Points as they are written in a rule, with their sign."""
    return f"{points:+.0f}" if points else "0"
