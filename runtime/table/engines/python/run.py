"""Scores a table of leads, row by row, in the leads' order.

Promises that no row stops the run and none vanishes: each gives a result or a reject. Memory grows with contacts,
interactions and earlier stages, not with leads (of which only the keys are kept).
"""

import datetime
from collections.abc import Iterator

from scoreline.compiler.instants import as_datetime
from scoreline.runtime.results import Result
from scoreline.runtime.rules import Rules
from scoreline.runtime.table.admit.keys import each_once
from scoreline.runtime.table.engines.python.loaded import Loaded
from scoreline.runtime.table.progress import Progress, silent, watched
from scoreline.runtime.table.read.rows import table_rows
from scoreline.runtime.table.read.sources import Tables, rejector_of
from scoreline.runtime.table.rejects import Reject, Report
from scoreline.runtime.table.write.summary import Summary, Tally


class TableRun:
    """A run over a table: iterate over it once for each lead's key and result, then ask for the `summary`."""

    def __init__(
        self, rules: Rules, tables: Tables, as_of: datetime.datetime | int | None, report: Report, progress: Progress
    ) -> None:
        self._rules, self._tables = rules, tables
        self._session = rules.session(as_of)
        self._report, self._progress = report, progress
        self._tally = Tally()
        self._lost_rows = 0
        self._loaded = Loaded(rules, tables, self._reject, progress)

    def __iter__(self) -> Iterator[tuple[str, Result]]:
        """Each lead's key and result, in the order of the file."""
        rejector = rejector_of("leads", self._tables.leads, self._reject)
        known: set[str] = set()
        rows = watched(
            table_rows(self._tables.leads, self._loaded.lead_columns, rejector), "scoring leads", self._progress
        )
        for key, (number, row) in each_once(rows, self._loaded.schema.lead.key, rejector):
            known.add(key)
            read_lead = self._loaded.read_lead(key, number, row, rejector)
            result = self._session.score(read_lead, self._loaded.stages(key))
            self._tally.add(result)
            yield key, result
        self._loaded.report_unknown_leads(known, self._reject)

    @property
    def summary(self) -> Summary:
        """What the run came to so far; whole once all leads are read."""
        as_of = as_datetime(self._session.as_of).astimezone(self._rules.zone)
        interactions = self._loaded.interactions
        return self._tally.summary(self._rules.plan, as_of, interactions.unknown_types, interactions.types)

    @property
    def lost_rows(self) -> int:
        """How many rejects so far concern a row of the leads."""
        return self._lost_rows

    def _reject(self, reject: Reject) -> None:
        self._tally.reject(reject)
        self._lost_rows += reject.table == "leads" and reject.row is not None
        self._report(reject)


def score_table(
    rules: Rules,
    tables: Tables,
    *,
    as_of: datetime.datetime | int | None = None,
    report: Report = lambda reject: None,
    progress: Progress = silent,
) -> TableRun:
    """Scores all leads of a table at one `as_of` (with a time zone; None: now).

    Contacts, interactions and earlier stages are read at once, leads while the run is iterated over. `report` is
    given every value or row that cannot be used; `progress` what is being done and with how many rows. TableUnusable
    says why a file cannot be read at all.
    """
    return TableRun(rules, tables, as_of, report, progress)
