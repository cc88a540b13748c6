"""`scoreline schema`: shows the schema, its JSON Schema for editors, or makes one out of data or another system's."""

import json
import sys
from pathlib import Path
from typing import Annotated

import typer
from rich.text import Text
from scoreline.compiler.schema.imports.sources import Imported, SourceName, imported
from scoreline.compiler.schema.json_schema import schema_json_schema
from scoreline.runtime.infer.schema import infer_schema
from scoreline.tools.cli.failure import Unusable
from scoreline.tools.cli.opening import opened_project, opened_schema
from scoreline.tools.cli.options import ProjectOption
from scoreline.tools.render.schema_table import schema_text
from scoreline.tools.render.terminal import counted, errors, note, one_line, write

_LONGEST_REMARK = 20_000  # characters: no name in it is cut

app = typer.Typer(
    add_completion=False,
    rich_markup_mode=None,
    no_args_is_help=True,
    help="Show the schema, or make one from data or of another system's fields.",
    epilog="Example:  scoreline schema infer data/leads.csv > crm.schema.toml",
)


@app.command(epilog="Example:  scoreline schema show --project my-rules")
def show(
    project: ProjectOption = None,
    schema: Annotated[
        Path | None, typer.Option("--schema", metavar="FILE", help="A schema file to use instead of the project's.")
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
        str | None, typer.Option("--key", metavar="COLUMN", help="The column with the key of a lead.")
    ] = None,
) -> None:
    """Draft a schema from data: types, choices and placeholders found in them. Read it before you use it.

    DATA are leads: a .csv, .parquet or .jsonl file.
    """
    sys.stdout.write(infer_schema(data, key=key))


@app.command("import", epilog="Example:  scoreline schema import salesforce lead.json contact.json -o crm.schema.toml")
def import_(
    source: Annotated[SourceName, typer.Argument(metavar="SOURCE", hidden=True)],
    files: Annotated[list[Path], typer.Argument(metavar="FILE...", hidden=True)],
    output: Annotated[
        Path | None,
        typer.Option("-o", "--output", metavar="FILE", help="Write the schema to this file, not to the terminal."),
    ] = None,
    labels: Annotated[
        bool, typer.Option("--labels", help="The data contain the labels of choices, as files for Excel do.")
    ] = False,
) -> None:
    """Make a schema of the fields that a CRM knows. What cannot be taken over is listed.

    SOURCE is cdm, salesforce, hubspot or jsonschema; FILE what it tells of its fields, or a folder of such files.
    """
    found = imported(source, files, labels=labels)
    if output is None:
        sys.stdout.write(found.toml)
    elif any(output.resolve() == file.resolve() for file in files):
        raise Unusable(f"`{output}` is one of the files to import", "write the schema elsewhere: `-o crm.schema.toml`")
    else:
        output.write_text(found.toml, encoding="utf-8", newline="\n")
    _report_import(found)


def _report_import(found: Imported) -> None:
    """Writes on standard error what did not come over as it was, and then how much did."""
    for each in found.remarks:
        text = Text.assemble((one_line(each.what, _LONGEST_REMARK), "bold"), f": {one_line(each.why, _LONGEST_REMARK)}")
        errors().print(text, soft_wrap=True)
    schema = found.schema
    parts = [f"{counted(len(schema.lead.fields), 'field')} of the lead"]
    if schema.contact:
        parts.append(f"{len(schema.contact.fields):,} of the contact")
    if schema.interactions:
        parts.append(counted(len(schema.interactions), "interaction"))
    left = counted(len(found.remarks), "remark") if found.remarks else "nothing was left out"
    note(f"{', '.join(parts)}; {left}")
