"""Rules as JsonLogic, for the two engines that read it; they differ in how the ends of a text are tested."""

from collections.abc import Callable
from typing import Any

from benchmarks.handwritten import name_of
from benchmarks.workload import AtLeast, Below, Between, Count, Equals, OneOf, Rule, Test, TextTest

Logic = dict[str, Any]
TextEnds = Callable[[str, str, str], Logic]


def condition(rule: Rule, text_ends: TextEnds) -> Logic:
    """All tests of a rule; `text_ends(field, how, needle)` says "starts with" and "ends with"."""
    tests = [_test(test, text_ends) for test in rule.tests]
    return tests[0] if len(tests) == 1 else {"and": tests}


def variable(name: str) -> Logic:
    """What a lead has under a name."""
    return {"var": name}


def _test(test: Test, text_ends: TextEnds) -> Logic:
    match test:
        case Count(_, _, times):
            return {">=": [variable(name_of(test)), times]}
        case Equals(field, value):
            return {"===": [variable(field), value]}
        case OneOf(field, values):
            return {"in": [variable(field), list(values)]}
        case TextTest(field, how, needles):
            texts = [_text_test(field, how, needle.lower(), text_ends) for needle in needles]
            return texts[0] if len(texts) == 1 else {"or": texts}
        case AtLeast(field, low):
            return _unless_missing(field, {">=": [variable(field), low]}, low > 0)
        case Below(field, high):
            return _unless_missing(field, {"<": [variable(field), high]}, high <= 0)
        case Between(field, low, high):
            return _unless_missing(field, {"<=": [low, variable(field), high]}, low > 0 or high < 0)


def _unless_missing(field: str, test: Logic, zero_fails: bool) -> Logic:
    """JsonLogic compares a missing number as 0: where 0 fails the test, no other test is needed."""
    return test if zero_fails else {"and": [{"!==": [variable(field), None]}, test]}


def _text_test(field: str, how: str, needle: str, text_ends: TextEnds) -> Logic:
    return {"in": [needle, variable(field)]} if how == "contains" else text_ends(field, how, needle)
