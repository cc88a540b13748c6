"""W215: grades without `otherwise`, so that some leads have none."""

from collections.abc import Iterator

from scoreline.dsl import nodes
from scoreline.dsl.diagnostics import Edit, Fix
from scoreline.dsl.messages import code, say
from scoreline.dsl.span import Span
from scoreline.tools.lint.arithmetic import of_model
from scoreline.tools.lint.edits import offer
from scoreline.tools.lint.lints import Finding, hint
from scoreline.tools.lint.project import ModelView, ProjectView
from scoreline.tools.lint.texts import indentation, quoted


def find(project: ProjectView) -> Iterator[Finding]:
    """Models with grades whose lowest threshold is above the lowest score."""
    for model in project.models:
        grades = model.items(nodes.Grade)
        thresholds = [grade.threshold.value for grade in grades if grade.threshold is not None]
        if not grades or len(thresholds) < len(grades) or min(thresholds) <= of_model(model.made, project.schema).low:
            continue
        yield Finding(
            model.at(grades[-1]),
            say(
                "a lead with less than {points} points has no grade in `{model}`",
                points=min(thresholds),
                model=model.made.name,
            ),
            say('add a grade for the rest, as in `grade "C" otherwise`'),
            _fixes(model, grades),
        )


def _fixes(model: ModelView, grades: list[nodes.Grade]) -> tuple[Fix, ...]:
    """The next letter, where grades are letters."""
    names = [grade.name.value for grade in grades]
    last = max(names)
    if any(len(name) != 1 or not "A" <= name <= "Y" for name in names):
        return ()
    source, end = model.source, grades[-1].span.end
    indent = indentation(source, grades[-1].span.start)
    text = code("\n{indent}grade {name} otherwise", indent=indent, name=quoted(chr(ord(last) + 1)))
    behind = source.text[end : source.line_end(end)]
    if behind.strip() and not behind.lstrip().startswith("#"):
        return ()
    at = end + len(behind.rstrip("\r\n"))
    return (offer(say("add a grade {name}", name=chr(ord(last) + 1)), Edit(Span(at, at), text)),)


LINT = hint("W215", find)
