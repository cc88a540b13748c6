"""The work of `score`: scores the tables, writes the outputs, and ends with the summary."""

import contextlib
from collections.abc import Callable, Generator
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import combinations
from pathlib import Path

from rich.text import Text
from scoreline.runtime import Rules
from scoreline.runtime.results import Result
from scoreline.runtime.table.engines.duckdb.run import Limits, query_run
from scoreline.runtime.table.engines.python.run import TableRun, score_table
from scoreline.runtime.table.engines.scored_run import ScoredRun
from scoreline.runtime.table.engines.spark.run import spark_run
from scoreline.runtime.table.read.sources import Tables
from scoreline.runtime.table.rejects import Reject, in_order
from scoreline.runtime.table.state.run import Changes, StateRun, state_run
from scoreline.runtime.table.write.summary import Summary
from scoreline.runtime.table.write.tables import (
    REJECT_COLUMNS,
    action_columns,
    action_rows,
    reject_row,
    result_columns,
    result_row,
    table_writer,
)
from scoreline.tools.cli.error_report import report_error
from scoreline.tools.cli.failure import Unusable
from scoreline.tools.render.progress import shown_on_terminal
from scoreline.tools.render.score_table import more_line, score_table_of
from scoreline.tools.render.summary import summary_text
from scoreline.tools.render.terminal import counted, note, visible, write


class EngineName(StrEnum):
    """The engines; all give the same results."""

    DUCKDB = "duckdb"
    PYTHON = "python"
    SPARK = "spark"


SHOWN = 20
"""Leads in the table on the terminal."""


@dataclass(frozen=True, slots=True)
class Outputs:
    """Where results, rejects and actions go, if anywhere, and whether a reject spoils the run."""

    results: Path | None = None
    rejects: Path | None = None
    actions: Path | None = None
    changes: Path | None = None
    strict: bool = False


@dataclass(frozen=True, slots=True)
class StateUse:
    """The state file of a run: written anew, or (`later`) that of an earlier run, which is taken up."""

    path: Path
    later: bool = False


@dataclass(frozen=True, slots=True)
class _Scored:
    summary: Summary
    first: list[tuple[str, Result]]
    spoilt: bool
    lost_rows: int
    rescored: str | None = None


class _SpoiltError(Exception):
    """A strict run met a value or row that cannot be used, so no results are written."""


def score_tables(
    rules: Rules,
    tables: Tables | Changes,
    as_of: int | None,
    outputs: Outputs,
    engine: EngineName,
    limits: Limits,
    master: str | None = None,
    state: StateUse | None = None,
) -> int:
    """Scores the tables, writes the outputs, and returns the exit status: 2 if a strict run met something bad, or if no
    row of the leads could be used. `master` names the Spark to use. With a `state`, the tables are `Changes`."""
    _refuse_overwriting(tables, outputs, state)
    with shown_on_terminal(tables) as progress, _reject_writer(outputs.rejects) as reject:
        if isinstance(tables, Changes):
            assert state is not None
            with state_run(
                rules, tables, state.path, later=state.later,
                as_of=as_of, report=reject, progress=progress, limits=limits,
            ) as run:  # fmt: skip
                scored = _run_state(rules, run, outputs, state)
        elif engine is EngineName.PYTHON:
            run = score_table(rules, tables, as_of=as_of, report=reject, progress=progress)
            scored = _run(rules, run, outputs)
        elif engine is EngineName.SPARK:
            memory = limits.memory
            with spark_run(
                rules, tables, as_of=as_of, report=reject, progress=progress, master=master, memory=memory
            ) as run:
                scored = _run_query(rules, run, outputs)
        else:
            with query_run(rules, tables, as_of=as_of, report=reject, progress=progress, limits=limits) as run:
                scored = _run_query(rules, run, outputs)
    _show(rules, scored, tables, outputs)
    useless = not scored.summary.leads and scored.lost_rows > 0
    return 2 if scored.spoilt or useless else 0


def _run_query(rules: Rules, run: ScoredRun, outputs: Outputs) -> "_Scored":
    """The result of a run by query; results are written unless it is spoilt."""
    spoilt = outputs.strict and run.rejected > 0
    if not spoilt:
        if outputs.results is not None:
            run.write(outputs.results)
        if outputs.actions is not None:
            with _action_writer(outputs, rules) as write_actions:
                for key, result in run.entering():
                    write_actions(key, result)
    return _Scored(run.summary, run.first(SHOWN), spoilt, run.lost_rows)


