"""A lead's interactions and its contact's, in the columns that compiled rules count in.

Each column has the instants of one type and owner in ascending order, and the properties that go with them: so a count
within a window is the difference of two places, and history that is kept costs nothing to read again.
"""

from array import array
from collections.abc import Sequence
from dataclasses import dataclass, replace
from operator import itemgetter

from scoreline.compiler.backends.closures.build import Properties, Value
from scoreline.compiler.backends.closures.layout import Layout
from scoreline.compiler.schema import Schema
from scoreline.runtime.results import Rejected

LEAD, CONTACT, BOTH = 1, 2, 3
BITS = {"lead": LEAD, "contact": CONTACT, "both": BOTH}
"""The origins that a column takes in."""

Event = tuple[int, int, Sequence[Value]]
"""An interaction: its instant, its origin (LEAD, CONTACT or BOTH), its properties by slot."""

Events = list[list[Event]]
"""The interactions of one lead and its contact, in any order: a list for each type of the layout."""


@dataclass(frozen=True, slots=True, eq=False)
class History:
    """Interactions as the rules that made it count them: hand it to `score` in place of a list, as often as wanted.

    `rejected` are the values that could not be read when it was made; each result names them again.
    `read_as` is the schema and the time zone by which they were read.
    """

    layout: Layout
    instants: Sequence[Sequence[int]]
    properties: Properties
    rejected: tuple[Rejected, ...] = ()
    read_as: tuple[Schema, str] | None = None


def compact(history: History) -> History:
    """The same history with its instants side by side in memory: for one that is kept."""
    return replace(history, instants=[array("q", each) for each in history.instants])


def arranged(
    layout: Layout, events: Events, rejected: Sequence[Rejected] = (), read_as: tuple[Schema, str] | None = None
) -> History:
    """Events in the columns of a layout."""
    parts = {type_: _by_owner(each) for type_, each in zip(layout.types, events, strict=True)}
    columns = [parts[column.type][column.origin] for column in layout.columns]
    return History(layout, [each[0] for each in columns], [each[1] for each in columns], tuple(rejected), read_as)


_Column = tuple[Sequence[int], Sequence[Sequence[Value]]]
_EMPTY: _Column = ((), ())


def _by_owner(events: list[Event]) -> dict[str, _Column]:
    """The columns that one type's events make: the lead's, its contact's, both's."""
    if not events:
        return {"lead": _EMPTY, "contact": _EMPTY, "both": _EMPTY}
    if len(events) > 1:
        events.sort(key=itemgetter(0))
    instants, origins, values = zip(*events, strict=True)
    together = (instants, values)
    if origins.count(LEAD) == len(origins):
        return {"lead": together, "contact": _EMPTY, "both": together}
    return {"lead": _of(events, LEAD), "contact": _of(events, CONTACT), "both": together}


def _of(events: list[Event], owner: int) -> _Column:
    chosen = [event for event in events if event[1] & owner]
    return [event[0] for event in chosen], [event[2] for event in chosen]
