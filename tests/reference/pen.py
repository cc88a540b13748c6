"""Small choices for drawn projects: pick one, take some, now and then.

A pen is a seeded random generator, not a Hypothesis data source: Hypothesis spends most examples on mutating what it
drew before, and a thousand of its projects hold some two hundred different ones. The price is its shrinking, which
`smallest.py` does better, since it knows what a rule file is.
"""

import random
from collections.abc import Sequence
from typing import TypeVar

Item = TypeVar("Item")


class Pen:
    """Draws by a seed: the same seed, the same project."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)

    def number(self, low: int, high: int) -> int:
        """A whole number, both ends included."""
        return self._random.randint(low, high)

    def pick(self, items: Sequence[Item]) -> Item:
        """One of the items."""
        return items[self._random.randrange(len(items))]

    def chance(self, percent: int) -> bool:
        """True in about so many cases of a hundred."""
        return self._random.randrange(100) < percent

    def some(self, items: Sequence[Item], low: int, high: int) -> list[Item]:
        """So many different items, in any order."""
        return self._random.sample(list(items), min(self.number(low, high), len(items)))

    def maybe(self, percent: int, text: str) -> str:
        """The text in so many cases of a hundred, else nothing."""
        return text if self.chance(percent) else ""
