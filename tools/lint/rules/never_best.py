"""W222: a rule of a `best only` group that never is the best one."""

from collections.abc import Iterator

from scoreline.dsl import nodes
from scoreline.dsl.diagnostics import Label
from scoreline.tools.lint.arithmetic import shown
from scoreline.tools.lint.bounds import Ranged, ranged_rules
from scoreline.tools.lint.lints import Finding, warning
from scoreline.tools.lint.project import Project

_MOST = 200  # ranges of one field beyond which comparing each with each takes too long


def find(project: Project) -> Iterator[Finding]:
    """Rules whose range lies in that of another one of the group that gives as many points or more."""
    for model in project.models:
        for _, rules in ranged_rules(model):
            best = [each for each in rules if each.rule.group is not None and each.rule.group.best_only]
            for each in best if len(best) <= _MOST else ():
                winner = next((other for other in best if _beats(other, each)), None)
                if winner is not None:
                    gives = shown(winner.rule.made.points or 0)
                    yield Finding(
                        each.rule.place,
                        f"{each.rule.name} never counts: whoever fits it gets {gives} from {winner.rule.name}",
                        "in a group `best only` the narrower test needs more points than the wider one",
                        (Label(winner.rule.place, "always as good"),),
                    )


def _beats(other: Ranged, each: Ranged) -> bool:
    if other is each or other.rule.group is not each.rule.group or not isinstance(each.rule.node, nodes.When):
        return False
    points, others = each.rule.made.points, other.rule.made.points
    if points is None or others is None or points > others or each.interval == other.interval:
        return False
    return each.interval.inside(other.interval)


LINT = warning("W222", find)
