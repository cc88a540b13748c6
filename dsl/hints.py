"""Places where a statement does not fit for a reason that deserves its own words.

The grammar would only say what could stand there; this says why the thing cannot be said, and what can.
"""

from collections.abc import Callable
from typing import NamedTuple

from scoreline.dsl.repairs import Statement
from scoreline.dsl.span import Span

_AGGREGATES = frozenset("sum total average avg mean minimum maximum min max count number median".split())  # noqa: SIM905
_PATTERNS = frozenset("matches match like regex regexp pattern".split())  # noqa: SIM905
_ADDING = frozenset({"STAR", "PLUS", "MINUS_INT", "PLUS_INT"})
_OPERANDS = frozenset({"NAME", "INT", "DECIMAL", "MINUS_INT", "PLUS_INT"})
_LITERALS = frozenset({"INT", "MINUS_INT", "DECIMAL", "TEXT", "DATE", "YES"})
_OUTCOMES = frozenset({"PLUS_INT", "MINUS_INT", "DISQUALIFY"})
_COMPARING = frozenset({"GE", "LE", "GT", "LT", "EQ", "NE", "IS"})
_BEFORE_TEST = frozenset({"WHEN", "AND", "OR", "NOT", "LPAR"})


def _second_value(statement: Statement, at: int) -> bool:
    """Whether the token is a value behind `or`, behind a comparison with a value: `country is "DE" or "AT"`."""
    return (
        statement[at].type == "TEXT"
        and at > 2
        and statement[at - 1].type in ("OR", "AND", "COMMA")
        and statement[at - 2].type == "TEXT"
        and statement[at - 3].type in ("IS", "EQ", "NE", "NOT", "CONTAINS", "WITH")
    )


class Hint(NamedTuple):
    """What to tell instead of what the grammar expects."""

    code: str
    message: str
    span: Span
    help: str


FORMS = {
    "USE": 'it looks like `use "shared/regions.score"`',
    "LET": 'it looks like `let dach = ["DE", "AT"]`, or `let big = employees >= 500`',
    "MODEL": 'it looks like `model Fit "Ideal customer fit" for lead`',
    "INCLUDE": "it looks like `include contact interactions`",
    "SCORE": "it looks like `score between 0 and 100`",
    "GROUP": 'it looks like `group "Company" at most 50`',
    "WHEN": 'a rule looks like `when employees >= 50 and email.opened >= 3 then +10 as "Active"`',
    "FOR": "a rule looks like `for each webinar.attended within 1 year then +15 up to 45`",
    "GRADE": 'it looks like `grade "A" from 70`, or `grade "C" otherwise`',
    "QUALIFICATION": 'it looks like `qualification B2B "Marketing to sales" for unit "EMEA"`',
    "STAGE": 'it looks like `stage "Sales ready" when Fit >= 40 then notify "sales"`',
    "EXAMPLE": 'it looks like `example "A director is marketing qualified"`',
    "GIVEN": 'it looks like `given industry is "Software"`, or `given email.opened 3 times`',
    "EXPECT": 'it looks like `expect Fit is 55 and Fit.grade is "B"`',
}
"""How a statement looks, by the terminal that begins it: help where nothing better is known."""


def hint(statement: Statement, at: int) -> Hint | None:
    """The hint for a statement whose token `at` does not fit, if it is one of these."""
    of_statement = _BY_STATEMENT.get(statement[0].type)
    return (of_statement(statement, at) if of_statement else None) or _in_a_test(statement, at)


def _types_before(statement: Statement, at: int) -> set[str]:
    return {each.type for each in statement[:at]}


def _in_a_rule(statement: Statement, at: int) -> Hint | None:
    """Outcomes, caps and decays where they do not belong."""
    token, of_when = statement[at], statement[0].type == "WHEN"
    if of_when and token.type in ("UP", "HALVING", "FADING"):
        message = f"`{'up to' if token.type == 'UP' else token.text}` belongs to a `for each` rule"
        help = "a `when` rule gives its points once, so there is nothing to bound or to let fade"
        return Hint("E101", message, token.span, help)
    if token.type == "THEN" and _types_before(statement, at) & _OUTCOMES:
        return Hint("E101", "a rule has one outcome", token.span, "write a second rule with the same condition")
    if not of_when and token.type == "DISQUALIFY":
        help = "write `when email.opened >= 10 then disqualify`"
        return Hint("E101", "`disqualify` belongs to a `when` rule", token.span, help)
    return None


