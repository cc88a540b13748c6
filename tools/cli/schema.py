"""`scoreline schema`: shows the schema, its JSON Schema for editors, or drafts one out of data."""

import json
import sys
from pathlib import Path
from typing import Annotated

import typer
from scoreline.compiler.schema.json_schema import schema_json_schema
from scoreline.runtime.table.infer import infer_schema
from scoreline.tools.cli.opening import opened_project, opened_schema
from scoreline.tools.cli.options import ProjectOption
from scoreline.tools.render.schema_table import schema_text
from scoreline.tools.render.terminal import write

app = typer.Typer(
    add_completion=False,
    rich_markup_mode=None,
    no_args_is_help=True,
    help="Show the schema, or make one out of data.",
    epilog="Example:  scoreline schema infer data/leads.csv > crm.schema.toml",
)


@app.command(epilog="Example:  scoreline schema show --project my-rules")
def show(
    project: ProjectOption = None,
    schema: Annotated[
        Path | None, typer.Option("--schema", metavar="FILE", help="A schema file, instead of the project's.")
    ] = None,
) -> None:
    """Show which fields and interactions rules may name, and what they hold."""
    if schema is None:
        found = opened_project(project)
        shown = opened_schema(found.schema_path, found.schema_path.name)
    else:
        shown = opened_schema(schema, str(schema))
    write(schema_text(shown))


@app.command("json-schema", epilog="Example:  scoreline schema json-schema > .vscode/crm.schema.json")
def json_schema() -> None:
    """Print the JSON Schema of schema files, with which editors complete and check them."""
    sys.stdout.write(json.dumps(schema_json_schema(), indent=2) + "\n")


@app.command(epilog="Example:  scoreline schema infer data/leads.csv > crm.schema.toml")
def infer(
    data: Annotated[Path, typer.Argument(metavar="DATA", hidden=True)],
    key: Annotated[
        str | None, typer.Option("--key", metavar="COLUMN", help="The column that tells one lead from another.")
    ] = None,
) -> None:
    """Draft a schema from data: types, choices and placeholders found in them. Read it before you use it.

    DATA are leads: a .csv, .parquet or .jsonl file.
    """
    sys.stdout.write(infer_schema(data, key=key))
