"""What `fmt` does with rule files: finds them, has each judged by itself, and writes what is to be written.

Promises that a file is replaced as a whole or not at all, keeps its permissions, and is never touched when it has a
syntax error, when the formatter cannot prove its result, or when somebody else has changed it meanwhile.
"""

import os
import stat
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from scoreline.compiler.pipeline import disk_reader
from scoreline.compiler.project import find_project, read_project
from scoreline.compiler.sources import gather
from scoreline.dsl.diagnostics import Diagnostic
from scoreline.dsl.format import FormatFault, formatted
from scoreline.dsl.reading import decoded
from scoreline.runtime.table.files import reason
from scoreline.tools.cli.failure import Unusable
from scoreline.tools.cli.opening import project_file
from scoreline.tools.cli.rule_paths import named_files, rule_files
from scoreline.tools.render.places import shown_path


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a file is left as it is: what is wrong, where (if it is the file that is wrong), and what to do."""

    message: str
    help: str
    diagnostics: tuple[Diagnostic, ...] = ()


@dataclass(frozen=True, slots=True)
class Judged:
    """A text and its canonical form; `name` is what messages call it."""

    name: str
    data: bytes
    before: str
    after: str

    @property
    def changes(self) -> bool:
        """Whether formatting changes anything, and be it line ends alone."""
        return self.data != self.after.encode()


def files_to_format(paths: list[Path], project: Path | None) -> list[Path]:
    """The rule files that are named; without any, those of the project and what they use; without a project, those
    below the working directory."""
    if paths:
        for path in paths:
            if not path.exists():
                raise Unusable(f"there is no file or folder `{path}`", "check the name")
        return named_files(paths, "format")
    if project is None and find_project(Path.cwd()) is None:
        return named_files([Path()], "format")
    return _of_project(project_file(project))


def _of_project(file: Path) -> list[Path]:
    root = file.resolve().parent
    project, _ = read_project(file)
    if project is None:  # what is wrong with it is no matter of form
        return [Path(shown_path(path)) for path in rule_files(root)] or named_files([root], "format")
    own = [path.relative_to(root).as_posix() for path in project.rules]
    found, _ = gather(own, disk_reader(root))
    return [Path(shown_path(root / name)) for name in sorted({*own, *found.by_name})]


def judged_file(path: Path) -> Judged | Refusal:
    """A file and its canonical form, or why it has none."""
    name = path.as_posix()
    try:
        data = path.read_bytes()
    except OSError as fault:
        return Refusal(f"`{name}` cannot be read: {reason(fault)}", "check the name, and who may read it")
    return judged(data, name)


def judged(data: bytes, name: str) -> Judged | Refusal:
    """A text and its canonical form, or why it has none."""
    source, unreadable = decoded(data, name)
    if unreadable is not None:
        return _mistaken(name, (unreadable,))
    try:
        result = formatted(source)
    except FormatFault as fault:
        message = f"scoreline has a fault of its own: {fault.broken}, so `{name}` is left as it is"
        return Refusal(message, "please report this line, with the file; nothing of it is lost")
    if result.text is None:
        return _mistaken(name, result.diagnostics)
    return Judged(name, data, source.text, result.text)


def _mistaken(name: str, diagnostics: tuple[Diagnostic, ...]) -> Refusal:
    message = f"`{name}` cannot be read as rules and is left as it is"
    return Refusal(message, "`scoreline check` shows what to write instead", diagnostics)


def written(path: Path, new: Judged) -> Refusal | None:
    """Puts the canonical form in the place of a file, or says why that was not possible."""
    target = path.resolve()
    draft = target.with_name(f".{target.name[:100]}.{os.urandom(4).hex()}.part")
    try:
        if not os.access(target, os.W_OK):
            return Refusal(f"`{new.name}` cannot be written: it is read-only", "make it writable, or name other files")
        draft.write_bytes(new.after.encode())
        _like(target, draft)
        if target.read_bytes() != new.data:
            return Refusal(f"`{new.name}` was changed by somebody else meanwhile, and is left as it is", "try again")
        draft.replace(target)
    except OSError as fault:
        return Refusal(f"`{new.name}` cannot be written: {reason(fault)}", "it is as it was")
    finally:
        with suppress(OSError):
            draft.unlink(missing_ok=True)
    return None


def _like(target: Path, draft: Path) -> None:
    """Gives a new file the permissions and, where that is allowed, the owner of the one that it will replace."""
    status = target.stat()
    if hasattr(os, "chown"):
        with suppress(OSError):
            os.chown(draft, status.st_uid, status.st_gid)
    draft.chmod(stat.S_IMODE(status.st_mode))
