"""A run over tables by one query in Spark.

Promises the results, rejects and summary of the run lead by lead (`runtime/table/run.py`). What Spark computes stays
there; results come here when they are written, a part at a time.
"""

import contextlib
import datetime
from collections.abc import Generator, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from scoreline.compiler.backends.sql import terms
from scoreline.compiler.backends.sql.admitted import ROW, AdmittedRelations, AdmittedTables
from scoreline.compiler.backends.sql.context import Context
from scoreline.compiler.backends.sql.printing import printed
from scoreline.compiler.backends.sql.query import Query, result_columns, with_steps
from scoreline.compiler.instants import as_datetime
from scoreline.runtime.results import Result
from scoreline.runtime.rules import Rules
from scoreline.runtime.table.loaded import Tables
from scoreline.runtime.table.progress import Progress, silent
from scoreline.runtime.table.rejects import Reject, Report
from scoreline.runtime.table.spark.admitting import admit
from scoreline.runtime.table.spark.earlier import load_previous
from scoreline.runtime.table.spark.session import Spark, spark
from scoreline.runtime.table.spark.words import quoted
from scoreline.runtime.table.sql.people import People
from scoreline.runtime.table.sql.scoring import RESULT, stage_columns
from scoreline.runtime.table.sql.shape import shape_of
from scoreline.runtime.table.sql.tally import tally_of
from scoreline.runtime.table.summary import Summary
from scoreline.runtime.table.writing import Cell, table_writer
from sqlglot import exp


class SparkRun:
    """A run that is done: ask it for results, actions and the summary while it is open."""

    def __init__(
        self,
        spark: Spark,
        rules: Rules,
        tables: Tables,
        as_of: datetime.datetime | int | None,
        report: Report,
        progress: Progress,
    ) -> None:
        self._rules, self._session = rules, rules.session(as_of)
        self._shape = shape_of(rules)
        self._report = report
        self._rejects: list[tuple[str, str | None, str]] = []
        self._lost_rows = 0
        self._answers = _Answers(spark)
        progress("reading in Spark", 0)
        self._admitted = admit(spark, rules.plan, tables, self._reject)
        previous = load_previous(spark, rules, tables.previous, self._reject)
        views = AdmittedTables(self._admitted.leads, self._admitted.contacts, self._admitted.interactions, previous)
        progress("scoring in Spark", 0)
        spark.kept(RESULT, _query(rules, self._session.moments, views))
        self._people = People(self._answers, rules, self._shape, views, self._session.moments)

    def first(self, most: int) -> list[tuple[str, Result]]:
        """The first leads with their results."""
        return list(self._people.all(most))

    def __iter__(self) -> Iterator[tuple[str, Result]]:
        """Each lead's key and result, in the order of the file; without actions."""
        return self._people.all()

    def entering(self) -> Iterator[tuple[str, Result]]:
        """The leads that enter a stage with actions, with these."""
        return self._people.entering()

    def write(self, path: Path) -> None:
        """Writes all results; TableUnusable if the file cannot be written."""
        cells = ", ".join(f"c{at}" for at in range(len(self._shape.columns)))
        with table_writer(path, self._shape.columns) as write_row:
            for row in self._answers.rows(f"select {cells} from {RESULT} order by {quoted(ROW)}"):
                write_row(cast("tuple[Cell, ...]", row))

    @property
    def summary(self) -> Summary:
        """What the run came to."""
        tally = tally_of(self._answers, self._rules.plan, self._shape)
        tally.rejects.update(self._rejects)
        as_of = as_datetime(self._session.as_of).astimezone(self._rules.zone)
        return tally.summary(self._rules.plan, as_of, self._admitted.unknown_types, self._admitted.types)

    @property
    def rejected(self) -> int:
        """How many values and rows could not be used."""
        return len(self._rejects)

    @property
    def lost_rows(self) -> int:
        """How many rejects concern a row of the leads."""
        return self._lost_rows

    def _reject(self, reject: Reject) -> None:
        self._rejects.append((reject.table, reject.column, reject.reason))
        self._lost_rows += reject.table == "leads" and reject.row is not None
        self._report(reject)


@dataclass(frozen=True)
class _Answers:
    spark: Spark

    def rows(self, sql: str) -> Iterator[tuple[object, ...]]:
        return self.spark.streamed(sql)

    def quoted(self, name: str) -> str:
        return quoted(name)


def _query(rules: Rules, moments: "tuple[int, ...] | list[int]", views: AdmittedTables) -> str:
    whole = rules.plan
    query = Query(Context(whole, moments, "spark"), AdmittedRelations(whole, views, "spark", moments[0]))
    columns = [
        terms.column(ROW),
        *(terms.called(each.this, f"c{at}") for at, each in enumerate(result_columns(whole))),
        *(terms.column(each) for each in stage_columns(whole)),
    ]
    made = exp.select(*columns).from_(exp.Table(this=terms.name(query.last)), copy=False)
    return printed(with_steps(made, query.steps()), "spark")


@contextlib.contextmanager
def spark_run(
    rules: Rules,
    tables: Tables,
    *,
    as_of: datetime.datetime | int | None = None,
    report: Report = lambda reject: None,
    progress: Progress = silent,
    master: str | None = None,
    memory: str | None = None,
) -> Generator[SparkRun]:
    """Scores all leads of a table at one `as_of` (with a time zone; None: now) in Spark.

    `report` is given every value or row that cannot be used. TableUnusable says why a file cannot be read at all, and
    that Spark is not there. `master` and `memory`: see `session.spark`.
    """
    progress("starting Spark", 0)
    with spark(master, memory) as running:
        yield SparkRun(running, rules, tables, as_of, report, progress)
