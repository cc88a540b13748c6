"""W233: a `since` that counts what happened more than five years ago."""

from collections.abc import Iterator

from scoreline.dsl import nodes
from scoreline.dsl.diagnostics import Edit
from scoreline.dsl.messages import code, say
from scoreline.tools.lint.edits import offer
from scoreline.tools.lint.lints import Finding, hint
from scoreline.tools.lint.project import ProjectView
from scoreline.tools.lint.windows import on_interactions

_LONG = 5 * 365.25


def find(project: ProjectView) -> Iterator[Finding]:
    """Windows over interactions that begin long ago and grow from day to day."""
    for at, window in on_interactions(project):
        if isinstance(window, nodes.Since) and (project.today - window.date.value).days > _LONG:
            yield Finding(
                at.place,
                say("`since {day}` counts what happened more than five years ago", day=window.date.value),
                say("write how recent it must be, as in `within 1 year`"),
                (offer(say("count the last year"), Edit(window.span, code("within 1 year"))),),
            )


LINT = hint("W233", find, local=True)
