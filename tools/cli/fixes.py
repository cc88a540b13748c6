"""What `scoreline check` does with fixes: it writes the files and reports each fix, or shows a diff.

Promises that a file is written as a whole, or left as it is with a reason. What is fixed is left to `tools/fixing.py`.
"""

import sys
from collections.abc import Iterable
from pathlib import Path

from rich.text import Text
from scoreline.runtime.table.read.files import reason
from scoreline.tools.cli.checking import CheckResult
from scoreline.tools.cli.replacing import FileRefusal, replaced
from scoreline.tools.fixing import Fixed, Repair, Rewritten
from scoreline.tools.render.as_text import summary_line
from scoreline.tools.render.findings import Findings
from scoreline.tools.render.patch import patch_lines, print_patch
from scoreline.tools.render.terminal import console, counted, errors, visible

_MOST = 50
_BOM = b"\xef\xbb\xbf"


def write_files(files: Iterable[Rewritten]) -> list[FileRefusal]:
    """Writes the files; gives those that could not be written, and why."""
    refusals = map(_write, files)
    return [refusal for refusal in refusals if refusal is not None]


def _write(file: Rewritten) -> FileRefusal | None:
    path = Path(file.name)
    try:
        mark = _BOM if path.read_bytes().startswith(_BOM) else b""
    except OSError as fault:
        return FileRefusal(f"`{file.name}` cannot be read: {reason(fault)}", "check that you may read it")
    return replaced(path, file.name, mark + file.before.encode(), mark + file.after.encode())


def report_fixes(state: Fixed[CheckResult], *, on_output: bool) -> None:
    """A line for each fix, and how many there were; where programs read the output, on standard error."""
    out = console() if on_output else errors()
    for line in _lines(state.repairs):
        out.print(Text.assemble(("fixed", "bold green"), f" {line}"), soft_wrap=True)
    if len(state.repairs) > _MOST:
        out.print(Text(f"and {counted(len(state.repairs) - _MOST, 'more mistake')}"), soft_wrap=True)
    if state.repairs:
        out.print(Text(f"{_counted(state)} fixed\n", "bold"), soft_wrap=True)


def show_fixes(state: Fixed[CheckResult], findings: Findings) -> None:
    """The changes as a diff on standard output; the count of them, and of what would be left, on standard error."""
    for file in state.files:
        print_patch(patch_lines(file.before, file.after, file.name), sys.stdout)
    would = f"{_counted(state)} would be fixed" if state.files else "nothing to fix"
    left = summary_line(findings.diagnostics, len(findings.names))
    errors().print(Text(f"{would}; left: {left}", "bold"), soft_wrap=True)


def _lines(repairs: Iterable[Repair]) -> list[str]:
    return [
        f"{visible(str(place))}:{place.start.column}: {repair.diagnostic.code} {visible(repair.fix.title)}"
        for repair in repairs
        for place in (repair.diagnostic.place,)
    ][:_MOST]


def _counted(state: Fixed[CheckResult]) -> str:
    return f"{counted(len(state.repairs), 'mistake')} in {counted(len(state.files), 'file')}"
