"""Which column of the table `result` is which column of the output."""

from collections.abc import Sequence
from dataclasses import dataclass

from scoreline.runtime.rules import Rules
from scoreline.runtime.table.writing import Column, result_columns


@dataclass(frozen=True)
class Shape:
    """The columns of the output, which stand as `c0`, `c1`, … in the table."""

    columns: Sequence[Column]

    def column(self, name: str) -> str:
        """The column of a name; the key's column may bear the same, so that it is looked for last."""
        names = [each.name for each in self.columns]
        return f"c{names.index(name, 1)}"

    @property
    def key(self) -> str:
        """The column of the lead's key."""
        return "c0"


def shape_of(rules: Rules) -> Shape:
    """The shape of what rules come to."""
    key = rules.plan.schema.lead.key
    return Shape(result_columns(key, rules.model_names, rules.qualification_names))
