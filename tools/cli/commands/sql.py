"""`scoreline sql`: the rules as one SQL query."""

import sys
from pathlib import Path
from typing import Annotated

import typer
from scoreline.compiler.backends.query.dialect import DIALECTS, Dialect
from scoreline.compiler.nearest import listed
from scoreline.tools.cli.opening import as_of_instant, opened_project, opened_rules
from scoreline.tools.cli.options import AsOfOption, ProjectOption
from scoreline.tools.cli.querying import QueryRequest, now, written_query

app = typer.Typer(add_completion=False, rich_markup_mode=None)


def _dialect(name: str) -> Dialect:
    found = DIALECTS.get(name)
    if found is None:
        raise typer.BadParameter(f"`{name}` is not one of {listed([f'`{each}`' for each in DIALECTS])}")
    return found


@app.command(epilog="Example:  scoreline sql --dialect snowflake --leads crm.leads -o scores.sql")
def sql(
    dialect: Annotated[
        Dialect, typer.Option(parser=_dialect, metavar=f"<{'|'.join(DIALECTS)}>", help="The SQL dialect to write.")
    ],
    model: Annotated[
        list[str] | None,
        typer.Option(
            "--model",
            metavar="MODEL",
            help="Write only this model. The option can be repeated. Stages need all models.",
        ),
    ] = None,
    as_of: AsOfOption = None,
    leads: Annotated[str, typer.Option("--leads", metavar="TABLE", help="The table of leads.")] = "leads",
    contacts: Annotated[str, typer.Option("--contacts", metavar="TABLE", help="The table of contacts.")] = "contacts",
    interactions: Annotated[
        str, typer.Option("--interactions", metavar="TABLE", help="The table of interactions.")
    ] = "interactions",
    previous: Annotated[
        str | None,
        typer.Option(
            "--previous",
            metavar="TABLE",
            help="An earlier result, so that leads keep the stages that they have reached.",
        ),
    ] = None,
    no_ids: Annotated[bool, typer.Option("--no-ids", help="The interactions have no ids: every row counts.")] = False,
    dbt: Annotated[
        bool, typer.Option("--dbt", help="Write a dbt model: TABLE becomes ref('TABLE'), SOURCE.TABLE source(…).")
    ] = False,
    output: Annotated[
        Path | None, typer.Option("-o", "--output", metavar="FILE", help="Write the query to this file: a .sql file.")
    ] = None,
    project: ProjectOption = None,
) -> None:
    """Write the rules as one SQL query, which gives the columns of `scoreline score -o` for every lead of a table.

    All times are computed from --as-of, so print the query anew for another day.
    """
    found = opened_project(project)
    instant = as_of_instant(as_of, found)
    rules = opened_rules(found)
    request = QueryRequest(
        dialect, now() if instant is None else instant, tuple(model or ()), leads, contacts, interactions,
        previous, not no_ids, dbt,
    )  # fmt: skip
    text = written_query(rules.plan, request)
    if output is not None:
        output.write_bytes(text.encode())
        print(f"written: {output}", file=sys.stderr)
    else:
        sys.stdout.write(text)
