"""The table of results that an engine holds: its columns, and the queries that are asked of it.

Promises which column of the table is which column of the output. Engines run the query that makes the table.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from scoreline.compiler import plan
from scoreline.compiler.backends.query import build, names, terms
from scoreline.compiler.backends.query.admitted import ROW
from scoreline.compiler.backends.query.counting import counted_types
from scoreline.compiler.backends.query.features import COUNTED
from scoreline.compiler.backends.query.terms import Expr
from scoreline.runtime.rules import Rules
from scoreline.runtime.table.write.tables import OutputColumn, result_columns
from sqlglot import exp

RESULT = "result"
"""The table of results: `ROW`, the columns of `result_columns` as `c0`, `c1`, …, then those of `stage_columns`, and
`COUNTED` if any interactions of leads are. A list of rules is one text there, each id behind a comma, which takes half
the memory."""


def results_query(made: build.Query) -> exp.Query:
    """What the table `result` is made of."""
    whole = made.context.whole
    columns = [
        terms.column(ROW),
        *(terms.called(each.this, f"c{at}") for at, each in enumerate(build.result_columns(whole))),
        *(terms.column(each) for each in stage_columns(whole)),
    ]
    if made.counted and counted_types(whole, "lead"):
        columns.append(terms.column(COUNTED))
    results = exp.select(*columns).from_(exp.Table(this=terms.name(made.last)), copy=False)
    return build.with_steps(results, made.steps())


def stage_columns(whole: plan.Plan) -> list[str]:
    """For each qualification: whether it judges the lead, and the numbers of the stage before and now."""
    return [names.of_model(each.name, what) for each in whole.qualifications for what in ("concerned", "before", "now")]


@dataclass(frozen=True)
class Shape:
    """The columns of the output, which stand as `c0`, `c1`, … in the table."""

    columns: Sequence[OutputColumn]

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


class ResultReader(Protocol):
    """Reads the table of results of an engine."""

    def streamed(self, query: Expr) -> Iterator[tuple[object, ...]]:
        """The rows that a query finds."""
        ...
