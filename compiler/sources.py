"""The rule files of a project and what each brings in with `use`.

Promises every file that can be reached, each once, whether or not all can be read, and every problem of finding
them. Which lets a file sees follows from `uses`; a file that is only used gives its lets and nothing else.
"""

import posixpath
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from scoreline.compiler.problems import statements as problems
from scoreline.dsl import nodes
from scoreline.dsl.diagnostics import Diagnostic
from scoreline.dsl.parse import Parsed, parse
from scoreline.dsl.source import Place, Source
from scoreline.dsl.span import Span

Reader = Callable[[str], tuple[Source, Diagnostic | None] | None]
"""Gives the source of a file by its project-relative POSIX path, and what is wrong with its bytes; None where
there is no such file."""


@dataclass(frozen=True)
class RuleFile:
    """A parsed file, its project-relative path, and the files that it uses (those that exist). `lacking`: a `use`
    of it leads nowhere, so that names may be unknown only because of that."""

    name: str
    parsed: Parsed
    uses: tuple[str, ...]
    lacking: bool = False


@dataclass(frozen=True)
class RuleFiles:
    """The project's own files in order, then (`used`) those that are only used."""

    own: tuple[RuleFile, ...]
    used: tuple[RuleFile, ...]

    @property
    def by_name(self) -> dict[str, RuleFile]:
        """Every file by its path."""
        return {file.name: file for file in (*self.own, *self.used)}

    def in_documents(self, diagnostics: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
        """The diagnostics with spans of the files as they are now: those of a file that is being edited may come from
        earlier versions of it."""
        sources = {name: file.parsed.source for name, file in self.by_name.items()}
        return tuple(each.in_documents(sources) for each in diagnostics)


def gather(
    names: Iterable[str], read: Reader, parse: Callable[[Source], Parsed] = parse
) -> tuple[RuleFiles, tuple[Diagnostic, ...]]:
    """Parses the files of these names and all that they use."""
    found: dict[str, RuleFile] = {}
    diagnostics: list[Diagnostic] = []
    own = tuple(names)
    waiting = list(reversed(own))
    while waiting:
        name = waiting.pop()
        if name in found:
            continue
        loaded = read(name)
        if loaded is None:
            diagnostics.append(problems.unreadable(Source(name, "").at(Span(0, 0)), name))
            continue
        source, unreadable = loaded
        parsed = parse(source)
        diagnostics.extend((unreadable,) if unreadable else parsed.diagnostics)
        uses, wrong, lacking = _uses(name, parsed, read)
        diagnostics.extend(wrong)
        found[name] = RuleFile(name, parsed, uses, lacking)
        waiting.extend(reversed(uses))
    diagnostics.extend(_circles(found))
    files = RuleFiles(
        tuple(found[name] for name in dict.fromkeys(own) if name in found),
        tuple(file for name, file in sorted(found.items()) if name not in own),
    )
    return files, files.in_documents(diagnostics)


def _uses(name: str, parsed: Parsed, read: Reader) -> tuple[tuple[str, ...], list[Diagnostic], bool]:
    """The files that a file uses, what is wrong with its uses, and whether one of them leads nowhere."""
    uses: list[str] = []
    wrong: list[Diagnostic] = []
    broken = False
    for item in parsed.file.items:
        if not isinstance(item, nodes.Use):
            continue
        if item.broken:
            broken = True
            continue
        place = parsed.source.at(item.path.span)
        target = _target(name, item.path.value)
        if not item.path.value.strip().lower().endswith(".score"):
            wrong.append(problems.no_rule_file(place, item.path.value))
        elif target is None:
            wrong.append(problems.leaves_project(place, item.path.value))
        elif read(target) is None:
            wrong.append(problems.no_such_file(place, item.path.value, target))
        else:
            uses.append(target)
    return tuple(dict.fromkeys(uses)), wrong, broken or bool(wrong)


def _target(name: str, path: str) -> str | None:
    """The project-relative path that a `use` means; None if it leaves the project."""
    written = path.strip().replace("\\", "/")
    if not written or written.startswith("/") or (len(written) > 1 and written[1] == ":") or "\0" in written:
        return None
    target = posixpath.normpath(posixpath.join(posixpath.dirname(name), written))
    return None if target == ".." or target.startswith("../") else target


def _circles(files: dict[str, RuleFile]) -> list[Diagnostic]:
    """One diagnostic for each circle of files, at the first `use` that leads into it."""
    wrong: list[Diagnostic] = []
    reported: set[frozenset[str]] = set()
    for file in files.values():
        for item in file.parsed.file.items:
            if isinstance(item, nodes.Use) and (target := _target(file.name, item.path.value)) in file.uses:
                way = _ways(files, target).get(file.name, ()) if target in files else ()
                if way and frozenset(way) not in reported:
                    reported.add(frozenset(way))
                    wrong.append(problems.use_circle(file.parsed.source.at(item.path.span), (file.name, *way)))
    return wrong


def _ways(files: dict[str, RuleFile], start: str) -> dict[str, tuple[str, ...]]:
    """A shortest way of uses from one file to each that it reaches, both included; nearer files come first."""
    ways: dict[str, tuple[str, ...]] = {start: (start,)}
    reached = [start]
    for name in reached:  # which grows on the way
        for target in files[name].uses:
            if target in files and target not in ways:
                ways[target] = (*ways[name], target)
                reached.append(target)
    return ways


def reachable(files: dict[str, RuleFile], name: str) -> tuple[str, ...]:
    """The file itself and every file that it uses, directly or through others."""
    return tuple(_ways(files, name))


def place_of(file: RuleFile, node: nodes.Node) -> Place:
    """Where a node of a file stands."""
    return file.parsed.source.at(node.span)
