"""Places where a statement does not fit for a reason that deserves its own words.

The grammar would only say what could stand there; this says why the thing cannot be said, and what can.
"""

from typing import NamedTuple

from scoreline.dsl.repairs import Statement
from scoreline.dsl.span import Span

_AGGREGATES = frozenset("sum total average avg mean minimum maximum min max count number median".split())  # noqa: SIM905
_PATTERNS = frozenset("matches match like regex regexp pattern".split())  # noqa: SIM905
_OPERANDS = frozenset({"NAME", "INT", "DECIMAL", "MINUS_INT", "PLUS_INT"})
_LITERALS = frozenset({"INT", "MINUS_INT", "DECIMAL", "TEXT", "DATE", "YES"})
_COMPARING = frozenset({"GE", "LE", "GT", "LT", "EQ", "NE", "IS"})
_BEFORE_TEST = frozenset({"WHEN", "AND", "OR", "NOT", "LPAR"})


class Hint(NamedTuple):
    """What to tell instead of what the grammar expects."""

    code: str
    message: str
    span: Span
    help: str


def hint(statement: Statement, at: int) -> Hint | None:
    """The hint for a statement whose token `at` does not fit, if it is one of these."""
    token, previous = statement[at], statement[at - 1]
    if statement[0].type == "WHEN" and token.type in ("UP", "HALVING", "FADING"):
        message = f"`{'up to' if token.type == 'UP' else token.text}` belongs to a `for each` rule"
        help = "a `when` rule gives its points once, so there is nothing to bound or to let fade"
        return Hint("E101", message, token.span, help)
    if statement[0].type == "FOR" and token.type == "DISQUALIFY":
        help = "write `when email.opened >= 10 then disqualify`"
        return Hint("E101", "`disqualify` belongs to a `when` rule", token.span, help)
    if statement[0].type == "LET" and 3 < at <= 4 and statement[3].type in _LITERALS:
        help = f"for one value write a list: `[{statement[3].text}]`"
        return Hint("E101", "a `let` names a list or a condition, not a single value", statement[3].span, help)
    if token.type in _COMPARING and previous.type in _LITERALS and statement[at - 2].type in _BEFORE_TEST:
        help = "as in `employees >= 5`, or `employees between 5 and 10`"
        return Hint("E101", "the name stands on the left of a comparison", previous.span, help)
    if statement[0].type == "GRADE" and token.type in ("TO", "UP", "AND", "MINUS_INT", "BETWEEN"):
        help = 'write `grade "B" from 40`: it goes up to where the next higher grade begins'
        return Hint("E101", "a grade tells its lower bound only", token.span, help)
    if previous.type == "NAME" and previous.text.lower() in _AGGREGATES and token.type in ("OF", "LPAR", "NAME"):
        help = "interactions can be counted, as in `order.placed >= 3`, also by their properties with `where (…)`"
        return Hint("E225", f"`{previous.text} {token.text}` cannot be said yet", previous.span, help)
    if token.type == "NAME" and token.text.lower() in _PATTERNS and previous.type == "NAME":
        help = "texts are searched with `contains`, `starts with` and `ends with`"
        return Hint("E225", f"`{token.text}` cannot be said yet: there are no regular expressions", token.span, help)
    signs = ("STAR", "PLUS", "MINUS_INT", "PLUS_INT")
    if token.type in signs and previous.type in _OPERANDS and "THEN" not in {each.type for each in statement[:at]}:
        help = "put the result into a field of its own where the data come from"
        return Hint("E225", "arithmetic on fields cannot be said yet", token.span, help)
    return None
