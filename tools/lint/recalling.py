"""What was made of things, found again by their identity."""

from collections.abc import Callable
from typing import Generic, TypeVar

K = TypeVar("K")
V = TypeVar("V")


class Recalled(Generic[K, V]):
    """What `make` makes of things, once each. A thing that nobody asks about between two `turn`s is forgotten."""

    def __init__(self, make: Callable[[K], V] | None = None) -> None:
        self._make = make
        self._before: dict[int, tuple[K, V]] = {}
        self._now: dict[int, tuple[K, V]] = {}

    def of(self, thing: K, make: Callable[[K], V] | None = None) -> V:
        """What was made of this very thing, if need be with another `make`. It is kept with what was made, so that its
        identity stays its own."""
        number = id(thing)
        if (entry := self._now.get(number)) is None:
            make = make or self._make
            assert make is not None
            entry = self._before.get(number) or (thing, make(thing))
            self._now[number] = entry
        return entry[1]

    def turn(self) -> None:
        """Begin anew, knowing what was asked since the last time."""
        self._before, self._now = self._now, {}
