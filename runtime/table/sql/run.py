"""A run over tables by one query in DuckDB.

Promises the results, rejects and summary of the run lead by lead (`runtime/table/run.py`). Memory is bounded by what
DuckDB is allowed, which then goes on in a folder of temporary files.
"""

import contextlib
import datetime
import tempfile
from collections.abc import Generator, Iterator
from dataclasses import dataclass
from pathlib import Path

import duckdb
from scoreline.compiler.backends.sql.admitted import AdmittedTables
from scoreline.compiler.instants import as_datetime
from scoreline.runtime.results import Result
from scoreline.runtime.rules import Rules
from scoreline.runtime.table.door import Admitted, admit
from scoreline.runtime.table.files import TableUnusable
from scoreline.runtime.table.loaded import Tables
from scoreline.runtime.table.parquet_rows import connection
from scoreline.runtime.table.progress import Progress, silent
from scoreline.runtime.table.rejects import Reject, Report
from scoreline.runtime.table.sql.answers import DuckdbAnswers
from scoreline.runtime.table.sql.earlier import load_previous
from scoreline.runtime.table.sql.files import can_write, write_results
from scoreline.runtime.table.sql.people import People
from scoreline.runtime.table.sql.scoring import score_admitted
from scoreline.runtime.table.sql.shape import shape_of
from scoreline.runtime.table.sql.tally import tally_of
from scoreline.runtime.table.summary import Summary
from scoreline.runtime.table.writing import draft_of, result_row, table_writer


@dataclass(frozen=True, slots=True)
class Limits:
    """What DuckDB may use: memory as it writes it (`1GB`; None: most of the machine's), and threads."""

    memory: str | None = None
    threads: int | None = None


class QueryRun:
    """A run that is done: ask it for results, actions and the summary while it is open."""

    def __init__(
        self,
        base: duckdb.DuckDBPyConnection,
        rules: Rules,
        tables: Tables,
        as_of: datetime.datetime | int | None,
        report: Report,
        progress: Progress,
    ) -> None:
        self._base, self._rules, self._session = base, rules, rules.session(as_of)
        self._shape = shape_of(rules)
        self._report = report
        self._rejects: list[tuple[str, str | None, str]] = []
        self._lost_rows = 0
        admitted = admit(base, rules.plan, tables, self._reject, progress)
        previous = load_previous(base, rules, tables.previous, self._reject)
        self._admitted: Admitted = admitted
        self._tables = AdmittedTables(admitted.leads, admitted.contacts, admitted.interactions, previous)
        score_admitted(base, rules.plan, self._session.moments, self._tables, progress)
        self._people = People(DuckdbAnswers(base), rules, self._shape, self._tables, self._session.moments)

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
        if can_write(self._base, path, self._shape):
            with draft_of(path, self._shape.columns) as draft:
                write_results(self._base, draft, path, self._shape)
            return
        models, qualifications = self._rules.model_names, self._rules.qualification_names
        with table_writer(path, self._shape.columns) as write_row:
            for key, result in self:
                write_row(result_row(key, result, models, qualifications))

    @property
    def summary(self) -> Summary:
        """What the run came to."""
        tally = tally_of(DuckdbAnswers(self._base), self._rules.plan, self._shape)
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


@contextlib.contextmanager
def query_run(
    rules: Rules,
    tables: Tables,
    *,
    as_of: datetime.datetime | int | None = None,
    report: Report = lambda reject: None,
    progress: Progress = silent,
    limits: Limits = Limits(),
) -> Generator[QueryRun]:
    """Scores all leads of a table at one `as_of` (with a time zone; None: now) in DuckDB.

    `report` is given every value or row that cannot be used. TableUnusable says why a file cannot be read at all, and
    that memory does not suffice.
    """
    with tempfile.TemporaryDirectory(prefix="scoreline-") as folder, connection() as base:
        _limit(base, limits, folder)
        try:
            yield QueryRun(base, rules, tables, as_of, report, progress)
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
