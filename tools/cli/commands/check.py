"""`scoreline check`: every mistake in the rules, the schema and the project file, in one run."""

from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Annotated

import typer
from scoreline.dsl.diagnostics import Severity
from scoreline.tools.cli.baseline import baseline_path, new_findings, update_baseline
from scoreline.tools.cli.checking import (
    CheckResult,
    check_paths,
    check_project,
    check_with_schema,
    readers_of,
)
from scoreline.tools.cli.error_report import UNUSABLE, report_error
from scoreline.tools.cli.failure import Unusable
from scoreline.tools.cli.findings_report import CheckFormat, report
from scoreline.tools.cli.fixes import report_fixes, show_fixes, write_files
from scoreline.tools.cli.opening import project_file
from scoreline.tools.cli.options import ProjectOption
from scoreline.tools.cli.rule_paths import spread_out
from scoreline.tools.fixing import Check, Fixed, fixed
from scoreline.tools.render.terminal import note

app = typer.Typer(add_completion=False, rich_markup_mode=None)


@app.command(epilog="Example:  scoreline check rules --format json")
def check(
    paths: Annotated[list[Path] | None, typer.Argument(metavar="PATHS", hidden=True)] = None,
    format: Annotated[
        CheckFormat,
        typer.Option(
            "--format",
            help="Text for people, JSON for programs, SARIF for code hosts and editors, commands and a job summary for "
            "GitHub Actions, JUnit XML for other CI services.",
        ),
    ] = CheckFormat.TEXT,
    fail_on: Annotated[
        Severity, typer.Option(help="Exit with 1 if there is a finding of this or a higher severity.")
    ] = Severity.ERROR,
    fix: Annotated[bool, typer.Option("--fix", help="Apply all safe fixes, and show the remaining findings.")] = False,
    diff: Annotated[bool, typer.Option("--diff", help="Show what --fix would change, but write nothing.")] = False,
    baseline: Annotated[
        Path | None,
        typer.Option("--baseline", metavar="FILE", help="Findings in this file are old and do not count."),
    ] = None,
    keep: Annotated[
        bool,
        typer.Option("--write-baseline", help="Write all findings to the baseline, so that they are old from now on."),
    ] = False,
    schema: Annotated[
        Path | None, typer.Option("--schema", metavar="FILE", help="The schema for rule files without a project.")
    ] = None,
    project: ProjectOption = None,
) -> None:
    """Find every mistake in the rules, the schema and the project file, in one run.

    PATHS are rule files or folders of them; without any, the whole project is checked, or the projects below here.
    Without a project or --schema only the syntax is.
    """
    if diff and (keep or format is not CheckFormat.TEXT):
        raise Unusable("`--diff` shows changes and nothing else", "leave out `--write-baseline` and `--format`")
    named = paths or []
    if schema is None and project is None:
        named = spread_out(named)
    old = baseline_path(baseline, named, schema, project, needed=keep)
    checking = partial(_checked, named, schema, project)
    refused = 0
    state = fixed(checking) if fix or diff else Fixed(checking({}))
    if fix and not diff:
        state, refused = _write_fixes(state, checking, format)
    if keep and old is not None:
        note(update_baseline(old, state.checked))
    findings = new_findings(state.checked, old, fail_on)
    for text in findings.notes:
        note(text)
    if diff:
        show_fixes(state, findings)
    else:
        report(findings, format)
    if refused:
        raise typer.Exit(UNUSABLE)
    if findings.failed or (diff and state.files):
        raise typer.Exit(1)


def _checked(paths: list[Path], schema: Path | None, project: Path | None, texts: Mapping[str, str]) -> CheckResult:
    readers = readers_of({Path(name).resolve(): text for name, text in texts.items()})
    if schema is not None:
        return check_with_schema(paths or [Path()], schema, readers)
    if paths:
        return check_paths(paths, project_file(project) if project else None, readers)
    return check_project(project_file(project), None, readers)


def _write_fixes(
    state: Fixed[CheckResult], checking: Check[CheckResult], format: CheckFormat
) -> tuple[Fixed[CheckResult], int]:
    """The state once the fixes are written, and how many files could not be."""
    refusals = write_files(state.files)
    for refusal in refusals:
        report_error(refusal.message, refusal.help)
    if refusals:
        return Fixed(checking({})), len(refusals)
    report_fixes(state, on_output=format is CheckFormat.TEXT)
    return state, 0
