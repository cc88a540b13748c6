"""A run that takes up where an earlier one left off, and the first one of such a row.

Promises what a run over all files together would give, with the earlier output as `--previous`. Rejects and types of
interactions are those of this run's files only. Nothing is written into the state before results are (`keep`).
"""

import contextlib
from collections.abc import Generator
from dataclasses import dataclass
from pathlib import Path

import duckdb
from scoreline.compiler.backends.duckdb.next_change import NEXT, next_changes
from scoreline.compiler.backends.query import names
from scoreline.compiler.backends.query.admitted import ROW, AdmittedRelations, AdmittedTables
from scoreline.compiler.backends.query.context import Context
from scoreline.compiler.backends.query.dialect import DUCKDB
from scoreline.compiler.backends.query.printing import printed
from scoreline.compiler.calendar import moment_values
from scoreline.compiler.narrowing import without_examples
from scoreline.runtime.rules import Rules
from scoreline.runtime.table.engines.duckdb.admission import admit_more
from scoreline.runtime.table.engines.duckdb.previous import load_previous
from scoreline.runtime.table.engines.duckdb.run import NO_LIMITS, DuckdbResults, DuckdbRun, Limits, limited
from scoreline.runtime.table.engines.duckdb.scoring import score_admitted
from scoreline.runtime.table.progress import Progress, silent
from scoreline.runtime.table.read.queries import identifier
from scoreline.runtime.table.read.sources import rejector_of
from scoreline.runtime.table.rejects import Report
from scoreline.runtime.table.state.file import new_state, open_state, write_about
from scoreline.runtime.table.state.layout import LEAD_NO, LEADS, RESULTS, StateLayout, kept, listed
from scoreline.runtime.table.state.merging import NOW, Merging
from scoreline.runtime.table.state.touching import EARLIER, KEY, TOUCHED, Touching
from scoreline.runtime.table.write.result_table import RESULT, shape_of

_FRESH, _COMING, _SCORED = "fresh results", "coming", "scored"
CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class Changes:
    """The files of a later run: leads and contacts that are new or have changed, new interactions. Of a first one: all
    that there are; `previous` is an earlier output, and for a first run alone."""

    leads: Path | None = None
    contacts: Path | None = None
    interactions: Path | None = None
    previous: Path | None = None


