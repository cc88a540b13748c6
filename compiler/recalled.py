"""Results that are found again by the identity of what they were worked out of.

Promises that a result belongs to the very same object: it is kept together with that object, so that no other one can
take its identity. Whether a result still holds is left to the caller.
"""

from collections.abc import Callable
from typing import Generic, TypeVar

K = TypeVar("K")
V = TypeVar("V")


class Recalled(Generic[K, V]):
    """Results by object. A result that nobody asks for between two `turn`s is forgotten."""

    def __init__(self) -> None:
        self._before: dict[int, tuple[K, V]] = {}
        self._now: dict[int, tuple[K, V]] = {}

    def known(self, thing: K) -> V | None:
        """The result for an object, if there is one."""
        entry = self._now.get(id(thing)) or self._before.get(id(thing))
        return None if entry is None else entry[1]

    def keep(self, thing: K, result: V) -> None:
        """Remember the result for an object."""
        self._now[id(thing)] = (thing, result)

    def of(self, thing: K, make: Callable[[K], V]) -> V:
        """The result for an object; it is made if it is not known."""
        number = id(thing)
        entry = self._now.get(number)
        if entry is None:
            entry = self._now[number] = self._before.get(number) or (thing, make(thing))
        return entry[1]

    def turn(self) -> None:
        """Forget what nobody has asked for since the last turn."""
        self._before, self._now = self._now, {}
