"""W252: a question after the grade of a model that has no grades."""

from collections.abc import Iterator

from scoreline.compiler import checked
from scoreline.dsl import nodes
from scoreline.tools.lint.lints import Finding, warning
from scoreline.tools.lint.project import Project


def find(project: Project) -> Iterator[Finding]:
    """`Fit.grade is known` and its like; a grade by name is an error already."""
    for at, _ in project.written(nodes.Test):
        match project.test(at):
            case checked.Knowing(subject=checked.Grade(model=model, values=())):
                yield Finding(
                    at.place,
                    f"`{model}` has no grades, so its grade is never known",
                    f"add grades to `{model}`, or compare its score",
                )
            case _:
                pass


LINT = warning("W252", find)