class StateRun(DuckdbRun):
    """A run beside a state, which `keep` brings up to date."""

    was_kept = False

    def __init__(
        self,
        base: duckdb.DuckDBPyConnection,
        rules: Rules,
        changes: Changes,
        as_of: int,
        since: int | None,
        report: Report,
        progress: Progress,
    ) -> None:
        super().__init__(base, rules, as_of, report)
        whole = self._whole = without_examples(rules.plan)
        moments = self._moments = self._session.moments[: len(whole.moments)]
        self._layout = StateLayout(whole, self._shape)
        admitted = admit_more(base, whole, changes, moments[0], self._reject, progress)
        path = changes.interactions
        rejector = None if path is None else rejector_of("interactions", path, self._reject)
        self._merging = Merging(base, self._layout, admitted, rejector)
        self._merging.merge()
        self._is_first = since is None
        if self._is_first:
            self._merging.keep_now()
        earlier = None if since is None else moment_values(whole.moments, since, rules.zone)
        self._touching = Touching(base, self._layout, moments, earlier)
        self._touching.find()
        views = self._touching.tables(self._previous(changes.previous))
        score_admitted(base, whole, moments, views, progress)
        self._find_next_changes(views)
        self._show_results(views)
        self._scored(DuckdbResults(base), views, *admitted.told_types())

    def write_changed(self, path: Path) -> None:
        """Writes the results that differ from those of the last run; TableUnusable if the file cannot be written."""
        self._write(path, CHANGED)

    @property
    def touched(self) -> int:
        """How many leads were scored."""
        return self._number(identifier(TOUCHED))

    @property
    def changed(self) -> int:
        """How many results differ from those of the last run."""
        return self._number(CHANGED)

    def keep(self) -> None:
        """Brings the state up to date, all of it or not at all."""
        no, touched = identifier(LEAD_NO), identifier(TOUCHED)
        columns = listed(list(self._layout.tables()[RESULTS]))
        self._base.execute("begin transaction")
        if not self._is_first:
            self._merging.keep()
        self._base.execute(f"delete from {kept(RESULTS)} where {no} in (select {no} from {touched})")
        self._base.execute(
            f"insert into {kept(RESULTS)} select {columns} from {identifier(_FRESH)} order by {identifier(ROW)}"
        )
        write_about(self._base, self._whole, self._session.as_of)
        self._base.execute("commit")
        self.was_kept = True

    def _previous(self, path: Path | None) -> str | None:
        """The table of earlier stages: the state's own, or for a first run those of an earlier output."""
        loaded = load_previous(self._base, self._rules, path, self._reject)
        if loaded is None:
            return self._touching.previous()
        no, key, name = identifier(LEAD_NO), identifier(names.LEAD), "previous of leads"
        self._base.execute(
            f"create or replace view {identifier(name)} as select l.{no} as {key}, p.* exclude ({key})"
            f" from {identifier(loaded)} p join {identifier(NOW[LEADS])} l on l.{key} = p.{key}"
        )
        return name

    def _find_next_changes(self, views: AdmittedTables) -> None:
        context = Context(self._whole, self._moments, DUCKDB)
        query = next_changes(context, AdmittedRelations(context, views))
        self._base.execute(f"create or replace table {_COMING} as {printed(query, DUCKDB)}")

    def _show_results(self, views: AdmittedTables) -> None:
        """The view of all results, those of leads that were not scored again as they are in the state; and the table of
        those that have changed."""
        base, no, row, cells = self._base, identifier(LEAD_NO), identifier(ROW), self._layout.cells
        fresh, key = identifier(_FRESH), identifier(names.LEAD)
        base.execute(f"alter table {RESULT} rename to {_SCORED}")
        base.execute(
            f"create or replace table {fresh} as select s.c0 as {no}, s.{row}, l.{identifier(KEY)} as c0,"
            f" {listed(cells, 's')}, n.{identifier(NEXT)} from {_SCORED} s join {_COMING} n on n.{key} = s.c0"
            f" join {identifier(views.leads)} l on l.{key} = s.c0"
        )
        base.execute(f"drop table {_SCORED}")
        shown = listed([ROW, "c0", *cells])
        results = f"select {shown} from {fresh}"
        if not self._touching.everybody:
            before = {names.of_model(each, "before"): names.of_model(each, "now") for each in self._qualifications}
            stayed = ", ".join(
                f"{identifier(before.get(each, each))} as {identifier(each)}" for each in [ROW, "c0", *cells]
            )
            touched = f"anti join {identifier(TOUCHED)} using ({no})"
            results = f"select {stayed} from {kept(RESULTS)} {touched} union all {results}"
        base.execute(f"create or replace view {RESULT} as {results}")
        same = " and ".join(f"f.c{at} is not distinct from s.c{at}" for at in range(1, len(self._shape.columns)))
        base.execute(
            f"create or replace table {CHANGED} as select {listed([ROW, 'c0', *cells], 'f')} from {fresh} f"
            f" anti join {identifier(EARLIER)} s on s.{no} = f.{no} and {same}"
        )

    @property
    def _qualifications(self) -> tuple[str, ...]:
        return self._rules.qualification_names

    def _number(self, table: str) -> int:
        found = self._base.execute(f"select count(*) from {table}").fetchone()
        return int(found[0]) if found else 0


@contextlib.contextmanager
def state_run(
    rules: Rules,
    files: Changes,
    state: Path,
    *,
    later: bool,
    as_of: int | None = None,
    report: Report = lambda reject: None,
    progress: Progress = silent,
    limits: Limits = NO_LIMITS,
) -> Generator[StateRun]:
    """A run over all files that makes a state; or, `later`, one over what is new, beside the leads of a state.

    The state is there, or up to date, once the run was told to `keep` and the block has ended. TableUnusable says why a
    state is of no use.
    """
    now, whole = rules.session(as_of).as_of, without_examples(rules.plan)
    with limited(limits) as base:
        if later:
            about = open_state(base, state, whole, now)
            yield StateRun(base, rules, files, now, about.as_of, report, progress)
            return
        with new_state(base, state, StateLayout(whole, shape_of(rules))) as finish:
            run = StateRun(base, rules, files, now, None, report, progress)
            yield run
            if run.was_kept:
                finish()
