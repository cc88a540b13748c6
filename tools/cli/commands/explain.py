"""`scoreline explain LEAD`: why a lead has its score."""

import sys
from typing import Annotated

import typer
from scoreline.runtime.table.engines.python.lookup import explain_lead
from scoreline.tools.cli.opening import as_of_instant, opened_project, opened_rules, tables_of
from scoreline.tools.cli.options import (
    AsOfOption,
    ContactsOption,
    Format,
    FormatOption,
    InteractionsOption,
    LeadsOption,
    PreviousOption,
    ProjectOption,
    only_ascii,
)
from scoreline.tools.render.explanation import explanation_text
from scoreline.tools.render.explanation_json import explanation_json
from scoreline.tools.render.progress import shown_on_terminal
from scoreline.tools.render.terminal import write

app = typer.Typer(add_completion=False, rich_markup_mode=None)


@app.command(epilog="Example:  scoreline explain 1001 --why-not")
def explain(
    lead: Annotated[str, typer.Argument(metavar="LEAD", hidden=True)],
    leads: LeadsOption = None,
    contacts: ContactsOption = None,
    interactions: InteractionsOption = None,
    as_of: AsOfOption = None,
    previous: PreviousOption = None,
    why_not: Annotated[
        bool, typer.Option("--why-not", help="Also show the rules that did not fire, and the test that failed.")
    ] = False,
    format: FormatOption = Format.TEXT,
    project: ProjectOption = None,
) -> None:
    """Show why a lead has its score: each rule that fired, its points, the values it saw, and where it stands.

    LEAD is the lead's key. Files that are not named come from the project.
    """
    found = opened_project(project)
    tables = tables_of(found, leads, contacts, interactions, previous)
    instant = as_of_instant(as_of, found)
    rules = opened_rules(found)
    with shown_on_terminal(tables) as progress:
        explained = explain_lead(rules, tables, lead, instant, progress)
    if format is Format.JSON:
        sys.stdout.write(explanation_json(explained, found.root, ascii_only=only_ascii(sys.stdout)))
    else:
        write(explanation_text(explained, found.root, rules.plan.timezone, why_not=why_not))
