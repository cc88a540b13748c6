"""What `check` does with a baseline: which one is meant, what it makes of findings, how it is kept up to date."""

import dataclasses
from pathlib import Path

from scoreline.compiler.project import PROJECT_FILE, find_project, read_project
from scoreline.dsl.diagnostics import Severity
from scoreline.tools.cli.baseline import compared, earlier, read_baseline, write_baseline
from scoreline.tools.cli.checking import Checked
from scoreline.tools.cli.failure import Unusable
from scoreline.tools.cli.opening import project_file
from scoreline.tools.render.findings import Findings
from scoreline.tools.render.places import shown_path
from scoreline.tools.render.terminal import counted


def baseline_path(
    named: Path | None, paths: list[Path], schema: Path | None, project: Path | None, *, needed: bool
) -> Path | None:
    """The baseline that a call names, or else the project that it is about; None if there is none."""
    found = named or (None if schema is not None else _of_project(paths, project))
    if found is None and needed:
        help = f"name it with `--baseline FILE`, or with `baseline` under `[lint]` in {PROJECT_FILE}"
        raise Unusable("which baseline is to be written?", help)
    return found


def _of_project(paths: list[Path], project: Path | None) -> Path | None:
    """The baseline of the one project that the paths, or some of them, lie in."""
    found = [project_file(project)] if project else [find_project(path) for path in paths or [Path.cwd()]]
    files = {file for file in found if file is not None}
    if len(files) != 1:
        return None
    read, _ = read_project(files.pop())
    return Path(shown_path(read.baseline)) if read is not None and read.baseline is not None else None


def update_baseline(path: Path, checked: Checked) -> str:
    """Writes the baseline anew, and tells what is in it now."""
    known = earlier(path)
    gone = sum(compared(checked.diagnostics, known, path, checked.names).gone.values())
    write_baseline(path, checked.diagnostics, checked.names)
    removed = f", and {counted(gone, 'old finding')} no longer there removed" if gone else ""
    return f"{counted(len(checked.diagnostics), 'finding')} written to the baseline `{path}`{removed}"


def new_findings(checked: Checked, baseline: Path | None, fail_on: Severity) -> Findings:
    """What counts of what was found."""
    whole = Findings(checked.diagnostics, checked.names, checked.notes, fail_on)
    if baseline is None:
        return whole
    result = compared(checked.diagnostics, read_baseline(baseline), baseline, checked.names)
    gone = sum(result.gone.values())
    notes = (*checked.notes, _gone_line(gone, baseline)) if gone else checked.notes
    return dataclasses.replace(whole, diagnostics=result.new, old=result.old, notes=notes)


def _gone_line(gone: int, path: Path) -> str:
    are, them = ("is", "it") if gone == 1 else ("are", "them")
    what = counted(gone, "finding")
    return f"{what} of the baseline `{path}` {are} no longer there: `--write-baseline` takes {them} out"
