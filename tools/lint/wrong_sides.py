"""Bounds of groups that stand on the side on which the group never is."""

from scoreline.dsl import nodes
from scoreline.tools.lint.arithmetic import Range


def wrong_side(group: nodes.Group, bound: nodes.GroupBound, points: Range) -> bool:
    """Whether a bound is positive over rules that only take points, or negative over rules that only give some, and
    the other side has no bound yet."""
    if len(group.bounds) > 1:
        return False
    if bound.side == "most":
        return points.low < 0 == points.high < bound.value.value
    return bound.value.value < 0 == points.low < points.high
