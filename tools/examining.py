"""The problems of rule files, compiled once or again and again in an editor.

Promises the same for `scoreline check` and the language server: mistakes, then lints, in the order of the files and the
text. Without a schema, only problems that need none are found. Reading files, and showing their paths, is left to the
callers.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from scoreline.compiler.checked import Checked
from scoreline.compiler.pipeline import Compiled
from scoreline.compiler.schema import Schema
from scoreline.compiler.sources import Reader, RuleFiles, gather
from scoreline.dsl.diagnostics import Diagnostic
from scoreline.dsl.parse import Parsed, parse
from scoreline.dsl.source import Source
from scoreline.tools.lint.engine import lint
from scoreline.tools.lint.memory import LintMemory
from scoreline.tools.lint.settings import LintSettings

Parse = Callable[[Source], Parsed]


@dataclass(frozen=True)
class Examined:
    """The files as they are written, what the checker knows of them, and all diagnostics."""

    files: RuleFiles
    statements: Checked
    diagnostics: tuple[Diagnostic, ...]


def examined(compiled: Compiled, schema: Schema, settings: LintSettings, memory: LintMemory | None = None) -> Examined:
    """The mistakes and lints in rules that were compiled against a schema."""
    found = (*compiled.diagnostics, *lint(compiled, schema, settings, memory))
    ordered = tuple(sorted(found, key=lambda each: each.sort_key))
    return Examined(compiled.files, compiled.statements, ordered)


def without_schema(names: Iterable[str], read: Reader, parse: Parse = parse) -> Examined:
    """The problems of rule files that can be found without a schema: in their form, and in what they `use`."""
    files, found = gather(names, read, parse)
    return Examined(files, Checked((), (), ()), found)


def form_alone(name: str, read: Reader, parse: Parse = parse) -> Examined:
    """The problems in the form of one rule file that belongs to no project."""
    whole = without_schema([name], read, parse)
    own = (one for one in whole.diagnostics if one.place.file == name and one.code.startswith("E1"))
    return Examined(whole.files, whole.statements, tuple(own))
