"""W252: a test of the grade of a model that has no grades."""

from collections.abc import Iterator

from scoreline.compiler import checked
from scoreline.dsl.messages import say
from scoreline.tools.lint.lints import Finding, warning
from scoreline.tools.lint.project import ProjectView


def find(project: ProjectView) -> Iterator[Finding]:
    """`Fit.grade is known` and its like; a grade by name is an error already."""
    for at, _, known in project.tested:
        match known:
            case checked.Knowing(subject=checked.Grade(model=model, values=())):
                yield Finding(
                    at.place,
                    say("`{model}` has no grades, so its grade is never known", model=model),
                    say("add grades to `{model}`, or compare its score", model=model),
                )
            case _:
                pass


LINT = warning("W252", find)
