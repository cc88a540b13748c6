"""Places where a statement does not fit for a reason that deserves its own words.

The grammar would only say what could stand there; this says why the thing cannot be said, and what can.
"""

from collections.abc import Callable
from typing import NamedTuple

from scoreline.dsl.messages import keyword, say, shown
from scoreline.dsl.repairs import Statement
from scoreline.dsl.span import Span
from scoreline.dsl.statements import STARTERS
from scoreline.grammar.lexicon import Part, Terminal, terminals

_AGGREGATES = frozenset(
    "sum total average avg mean minimum maximum min max count number median".split()  # noqa: SIM905
) | frozenset({"summe", "durchschnitt", "mittelwert", "anzahl"})
_PATTERNS = frozenset("matches match like regex regexp pattern muster".split())  # noqa: SIM905
_ADDING = terminals(Part.ADDS) | {Terminal.MINUS_INT}
_OPERANDS = frozenset({Terminal.NAME, Terminal.INT, Terminal.DECIMAL, Terminal.MINUS_INT, Terminal.PLUS_INT})
_LITERALS = terminals(Part.LITERAL)
_OUTCOMES = terminals(Part.OUTCOME)
_COMPARING = terminals(Part.COMPARES)
_BEFORE_TEST = terminals(Part.BEFORE_TEST)
_SEARCHING = terminals(Part.SEARCHES)
_BEFORE_TEXT = _COMPARING | _SEARCHING | {Terminal.NOT, Terminal.WITH}


def _second_value(statement: Statement, at: int) -> bool:
    """Whether the token is a value behind `or`, behind a comparison with a value: `country is "DE" or "AT"`."""
    return (
        statement[at].type == Terminal.TEXT
        and at > 2
        and statement[at - 1].type in (Terminal.OR, Terminal.AND, Terminal.COMMA)
        and statement[at - 2].type == Terminal.TEXT
        and statement[at - 3].type in _BEFORE_TEXT
    )


class Hint(NamedTuple):
    """What to tell instead of what the grammar expects."""

    code: str
    message: str
    span: Span
    help: str


FORMS = {each: say("write for example {examples}", examples=shown(each)) for each in STARTERS}
"""How a statement looks, by the terminal that begins it: help where nothing better is known."""


def hint(statement: Statement, at: int) -> Hint | None:
    """The hint for a statement whose token `at` does not fit, if it is one of these."""
    of_statement = _BY_STATEMENT.get(statement[0].type)
    return (of_statement(statement, at) if of_statement else None) or _in_a_test(statement, at)


def _types_before(statement: Statement, at: int) -> set[Terminal]:
    return {each.type for each in statement[:at]}


def _in_a_rule(statement: Statement, at: int) -> Hint | None:
    """Outcomes, caps and decays where they do not belong."""
    token, of_when = statement[at], statement[0].type == Terminal.WHEN
    if of_when and token.type in (Terminal.UP, Terminal.HALVING, Terminal.FADING):
        message = say("`{word}` belongs to a `for each` rule", word=keyword(token.type))
        if token.type == Terminal.UP:
            message = say("`up to` belongs to a `for each` rule")
        help = say("a `when` rule gives its points only once, so nothing can be limited or fade")
        return Hint("E101", message, token.span, help)
    if token.type == Terminal.THEN and _types_before(statement, at) & _OUTCOMES:
        return Hint(
            "E101",
            say("a rule can have only one outcome"),
            token.span,
            say("write a second rule with the same condition"),
        )
    if not of_when and token.type == Terminal.DISQUALIFY:
        help = say("write `when email.opened >= 10 then disqualify`")
        return Hint("E101", say("`disqualify` belongs to a `when` rule"), token.span, help)
    return None


def _in_a_stage(statement: Statement, at: int) -> Hint | None:
    if statement[at].type == Terminal.UNTIL and Terminal.THEN in _types_before(statement, at):
        message = say("`until` must be before the first `then`")
        return Hint("E101", message, statement[at].span, say("move it there"))
    return None


def _in_a_fact(statement: Statement, at: int) -> Hint | None:
    after_name = statement[at].type == Terminal.INT and statement[at - 1].type == Terminal.NAME
    if after_name and Terminal.AND in _types_before(statement, at):
        message = say("interactions need a `given` of their own")
        return Hint("E101", message, statement[at].span, say("write `given` again for them"))
    return None


def _in_a_clamp(statement: Statement, at: int) -> Hint | None:
    if at == 1:
        help = say("as in `score between 0 and 100`")
        return Hint("E101", say("`score between` needs both limits"), statement[at].span, help)
    return None


