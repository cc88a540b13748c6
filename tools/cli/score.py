"""`scoreline score`: scores and qualifies every lead of a table."""

from pathlib import Path
from typing import Annotated

import typer
from scoreline.runtime.table.sql.run import Limits
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
from scoreline.tools.cli.scoring import Engine, Outputs, score_tables

app = typer.Typer(add_completion=False, rich_markup_mode=None)


@app.command(epilog="Example:  scoreline score --leads data/leads.csv -o results.csv --rejects rejects.csv")
def score(
    leads: LeadsOption = None,
    contacts: ContactsOption = None,
    interactions: InteractionsOption = None,
    as_of: AsOfOption = None,
    previous: PreviousOption = None,
    output: Annotated[
        Path | None,
        typer.Option("-o", "--output", metavar="OUT", help="Write all results here: .csv, .parquet or .jsonl."),
    ] = None,
    rejects: Annotated[
        Path | None,
        typer.Option("--rejects", metavar="FILE", help="Write every value and row that could not be used here."),
    ] = None,
    actions: Annotated[
        Path | None,
        typer.Option("--actions", metavar="FILE", help="Write the actions of every stage that was entered here."),
    ] = None,
    strict: Annotated[
        bool, typer.Option("--strict", help="Exit with 2, and write no results, if any value or row is bad.")
    ] = False,
    engine: Annotated[Engine, typer.Option(help="What computes the scores.")] = Engine.DUCKDB,
    memory_limit: Annotated[
        str | None, typer.Option("--memory-limit", metavar="SIZE", help="The most memory to use, such as 4GB.")
    ] = None,
    master: Annotated[
        str | None,
        typer.Option(
            "--master", metavar="URL", help="Which Spark: spark://host:7077, sc://host, … Default: this machine."
        ),
    ] = None,
    project: ProjectOption = None,
) -> None:
    """Score and qualify every lead of a table.

    Without -o, a table of the first leads and a summary. Files that are not named come from the project.
    """
    if master is not None and engine is not Engine.SPARK:
        raise Unusable("`--master` tells which Spark to use", "add `--engine spark`, or leave `--master` out")
    found = opened_project(project)
    tables = tables_of(found, leads, contacts, interactions, previous)
    instant = as_of_instant(as_of, found)
    outputs = Outputs(output, rejects, actions, strict)
    limits = Limits(memory=memory_limit)
    raise typer.Exit(score_tables(opened_rules(found), tables, instant, outputs, engine, limits, master))
