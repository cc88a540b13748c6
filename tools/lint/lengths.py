"""How long durations and windows are, in days; months and years roughly."""

from scoreline.dsl import nodes

_DAYS = {
    nodes.Unit.MINUTE: 1 / 1440,
    nodes.Unit.HOUR: 1 / 24,
    nodes.Unit.DAY: 1,
    nodes.Unit.WEEK: 7,
    nodes.Unit.MONTH: 30.44,
    nodes.Unit.YEAR: 365.25,
}


def days(duration: nodes.Duration) -> float:
    """The length of a duration in days."""
    return duration.amount * _DAYS[duration.unit]
