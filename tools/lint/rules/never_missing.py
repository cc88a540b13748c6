"""W247: `is known` or `is unknown` of a field for which the schema has a default."""

from collections.abc import Iterator

from scoreline.compiler import checked
from scoreline.dsl import nodes
from scoreline.dsl.messages import say
from scoreline.tools.lint.lints import Finding, warning
from scoreline.tools.lint.project import ProjectView
from scoreline.tools.lint.texts import short


def find(project: ProjectView) -> Iterator[Finding]:
    """Tests for a missing value that can never be missing."""
    for at, test, asked in project.tested:
        match asked, test.comparison:
            case checked.Knowing(subject=checked.Field() as field), nodes.Knowing(known=known):
                pass
            case _:
                continue
        if field.spec.default is not None:
            yield Finding(
                at.place,
                _message(short(at.place), field.name, known=known),
                say("the default replaces every missing value: ask for the value, or remove the default in the schema"),
            )


def _message(test: str, name: str, *, known: bool) -> str:
    if known:
        return say("{test} holds for every lead: `{name}` has a default", test=test, name=name)
    return say("{test} holds for no lead: `{name}` has a default", test=test, name=name)


LINT = warning("W247", find, local=True)
