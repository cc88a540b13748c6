"""The cells of a column as an engine sees them, in the few kinds that notations know.

Promises no more than what is there: which type of an engine is of which kind is said by the engines.
"""

from dataclasses import dataclass
from typing import Literal, NamedTuple

from scoreline.compiler.backends.query import terms
from scoreline.compiler.backends.query.terms import Expr

Kind = Literal["text", "yes/no", "whole", "float", "decimal", "day", "wall", "instant", "texts", "other"]
"""Texts; yes/no; whole numbers, 64-bit floats and smaller ones, decimals; days; times on a wall clock, and in a zone;
lists of texts; whatever else, which only the exact reader knows."""


class CellForm(NamedTuple):
    """A way to read some cells: whether one is written so (None: each that is not missing is), and its value."""

    holds: Expr | None
    value: Expr


@dataclass(frozen=True)
class Cells:
    """A column: `raw` is a cell, of a text what the exact reader is given.

    `moment` is the zone-less time of a cell that is one, in UTC for an instant, where `is_sure` holds. A cell of JSON
    that is no text stands in `beside`.
    """

    kind: Kind
    raw: Expr
    moment: Expr | None = None
    is_sure: Expr | None = None
    beside: Expr | None = None

    @property
    def missing(self) -> Expr:
        """Whether there is nothing in a cell."""
        nothing = terms.unknown(self.raw)
        return nothing if self.beside is None else terms.all_of([nothing, terms.unknown(self.beside)])