def _in_a_stage(statement: Statement, at: int) -> Hint | None:
    if statement[at].type == "UNTIL" and "THEN" in _types_before(statement, at):
        return Hint("E101", "`until` stands before the first `then`", statement[at].span, "move it there")
    return None


def _in_a_fact(statement: Statement, at: int) -> Hint | None:
    after_name = statement[at].type == "INT" and statement[at - 1].type == "NAME"
    if after_name and "AND" in _types_before(statement, at):
        message = "interactions stand on a `given` of their own"
        return Hint("E101", message, statement[at].span, "write `given` again for them")
    return None


def _in_a_clamp(statement: Statement, at: int) -> Hint | None:
    if at == 1:
        help = "as in `score between 0 and 100`"
        return Hint("E101", "`score between` takes both bounds", statement[at].span, help)
    return None


def _in_a_let(statement: Statement, at: int) -> Hint | None:
    if at == 4 and statement[3].type in _LITERALS:
        help = f"for one value write a list: `[{statement[3].text}]`"
        return Hint("E101", "a `let` names a list or a condition, not a single value", statement[3].span, help)
    return None


def _in_a_group(statement: Statement, at: int) -> Hint | None:
    if 1 < at < len(statement) - 1:
        help = 'as in `group "Company" best only at least 0 at most 50`'
        return Hint("E101", "behind a group's title stand `best only` and its bounds only", statement[at].span, help)
    return None


def _in_a_grade(statement: Statement, at: int) -> Hint | None:
    if at == 2 and statement[at].type in (*_COMPARING, "INT"):
        return Hint("E101", "a grade tells from which score on it is reached", statement[at].span, FORMS["GRADE"])
    if statement[at].type in ("TO", "UP", "AND", "MINUS_INT", "BETWEEN"):
        help = 'write `grade "B" from 40`: it goes up to where the next higher grade begins'
        return Hint("E101", "a grade tells its lower bound only", statement[at].span, help)
    return None


_BY_STATEMENT: dict[str, Callable[[Statement, int], Hint | None]] = {
    "WHEN": _in_a_rule,
    "FOR": _in_a_rule,
    "STAGE": _in_a_stage,
    "GIVEN": _in_a_fact,
    "SCORE": _in_a_clamp,
    "LET": _in_a_let,
    "GRADE": _in_a_grade,
    "GROUP": _in_a_group,
}


def _in_a_test(statement: Statement, at: int) -> Hint | None:
    """Values in the wrong place, and what the language keeps for later."""
    token, previous = statement[at], statement[at - 1]
    if _second_value(statement, at):
        help = 'several values stand in a list, as in `country in ["DE", "AT"]`'
        return Hint("E101", "a comparison takes one value", token.span, help)
    if token.type in _COMPARING and previous.type in ("AND", "OR"):
        sign = token.text
        help = f"as in `employees >= 50 and employees {sign} 500`; for a range say `employees between 50 and 500`"
        return Hint("E101", f"the name is missing before `{sign}`", token.span, help)
    if token.type in _COMPARING and previous.type in _LITERALS and statement[at - 2].type in _BEFORE_TEST:
        help = "as in `employees >= 5`, or `employees between 5 and 10`"
        return Hint("E101", "the name stands on the left of a comparison", previous.span, help)
    if previous.type == "NAME" and previous.text.lower() in _AGGREGATES and token.type in ("OF", "LPAR", "NAME"):
        help = "interactions can be counted, as in `order.placed >= 3`, also by their properties with `where (…)`"
        return Hint("E225", f"`{previous.text} {token.text}` cannot be said yet", previous.span, help)
    if token.type == "NAME" and token.text.lower() in _PATTERNS and previous.type == "NAME":
        help = "texts are searched with `contains`, `starts with` and `ends with`"
        return Hint("E225", f"`{token.text}` cannot be said yet: there are no regular expressions", token.span, help)
    if token.type in _ADDING and previous.type in _OPERANDS and "THEN" not in _types_before(statement, at):
        help = "put the result into a field of its own where the data come from"
        return Hint("E225", "arithmetic on fields cannot be said yet", token.span, help)
    return None
