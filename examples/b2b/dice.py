"""Draws that every Python and every machine repeats: of `random`, only the sequence of `random()` is promised."""

import random
from collections.abc import Sequence
from typing import TypeVar

Item = TypeVar("Item")


class Dice:
    """Draws that every Python repeats."""

    def __init__(self, seed: int) -> None:
        self.draw = random.Random(seed).random

    def whole(self, low: int, high: int) -> int:
        """A whole number from `low` to `high`, both included."""
        return low + int(self.draw() * (high - low + 1))

    def one(self, items: Sequence[Item]) -> Item:
        return items[self.whole(0, len(items) - 1)]

    def word(self, words: str) -> str:
        return self.one(words.split())

    def weighted(self, items: Sequence[tuple[Item, int]]) -> Item:
        rest = self.draw() * sum(weight for _, weight in items)
        for item, weight in items:
            rest -= weight
            if rest < 0:
                return item
        return items[-1][0]

    def chance(self, probability: float) -> bool:
        return self.draw() < probability
