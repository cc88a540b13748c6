"""Scores a table of leads, row by row, in the leads' order.

Promises that no row stops the run and none vanishes: each gives a result or a reject. Contacts, interactions and
earlier stages are read into memory first, leads one by one, so that memory grows with the former only.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

Progress = Callable[[str, int], None]
"""Is told what is being done and with how many rows so far."""


@dataclass(frozen=True, slots=True)
class Tables:
    """The files of a run; only leads are needed. `previous` is an earlier output of `score`."""

    leads: Path
    contacts: Path | None = None
    interactions: Path | None = None
    previous: Path | None = None
