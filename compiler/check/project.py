"""The whole check: all rule files of a project against its schema, every mistake in one run."""

from collections.abc import Iterator

from scoreline.compiler import checked
from scoreline.compiler.check.conditions import ConditionChecker
from scoreline.compiler.check.examples import check_example
from scoreline.compiler.check.memory import CheckMemory
from scoreline.compiler.check.models import EXAMPLE, ModelChecker, tell_alike
from scoreline.compiler.check.qualifications import QualificationChecker, report_shared_units
from scoreline.compiler.check.report import Report
from scoreline.compiler.check.scope import Scope, Site
from scoreline.compiler.check.symbols import LetKey, Symbols, collect, lets_used
from scoreline.compiler.check.values import good_list
from scoreline.compiler.schema import Schema
from scoreline.compiler.sources import RuleFile, RuleFiles
from scoreline.dsl import nodes
from scoreline.dsl.diagnostics import Diagnostic


def check(
    files: RuleFiles, schema: Schema, channels: frozenset[str] | None = None, memory: CheckMemory | None = None
) -> tuple[checked.Checked, tuple[Diagnostic, ...]]:
    """What the rule files say, and everything that is wrong with their names and types. `channels` are those of
    the project file, None if it names none (then any is right). What has a mistake is left out of the result.
    `memory` holds what was found of rules the last time."""
    report = Report()
    used: set[LetKey] = set()
    symbols = collect(files, schema, report)
    memory = memory or CheckMemory()
    memory.begin(symbols)
    models = [ModelChecker(file, item, symbols, report, used, memory).check() for file, item in _models(files)]
    qualifications = list(_qualifications(files))
    report_shared_units(qualifications, report)
    judged = [
        QualificationChecker(file, item, symbols, channels, report, used).check() for file, item in qualifications
    ]
    examples = [check_example(file, item, symbols, report, used) for file, item in _examples(files)]
    for file in files.own:
        titles = (item.title for item in file.parsed.file.items if isinstance(item, nodes.Example) and not item.broken)
        tell_alike(file, titles, EXAMPLE, report)
    _check_unused_lets(files, symbols, report, used)
    return checked.Checked(tuple(models), tuple(judged), tuple(examples)), report.diagnostics


def _models(files: RuleFiles) -> Iterator[tuple[RuleFile, nodes.Model]]:
    for file in files.own:
        for item in file.parsed.file.items:
            if isinstance(item, nodes.Model):
                yield file, item


def _qualifications(files: RuleFiles) -> Iterator[tuple[RuleFile, nodes.Qualification]]:
    for file in files.own:
        for item in file.parsed.file.items:
            if isinstance(item, nodes.Qualification):
                yield file, item


def _examples(files: RuleFiles) -> Iterator[tuple[RuleFile, nodes.Example]]:
    for file in files.own:
        for item in file.parsed.file.items:
            if isinstance(item, nodes.Example):
                yield file, item


def _check_unused_lets(files: RuleFiles, symbols: Symbols, report: Report, used: set[LetKey]) -> None:
    """Lets that nothing fills in are checked where they stand, as a qualification would see them; lists always."""
    mentioned = {
        lets[name].key
        for lets in symbols.lets.values()
        for let in lets.values()
        for name in lets_used(let)
        if name in lets
    }
    for file in files.by_name.values():
        scope = Scope("qualification", symbols, symbols.lets[file.name])
        for let in symbols.lets[file.name].values():
            if let.file is not file or let.value is None:
                continue
            if isinstance(let.value, nodes.List):
                good_list(Site(scope, file.parsed.source, report), let.value)
            elif let.key not in used and let.key not in mentioned:
                ConditionChecker(scope, file.parsed.source, report, used).check(let.value)
