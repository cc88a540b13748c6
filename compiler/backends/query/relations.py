"""What a query begins with, and how it counts: protocols, since each engine or warehouse has its own.

A step of a query has a name, under which later steps read it.
"""

from typing import Protocol

from scoreline.compiler import plan
from sqlglot import exp

Step = tuple[str, exp.Query]
"""A named part of a query."""

LEAD, CONTACT, INTERACTION, FEATURES = "lead", "contact", "interaction", "features"


class Relations(Protocol):
    """Where leads, contacts, interactions and earlier stages come from."""

    def leads(self) -> exp.Select:
        """Each lead once: its key, its contact's (if there are contacts), the fields in use as rules compare them, and
        for each qualification the stage of the earlier run and how often a stage had been entered."""
        ...

    def contacts(self) -> exp.Select:
        """Each contact once: its key, and its fields in use."""
        ...

    def interactions(self) -> list[Step]:
        """The steps to `interaction`: all that count, with the columns `names.interaction_columns`."""
        ...


class Counts(Protocol):
    """How counters become columns."""

    def steps(self, origin: plan.Origin, source: str, made: str) -> list[Step]:
        """The steps from the interactions of the step `source` to one row for each lead or contact in `made`."""
        ...


def counts_name(origin: plan.Origin) -> str:
    """The step with the counts of one owner."""
    return f"counts of {origin}"


def points_name(number: int) -> str:
    """The step with a counter that needs the newest interaction of each key."""
    return f"points of counter {number}"
