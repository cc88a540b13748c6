"""The meaning of the workload's rules, written as plainly as possible: every engine's points are compared with it.

A test on a missing field does not hold, whatever the test. Texts ignore case. An interaction is within a number of days
if it happened later than that many days before the instant of scoring. Nothing here is meant to be fast.
"""

import datetime
from collections.abc import Sequence

from benchmarks.workload import AS_OF, AtLeast, Below, Between, Count, Equals, Lead, OneOf, Rule, Test, TextTest


def points(rules: Sequence[Rule], lead: Lead) -> int:
    """The points of all rules whose tests all hold."""
    return sum(rule.points for rule in rules if all(holds(test, lead) for test in rule.tests))


def holds(test: Test, lead: Lead) -> bool:
    """Whether a test holds for a lead."""
    if isinstance(test, Count):
        return happened(test, lead) >= test.times
    value = lead.fields[test.field]
    if value is None:
        return False
    match test:
        case Equals(_, wanted):
            return value == wanted
        case OneOf(_, wanted):
            return value in wanted
        case AtLeast(_, low):
            return value >= low
        case Below(_, high):
            return value < high
        case Between(_, low, high):
            return low <= value <= high
        case TextTest(_, how, needles):
            return any(_found(how, needle.lower(), str(value).lower()) for needle in needles)


def happened(count: Count, lead: Lead) -> int:
    """How often an interaction of this type happened within these days."""
    if count.days is None:
        return sum(type_ == count.type for type_, _ in lead.interactions)
    bound = AS_OF - datetime.timedelta(days=count.days)
    return sum(type_ == count.type and at > bound for type_, at in lead.interactions)


def _found(how: str, needle: str, text: str) -> bool:
    if how == "contains":
        return needle in text
    return text.startswith(needle) if how == "starts with" else text.endswith(needle)
