"""The query run: from admitted tables to the table `result`, in as many steps as memory likes.

Counts are made first, in a table of their own: packed tightly, and once more with more room for each count if a lead
has more interactions than fit. Then one query does the rest.
"""

import contextlib
import threading
from collections.abc import Callable, Generator, Sequence

import duckdb
from scoreline.compiler import plan
from scoreline.compiler.backends.duckdb.packed import PackedCounts
from scoreline.compiler.backends.duckdb.ways import quick_ways
from scoreline.compiler.backends.query import terms
from scoreline.compiler.backends.query.admitted import AdmittedRelations, AdmittedTables
from scoreline.compiler.backends.query.build import Query, steps_to, with_steps
from scoreline.compiler.backends.query.context import Context
from scoreline.compiler.backends.query.dialect import DUCKDB
from scoreline.compiler.backends.query.features import ROWS, count_tables, counting
from scoreline.compiler.backends.query.relations import LEAD, Step, counts_name
from scoreline.runtime.table.progress import Progress, silent
from scoreline.runtime.table.read.queries import count, make_table, numbers, select, table
from scoreline.runtime.table.write.result_table import RESULT, results_query
from sqlglot import exp

_ROOM = (10, 20, 30, 60)
"""Bits for each count: so many are tried one after the other. 2**60 interactions no lead has."""

_EVERY_SECONDS = 0.2
_PERCENT = 100.0


def score_admitted(
    base: duckdb.DuckDBPyConnection,
    whole: plan.Plan,
    moments: Sequence[int],
    tables: AdmittedTables,
    progress: Progress = silent,
    keys_hold: Callable[[], bool] = lambda: True,
) -> None:
    """Makes the table `result`. `keys_hold` tells, once it is there, whether the table of interactions is as it has to
    be; if not, that is another now, and everything is made again."""
    context = Context(whole, moments, DUCKDB, quick_ways(whole))
    relations = AdmittedRelations(context, tables)
    _score(base, context, relations, tables, progress)
    if whole.counters and not keys_hold():
        _score(base, context, relations, tables, progress)


def _score(
    base: duckdb.DuckDBPyConnection,
    context: Context,
    relations: AdmittedRelations,
    tables: AdmittedTables,
    progress: Progress,
) -> None:
    if context.whole.counters:
        with _reported(base, "counting interactions", _size(base, tables.interactions, progress), progress):
            _count(base, context, relations)
    results = results_query(Query(context, relations, counted=True))
    with _reported(base, "scoring leads", _size(base, tables.leads, progress), progress):
        make_table(base, RESULT, results)


def _count(base: duckdb.DuckDBPyConnection, context: Context, relations: AdmittedRelations) -> None:
    """Makes a table of each owner's counts."""
    packed = {counts_name(origin) for origin in ("lead", "contact", "both")}
    for bits in _ROOM:
        steps = [(LEAD, relations.leads()), *counting(context, relations, PackedCounts(context, bits))]
        made = count_tables(context)
        for name in made:
            _make(base, name, steps)
        if all(_largest(base, name) < 1 << bits for name in packed.intersection(made)):
            return


def _make(base: duckdb.DuckDBPyConnection, name: str, steps: Sequence[Step]) -> None:
    """Makes the table of a step, out of the steps before it that it needs."""
    before = [(each, step.copy()) for each, step in steps_to(name, steps)]
    make_table(base, name, with_steps(select([exp.Star()], table(name)), before))


def _size(base: duckdb.DuckDBPyConnection, name: str | None, progress: Progress) -> int:
    """How many rows a table has, if anybody wants to know."""
    if name is None or progress is silent:
        return 0
    return numbers(base, select([count()], table(name)))[0]


def _largest(base: duckdb.DuckDBPyConnection, name: str) -> int:
    return numbers(base, select([exp.Max(this=terms.column(ROWS))], table(name)))[0]


@contextlib.contextmanager
def _reported(base: duckdb.DuckDBPyConnection, what: str, rows: int, progress: Progress) -> Generator[None]:
    """Tells `progress` while the block runs a statement; `rows` are as many as it has to do with."""
    if progress is silent:
        yield
        return
    base.execute("set enable_progress_bar = true; set enable_progress_bar_print = false")
    done = threading.Event()
    watcher = threading.Thread(target=_watch, args=(base, what, rows, progress, done), daemon=True)
    watcher.start()
    try:
        yield
        progress(what, rows)
    finally:
        done.set()
        watcher.join()


def _watch(base: duckdb.DuckDBPyConnection, what: str, rows: int, progress: Progress, done: threading.Event) -> None:
    progress(what, 0)
    while not done.wait(_EVERY_SECONDS):
        percent = base.query_progress()
        if percent > 0:
            progress(what, int(rows * min(percent, _PERCENT) / _PERCENT))
