"""W213: a `score between` whose ends no lead can reach."""

from collections.abc import Iterator

from scoreline.dsl import nodes
from scoreline.tools.lint.arithmetic import of_model
from scoreline.tools.lint.edits import offer, put
from scoreline.tools.lint.lints import Finding, hint
from scoreline.tools.lint.project import ModelView, Project
from scoreline.tools.lint.texts import number


def find(project: Project) -> Iterator[Finding]:
    """Upper ends above all points together, lower ends below; an end that is just reached says something."""
    for model in project.models:
        clamp = next((item for item in model.node.items if isinstance(item, nodes.Clamp)), None)
        if clamp is None or not model.rules:
            continue
        points = of_model(model.made, clamped=False)
        if points.high < clamp.high.value:
            yield _finding(model, clamp.high, points.high, "at most")
        if clamp.low.value < points.low:
            yield _finding(model, clamp.low, points.low, "at least")


def _finding(model: ModelView, end: nodes.Int, reached: float, how: str) -> Finding:
    text = number(reached)
    return Finding(
        model.at(end),
        f"no lead gets {end.value}: the rules of `{model.made.name}` give {how} {text} together",
        "readers take the ends of a scale for what can be reached: raise points, or write the end that there is",
        (),
        (offer(f"write {text}", put(end, text)),),
    )


LINT = hint("W213", find)
