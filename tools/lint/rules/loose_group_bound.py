"""W212: a bound of a group that its rules cannot reach."""

from collections.abc import Iterator

from scoreline.dsl import nodes
from scoreline.dsl.diagnostics import Edit
from scoreline.dsl.messages import say
from scoreline.dsl.span import Span
from scoreline.tools.lint.arithmetic import Range, inside_group, shown
from scoreline.tools.lint.edits import offer
from scoreline.tools.lint.lints import Finding, hint
from scoreline.tools.lint.project import ModelView, Project
from scoreline.tools.lint.wrong_sides import wrong_side


def find(project: Project) -> Iterator[Finding]:
    """`at most` above all that the rules give together, `at least` below; what is just reached says something."""
    for model in project.models:
        made = iter(model.made.groups)
        for group, rules in model.groups:
            range_ = inside_group(next(made), (rule.made for rule in rules), project.schema)
            for bound in group.bounds if rules else ():
                if _loose(bound, range_) and not wrong_side(group, bound, range_):
                    yield _finding(model, bound, range_)


def _loose(bound: nodes.GroupBound, points: Range) -> bool:
    if bound.side == "most":
        return points.high < bound.value.value
    return bound.value.value < points.low


def _finding(model: ModelView, bound: nodes.GroupBound, points: Range) -> Finding:
    source = model.file.parsed.source
    start = bound.span.start
    while source.text[start - 1] in " \t":
        start -= 1
    most = bound.side == "most"
    return Finding(
        model.at(bound),
        _message(bound.value.value, points, most=most),
        say("lower it to what you mean, or leave it out") if most else say("raise it, or leave it out"),
        (),
        (offer(say("leave it out"), Edit(Span(start, bound.span.end), "")),),
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
