"""`scoreline score`: scores and qualifies every lead of a table."""

from pathlib import Path

import typer
from scoreline.runtime.table.engines.duckdb.run import Limits
from scoreline.runtime.table.read.sources import Tables
from scoreline.runtime.table.state.run import Changes
from scoreline.tools.cli.failure import Unusable
from scoreline.tools.cli.opening import as_of_instant, opened_project, opened_rules, tables_of
from scoreline.tools.cli.options import (
    AsOfOption,
    ContactsOption,
    InteractionsOption,
    LeadsOption,
    PreviousOption,
    ProjectOption,
)
from scoreline.tools.cli.score_options import (
    ActionsOption,
    ChangesOption,
    EngineOption,
    MasterOption,
    MemoryOption,
    OutputOption,
    RejectsOption,
    SinceOption,
    StateOption,
    StrictOption,
)
from scoreline.tools.cli.scoring import Engine, Outputs, StateUse, score_tables

app = typer.Typer(add_completion=False, rich_markup_mode=None)


@app.command(epilog="Example:  scoreline score --leads data/leads.csv -o results.csv --rejects rejects.csv")
def score(
    leads: LeadsOption = None,
    contacts: ContactsOption = None,
    interactions: InteractionsOption = None,
    as_of: AsOfOption = None,
    previous: PreviousOption = None,
    output: OutputOption = None,
    rejects: RejectsOption = None,
    actions: ActionsOption = None,
    strict: StrictOption = False,
    engine: EngineOption = Engine.DUCKDB,
    memory_limit: MemoryOption = None,
    master: MasterOption = None,
    state: StateOption = None,
    since: SinceOption = None,
    changes: ChangesOption = None,
    project: ProjectOption = None,
) -> None:
    """Score and qualify every lead of a table.

    Without -o, a table of the first leads and a summary. Files that are not named come from the project (but with
    --since, only files that are named are read).
    """
    if master is not None and engine is not Engine.SPARK:
        raise Unusable("`--master` tells which Spark to use", "add `--engine spark`, or leave `--master` out")
    _refuse_together(state, since, changes, previous, engine)
    found = opened_project(project)
    use = StateUse(since, later=True) if since is not None else None if state is None else StateUse(state)
    tables: Tables | Changes = Changes(leads, contacts, interactions)
    if since is None:
        tables = tables_of(found, leads, contacts, interactions, previous)
        if state is not None:
            tables = Changes(tables.leads, tables.contacts, tables.interactions, previous)
    instant = as_of_instant(as_of, found)
    outputs = Outputs(output, rejects, actions, changes, strict)
    limits = Limits(memory=memory_limit)
    raise typer.Exit(score_tables(opened_rules(found), tables, instant, outputs, engine, limits, master, use))


def _refuse_together(
    state: Path | None, since: Path | None, changes: Path | None, previous: Path | None, engine: Engine
) -> None:
    """Options that make no sense together."""
    if state is not None and since is not None:
        raise Unusable(
            "`--state` begins with all data, `--since` goes on from there",
            "name one of them; `--since` brings its own file up to date",
        )
    if (state is not None or since is not None) and engine is not Engine.DUCKDB:
        raise Unusable(f"the engine `{engine.value}` keeps no state", "leave `--engine` out")
    if changes is not None and since is None:
        raise Unusable("`--changes` tells what has changed since an earlier run", "name its state with `--since FILE`")
    if previous is not None and since is not None:
        raise Unusable("the state knows the stages of last time", "leave `--previous` out")
