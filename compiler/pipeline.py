"""From a project to a plan, a line a phase.

    files → parsed (dsl) → gathered with their `use`s → checked against the schema → lowered to a plan

Each phase returns what it found; faults of the language are diagnostics, never exceptions. A plan exists only
where there is no error.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from zoneinfo import ZoneInfo

from scoreline.compiler.check.memory import CheckMemory
from scoreline.compiler.check.project import check
from scoreline.compiler.checked import Checked
from scoreline.compiler.lower.statements import lower
from scoreline.compiler.plan import Plan
from scoreline.compiler.schema import Schema
from scoreline.compiler.sources import Reader, RuleFiles, gather
from scoreline.dsl.diagnostics import Diagnostic, Severity
from scoreline.dsl.parse import Parsed, parse
from scoreline.dsl.reading import read_source
from scoreline.dsl.revise import revised
from scoreline.dsl.source import Source


@dataclass(frozen=True)
class Compiled:
    """The plan (None where there are errors, or nobody asked for one); what was checked, without what has a mistake;
    and every diagnostic, in the order of the files and the text."""

    plan: Plan | None
    files: RuleFiles
    statements: Checked
    diagnostics: tuple[Diagnostic, ...]


def compile_rules(
    names: Iterable[str], read: Reader, schema: Schema, zone: ZoneInfo, channels: frozenset[str] | None = None
) -> Compiled:
    """Compiles rule files by name."""
    files, found = gather(names, read)
    statements, wrong = check(files, schema, channels)
    diagnostics = tuple(sorted(_without_consequences(found, wrong), key=lambda each: each.sort_key))
    if any(each.severity is Severity.ERROR for each in diagnostics):
        return Compiled(None, files, statements, diagnostics)
    return Compiled(lower(statements, schema, zone), files, statements, diagnostics)


class Drafts:
    """Rule files that are being edited, as they were when they were last checked.

    `check` gives what `compile_rules` gives, but for the plan, at the cost of what was edited since. What is checked
    anew is new; of all else the places in `statements` speak of earlier versions, in which spans mean the same
    (`dsl/edited.py`). Diagnostics are of the files as they are.
    """

    def __init__(self) -> None:
        self._parsed: dict[str, Parsed] = {}
        self._memory = CheckMemory()

    def check(
        self, names: Iterable[str], read: Reader, schema: Schema, channels: frozenset[str] | None = None
    ) -> Compiled:
        """Checks rule files by name; there is no plan."""
        files, found = gather(names, read, self._parse)
        self._parsed = {name: file.parsed for name, file in files.by_name.items()}
        statements, wrong = check(files, schema, channels, self._memory)
        left = _without_consequences(found, files.in_documents(wrong))
        diagnostics = sorted(left, key=lambda each: each.sort_key)
        return Compiled(None, files, statements, tuple(diagnostics))

    def _parse(self, source: Source) -> Parsed:
        old = self._parsed.get(source.name)
        return parse(source) if old is None else revised(old, source.text)


def _without_consequences(found: tuple[Diagnostic, ...], wrong: Iterable[Diagnostic]) -> Iterator[Diagnostic]:
    """What is wrong with the form, and what the checker finds beside."""
    yield from found
    yield from (each for each in wrong if not _told(each, found))


def _told(wrong: Diagnostic, found: Iterable[Diagnostic]) -> bool:
    """Whether what the checker finds is the consequence of what is wrong with the form, at the same place or, for a
    name, in part of it."""
    place = wrong.place
    for each in found:
        if each.place.file != place.file:
            continue
        if each.place.span == place.span:
            return True
        inside = place.span.start <= each.place.span.start and each.place.span.end <= place.span.end
        if wrong.code == "E201" and inside:
            return True
    return False


def disk_reader(root: Path) -> Reader:
    """Reads files below a folder by their relative POSIX paths; each once."""
    known: dict[str, tuple[Source, Diagnostic | None] | None] = {}

    def read(name: str) -> tuple[Source, Diagnostic | None] | None:
        if name not in known:
            path = root / name
            try:
                inside = path.is_file() and path.resolve().is_relative_to(root.resolve())
                known[name] = read_source(path, name) if inside else None
            except OSError:
                known[name] = None
        return known[name]

    return read


def text_reader(texts: Mapping[str, str]) -> Reader:
    """Reads files from a mapping of names to texts."""

    def read(name: str) -> tuple[Source, Diagnostic | None] | None:
        return (Source(name, texts[name]), None) if name in texts else None

    return read