def _in_a_let(statement: Statement, at: int) -> Hint | None:
    if at == 4 and statement[3].type in _LITERALS:
        help = say("for one value, write a list: `[{value}]`", value=statement[3].text)
        return Hint("E101", say("a `let` names a list or a condition, not a single value"), statement[3].span, help)
    return None


def _in_a_group(statement: Statement, at: int) -> Hint | None:
    if 1 < at < len(statement) - 1:
        help = say('as in `group "Company" best only at least 0 at most 50`')
        message = say("only `best only` and the group's limits can follow a group's title")
        return Hint("E101", message, statement[at].span, help)
    return None


def _in_a_grade(statement: Statement, at: int) -> Hint | None:
    if at == 2 and statement[at].type in (*_COMPARING, Terminal.INT):
        message = say("a grade needs the score at which it begins")
        return Hint("E101", message, statement[at].span, FORMS[Terminal.GRADE])
    if statement[at].type in (Terminal.TO, Terminal.UP, Terminal.AND, Terminal.MINUS_INT, Terminal.BETWEEN):
        help = say('write `grade "B" from 40`: it goes up to where the next higher grade begins')
        return Hint("E101", say("a grade has only a lower limit"), statement[at].span, help)
    return None


_BY_STATEMENT: dict[Terminal, Callable[[Statement, int], Hint | None]] = {
    Terminal.WHEN: _in_a_rule,
    Terminal.FOR: _in_a_rule,
    Terminal.STAGE: _in_a_stage,
    Terminal.GIVEN: _in_a_fact,
    Terminal.SCORE: _in_a_clamp,
    Terminal.LET: _in_a_let,
    Terminal.GRADE: _in_a_grade,
    Terminal.GROUP: _in_a_group,
}


def _fitting(statement: Statement) -> str:
    """How a condition looks in a statement of this kind."""
    form = FORMS.get(statement[0].type)
    return say("as in `employees >= 5`") if form is None else form


def _in_a_test(statement: Statement, at: int) -> Hint | None:
    """Values in the wrong place, and what the language keeps for later."""
    token, previous = statement[at], statement[at - 1]
    if previous.type == Terminal.INT and statement[at - 2].type in _BEFORE_TEST and token.type not in _COMPARING:
        return Hint("E101", say("a condition begins with a name"), previous.span, _fitting(statement))
    if _second_value(statement, at) and _types_before(statement, at) & _SEARCHING:
        help = say('put several texts in a list, as in `job_title contains any of ["Head", "Chief"]`')
        return Hint("E101", say("a comparison needs one value"), token.span, help)
    if _second_value(statement, at):
        help = say('put several values in a list, as in `country in ["DE", "AT"]`')
        return Hint("E101", say("a comparison needs one value"), token.span, help)
    if token.type in _COMPARING and previous.type in (Terminal.AND, Terminal.OR):
        sign = token.text
        message = say("the name is missing before `{sign}`", sign=sign)
        help = say(
            "as in `employees >= 50 and employees {sign} 500`; for a range, write `employees between 50 and 500`",
            sign=sign,
        )
        return Hint("E101", message, token.span, help)
    if token.type in _COMPARING and previous.type in _LITERALS and statement[at - 2].type in _BEFORE_TEST:
        help = say("as in `employees >= 5`, or `employees between 5 and 10`")
        return Hint("E101", say("the name must be on the left of the comparison"), previous.span, help)
    if (
        previous.type == Terminal.NAME
        and previous.text.lower() in _AGGREGATES
        and token.type in (Terminal.OF, Terminal.LPAR, Terminal.NAME)
    ):
        help = say("interactions can be counted, as in `order.placed >= 3`, also by their properties with `where (…)`")
        message = say("`{words}` is not available yet", words=f"{previous.text} {token.text}")
        return Hint("E225", message, previous.span, help)
    if token.type == Terminal.NAME and token.text.lower() in _PATTERNS and previous.type == Terminal.NAME:
        help = say("search texts with `contains`, `starts with` and `ends with`")
        message = say("`{word}` is not available yet: there are no regular expressions", word=token.text)
        return Hint("E225", message, token.span, help)
    if token.type in _ADDING and previous.type in _OPERANDS and Terminal.THEN not in _types_before(statement, at):
        help = say("calculate it where the data come from, and put the result into a field of its own")
        return Hint("E225", say("arithmetic on fields is not available yet"), token.span, help)
    return None
