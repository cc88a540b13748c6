"""W231: a window that is longer than interactions are kept."""

import datetime
from collections.abc import Iterator

from scoreline.dsl import nodes
from scoreline.dsl.diagnostics import Fix
from scoreline.dsl.messages import code, say
from scoreline.tools.lint.edits import offer, put
from scoreline.tools.lint.lints import Finding, warning
from scoreline.tools.lint.project import ProjectView
from scoreline.tools.lint.texts import short
from scoreline.tools.lint.windows import least_days, on_interactions


def find(project: ProjectView) -> Iterator[Finding]:
    """Windows over interactions that begin before the data do, where the project says how long they are kept."""
    kept = project.settings.kept_days
    if kept is None:
        return
    for at, window in on_interactions(project):
        if _reach(window, project.today) > kept:
            yield Finding(
                at.place,
                say(
                    "{window} looks back further than interactions are kept, which is {kept} days",
                    window=short(at.place),
                    kept=kept,
                ),
                say(
                    "shorten it, or raise `data-kept-days` under `[lint]` in scoreline.toml "
                    "if interactions are kept longer"
                ),
                _fixes(window, kept),
            )


def _reach(window: nodes.Window, today: datetime.date) -> float:
    match window:
        case nodes.Within(duration=duration) | nodes.MoreThan(duration=duration):
            return least_days(duration)
        case nodes.Since(date=date):
            return (today - date.value).days


def _fixes(window: nodes.Window, kept: int) -> tuple[Fix, ...]:
    if not isinstance(window, nodes.Within):
        return ()
    return (offer(say("look back {days} days", days=kept), put(window.duration, code("{days} days", days=kept))),)


LINT = warning("W231", find, local=True)
