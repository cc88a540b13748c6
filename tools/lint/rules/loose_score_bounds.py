"""W213: a `score between` whose ends no lead can reach."""

from collections.abc import Iterator

from scoreline.dsl import nodes
from scoreline.dsl.messages import say
from scoreline.tools.lint.arithmetic import of_model
from scoreline.tools.lint.edits import offer, put
from scoreline.tools.lint.lints import Finding, hint
from scoreline.tools.lint.project import ModelView, ProjectView
from scoreline.tools.lint.texts import number


def find(project: ProjectView) -> Iterator[Finding]:
    """Upper ends above all points together, lower ends below; an end that is just reached says something."""
    for model in project.models:
        clamp = next(iter(model.items(nodes.Clamp)), None)
        if clamp is None or not model.rules:
            continue
        points = of_model(model.made, project.schema, clamped=False)
        if points.high < clamp.high.value:
            yield _finding(model, clamp.high, points.high, most=True)
        if clamp.low.value < points.low:
            yield _finding(model, clamp.low, points.low, most=False)


def _finding(model: ModelView, end: nodes.Int, reached: float, *, most: bool) -> Finding:
    text = number(reached)
    return Finding(
        model.at(end),
        _message(end.value, model.made.name, text, most=most),
        say(
            "readers expect that a lead can reach both ends of a scale: raise the "
            "points, or write the end that can be reached"
        ),
        (offer(say("write {text}", text=text), put(end, text)),),
    )


def _message(end: int, model: str, reached: str, *, most: bool) -> str:
    if most:
        return say(
            "no lead gets {end}: the rules of `{model}` give at most {reached} together",
            end=end,
            model=model,
            reached=reached,
        )
    return say(
        "no lead gets {end}: the rules of `{model}` give at least {reached} together",
        end=end,
        model=model,
        reached=reached,
    )


LINT = hint("W213", find)
