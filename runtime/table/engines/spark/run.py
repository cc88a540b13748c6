"""A run over tables by one query in Spark.

Promises the results, rejects and summary of the run lead by lead (`engines/python/run.py`). What Spark computes stays
there; results come here when they are written, a part at a time.
"""

import contextlib
import datetime
from collections.abc import Generator
from pathlib import Path
from typing import cast

from scoreline.compiler.backends.query import terms
from scoreline.compiler.backends.query.admitted import ROW, AdmittedRelations, AdmittedTables
from scoreline.compiler.backends.query.build import Query
from scoreline.compiler.backends.query.context import Context
from scoreline.compiler.backends.query.dialect import SPARK
from scoreline.runtime.rules import Rules
from scoreline.runtime.table.engines.scored_run import ScoredRun
from scoreline.runtime.table.engines.spark.admission import admit
from scoreline.runtime.table.engines.spark.previous import load_previous
from scoreline.runtime.table.engines.spark.session import Spark, spark
from scoreline.runtime.table.progress import Progress, silent
from scoreline.runtime.table.read.queries import columns, select, table
from scoreline.runtime.table.read.sources import Tables
from scoreline.runtime.table.rejects import Report
from scoreline.runtime.table.write.result_table import RESULT, results_query
from scoreline.runtime.table.write.tables import Cell, table_writer


class SparkRun(ScoredRun):
    """A run that is done in Spark."""

    def __init__(
        self,
        spark: Spark,
        rules: Rules,
        tables: Tables,
        as_of: datetime.datetime | int | None,
        report: Report,
        progress: Progress,
    ) -> None:
        super().__init__(rules, as_of, report)
        progress("reading in Spark", 0)
        admitted = admit(spark, rules.plan, tables, self._reject)
        previous = load_previous(spark, rules, tables.previous, self._reject)
        views = AdmittedTables(admitted.leads, admitted.contacts, admitted.interactions, previous)
        progress("scoring in Spark", 0)
        context = Context(rules.plan, self._session.moments, SPARK)
        spark.kept(RESULT, results_query(Query(context, AdmittedRelations(context, views))))
        self._scored(spark, views, admitted.unknown_types, admitted.types)

    def write(self, path: Path) -> None:
        """Writes all results; TableUnusable if the file cannot be written."""
        cells = columns(f"c{at}" for at in range(len(self._shape.columns)))
        results = select(cells, table(RESULT), order=[terms.column(ROW)])
        with table_writer(path, self._shape.columns) as write_row:
            for row in self._results.streamed(results):
                write_row(cast("tuple[Cell, ...]", row))


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
