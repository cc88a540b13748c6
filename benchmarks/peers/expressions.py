"""Rules as text, for the engines whose language is an expression: one translation, a dialect for each of them."""

import json
from collections.abc import Sequence
from dataclasses import dataclass

from benchmarks.handwritten import name_of
from benchmarks.workload import AtLeast, Below, Between, Count, Equals, OneOf, Rule, Test, TextTest


@dataclass(frozen=True)
class Dialect:
    """How a language says what languages say differently; `{field}` and `{text}` are put in."""

    both: str
    either: str
    known: str
    contains: str
    starts: str
    ends: str


def condition(rule: Rule, dialect: Dialect) -> str:
    """All tests of a rule."""
    return f" {dialect.both} ".join(_test(test, dialect) for test in rule.tests)


def choices(rules: Sequence[Rule], dialect: Dialect) -> list[str]:
    """`(condition ? points : 0)` for each rule."""
    return [f"(({condition(rule, dialect)}) ? {rule.points} : 0)" for rule in rules]


def balanced_sum(parts: Sequence[str]) -> str:
    """The sum of these, nested as a balanced tree: a sum in a row is nested as deep as it is long."""
    if len(parts) == 1:
        return parts[0]
    middle = len(parts) // 2
    return f"({balanced_sum(parts[:middle])} + {balanced_sum(parts[middle:])})"


def _test(test: Test, dialect: Dialect) -> str:
    match test:
        case Count(_, _, times):
            return f"{name_of(test)} >= {times}"
        case Equals(field, bool(value)):
            return f"{field} == {str(value).lower()}"
        case Equals(field, value):
            return f"{field} == {_quoted(value)}"
        case OneOf(field, values):
            return f"{field} in [{', '.join(map(_quoted, values))}]"
        case TextTest():
            return _text_test(test, dialect)
        case AtLeast(field, low):
            bounds = [f"{field} >= {low}"]
        case Below(field, high):
            bounds = [f"{field} < {high}"]
        case Between(field, low, high):
            bounds = [f"{field} >= {low}", f"{field} <= {high}"]
    return f" {dialect.both} ".join([dialect.known.format(field=field), *bounds])


def _text_test(test: TextTest, dialect: Dialect) -> str:
    pattern = {"contains": dialect.contains, "starts with": dialect.starts, "ends with": dialect.ends}[test.how]
    found = [pattern.format(field=test.field, text=_quoted(needle.lower())) for needle in test.needles]
    either = f" {dialect.either} ".join(found)
    return f"({either})" if len(found) > 1 else either


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
