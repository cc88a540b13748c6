"""What is known of a project right now: given the texts of open documents and the files on disk, a view.

Promises a frozen `View` of the newest texts, each time at the cost of what was edited since the last one: files that
are not open are read again only when they have changed, rules are checked as `Drafts` and lints remember. With a broken
project file or schema the view holds what can be found without it, and the last good schema, for proposals.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from scoreline.compiler.check.report import Report
from scoreline.compiler.check.symbols import Symbols, collect
from scoreline.compiler.checked import Checked
from scoreline.compiler.pipeline import Drafts
from scoreline.compiler.project import PROJECT_FILE, Project, read_project
from scoreline.compiler.project.rule_files import rule_files, would_find
from scoreline.compiler.schema import Schema
from scoreline.compiler.schema.reading import read_schema
from scoreline.compiler.sources import Reader, RuleFile, RuleFiles
from scoreline.compiler.toml.text import read_source as read_toml
from scoreline.dsl.diagnostics import Diagnostic
from scoreline.dsl.parse import Parsed, parse
from scoreline.dsl.reading import read_source
from scoreline.dsl.revise import revised
from scoreline.dsl.source import Source
from scoreline.tools.examining import Examined, examined, form_alone, without_schema
from scoreline.tools.lint.memory import LintMemory
from scoreline.tools.lint.settings import settings_of
from scoreline.tools.lsp.occurrences import NameOccurrence, occurrences

ENDING = ".score"
TOML = ".toml"
_EMPTY = Schema.model_validate({"lead": {"key": "lead_id"}})

Loaded = tuple[Source, Diagnostic | None]


@dataclass(frozen=True)
class View:
    """A project at one moment. Files are named from `root` on; `schema` is the last good one."""

    root: Path
    project: Project | None
    schema: Schema | None
    schema_source: Source | None
    files: RuleFiles
    statements: Checked
    diagnostics: Mapping[str, tuple[Diagnostic, ...]]
    loose: Mapping[str, RuleFile] = field(default_factory=dict[str, RuleFile])

    @cached_property
    def by_name(self) -> Mapping[str, RuleFile]:
        """Every rule file by its name, those that belong to nothing too."""
        return {**self.loose, **self.files.by_name}

    @cached_property
    def symbols(self) -> Symbols:
        """All names that rule files give."""
        return collect(self.files, self.schema or _EMPTY, Report())

    @cached_property
    def occurrences(self) -> tuple[NameOccurrence, ...]:
        """Where names are given and used, in all files."""
        return tuple(occurrences(self.symbols, self.files.by_name))

    def name(self, path: Path) -> str:
        """What a file is called here."""
        return path.relative_to(self.root).as_posix() if path.is_relative_to(self.root) else str(path)

    def path(self, name: str) -> Path:
        """The file of a name."""
        return self.root / name

    def file(self, path: Path) -> RuleFile | None:
        """The rule file of a path."""
        return self.by_name.get(self.name(path))


class Disk:
    """Files on disk, each read again only when it has changed."""

    def __init__(self) -> None:
        self._known: dict[Path, tuple[tuple[int, int], Loaded]] = {}

    def read(self, path: Path, name: str) -> Loaded | None:
        """A rule file under a name; None where there is none."""
        try:
            status = path.stat()
            stamp = (status.st_mtime_ns, status.st_size)
            known = self._known.get(path)
            if known is None or known[0] != stamp or known[1][0].name != name:
                self._known[path] = known = (stamp, read_source(path, name))
        except OSError:
            self._known.pop(path, None)
            return None
        return known[1]


class Bench:
    """One project (or one file without any) being worked on: what makes its views."""

    def __init__(self, root: Path, disk: Disk, alone: Path | None = None) -> None:
        self.root = root
        self._disk = disk
        self._alone = alone
        self._drafts = Drafts()
        self._memory = LintMemory()
        self._parsed: dict[str, Parsed] = {}
        self._schema: tuple[Source, Schema | None, tuple[Diagnostic, ...]] | None = None
        self._good: Schema | None = None
        self._project: tuple[str | None, Project | None, tuple[Diagnostic, ...]] | None = None

    def forget_files(self) -> None:
        """Files may have come or gone: the project is read again."""
        self._project = None

    def view(self, texts: Mapping[Path, str]) -> View:
        """The project as it is now, open documents holding these texts."""
        if self._alone is not None:
            return self._of_one_file(self._alone, texts)
        project, wrong = self._read_project(texts)
        if project is None:
            names = [path.relative_to(self.root).as_posix() for path in _below(self.root)]
            return self._made(None, None, without_schema(names, self._reader(texts), self._parse), wrong, texts)
        source, schema, faults = self._read_schema(project, texts)
        names = self._names(project, texts)
        read = self._reader(texts)
        if schema is None:
            whole = without_schema(names, read, self._parse)
        else:
            compiled = self._drafts.check(names, read, schema, project.channels)
            whole = examined(compiled, schema, settings_of(project), self._memory)
        return self._made(project, source, whole, (*wrong, *faults), texts)

    def _made(
        self,
        project: Project | None,
        schema_source: Source | None,
        whole: Examined,
        wrong: Iterable[Diagnostic],
        texts: Mapping[Path, str],
    ) -> View:
        by_file: dict[str, list[Diagnostic]] = defaultdict(list)
        for each in (*wrong, *whole.diagnostics):
            by_file[each.place.file].append(each)
        loose = self._loose(whole.files, texts)
        for name, (file, diagnostics) in loose.items():
            by_file[file.name or name].extend(diagnostics)
        files = {name: file for name, (file, _) in loose.items()}
        diagnostics = {name: tuple(each) for name, each in by_file.items()}
        return View(self.root, project, self._good, schema_source, whole.files, whole.statements, diagnostics, files)

    def _of_one_file(self, path: Path, texts: Mapping[Path, str]) -> View:
        if path.suffix == TOML:  # of something else
            return View(self.root, None, None, None, RuleFiles((), ()), Checked((), (), ()), {})
        whole = form_alone(path.name, self._reader(texts), self._parse)
        diagnostics = {path.name: whole.diagnostics}
        return View(self.root, None, None, None, whole.files, whole.statements, diagnostics)

    def _loose(self, files: RuleFiles, texts: Mapping[Path, str]) -> dict[str, tuple[RuleFile, tuple[Diagnostic, ...]]]:
        """Open rule files of this folder that the project does not reach: their form is looked at."""
        found: dict[str, tuple[RuleFile, tuple[Diagnostic, ...]]] = {}
        for path in texts:
            if path.suffix != ENDING or not path.is_relative_to(self.root):
                continue
            name = path.relative_to(self.root).as_posix()
            if name in files.by_name:
                continue
            alone = form_alone(name, self._reader(texts), self._parse)
            if (file := alone.files.by_name.get(name)) is not None:
                found[name] = (file, alone.diagnostics)
        return found

    def _names(self, project: Project, texts: Mapping[Path, str]) -> list[str]:
        """The project's own rule files, those too that are not saved yet."""
        unsaved = (each for each in texts if would_find(self.root, project.rules_of, each) and not each.exists())
        paths = (*project.rules, *unsaved)
        return sorted({path.relative_to(self.root).as_posix() for path in paths if path.is_relative_to(self.root)})

    def _read_project(self, texts: Mapping[Path, str]) -> tuple[Project | None, tuple[Diagnostic, ...]]:
        file = self.root / PROJECT_FILE
        text = texts.get(file)
        if self._project is None or self._project[0] != text:
            self._project = (text, *read_project(file, text=text))
        return self._project[1], self._project[2]

    def _read_schema(
        self, project: Project, texts: Mapping[Path, str]
    ) -> tuple[Source | None, Schema | None, tuple[Diagnostic, ...]]:
        path = project.schema_path
        name = path.relative_to(self.root).as_posix() if path.is_relative_to(self.root) else str(path)
        text = texts.get(path)
        source = read_toml(path, name) if text is None else Source(name, text)
        if isinstance(source, Diagnostic):
            return None, None, (source,)
        if self._schema is None or self._schema[0] != source:
            self._schema = (source, *read_schema(source))
        self._good = self._schema[1] or self._good
        return self._schema

    def _reader(self, texts: Mapping[Path, str]) -> Reader:
        def read(name: str) -> Loaded | None:
            path = self.root / name
            text = texts.get(path)
            return self._disk.read(path, name) if text is None else (Source(name, text), None)

        return read

    def _parse(self, source: Source) -> Parsed:
        old = self._parsed.get(source.name)
        self._parsed[source.name] = parse(source) if old is None else revised(old, source.text)
        return self._parsed[source.name]


def _below(root: Path) -> tuple[Path, ...]:
    """The rule files of a folder whose project file cannot be read."""
    return rule_files(root, (".",))[0]
