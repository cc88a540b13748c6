"""A run over tables by one query in DuckDB.

Promises the results, rejects and summary of the run lead by lead (`engines/python/run.py`). Memory is bounded by what
DuckDB is allowed, which then goes on in a folder of temporary files.
"""

import contextlib
import datetime
import tempfile
from collections.abc import Generator, Iterator
from dataclasses import dataclass
from pathlib import Path

import duckdb
from scoreline.compiler.backends.query.admitted import AdmittedTables
from scoreline.compiler.backends.query.terms import Expr
from scoreline.runtime.rules import Rules
from scoreline.runtime.table.engines.duckdb.admission import admit
from scoreline.runtime.table.engines.duckdb.previous import load_previous
from scoreline.runtime.table.engines.duckdb.scoring import score_admitted
from scoreline.runtime.table.engines.scored_run import ScoredRun
from scoreline.runtime.table.progress import Progress, silent
from scoreline.runtime.table.read.files import TableUnusable
from scoreline.runtime.table.read.parquet_rows import connection
from scoreline.runtime.table.read.queries import streamed
from scoreline.runtime.table.read.sources import Tables
from scoreline.runtime.table.rejects import Report
from scoreline.runtime.table.write.duckdb_files import can_write, write_results
from scoreline.runtime.table.write.result_table import RESULT
from scoreline.runtime.table.write.tables import draft_of, result_row, table_writer


@dataclass(frozen=True, slots=True)
class Limits:
    """What DuckDB may use: memory as it writes it (`1GB`; None: most of the machine's), and threads."""

    memory: str | None = None
    threads: int | None = None


NO_LIMITS = Limits()


@dataclass(frozen=True)
class DuckdbResults:
    """Reads the table of results."""

    base: duckdb.DuckDBPyConnection

    def streamed(self, query: Expr) -> Iterator[tuple[object, ...]]:
        """The rows that a query finds."""
        return streamed(self.base, query)


class DuckdbRun(ScoredRun):
    """A run whose table of results is in DuckDB."""

    def __init__(
        self, base: duckdb.DuckDBPyConnection, rules: Rules, as_of: datetime.datetime | int | None, report: Report
    ) -> None:
        super().__init__(rules, as_of, report)
        self._base = base

    def write(self, path: Path) -> None:
        """Writes all results; TableUnusable if the file cannot be written."""
        self._write(path, RESULT)

    def _write(self, path: Path, table: str) -> None:
        """Writes a table with the columns of that of results."""
        if can_write(self._base, path, self._shape, table):
            with draft_of(path, self._shape.columns) as draft:
                write_results(self._base, draft, path, self._shape, table)
            return
        models, qualifications = self._rules.model_names, self._rules.qualification_names
        with table_writer(path, self._shape.columns) as write_row:
            for key, result in self._leads.all(of=table):
                write_row(result_row(key, result, models, qualifications))


class QueryRun(DuckdbRun):
    """A run over whole tables."""

    def __init__(
        self,
        base: duckdb.DuckDBPyConnection,
        rules: Rules,
        tables: Tables,
        as_of: datetime.datetime | int | None,
        report: Report,
        progress: Progress,
    ) -> None:
        super().__init__(base, rules, as_of, report)
        moments = self._session.moments
        admitted = admit(base, rules.plan, tables, moments[0], self._reject, progress)
        previous = load_previous(base, rules, tables.previous, self._reject)
        views = AdmittedTables(admitted.leads, admitted.contacts, admitted.interactions, previous)
        score_admitted(base, rules.plan, moments, views, progress, lambda: admitted.keys_hold(RESULT))
        self._scored(DuckdbResults(base), views, *admitted.told_types())


@contextlib.contextmanager
def query_run(
    rules: Rules,
    tables: Tables,
    *,
    as_of: datetime.datetime | int | None = None,
    report: Report = lambda reject: None,
    progress: Progress = silent,
    limits: Limits = NO_LIMITS,
) -> Generator[QueryRun]:
    """Scores all leads of a table at one `as_of` (with a time zone; None: now) in DuckDB.

    `report` is given every value or row that cannot be used. TableUnusable says why a file cannot be read at all, and
    that memory does not suffice.
    """
    with limited(limits) as base:
        yield QueryRun(base, rules, tables, as_of, report, progress)


@contextlib.contextmanager
def limited(limits: Limits) -> Generator[duckdb.DuckDBPyConnection]:
    """A DuckDB for one run, with a folder for what memory does not hold; TableUnusable if that does not suffice."""
    with tempfile.TemporaryDirectory(prefix="scoreline-") as folder, connection() as base:
        _limit(base, limits, folder)
        try:
            yield base
        except duckdb.OutOfMemoryException as fault:
            raise TableUnusable(
                "there is not enough memory for this run, even with temporary files",
                "allow more with `--memory-limit`, or free some space on the disk",
            ) from fault


def _limit(base: duckdb.DuckDBPyConnection, limits: Limits, folder: str) -> None:
    base.execute("set temp_directory = ?", [folder])
    if limits.memory is not None:
        try:
            base.execute("set memory_limit = ?", [limits.memory])
        except duckdb.Error as fault:
            raise TableUnusable(
                f"`{limits.memory}` is no amount of memory", "write it as in `--memory-limit 4GB`"
            ) from fault
    if limits.threads is not None:
        base.execute("set threads = ?", [limits.threads])
