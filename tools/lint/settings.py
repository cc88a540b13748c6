"""The settings of a project for the linter: facts that the rules do not show."""

import datetime
from dataclasses import dataclass

from scoreline.compiler.project import Project
from scoreline.compiler.project.shapes import MOST_TESTS


@dataclass(frozen=True, slots=True)
class LintSettings:
    """The day on which the rules are linted, and `[lint]` of the project file.

    `kept_days`: for how many days interactions are kept, None if the project does not say. `most_tests`: how many tests
    a condition may join before a `let` would be easier to read.
    """

    today: datetime.date
    ignore: frozenset[str] = frozenset()
    kept_days: int | None = None
    most_tests: int = MOST_TESTS


def settings_of(project: Project) -> LintSettings:
    """The settings of a project; the day is today in the project's time zone."""
    today = datetime.datetime.now(project.zone).date()
    return LintSettings(today, frozenset(project.lint_ignore), project.lint_kept_days, project.lint_most_tests)
