"""What an edit changed, in whole lines."""

from collections.abc import Callable
from typing import NamedTuple

from scoreline.dsl.source import Source


class Change(NamedTuple):
    """Lines `first` up to, not including, `end` of a text (from 0) became lines `first` up to `new_end` of another."""

    first: int
    end: int
    new_end: int

    @classmethod
    def between(cls, old: Source, new: Source) -> "Change":
        """The lines that were changed; never none, so that a line taken out has one that stands for it."""
        one, other = old.text, new.text
        most = min(len(one), len(other))
        # A character less on either side: one that joins `\r` and `\n` changes the lines beside it.
        same = max(0, _most(most, lambda size: one[:size] == other[:size]) - 1)
        alike = _most(most - same, lambda size: one[len(one) - size :] == other[len(other) - size :])
        behind = max(0, alike - 1)
        end, new_end = old.position(len(one) - behind).line, new.position(len(other) - behind).line
        return cls(old.position(same).line - 1, end, new_end)


def _most(limit: int, holds: Callable[[int], bool]) -> int:
    """The largest size up to a limit for which something holds that holds for all smaller ones."""
    low, high = 0, limit
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if holds(middle) else (low, middle - 1)
    return low
