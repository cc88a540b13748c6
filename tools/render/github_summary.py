"""The summary of a job on GitHub Actions: how many findings of which kind, and each of them, as Markdown.

Promises that no text out of a rule file becomes markup: each of its signs is written as its number, and what
messages set in backticks stands as code.
"""

import os
import re
from collections.abc import Iterable, Iterator
from itertools import accumulate
from pathlib import Path

from scoreline.dsl.diagnostics import Diagnostic, Severity
from scoreline.tools.render.as_text import summary_line
from scoreline.tools.render.findings import Findings
from scoreline.tools.render.places import repository_place
from scoreline.tools.render.terminal import counted, one_line

SUMMARY_FILE = "GITHUB_STEP_SUMMARY"
_MOST_ROWS = 500
_MOST_CHARACTERS = 600
_MOST_BYTES = 900_000
"""GitHub shows no summary at all that has more than 1 MiB."""
_SIGNS = re.compile(r"[!-/:-@\[-`{-~]")
_ICONS = {Severity.ERROR: "❌", Severity.WARNING: "⚠️", Severity.HINT: "💡"}


def append_summary(findings: Findings) -> str | None:
    """Adds the summary to the file that GitHub names for it, and returns the reason if that fails. Does nothing outside
    of GitHub."""
    name = os.environ.get(SUMMARY_FILE)
    if not name:
        return None
    try:
        with Path(name).open("a", encoding="utf-8", errors="replace", newline="\n") as file:
            file.write(job_summary(findings))
    except OSError as fault:
        return f"the job summary could not be written: {fault.strerror or fault}"
    return None


def job_summary(findings: Findings) -> str:
    """The summary in Markdown, with a blank line at its end."""
    return "\n".join([*_lines(findings), "", ""])


def _lines(findings: Findings) -> Iterator[str]:
    yield f"### Scoreline: {summary_line(findings.diagnostics, len(findings.names))}"
    if findings.old:
        yield f"\n{counted(findings.old, 'old finding')} more in the baseline"
    for note in findings.notes:
        yield f"\n{_marked(note)}"
    if not findings.diagnostics:
        return
    yield "\n| | code | place | what is wrong |\n| --- | --- | --- | --- |"
    rows = _fitting(map(_row, findings.diagnostics[:_MOST_ROWS]))
    yield from rows
    more = len(findings.diagnostics) - len(rows)
    if more > 0:
        yield f"\nand {counted(more, 'more finding')}"


def _fitting(rows: Iterable[str]) -> list[str]:
    """As many of the rows as GitHub shows."""
    kept = list(rows)
    sizes = accumulate(len(row.encode(errors="replace")) + 1 for row in kept)
    return [row for row, size in zip(kept, sizes, strict=True) if size <= _MOST_BYTES]


def _row(diagnostic: Diagnostic) -> str:
    text = f"{diagnostic.message}; {diagnostic.help}" if diagnostic.help else diagnostic.message
    icon = f"{_ICONS[diagnostic.severity]} {diagnostic.severity}"
    return f"| {icon} | {diagnostic.code} | {_code(repository_place(diagnostic))} | {_marked(text)} |"


def _marked(text: str) -> str:
    """A message with what it sets in backticks as code."""
    parts = one_line(text, _MOST_CHARACTERS).split("`")
    if len(parts) % 2 == 0:
        return _plain("`".join(parts))
    return "".join(_code(part) if number % 2 else _plain(part) for number, part in enumerate(parts))


def _code(text: str) -> str:
    return f"<code>{_plain(one_line(text, _MOST_CHARACTERS))}</code>" if text else ""


def _plain(text: str) -> str:
    return _SIGNS.sub(lambda sign: f"&#{ord(sign[0])};", text)
