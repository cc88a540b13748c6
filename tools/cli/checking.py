"""The work of `check`: checks the rules of a project with its schema, or, without a schema, the syntax of rule files.

Promises every problem of every file in one result: a broken project file or schema hides no mistake in a rule. A file
with a mistake is not linted; findings of the linter in other files are reported with the mistakes, by file and place.
"""

import dataclasses
import datetime
import os
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from zoneinfo import ZoneInfo

from scoreline.compiler.pipeline import compile_rules, disk_reader
from scoreline.compiler.project import PROJECT_FILE, find_project, read_project
from scoreline.compiler.schema.reading import read_schema_file
from scoreline.compiler.sources import Reader
from scoreline.dsl.diagnostics import Diagnostic, Label
from scoreline.dsl.source import Place, Source
from scoreline.tools.cli.failure import Unusable
from scoreline.tools.cli.rule_paths import must_exist, named_files, rule_files
from scoreline.tools.examining import examined, form_alone, without_schema
from scoreline.tools.lint.settings import LintSettings, settings_of
from scoreline.tools.render.places import shown_path

SYNTAX_ONLY = f"only the syntax was checked, not names and types: there is no {PROJECT_FILE} and no `--schema`"
NOT_LISTED = "only the syntax was checked, because the project's `rules` do not list it"


Readers = Callable[[Path], Reader]
"""Gives for a folder what reads the rule files below it."""


@dataclass(frozen=True, slots=True)
class CheckResult:
    """The diagnostics, the rule files that were checked (by their names from here), and notes on how they were
    checked."""

    diagnostics: tuple[Diagnostic, ...]
    names: tuple[str, ...]
    notes: tuple[str, ...] = ()

    @property
    def files(self) -> int:
        """How many rule files were looked at."""
        return len(self.names)


def readers_of(texts: Mapping[Path, str]) -> Readers:
    """Reads the files on disk, but those of these resolved paths as if they held these texts."""

    def at(root: Path) -> Reader:
        on_disk = disk_reader(root)

        def read(name: str) -> tuple[Source, Diagnostic | None] | None:
            text = texts.get((root / name).resolve())
            return on_disk(name) if text is None else (Source(name, text), None)

        return read

    return at


def check_project(file: Path, only: Iterable[Path] | None = None, readers: Readers = disk_reader) -> CheckResult:
    """The problems of the project of a scoreline.toml; with `only`, those of the rule files named by these paths."""
    root = file.resolve().parent
    project, diagnostics = read_project(file)
    if project is None:
        files = list(rule_files(root))
        rest = check_syntax(files, readers=readers) if files else CheckResult((), ())
        return CheckResult((*_renamed(diagnostics, root), *rest.diagnostics), rest.names)
    names = [path.relative_to(root).as_posix() for path in project.rules]
    schema, wrong = read_schema_file(project.schema_path, _relative(project.schema_path, root))
    if schema is None:
        found = without_schema(names, readers(root)).diagnostics
    else:
        compiled = compile_rules(names, readers(root), schema, project.zone, project.channels)
        found = examined(compiled, schema, settings_of(project)).diagnostics
    whole = CheckResult(_renamed((*wrong, *found), root), tuple(shown_path(root / name) for name in names))
    return whole if only is None else _only(whole, project.rules, [*only], readers)


def check_with_schema(paths: Iterable[Path], schema_path: Path, readers: Readers = disk_reader) -> CheckResult:
    """The problems of rule files that have a schema and no project (days begin in UTC)."""
    if not schema_path.is_file():
        raise Unusable(f"there is no schema file `{schema_path}`", "check the name after `--schema`")
    files = named_files(paths, "check")
    root = Path(os.path.commonpath([path.absolute().parent for path in files]))
    schema, wrong = read_schema_file(schema_path, str(schema_path))
    names = sorted(_relative(path.absolute(), root) for path in files)
    if schema is None:
        found = without_schema(names, readers(root)).diagnostics
    else:
        compiled = compile_rules(names, readers(root), schema, ZoneInfo("UTC"))
        found = examined(compiled, schema, LintSettings(datetime.datetime.now(datetime.UTC).date())).diagnostics
    return CheckResult((*wrong, *_renamed(found, root)), tuple(shown_path(root / name) for name in names))


def check_syntax(paths: Iterable[Path], note: str | None = None, readers: Readers = disk_reader) -> CheckResult:
    """The problems that need no schema to be seen: the form of the text, and `use`."""
    files = named_files(paths, "check")
    found: list[Diagnostic] = []
    for path in files:
        alone = form_alone(path.name, readers(path.absolute().parent))
        found += _renamed(alone.diagnostics, path.absolute().parent)
    names = tuple(shown_path(path.absolute()) for path in files)
    return CheckResult(tuple(found), names, (note,) if note else ())


def check_paths(paths: list[Path], project: Path | None, readers: Readers = disk_reader) -> CheckResult:
    """The problems of rule files and folders, each in the project that it lies in, if it lies in one."""
    by_project: dict[Path | None, list[Path]] = {}
    must_exist(paths)
    for path in paths:
        by_project.setdefault(project or find_project(path), []).append(path)
    loose = by_project.get(None, [])
    note = f"{', '.join(map(str, loose))}: {SYNTAX_ONLY}" if len(by_project) > 1 else SYNTAX_ONLY
    parts = [
        check_syntax(group, note, readers) if file is None else check_project(file, group, readers)
        for file, group in by_project.items()
    ]
    diagnostics = sorted((one for part in parts for one in part.diagnostics), key=lambda one: one.sort_key)
    notes = dict.fromkeys(each for part in parts for each in part.notes)
    names = tuple(name for part in parts for name in part.names)
    return CheckResult(tuple(diagnostics), names, tuple(notes))


def _only(whole: CheckResult, listed: tuple[Path, ...], only: list[Path], readers: Readers) -> CheckResult:
    """The findings for the named files; of a file that the project does not list, only the syntax is checked."""
    wanted = {path.absolute().resolve(): path for path in named_files(only, "check")}
    own = {path.resolve() for path in listed}
    kept = tuple(one for one in whole.diagnostics if Path(one.place.file).resolve() in wanted)
    elsewhere = tuple(one for one in whole.diagnostics if one.place.file.endswith(".toml"))
    others = [path for place, path in wanted.items() if place not in own]
    note = f"{', '.join(map(str, others))}: {NOT_LISTED}"
    rest = check_syntax(others, note, readers) if others else CheckResult((), ())
    names = tuple(shown_path(place) for place in wanted if place in own)
    return CheckResult((*elsewhere, *kept, *rest.diagnostics), (*names, *rest.names), rest.notes)


def _relative(path: Path, root: Path) -> str:
    return path.relative_to(root).as_posix() if path.is_relative_to(root) else str(path)


def _renamed(diagnostics: Iterable[Diagnostic], root: Path) -> tuple[Diagnostic, ...]:
    """The diagnostics with file names as they are written from the working directory."""
    sources: dict[Source, Source] = {}

    def place(old: Place) -> Place:
        if old.source not in sources:
            sources[old.source] = Source(shown_path(root / old.file), old.source.text)
        return dataclasses.replace(old, source=sources[old.source])

    return tuple(
        dataclasses.replace(
            one, place=place(one.place), labels=tuple(Label(place(label.place), label.message) for label in one.labels)
        )
        for one in diagnostics
    )
