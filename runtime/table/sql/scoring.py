"""The query run: from admitted tables to the table `result`, in as many steps as memory likes.

Counts are made first, in a table of their own: packed tightly, and once more with more room for each count if a lead
has more interactions than fit. Then one query does the rest.
"""

from collections.abc import Callable, Sequence

import duckdb
from scoreline.compiler import plan
from scoreline.compiler.backends.sql import names, terms
from scoreline.compiler.backends.sql.admitted import ROW, AdmittedRelations, AdmittedTables
from scoreline.compiler.backends.sql.coded import Coding
from scoreline.compiler.backends.sql.context import Context
from scoreline.compiler.backends.sql.counting import Counting
from scoreline.compiler.backends.sql.features import COUNTED, count_tables, counting
from scoreline.compiler.backends.sql.packed import ROWS, Packed, counted_types
from scoreline.compiler.backends.sql.printing import printed
from scoreline.compiler.backends.sql.query import Query, result_columns, steps_to, with_steps
from scoreline.compiler.backends.sql.relations import LEAD, Step, counts_name
from scoreline.runtime.table.progress import Progress, silent
from scoreline.runtime.table.sql.watching import told
from sqlglot import exp

RESULT = "result"
"""The table of results: `ROW`, the columns of `result_columns` as `c0`, `c1`, …, then those of `stage_columns`, and
`COUNTED` if any interactions of leads are. A list of rules is one text there, each id behind a comma, which takes half
the memory."""

_ROOM = (10, 20, 30, 60)
"""Bits for each count: so many are tried one after the other. 2**60 interactions no lead has."""

_DUCKDB = "duckdb"


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
    context = Context(whole, moments, _DUCKDB, Coding(whole, _roots(whole)))
    relations = AdmittedRelations(whole, tables, _DUCKDB, moments[0])
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
        with told(base, "counting interactions", _size(base, tables.interactions, progress), progress):
            _count(base, context, relations)
    text = results_query(Query(context, relations, counted=True))
    with told(base, "scoring leads", _size(base, tables.leads, progress), progress):
        base.execute(f"create or replace table {RESULT} as {text}")


def results_query(query: Query) -> str:
    """What the table `result` is made of, in the query's dialect."""
    whole = query.context.whole
    columns = [
        terms.column(ROW),
        *(terms.called(each.this, f"c{at}") for at, each in enumerate(result_columns(whole))),
        *(terms.column(each) for each in stage_columns(whole)),
    ]
    if query.counted and counted_types(whole, "lead"):
        columns.append(terms.column(COUNTED))
    made = exp.select(*columns).from_(exp.Table(this=terms.name(query.last)), copy=False)
    return printed(with_steps(made, query.steps()), query.context.dialect)


def stage_columns(whole: plan.Plan) -> list[str]:
    """For each qualification: whether it judges the lead, and the numbers of the stage before and now."""
    return [names.of_model(each.name, what) for each in whole.qualifications for what in ("concerned", "before", "now")]


def _roots(whole: plan.Plan) -> list[int]:
    """The conditions that are asked of leads."""
    found = [rule.condition for model in whole.models for rule in model.rules if isinstance(rule, plan.WhenRule)]
    found.extend(model.audience for model in whole.models if model.audience is not None)
    for each in whole.qualifications:
        found.extend(stage.when for stage in each.stages)
        found.extend(stage.until for stage in each.stages if stage.until is not None)
        found.extend([] if each.audience is None else [each.audience])
    return found


def _count(base: duckdb.DuckDBPyConnection, context: Context, relations: AdmittedRelations) -> None:
    """Makes a table of each owner's counts."""
    packed = {counts_name(origin) for origin in ("lead", "contact", "both")}
    for bits in _ROOM:
        counts = Packed(Counting(context.whole, context.moments, _DUCKDB), bits)
        steps = [(LEAD, relations.leads()), *counting(context, relations, counts)]
        made = count_tables(context)
        for name in made:
            _make(base, name, steps)
        if all(_largest(base, name) < 1 << bits for name in packed.intersection(made)):
            return


def _make(base: duckdb.DuckDBPyConnection, name: str, steps: Sequence[Step]) -> None:
    """Makes the table of a step, out of the steps before it that it needs."""
    before = [(each, step.copy()) for each, step in steps_to(name, steps)]
    query = with_steps(exp.select(exp.Star()).from_(exp.Table(this=terms.name(name))), before)
    identifier = printed(terms.name(name), _DUCKDB)
    base.execute(f"create or replace table {identifier} as {printed(query, _DUCKDB)}")


def _size(base: duckdb.DuckDBPyConnection, name: str | None, progress: Progress) -> int:
    """How many rows a table has, if anybody wants to know."""
    if name is None or progress is silent:
        return 0
    found = base.execute(f"select count(*) from {printed(terms.name(name), _DUCKDB)}").fetchone()
    return int(found[0]) if found else 0


def _largest(base: duckdb.DuckDBPyConnection, name: str) -> int:
    largest = exp.select(exp.Max(this=terms.column(ROWS))).from_(exp.Table(this=terms.name(name)))
    found = base.execute(printed(largest, _DUCKDB)).fetchone()
    return int(found[0] or 0) if found else 0
