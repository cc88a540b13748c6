"""W226: `is` joined by `and`, which no value can fit."""

from collections.abc import Iterator

from scoreline.dsl import nodes
from scoreline.dsl.messages import code, say
from scoreline.tools.lint.joined import joined_values
from scoreline.tools.lint.lints import Finding, warning
from scoreline.tools.lint.project import ProjectView


def find(project: ProjectView) -> Iterator[Finding]:
    """An `and` of two `is` of one field with different values."""
    for each in joined_values(project, nodes.And, negated=False):
        yield Finding(
            each.place,
            say(
                "`{path}` has one value: it cannot be both {first} and {second}",
                path=each.path,
                first=each.first,
                second=each.second,
            ),
            say("if you mean any of them, write `{path} in […]`", path=each.path),
            each.fixes(code("in")),
        )


LINT = warning("W226", find, local=True)
