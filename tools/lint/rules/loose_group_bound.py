"""W212: a bound of a group that its rules cannot reach."""

from collections.abc import Iterator

from scoreline.dsl import nodes
from scoreline.dsl.messages import say
from scoreline.tools.lint.arithmetic import Range, inside_group, shown, wrong_side
from scoreline.tools.lint.edits import offer, without
from scoreline.tools.lint.lints import Finding, hint
from scoreline.tools.lint.project import ModelView, ProjectView


def find(project: ProjectView) -> Iterator[Finding]:
    """`at most` above all that the rules give together, `at least` below; what is just reached says something."""
    for model in project.models:
        for group in model.groups:
            range_ = inside_group(group.made, (rule.made for rule in group.rules), project.schema)
            for bound in group.node.bounds if group.rules else ():
                if _loose(bound, range_) and not wrong_side(group.node, bound, range_):
                    yield _finding(model, bound, range_)


def _loose(bound: nodes.GroupBound, points: Range) -> bool:
    if bound.side == "most":
        return points.high < bound.value.value
    return bound.value.value < points.low


def _finding(model: ModelView, bound: nodes.GroupBound, points: Range) -> Finding:
    most = bound.side == "most"
    return Finding(
        model.at(bound),
        _message(bound.value.value, points, most=most),
        say("lower it to what you mean, or leave it out") if most else say("raise it, or leave it out"),
        (offer(say("leave it out"), without(model.source, bound.span)),),
    )


def _message(bound: int, points: Range, *, most: bool) -> str:
    if most:
        return say(
            "`at most {bound}` changes nothing: the rules of this group give at most {points} together",
            bound=bound,
            points=shown(points.high),
        )
    return say(
        "`at least {bound}` changes nothing: the rules of this group give at least {points} together",
        bound=bound,
        points=shown(points.low),
    )


LINT = hint("W212", find)
