"""What a query begins with, and how it counts: left to whoever runs it."""

from typing import Protocol

from scoreline.compiler import plan
from scoreline.compiler.backends.query import terms
from scoreline.compiler.backends.query.terms import Expr
from sqlglot import exp

Step = tuple[str, exp.Query]
"""A named part of a query."""

LEAD, CONTACT, INTERACTION, FEATURES = "lead", "contact", "interaction", "features"


class Relations(Protocol):
    """Where leads, contacts, interactions and earlier stages come from."""

    def leads(self) -> exp.Select:
        """Each lead once: its key, its contact's (if there are contacts), the fields in use as rules compare them, and
        for each qualification the stage of last time and how often one had been entered."""
        ...

    def contacts(self) -> exp.Select:
        """Each contact once: its key, and its fields in use."""
        ...

    def interactions(self) -> list[Step]:
        """The steps to `interaction`: everything that counts, with the columns `names.interaction_columns`."""
        ...


class Counts(Protocol):
    """How counters become columns."""

    def steps(self, origin: plan.Origin, happened: str, made: str) -> list[Step]:
        """The steps from the interactions in `happened` to one row for each subject in `made`."""
        ...


def table(name: str) -> exp.Table:
    """A step of the query as a table."""
    return exp.Table(this=terms.name(name))


def same(column: str, one: str, other: str) -> Expr:
    """Whether two tables have the same value in a column."""
    return exp.EQ(this=terms.column(column, one), expression=terms.column(column, other))


def counts_name(origin: plan.Origin) -> str:
    """The step with the counts of one owner."""
    return f"counts of {origin}"


def points_name(number: int) -> str:
    """The step with a counter that needs the newest interaction of each key."""
    return f"points of counter {number}"
