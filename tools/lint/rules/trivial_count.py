"""W249: a comparison of a count that holds always or never, since a count is 0 or more."""

from collections.abc import Iterator

from scoreline.compiler import checked
from scoreline.dsl import nodes
from scoreline.dsl.diagnostics import Fix
from scoreline.dsl.messages import say
from scoreline.tools.lint.bounds import Interval, interval
from scoreline.tools.lint.edits import offer, put
from scoreline.tools.lint.lints import Finding, warning
from scoreline.tools.lint.project import ProjectView
from scoreline.tools.lint.texts import short


def find(project: ProjectView) -> Iterator[Finding]:
    """Tests of counts that ask for less than nothing, or for no less than nothing."""
    for at, test, known in project.tested:
        asked = interval(known)
        if asked is None or not _counts(asked[0]) or getattr(test.comparison, "negated", False):
            continue
        range_ = asked[1]
        if _never(range_) or _always(range_):
            yield Finding(
                at.place,
                _message(short(at.place), always=_always(range_)),
                say("for at least once, write `>= 1`; for never, write `no` before the interaction"),
                _fixes(test) if _always(range_) else (),
            )


def _counts(subject: checked.Subject) -> bool:
    match subject:
        case checked.Count():
            return True
        case checked.Sum(parts=parts):
            return all(weight > 0 and isinstance(part, checked.Count) for weight, part in parts)
        case _:
            return False


def _never(range_: Interval) -> bool:
    fraction = range_.low == range_.high and not range_.low.is_integer()
    return fraction or range_.high < 0 or (range_.high == 0 and not range_.with_high)


def _always(range_: Interval) -> bool:
    return range_.holds(0) and range_.high == float("inf")


def _fixes(test: nodes.Test) -> tuple[Fix, ...]:
    if not isinstance(test.comparison, nodes.Compare):
        return ()
    return (offer(say("at least once"), put(test.comparison, ">= 1")),)


def _message(test: str, *, always: bool) -> str:
    if always:
        return say("{test} holds for every lead: a count is a whole number, 0 or more", test=test)
    return say("{test} holds for no lead: a count is a whole number, 0 or more", test=test)


LINT = warning("W249", find, local=True)
