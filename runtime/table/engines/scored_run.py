"""A run that an engine has done by one query: results, actions and summary out of its table of results.

What differs between engines is left to them: how files are read, how the query is run, how results are written.
"""

import datetime
from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping
from pathlib import Path

from scoreline.compiler.backends.query.admitted import AdmittedTables
from scoreline.compiler.instants import as_datetime
from scoreline.runtime.results import Result
from scoreline.runtime.rules import Rules
from scoreline.runtime.table.rejects import Reject, Report
from scoreline.runtime.table.write.result_table import ResultReader, shape_of
from scoreline.runtime.table.write.scored_leads import ScoredLeads
from scoreline.runtime.table.write.summary import Summary
from scoreline.runtime.table.write.tally import tally_of


class ScoredRun(ABC):
    """A run that is done: ask it for results, actions and the summary while it is open."""

    def __init__(self, rules: Rules, as_of: datetime.datetime | int | None, report: Report) -> None:
        self._rules, self._session, self._report = rules, rules.session(as_of), report
        self._shape = shape_of(rules)
        self._rejects: list[tuple[str, str | None, str]] = []
        self._lost_rows = 0

    def _scored(
        self, results: ResultReader, views: AdmittedTables, unknown_types: Mapping[str, int], types: Mapping[str, int]
    ) -> None:
        """What an engine tells when the table of results is there."""
        self._results, self._unknown_types, self._types = results, unknown_types, types
        self._leads = ScoredLeads(results, self._rules, self._shape, views, self._session.moments)

    def first(self, most: int) -> list[tuple[str, Result]]:
        """The first leads with their results."""
        return list(self._leads.all(most))

    def __iter__(self) -> Iterator[tuple[str, Result]]:
        """Each lead's key and result, in the order of the file; without actions."""
        return self._leads.all()

    def entering(self) -> Iterator[tuple[str, Result]]:
        """The leads that enter a stage with actions, with these."""
        return self._leads.entering()

    @abstractmethod
    def write(self, path: Path) -> None:
        """Writes all results; TableUnusable if the file cannot be written."""

    @property
    def summary(self) -> Summary:
        """What the run came to."""
        tally = tally_of(self._results, self._rules.plan, self._shape)
        tally.rejects.update(self._rejects)
        as_of = as_datetime(self._session.as_of).astimezone(self._rules.zone)
        return tally.summary(self._rules.plan, as_of, self._unknown_types, self._types)

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
