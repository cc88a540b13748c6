"""Tells now and then how far a long run has come."""

from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

T = TypeVar("T")

Progress = Callable[[str, int], None]
"""Is told what is being done, and with how many rows so far."""

EVERY = 1000
"""Rows from one telling to the next."""


def silent(what: str, rows: int) -> None:
    """A progress that tells nobody."""


def watched(rows: Iterable[T], what: str, progress: Progress) -> Iterator[T]:
    """The rows, with progress told at the start, every so many rows, and at the end."""
    progress(what, 0)
    count = 0
    for count, row in enumerate(rows, 1):
        if count % EVERY == 0:
            progress(what, count)
        yield row
    progress(what, count)
