"""W232: a `since` whose day has not come yet."""

from collections.abc import Iterator

from scoreline.dsl import nodes
from scoreline.dsl.messages import say
from scoreline.tools.lint.lints import Finding, warning
from scoreline.tools.lint.project import ProjectView


def find(project: ProjectView) -> Iterator[Finding]:
    """Windows that begin after today."""
    for at, since in project.written(nodes.Since):
        if since.date.value > project.today:
            yield Finding(
                at.place,
                say("`since {day}` is in the future: nothing matches until that day", day=since.date.value),
                say("check the year"),
            )


LINT = warning("W232", find, local=True)
