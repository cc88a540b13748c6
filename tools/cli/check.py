"""`scoreline check`: every mistake in the rules, the schema and the project file, in one run."""

import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer
from scoreline.compiler.project import find_project
from scoreline.dsl.diagnostics import Severity
from scoreline.tools.cli.checking import (
    SYNTAX_ONLY,
    Checked,
    check_paths,
    check_project,
    check_syntax,
    check_with_schema,
)
from scoreline.tools.cli.opening import project_file
from scoreline.tools.cli.options import Format, FormatOption, ProjectOption, only_ascii
from scoreline.tools.render.as_json import diagnostics_json
from scoreline.tools.render.as_text import print_diagnostics
from scoreline.tools.render.terminal import note

app = typer.Typer(add_completion=False, rich_markup_mode=None)


class FailOn(StrEnum):
    """From which severity on a finding makes the exit status 1."""

    ERROR = "error"
    WARNING = "warning"
    HINT = "hint"


_ORDER = list(Severity)


@app.command(epilog="Example:  scoreline check rules --format json")
def check(
    paths: Annotated[list[Path] | None, typer.Argument(metavar="PATHS", hidden=True)] = None,
    format: FormatOption = Format.TEXT,
    fail_on: Annotated[FailOn, typer.Option(help="Exit with 1 from this severity on.")] = FailOn.ERROR,
    schema: Annotated[
        Path | None, typer.Option("--schema", metavar="FILE", help="A schema for rule files without a project.")
    ] = None,
    project: ProjectOption = None,
) -> None:
    """Find every mistake in the rules, the schema and the project file, in one run.

    PATHS are rule files or folders of them; without any, the whole project is checked. Without a project or --schema
    only the syntax is.
    """
    checked = _checked(paths or [], schema, project)
    for text in checked.notes:
        note(text)
    if format is Format.JSON:
        sys.stdout.write(diagnostics_json(checked.diagnostics, ascii_only=only_ascii(sys.stdout)))
    else:
        print_diagnostics(checked.diagnostics, checked.files, sys.stdout)
    worst = _ORDER.index(Severity(fail_on.value))
    if any(_ORDER.index(one.severity) <= worst for one in checked.diagnostics):
        raise typer.Exit(1)


def _checked(paths: list[Path], schema: Path | None, project: Path | None) -> Checked:
    if schema is not None:
        return check_with_schema(paths or [Path()], schema)
    if paths:
        return check_paths(paths, project_file(project) if project else None)
    if project is None and find_project(Path.cwd()) is None:
        return check_syntax([Path()], SYNTAX_ONLY)
    return check_project(project_file(project))
