"""W237: a model without a title among models that have one."""

from collections.abc import Iterator

from scoreline.dsl.messages import say
from scoreline.tools.lint.lints import Finding, hint
from scoreline.tools.lint.project import ProjectView


def find(project: ProjectView) -> Iterator[Finding]:
    """Models without a title, in projects where another one has one."""
    if not any(model.node.title for model in project.models):
        return
    for model in project.models:
        if model.node.title is None and not model.node.broken:
            yield Finding(
                model.at(model.node.name),
                say("`{model}` has no title, but other models have one", model=model.made.name),
                say(
                    'write what it measures after its name, as in `model {model} "Ideal customer fit" for lead`',
                    model=model.made.name,
                ),
            )


LINT = hint("W237", find)
