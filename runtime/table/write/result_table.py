"""The table of results that an engine holds: its columns, and the queries that are asked of it.

Promises which column of the table is which column of the output. Engines run the query that makes the table.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

import duckdb
from scoreline.compiler import plan
from scoreline.compiler.backends.query import build, names, terms
from scoreline.compiler.backends.query.admitted import ROW
from scoreline.compiler.backends.query.counting import counted_types
from scoreline.compiler.backends.query.features import COUNTED
from scoreline.compiler.backends.query.printing import printed
from scoreline.runtime.rules import Rules
from scoreline.runtime.table.read.parquet_rows import identifier
from scoreline.runtime.table.write.tables import Column, result_columns
from sqlglot import exp

RESULT = "result"
"""The table of results: `ROW`, the columns of `result_columns` as `c0`, `c1`, …, then those of `stage_columns`, and
`COUNTED` if any interactions of leads are. A list of rules is one text there, each id behind a comma, which takes half
the memory."""

_BATCH = 2048


def results_query(made: build.Query) -> str:
    """What the table `result` is made of, in the query's dialect."""
    whole = made.context.whole
    columns = [
        terms.column(ROW),
        *(terms.called(each.this, f"c{at}") for at, each in enumerate(build.result_columns(whole))),
        *(terms.column(each) for each in stage_columns(whole)),
    ]
    if made.counted and counted_types(whole, "lead"):
        columns.append(terms.column(COUNTED))
    results = exp.select(*columns).from_(exp.Table(this=terms.name(made.last)), copy=False)
    return printed(build.with_steps(results, made.steps()), made.context.dialect)


def stage_columns(whole: plan.Plan) -> list[str]:
    """For each qualification: whether it judges the lead, and the numbers of the stage before and now."""
    return [names.of_model(each.name, what) for each in whole.qualifications for what in ("concerned", "before", "now")]


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


class Answers(Protocol):
    """An engine that holds the table of results."""

    def rows(self, sql: str) -> Iterator[tuple[object, ...]]:
        """The rows that a query finds."""
        ...

    def quoted(self, name: str) -> str:
        """A name as it stands in a query."""
        ...


@dataclass(frozen=True)
class DuckdbAnswers:
    """DuckDB's."""

    base: duckdb.DuckDBPyConnection

    def rows(self, sql: str) -> Iterator[tuple[object, ...]]:
        """The rows that a query finds."""
        found = self.base.cursor().execute(sql)
        while batch := found.fetchmany(_BATCH):
            yield from batch

    def quoted(self, name: str) -> str:
        """A name as it stands in a query."""
        return identifier(name)
