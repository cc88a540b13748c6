"""Writes the findings of `check` in each of its formats."""

import sys
from enum import StrEnum
from typing import assert_never

from rich.text import Text
from scoreline.tools.cli.options import only_ascii
from scoreline.tools.render.as_json import diagnostics_json
from scoreline.tools.render.as_text import print_diagnostics, summary_line
from scoreline.tools.render.findings import Findings
from scoreline.tools.render.github import github_commands
from scoreline.tools.render.github_summary import append_summary
from scoreline.tools.render.junit import junit_xml
from scoreline.tools.render.sarif import sarif_log
from scoreline.tools.render.terminal import console, counted, errors, note


class CheckFormat(StrEnum):
    """How findings are written."""

    TEXT = "text"
    JSON = "json"
    SARIF = "sarif"
    GITHUB = "github"
    JUNIT = "junit"


def report(findings: Findings, format: CheckFormat) -> None:
    """Writes findings to standard output."""
    ascii_only = only_ascii(sys.stdout)
    match format:
        case CheckFormat.TEXT:
            print_diagnostics(findings.diagnostics, len(findings.names), sys.stdout)
            if findings.old:
                console().print(Text(old_line(findings), "dim"))
        case CheckFormat.JSON:
            sys.stdout.write(diagnostics_json(findings.diagnostics, ascii_only=ascii_only))
        case CheckFormat.SARIF:
            sys.stdout.write(sarif_log(findings, ascii_only=ascii_only))
        case CheckFormat.JUNIT:
            sys.stdout.write(junit_xml(findings, ascii_only=ascii_only))
        case CheckFormat.GITHUB:
            _github(findings)
        case _:
            assert_never(format)


def old_line(findings: Findings) -> str:
    """How many findings do not count."""
    return f"{counted(findings.old, 'old finding')} more in the baseline"


def _github(findings: Findings) -> None:
    """Commands for annotations on standard output, the count for the log on standard error."""
    sys.stdout.write(github_commands(findings.diagnostics))
    failed = append_summary(findings)
    if failed is not None:
        note(failed)
    errors().print(Text(summary_line(findings.diagnostics, len(findings.names))), soft_wrap=True)
    if findings.old:
        errors().print(Text(old_line(findings)), soft_wrap=True)
