"""What was made of things, found again by their identity."""

from collections.abc import Callable
from typing import Generic, TypeVar

K = TypeVar("K")
V = TypeVar("V")


class Recalled(Generic[K, V]):
    """What `make` makes of things, once each. A thing that nobody asks about between two `turn`s is forgotten."""

    def __init__(self, make: Callable[[K], V]) -> None:
        self._make = make
        self._before: dict[int, tuple[K, V]] = {}
        self._now: dict[int, tuple[K, V]] = {}

    def of(self, thing: K) -> V:
        """What was made of this very thing. It is kept with what was made, so that its identity stays its own."""
        number = id(thing)
        if (entry := self._now.get(number)) is None:
            entry = self._before.get(number) or (thing, self._make(thing))
            self._now[number] = entry
        return entry[1]

    def turn(self) -> None:
        """Begin anew, knowing what was asked since the last time."""
        self._before, self._now = self._now, {}