def _run_state(rules: Rules, run: StateRun, outputs: Outputs, state: StateUse) -> "_Scored":
    """The same of a run with a state, which is kept only if the run is not spoilt and everything was written."""
    scored = _run_query(rules, run, outputs)
    if scored.spoilt:
        return scored
    if outputs.changes is not None:
        run.write_changed(outputs.changes)
    run.keep()
    again = f"{run.touched:,} of {counted(scored.summary.leads, 'lead')} scored again, {run.changed:,} changed"
    return replace(scored, rescored=again if state.later else None)


def _run(rules: Rules, run: TableRun, outputs: Outputs) -> "_Scored":
    """The result of a run lead by lead; all results are written unless it is spoilt."""
    first: list[tuple[str, Result]] = []
    try:
        with _result_writer(outputs.results, rules) as write_result, _action_writer(outputs, rules) as write_actions:
            for key, result in run:
                write_result(key, result)
                write_actions(key, result)
                if len(first) < SHOWN:
                    first.append((key, result))
            if outputs.strict and run.summary.rejects:
                raise _SpoiltError
    except _SpoiltError:
        return _Scored(run.summary, first, True, run.lost_rows)
    return _Scored(run.summary, first, False, run.lost_rows)


@contextlib.contextmanager
def _result_writer(path: Path | None, rules: Rules) -> Generator[Callable[[str, Result], None], None, None]:
    models, qualifications = rules.model_names, rules.qualification_names
    if path is None:
        yield lambda key, result: None
        return
    with table_writer(path, result_columns(rules.plan.schema.lead.key, models, qualifications)) as write_row:
        yield lambda key, result: write_row(result_row(key, result, models, qualifications))


@contextlib.contextmanager
def _action_writer(outputs: Outputs, rules: Rules) -> Generator[Callable[[str, Result], None], None, None]:
    if outputs.actions is None:
        yield lambda key, result: None
        return
    with table_writer(outputs.actions, action_columns(rules.plan.schema.lead.key)) as write_row:

        def write_rows(key: str, result: Result) -> None:
            for row in action_rows(key, result):
                write_row(row)

        yield write_rows


@contextlib.contextmanager
def _reject_writer(path: Path | None) -> Generator[Callable[[Reject], None], None, None]:
    if path is None:
        yield lambda reject: None
        return
    met: list[Reject] = []
    with table_writer(path, REJECT_COLUMNS) as write_row:
        yield met.append
        for reject in in_order(met):
            write_row(reject_row(reject))


def _refuse_overwriting(tables: Tables | Changes, outputs: Outputs, state: StateUse | None) -> None:
    """No output may replace the data that it is made from; an earlier output may be replaced."""
    read = [path for path in (tables.leads, tables.contacts, tables.interactions) if path is not None]
    named = [
        ("-o", outputs.results),
        ("--rejects", outputs.rejects),
        ("--actions", outputs.actions),
        ("--changes", outputs.changes),
    ]
    if state is not None:
        named.append(("--since" if state.later else "--state", state.path))
    for option, path in named:
        if path is not None and any(path.resolve() == one.resolve() for one in read):
            raise Unusable(f"`{option} {path}` would overwrite the data", "give the output another name")
    for (first, one), (second, other) in combinations(named, 2):
        if one and other and one.resolve() == other.resolve():
            raise Unusable(f"`{first}` and `{second}` both name `{one}`", "give each one another name")


def _show(rules: Rules, scored: _Scored, tables: Tables | Changes, outputs: Outputs) -> None:
    summary, spoilt = scored.summary, scored.spoilt
    if not summary.leads and tables.leads is not None:
        note(f"no lead was scored: `{tables.leads}` has no row that can be used")
    if outputs.results is None and scored.first:
        write(score_table_of(rules.plan.schema.lead.key, scored.first, summary))
        if summary.leads > len(scored.first):
            write(more_line(len(scored.first), summary))
        write(Text())
    write(summary_text(summary))
    if scored.rescored is not None:
        write(Text(f"\n{scored.rescored}"))
    if summary.rejects and outputs.rejects is None and not spoilt:
        write(Text("\n`--rejects rejects.csv` lists each value and row that was not used", "dim"))
    written = [visible(str(path)) for path in _written(outputs, spoilt) if path]
    if written:
        write(Text(f"\nwritten: {', '.join(written)}", "dim"))
    if spoilt:
        bad = counted(summary.rejected, "value or row", "values and rows")
        report_error(f"{bad} not used, and `--strict` allows none: no results were written", _rejects_help(outputs))


def _written(outputs: Outputs, spoilt: bool) -> tuple[Path | None, ...]:
    return (outputs.rejects,) if spoilt else (outputs.results, outputs.changes, outputs.actions, outputs.rejects)


def _rejects_help(outputs: Outputs) -> str:
    return f"`{outputs.rejects}` lists each one" if outputs.rejects else "`--rejects rejects.csv` lists each one"
