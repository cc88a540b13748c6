"""A lead's interactions and its contact's, in the columns that compiled rules count in.

Each column has the instants of one type and owner in ascending order, and the properties that go with them: so a count
within a window is the difference of two places, and history that is kept costs nothing to read again.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from operator import itemgetter

from scoreline.compiler.backends.closures.build import Instants, Properties, Value
from scoreline.compiler.backends.closures.layout import Layout
from scoreline.runtime.results import Rejected

LEAD, CONTACT, BOTH = 1, 2, 3
_BITS = {"lead": LEAD, "contact": CONTACT, "both": BOTH}

Event = tuple[int, int, Sequence[Value]]
"""An interaction: its instant, its origin (LEAD, CONTACT or BOTH), its properties by slot."""

Events = list[list[Event]]
"""The interactions of one lead and its contact, in any order: a list for each type of the layout."""


@dataclass(frozen=True, slots=True, eq=False)
class History:
    """Interactions as the rules that made it count them: hand it to `score` in place of a list, as often as wanted.

    `rejected` are the values that could not be read when it was made; each result names them again.
    """

    layout: Layout
    instants: Instants
    properties: Properties
    rejected: tuple[Rejected, ...] = ()


def arranged(layout: Layout, events: Events, rejected: Sequence[Rejected] = ()) -> History:
    """Events in the columns of a layout."""
    by_type = dict(zip(layout.types, events, strict=True))
    for each in events:
        each.sort(key=itemgetter(0))
    instants: list[Sequence[int]] = []
    properties: list[Sequence[Sequence[Value]]] = []
    for column in layout.columns:
        bits = _BITS[column.origin]
        chosen = by_type[column.type]
        if bits != BOTH:
            chosen = [event for event in chosen if event[1] & bits]
        instants.append([event[0] for event in chosen])
        properties.append([event[2] for event in chosen] if layout.properties[column.type] else ())
    return History(layout, instants, properties, tuple(rejected))
