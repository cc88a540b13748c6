"""The windows in which interactions are counted, and how long durations are.

Promises lengths in days: exactly where a unit has a length, and otherwise at least or at most. Months and years are
counted in whole days of the calendar; on the clock they may be an hour longer or shorter.
"""

from collections.abc import Iterator

from scoreline.compiler import checked
from scoreline.dsl import nodes
from scoreline.tools.lint.project import ProjectView, Written

_DAYS = {nodes.Unit.MINUTE: 1 / 1440, nodes.Unit.HOUR: 1 / 24, nodes.Unit.DAY: 1, nodes.Unit.WEEK: 7}
_MONTHS = {nodes.Unit.MONTH: 1, nodes.Unit.YEAR: 12}
# So many months in a row have at least, and at most, so many days.
_LEAST = (0, 28, 59, 89, 120, 150, 181, 212, 242, 273, 303, 334)
_MOST = (0, 31, 62, 92, 123, 153, 184, 215, 245, 276, 306, 337)


def least_days(duration: nodes.Duration) -> float:
    """The days that a duration has at least."""
    if duration.unit in _DAYS:
        return duration.amount * _DAYS[duration.unit]
    years, months = divmod(duration.amount * _MONTHS[duration.unit], 12)
    return years * 365 + _LEAST[months]


def most_days(duration: nodes.Duration) -> float:
    """The days that a duration has at most."""
    if duration.unit in _DAYS:
        return duration.amount * _DAYS[duration.unit]
    years, months = divmod(duration.amount * _MONTHS[duration.unit], 12)
    return years * 365 + (years + 3) // 4 + _MOST[months]


def surely_shorter(duration: nodes.Duration, other: nodes.Duration) -> bool:
    """Whether a duration is shorter than another one, whatever day it begins on."""
    if duration.unit in _MONTHS and other.unit in _MONTHS:
        return duration.amount * _MONTHS[duration.unit] < other.amount * _MONTHS[other.unit]
    return most_days(duration) + _change(duration, other) < least_days(other)


def surely_within(duration: nodes.Duration, other: nodes.Duration) -> bool:
    """Whether a duration is never longer than another one, whatever day it begins on."""
    if duration.unit in _MONTHS and other.unit in _MONTHS:
        return duration.amount * _MONTHS[duration.unit] <= other.amount * _MONTHS[other.unit]
    return most_days(duration) + _change(duration, other) <= least_days(other)


def _change(duration: nodes.Duration, other: nodes.Duration) -> int:
    """The day by which to be careful: months step back on the clock on the wall, which is changed now and then, and
    days have 24 hours."""
    return (duration.unit in _MONTHS) != (other.unit in _MONTHS)


def on_interactions(project: ProjectView) -> Iterator[tuple[Written, nodes.Window]]:
    """Every window behind an interaction or a sum of them."""
    for at, happening in project.written(nodes.Happening):
        if happening.window is not None:
            yield Written(at.file, happening.window), happening.window
    for at, test, known in project.tested:
        if test.window is not None and isinstance(known, checked.Comparing | checked.Ranging | checked.Among):
            yield Written(at.file, test.window), test.window
