"""A baseline: the findings that a project had when it began to check, so that only new ones count.

Promises that an entry still fits when lines move, since it is kept by file, code and the text that the finding is
about; that of findings that are alike only as many are old as were when the baseline was written; and that the file
reads the same from any working directory, as it names files from its own folder.
"""

import dataclasses
import errno
import json
import os
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple, cast

from scoreline.compiler.project import PROJECT_FILE, find_project, read_project
from scoreline.dsl.diagnostics import Diagnostic, Severity
from scoreline.runtime.table.read.files import reason
from scoreline.tools.cli.checking import CheckResult
from scoreline.tools.cli.failure import Unusable
from scoreline.tools.cli.opening import project_file
from scoreline.tools.cli.replacing import put
from scoreline.tools.render.as_json import Json, dumped
from scoreline.tools.render.findings import Findings
from scoreline.tools.render.fingerprints import fingerprint
from scoreline.tools.render.places import shown_path
from scoreline.tools.render.terminal import counted

VERSION = 1
_WRITE = "write one with `scoreline check --write-baseline`"


class Entry(NamedTuple):
    """The identity of a finding: its file (from the baseline's folder), its code, its fingerprint."""

    file: str
    code: str
    fingerprint: str


Known = Mapping[Entry, int]
"""How many findings of each kind are old."""


@dataclass(frozen=True, slots=True)
class Compared:
    """The new findings, the number of old ones, and the entries that have no finding any more."""

    new: tuple[Diagnostic, ...]
    old: int
    gone: Known


def baseline_path(
    named: Path | None, paths: list[Path], schema: Path | None, project: Path | None, *, needed: bool
) -> Path | None:
    """The baseline that a call names, or else the project that it is about; None if there is none."""
    found = named or (None if schema is not None else _of_project(paths, project))
    if found is None and needed:
        help = f"name it with `--baseline FILE`, or with `baseline` under `[lint]` in {PROJECT_FILE}"
        raise Unusable("no baseline file is named", help)
    return found


def _of_project(paths: list[Path], project: Path | None) -> Path | None:
    """The baseline of the one project that the paths, or some of them, lie in."""
    found = [project_file(project)] if project else [find_project(path) for path in paths or [Path.cwd()]]
    files = {file for file in found if file is not None}
    if len(files) != 1:
        return None
    read, _ = read_project(files.pop())
    return Path(shown_path(read.baseline)) if read is not None and read.baseline is not None else None


def update_baseline(path: Path, checked: CheckResult) -> str:
    """Writes the baseline anew, and returns a line that says what it contains now."""
    known = earlier(path)
    gone = sum(compared(checked.diagnostics, known, path, checked.names).gone.values())
    write_baseline(path, checked.diagnostics, checked.names)
    removed = f", and {counted(gone, 'old finding')} removed" if gone else ""
    return f"{counted(len(checked.diagnostics), 'finding')} written to the baseline `{path}`{removed}"


def new_findings(checked: CheckResult, baseline: Path | None, fail_on: Severity) -> Findings:
    """The findings that count: those that the baseline does not list."""
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
    return f"{what} of the baseline `{path}` {are} no longer there: `--write-baseline` removes {them} out"


def read_baseline(path: Path) -> Known:
    """The entries of a baseline file."""
    try:
        document = json.loads(path.read_bytes())
    except FileNotFoundError:
        raise Unusable(f"there is no baseline `{path}`", f"check the name, or {_WRITE}") from None
    except OSError as fault:
        raise Unusable(f"the baseline `{path}` cannot be read: {reason(fault)}") from None
    except (ValueError, RecursionError):
        raise _broken(path) from None
    try:
        if document["version"] != VERSION or isinstance(document["version"], bool):
            raise _broken(path)
        known = _entries(cast("list[dict[str, object]]", document["findings"]))
        if any(_is_too_long(path, file) for file in {entry.file for entry in known}):
            raise _broken(path)
        return known
    except (KeyError, TypeError, AttributeError, ValueError):
        raise _broken(path) from None


def earlier(path: Path) -> Known:
    """The entries of a baseline that may not have been written yet."""
    return read_baseline(path) if path.exists() else Counter()


def _entries(written: list[dict[str, object]]) -> Known:
    known: Counter[Entry] = Counter()
    for each in written:
        count, *parts = (each.get("count", 1), *(each[name] for name in Entry._fields))
        texts = [part for part in parts if isinstance(part, str)]
        if len(texts) != len(parts) or not isinstance(count, int) or isinstance(count, bool) or count < 1:
            raise ValueError
        known[Entry(*texts)] += count
    return known


def _broken(path: Path) -> Unusable:
    return Unusable(f"`{path}` is not a baseline that this release can read", f"name another file, or {_WRITE}")


def compared(diagnostics: Iterable[Diagnostic], known: Known, path: Path, names: Iterable[str]) -> Compared:
    """Which findings are new, given the baseline at `path`; of its entries, those can be gone whose file was looked at
    (`names`), or is not there any more."""
    left = Counter(known)
    new: list[Diagnostic] = []
    old = 0
    for one in diagnostics:
        entry = _entry(one, path)
        if left[entry] > 0:
            left[entry] -= 1
            old += 1
        else:
            new.append(one)
    looked_at = {_from(path, name) for name in names}
    gone = {entry: count for entry, count in left.items() if count > 0 and _in_question(entry, path, looked_at)}
    return Compared(tuple(new), old, gone)


def write_baseline(path: Path, diagnostics: Iterable[Diagnostic], names: Iterable[str]) -> None:
    """Writes a baseline of these findings; what an earlier one says of files that were not looked at stays."""
    before = earlier(path)
    looked_at = {_from(path, name) for name in names}
    kept = {entry: count for entry, count in before.items() if not _in_question(entry, path, looked_at)}
    now = Counter(kept) + Counter(_entry(one, path) for one in diagnostics)
    findings: list[Json] = [{**entry._asdict(), "count": now[entry]} for entry in sorted(now)]
    put(path, dumped({"version": VERSION, "findings": findings}).encode())


def _in_question(entry: Entry, path: Path, looked_at: set[str]) -> bool:
    return entry.file in looked_at or entry.file.endswith(".toml") or not _is_there(path, entry.file)


def _is_there(path: Path, file: str) -> bool:
    """Whether there is a file of this name in the baseline's folder, also if we may not read it."""
    try:
        return (path.parent / file).exists()
    except OSError as fault:
        return fault.errno != errno.ENAMETOOLONG


def _is_too_long(path: Path, file: str) -> bool:
    """Whether a name is one that no file can have here."""
    try:
        (path.parent / file).lstat()
    except OSError as fault:
        return fault.errno == errno.ENAMETOOLONG
    except ValueError:  # a NUL, or half a character: no file is called so either
        return True
    return False


def _entry(diagnostic: Diagnostic, path: Path) -> Entry:
    return Entry(_from(path, diagnostic.place.file), diagnostic.code, fingerprint(diagnostic))


def _from(path: Path, name: str) -> str:
    """A file's name as it is written from the baseline's folder."""
    return Path(os.path.relpath(Path(name).absolute(), path.parent.absolute())).as_posix()
