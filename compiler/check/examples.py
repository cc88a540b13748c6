"""Examples: what is given, what is expected."""

from scoreline.compiler import checked
from scoreline.compiler.check.conditions import ConditionChecker
from scoreline.compiler.check.facts import FactReader
from scoreline.compiler.check.report import Report
from scoreline.compiler.check.scope import Scope
from scoreline.compiler.check.symbols import LetKey, Symbols
from scoreline.compiler.check.values import Here
from scoreline.compiler.sources import RuleFile, place_of
from scoreline.dsl import nodes
from scoreline.dsl.source import Place


def check_example(
    file: RuleFile, example: nodes.Example, symbols: Symbols, report: Report, used: set[LetKey]
) -> checked.Example:
    """The example; facts and expectations with a mistake are left out."""
    scope = Scope("expect", symbols, symbols.lets[file.name])
    facts = FactReader(Here(scope, file.parsed.source, report))
    conditions = ConditionChecker(scope, file.parsed.source, report, used)
    expectations: list[tuple[checked.Condition, Place]] = []
    for statement in example.statements:
        if isinstance(statement, nodes.Given):
            facts.read(statement.fact)
        elif (condition := conditions.check(statement.condition)) is not None:
            expectations.append((condition, place_of(file, statement.condition)))
    given = facts.given
    return checked.Example(
        example.title.value,
        place_of(file, example.title),
        given.today,
        given.previous,
        tuple(given.lead.items()),
        None if given.contact is None else tuple(given.contact.items()),
        tuple(given.happened),
        tuple(expectations),
    )
