"""What a project says to the linter, and what it cannot know by itself."""

import datetime
from dataclasses import dataclass

from scoreline.compiler.project import Project
from scoreline.compiler.project.shapes import MOST_TESTS


@dataclass(frozen=True, slots=True)
class LintSettings:
    """The day on which the rules are looked at, and `[lint]` of the project file.

    `kept_days`: for how many days interactions are kept, None if nobody said. `most_tests`: how many tests a condition
    may join before a `let` would read better.
    """

    today: datetime.date
    ignore: frozenset[str] = frozenset()
    kept_days: int | None = None
    most_tests: int = MOST_TESTS


def settings_of(project: Project) -> LintSettings:
    """The settings of a project, today being what it is in the project's time zone."""
    today = datetime.datetime.now(project.zone).date()
    return LintSettings(today, frozenset(project.lint_ignore), project.lint_kept_days, project.lint_most_tests)
