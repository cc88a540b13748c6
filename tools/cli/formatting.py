"""The work of `fmt`: finds rule files, formats each by itself, and writes those that change.

Promises never to touch a file that has a syntax error, or for which the formatter cannot prove its result.
`replacing.py` says how a file is written.
"""

from dataclasses import dataclass
from pathlib import Path

from scoreline.compiler.pipeline import disk_reader
from scoreline.compiler.project import find_project, read_project
from scoreline.compiler.sources import gather
from scoreline.dsl.diagnostics import Diagnostic
from scoreline.dsl.format import FormatFault, formatted
from scoreline.dsl.reading import decoded
from scoreline.dsl.translate import translated
from scoreline.runtime.table.read.files import reason
from scoreline.tools.cli.opening import project_file
from scoreline.tools.cli.replacing import FileRefusal, replaced
from scoreline.tools.cli.rule_paths import must_exist, named_files, rule_files
from scoreline.tools.render.places import shown_path


@dataclass(frozen=True, slots=True)
class Reformatted:
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
        must_exist(paths)
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


def reformatted_file(path: Path, language: str | None = None) -> Reformatted | FileRefusal:
    """A file and its canonical form (in another language, if one is named), or the reason why it has none."""
    name = path.as_posix()
    try:
        data = path.read_bytes()
    except OSError as fault:
        return FileRefusal(f"`{name}` cannot be read: {reason(fault)}", "check the name, and that you may read it")
    return reformatted(data, name, language)


def reformatted(data: bytes, name: str, language: str | None = None) -> Reformatted | FileRefusal:
    """A text and its canonical form (in another language, if one is named), or the reason why it has none."""
    source, unreadable = decoded(data, name)
    if unreadable is not None:
        return _mistaken(name, (unreadable,))
    try:
        result = formatted(source) if language is None else translated(source, language)
    except FormatFault as fault:
        message = f"scoreline has an internal error: {fault.broken}, so `{name}` is left as it is"
        return FileRefusal(message, "please report this line with the file; the file is not changed")
    if result.named:
        message = f"`{name}` has names that are words of the other language, so it is not changed"
        return FileRefusal(message, result.diagnostics[0].help or "", result.diagnostics)
    if result.text is None:
        return _mistaken(name, result.diagnostics)
    return Reformatted(name, data, source.text, result.text)


def _mistaken(name: str, diagnostics: tuple[Diagnostic, ...]) -> FileRefusal:
    message = f"`{name}` has a syntax error, so it is not changed"
    return FileRefusal(message, "`scoreline check` shows what to write instead", diagnostics)


def written(path: Path, new: Reformatted) -> FileRefusal | None:
    """Puts the canonical form in the place of a file, or returns the reason why that was not possible."""
    return replaced(path, new.name, new.data, new.after.encode())
