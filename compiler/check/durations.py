"""Whether a window fits what it stands behind."""

from scoreline.compiler.check.values import Here
from scoreline.compiler.problems import types
from scoreline.dsl import nodes
from scoreline.dsl.messages import say

_SHORT = (nodes.Unit.MINUTE, nodes.Unit.HOUR)


def counts_in(here: Here, window: nodes.Window | None) -> bool:
    """Whether a window fits a count: all but one that looks ahead."""
    if isinstance(window, nodes.Within) and window.ahead:
        message = say("interactions lie in the past: `within the next` cannot count them")
        here.report.add(types.window(here.place(window), message, say("write `within` to look back")))
        return False
    return True


def field_in(here: Here, name: str, type_: str, window: nodes.Window) -> bool:
    """Whether a window fits a field of a type: a datetime takes any, a date whole days."""
    if type_ not in ("date", "datetime"):
        message = say("`{name}` is not a date: it cannot have a window", name=name)
        help = say("write a window such as `within 30 days` after an interaction or a date")
        here.report.add(types.window(here.place(window), message, help))
        return False
    if type_ == "date" and not isinstance(window, nodes.Since) and window.duration.unit in _SHORT:
        message = say("`{name}` is a date without a time: hours and minutes cannot be used with it", name=name)
        here.report.add(types.window(here.place(window), message, say("write days, weeks, months or years")))
        return False
    return True
