"""Lints texts against the schema of the code pages, on one day and with one idea of how long data are kept."""

import datetime
from collections.abc import Mapping
from pathlib import Path
from zoneinfo import ZoneInfo

from scoreline.compiler.pipeline import Compiled, compile_rules, text_reader
from scoreline.compiler.schema.reading import read_schema_file
from scoreline.dsl.diagnostics import Diagnostic, Fix
from scoreline.tools.lint.engine import lint
from scoreline.tools.lint.settings import LintSettings

SCHEMA, WRONG = read_schema_file(Path(__file__).parents[2] / "docs" / "codes" / "schema.toml", "schema.toml")
SETTINGS = LintSettings(datetime.date(2026, 3, 1), kept_days=400)


def compiled(texts: Mapping[str, str], own: tuple[str, ...] | None = None) -> Compiled:
    assert SCHEMA is not None
    return compile_rules(own or sorted(texts), text_reader(texts), SCHEMA, ZoneInfo("Europe/Berlin"))


def linted(
    texts: Mapping[str, str], own: tuple[str, ...] | None = None, settings: LintSettings = SETTINGS
) -> tuple[Diagnostic, ...]:
    """What the lints find in files that have no error."""
    project = compiled(texts, own)
    assert project.diagnostics == (), project.diagnostics
    assert SCHEMA is not None
    return lint(project, SCHEMA, settings)


def applied(text: str, fix: Fix) -> str:
    """A text with the edits of a fix."""
    for edit in sorted(fix.edits, key=lambda each: each.span.start, reverse=True):
        text = text[: edit.span.start] + edit.text + text[edit.span.end :]
    return text
