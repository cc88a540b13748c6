"""`scoreline score`: scores and qualifies every lead of a table."""

from pathlib import Path
from typing import Annotated

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
from scoreline.tools.cli.scoring import EngineName, Outputs, StateUse, score_tables

app = typer.Typer(add_completion=False, rich_markup_mode=None)

OutputOption = Annotated[
    Path | None,
    typer.Option("-o", "--output", metavar="OUT", help="Write all results to this file: .csv, .parquet or .jsonl."),
]
RejectsOption = Annotated[
    Path | None,
    typer.Option("--rejects", metavar="FILE", help="Write every value and row that could not be used to this file."),
]
ActionsOption = Annotated[
    Path | None,
    typer.Option("--actions", metavar="FILE", help="Write the actions of every stage that a lead enters to this file."),
]
StrictOption = Annotated[
    bool, typer.Option("--strict", help="Exit with 2, and write no results, if any value or row is bad.")
]
EngineOption = Annotated[EngineName, typer.Option(help="The engine that computes the scores.")]
MemoryOption = Annotated[
    str | None, typer.Option("--memory-limit", metavar="SIZE", help="The maximum memory to use, such as 4GB.")
]
MasterOption = Annotated[
    str | None,
    typer.Option(
        "--master", metavar="URL", help="The Spark to use: spark://host:7077, sc://host, … Default: this machine."
    ),
]
StateOption = Annotated[
    Path | None,
    typer.Option("--state", metavar="FILE", help="Write the state to this file, for a later run with --since."),
]
SinceOption = Annotated[
    Path | None,
    typer.Option(
        "--since",
        metavar="FILE",
        help="Continue from the state of an earlier run: the files contain only new and changed data.",
    ),
]
ChangesOption = Annotated[
    Path | None,
    typer.Option("--changes", metavar="OUT", help="With --since: write the results that have changed to this file."),
]


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
    engine: EngineOption = EngineName.DUCKDB,
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
    if master is not None and engine is not EngineName.SPARK:
        raise Unusable("`--master` is for `--engine spark` only", "add `--engine spark`, or leave `--master` out")
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
    state: Path | None, since: Path | None, changes: Path | None, previous: Path | None, engine: EngineName
) -> None:
    """Options that make no sense together."""
    if state is not None and since is not None:
        raise Unusable(
            "`--state` and `--since` cannot be used together",
            "`--state` starts with all data; `--since` continues from a state and updates its file",
        )
    if (state is not None or since is not None) and engine is not EngineName.DUCKDB:
        raise Unusable(f"the engine `{engine.value}` cannot use a state", "leave `--engine` out")
    if changes is not None and since is None:
        raise Unusable("`--changes` needs the state of an earlier run", "name the state with `--since FILE`")
    if previous is not None and since is not None:
        raise Unusable(
            "`--since` and `--previous` cannot be used together",
            "leave `--previous` out: the state contains the stages of the last run",
        )
