"""Counts that a service keeps itself, in place of the interactions that they were counted from.

`Rules.counters` names what rules count, in the words of the rules. A service that keeps those numbers (and
knows to what `as_of` they belong) hands them to `score`, and pays nothing for history.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import cast

from scoreline.compiler.nearest import nearest
from scoreline.runtime.results import Rejected


@dataclass(frozen=True, slots=True, eq=False)
class InteractionCounts:
    """The number of each counter, in the order of `names`; made by `Rules.count` or `Rules.counts_of`."""

    names: tuple[str, ...]
    numbers: tuple[int, ...]

    @property
    def rejected(self) -> tuple[Rejected, ...]:
        """Nothing: the service that counted has seen what could not be read."""
        return ()

    @property
    def values(self) -> Mapping[str, int]:
        """Each count by its name."""
        return MappingProxyType(dict(zip(self.names, self.numbers, strict=True)))


def counts_of(names: Sequence[str], points: Collection[str], values: Mapping[str, int]) -> InteractionCounts:
    """Counts by name; those that are not given are 0. `points` are the names of sums of points, which may be negative.

    ValueError for a name that rules do not count by, with the nearest that they do, and for a count below 0; TypeError
    for what is no whole number.
    """
    known = dict.fromkeys(names, 0)
    for name, number in values.items():
        if name not in known:
            close = nearest(name, names)
            raise ValueError(f"rules count nothing called {name!r}" + (f"; did you mean {close!r}?" if close else ""))
        if not isinstance(cast(object, number), int) or isinstance(number, bool):
            raise TypeError(f"the count of {name!r} is a whole number, not a {type(number).__name__}")
        if number < 0 and name not in points:
            raise ValueError(f"the count of {name!r} is {number}, and a count is 0 or more")
        known[name] = number
    return InteractionCounts(tuple(names), tuple(known.values()))
