"""W222: a rule of a `best only` group that never is the best one."""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator
from itertools import groupby

from scoreline.dsl import nodes
from scoreline.dsl.diagnostics import Label
from scoreline.dsl.messages import say
from scoreline.tools.lint.arithmetic import shown
from scoreline.tools.lint.bounds import Interval
from scoreline.tools.lint.edits import without_rule
from scoreline.tools.lint.lints import Finding, warning
from scoreline.tools.lint.project import ModelView, ProjectView
from scoreline.tools.lint.ranges import Ranged, ranged_rules


def find(project: ProjectView) -> Iterator[Finding]:
    """Rules whose range lies in that of another one of the group that gives as many points or more."""
    for model, _, rules, _ in ranged_rules(project):
        groups: dict[int, list[Ranged]] = defaultdict(list)
        for each in rules:
            group = each.rule.group
            if group is not None and group.best_only and isinstance(each.rule.node, nodes.When):
                groups[id(group)].append(each)
        for group in groups.values():
            for each, winner in _beaten(group):
                yield _finding(project, model, each, winner)


def _beaten(rules: list[Ranged]) -> Iterator[tuple[Ranged, Ranged]]:
    """Each rule that another one beats, with that one.

    Goes from the most to the fewest points, and keeps the ranges that no better one holds.
    """
    widest = _Widest()
    paid = [each for each in rules if each.rule.made.points is not None]
    for _, equals in groupby(sorted(paid, key=_points, reverse=True), key=_points):
        listed = list(equals)
        for each in listed:
            widest.add(each)
        for each in listed:
            winner = widest.around(each.interval)
            if winner is not None and winner.interval != each.interval:
                yield each, winner


def _points(each: Ranged) -> int:
    return each.rule.made.points or 0


def _finding(project: ProjectView, model: ModelView, each: Ranged, winner: Ranged) -> Finding:
    return Finding(
        each.rule.place,
        say(
            "{rule} never counts: a lead that matches it gets {points} from {winner}",
            rule=each.rule.name,
            points=shown(_points(winner)),
            winner=winner.rule.name,
        ),
        say("in a group with `best only`, the narrower test needs more points than the wider one"),
        labels=(Label(winner.rule.place, say("is always as good")),),
        fixes=without_rule(project, model, each.rule, say("remove the rule")),
    )


class _Widest:
    """Ranges of which none holds another: by their lower ends, and so by their upper ends too."""

    def __init__(self) -> None:
        self._lows: list[tuple[float, bool]] = []
        self._highs: list[tuple[float, bool]] = []
        self._ranges: list[Ranged] = []

    def around(self, interval: Interval) -> Ranged | None:
        """A range that holds another one, if there is one."""
        at = bisect_right(self._lows, (interval.low, not interval.with_low))
        if at == 0 or self._highs[at - 1] < (interval.high, interval.with_high):
            return None
        return self._ranges[at - 1]

    def add(self, each: Ranged) -> None:
        """Take a range in, and drop those that it holds."""
        if self.around(each.interval) is not None:
            return
        low, high = (each.interval.low, not each.interval.with_low), (each.interval.high, each.interval.with_high)
        at, end = bisect_left(self._lows, low), bisect_right(self._highs, high)
        end = max(at, end)
        self._lows[at:end], self._highs[at:end], self._ranges[at:end] = [low], [high], [each]


LINT = warning("W222", find)
