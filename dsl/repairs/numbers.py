"""Numbers: their signs, their decimal sign, and ranges written with a dash."""

from collections.abc import Iterator
from dataclasses import replace

from scoreline.dsl.diagnostics import guess
from scoreline.dsl.messages import say
from scoreline.dsl.repairs.proposal import Proposal, Statement, replaced, without_fix, word_for
from scoreline.dsl.source import Source
from scoreline.dsl.span import Span
from scoreline.dsl.tokens import Token
from scoreline.grammar.lexicon import Part, Terminal, terminals
from scoreline.grammar.vocabulary import ENGLISH, vocabulary

_FLIPPED = {
    Terminal.GE: Terminal.LE,
    Terminal.LE: Terminal.GE,
    Terminal.GT: Terminal.LT,
    Terminal.LT: Terminal.GT,
    Terminal.EQ: Terminal.EQ,
    Terminal.NE: Terminal.NE,
}
_SIGNS = {terminal: sign for sign, terminal in vocabulary().signs.items()}
_TAKING = frozenset({"minus", "subtract", "deduct", "take", "remove", "lose", "ziehe", "abzüglich", "weniger"})
_TAKEN = frozenset({"ab", "abziehen", "abzug", "less", "off", "away"})
_QUANTITIES = terminals(Part.QUANTITY)


def sign(source: Source, statement: Statement, at: int) -> Iterator[Proposal]:
    """Points without a sign, and signs away from their number."""
    token = statement[at]
    following = statement[at + 1] if at + 1 < len(statement) else token
    if token.type == Terminal.INT and at and statement[at - 1].type == Terminal.THEN:
        yield _without_sign(source, statement, at)
    if token.type == Terminal.PLUS and following.type == Terminal.INT and statement[at - 1].type == Terminal.THEN:
        right = f"+{following.text}"
        message = say("the sign must be directly before its number: write `{right}`", right=right)
        yield replaced(source, statement, at, at + 2, ((Terminal.PLUS_INT, right),), "E111", message)
    if token.type == Terminal.PLUS_INT and at and statement[at - 1].type != Terminal.THEN:
        right = token.text[1:]
        message = say("a number in a comparison has no plus sign: write `{right}`", right=right)
        yield replaced(source, statement, at, at + 1, ((Terminal.INT, right),), "E112", message)
    if token.type == Terminal.DECIMAL and at and statement[at - 1].type == Terminal.THEN:
        right = f"+{token.text}" if token.text[0] != "-" else token.text
        message = say("points are whole numbers, and `{word}` is not one", word=token.text)
        proposal = replaced(source, statement, at, at + 1, ((Terminal.PLUS_INT, "+1"),), "E121", message)
        yield without_fix(proposal)


def _without_sign(source: Source, statement: Statement, at: int) -> Proposal:
    """`then 20`: whether points are given or taken is the writer's to say."""
    token = statement[at]
    given, taken = f"+{token.text}", f"-{token.text}"
    message = say(
        "points need a sign: write `{right}` to give points, `-{number}` to take them", right=given, number=token.text
    )
    proposal = replaced(source, statement, at, at + 1, ((Terminal.PLUS_INT, given),), "E110", message)
    fixes = tuple(guess(say("write `{text}`", text=each), token.span, each) for each in (given, taken))
    return proposal._replace(diagnostic=replace(proposal.diagnostic, fixes=fixes))


def taken_points(source: Source, statement: Statement, at: int) -> Iterator[Proposal]:
    """`then minus 20`, `then subtract 20`, `dann ziehe 20 ab`."""
    before = statement[at - 1].type == Terminal.THEN and statement[at].text.lower() in _TAKING
    if at and before and at + 2 < len(statement) and statement[at + 1].type == Terminal.INT:
        right = f"-{statement[at + 1].text}"
        behind = at + 3 if statement[at + 2].text.lower() in _TAKEN else at + 2
        message = say("points that a rule takes have a minus sign: write `{right}`", right=right)
        yield replaced(source, statement, at, behind, ((Terminal.MINUS_INT, right),), "E110", message)
    if statement[at].type == Terminal.INT and statement[at - 1].type == Terminal.THEN:
        points = 1 if statement[at + 1].text.lower() in ("points", "point", "punkte", "punkt") else 0
        behind = at + 1 + points
        if behind < len(statement) - 1 and statement[behind].text.lower() in _TAKEN:
            right = f"-{statement[at].text}"
            message = say("points that a rule takes have a minus sign: write `{right}`", right=right)
            yield replaced(source, statement, at, behind + 1, ((Terminal.MINUS_INT, right),), "E110", message)


def decimal_comma(source: Source, statement: Statement, at: int) -> Iterator[Proposal]:
    """`2,5` and `2,500,000`."""
    if not 0 < at < len(statement) - 1 or statement[at].type != Terminal.COMMA:
        return
    before, after = statement[at - 1], statement[at + 1]
    joined = before.end == statement[at].start and statement[at].end == after.start
    if (
        not joined
        or before.type not in (Terminal.INT, Terminal.MINUS_INT, Terminal.PLUS_INT)
        or after.type != Terminal.INT
    ):
        return
    end = _end_of_groups(statement, at)
    written = source.text[before.start : statement[end - 1].end]
    if end > at + 2 or (len(after.text) == 3 and before.text.lstrip("+-") != "0"):
        right, meant, note = written.replace(",", "_"), before.type, say("thousands can be separated with `_`")
    else:
        right, meant, note = written.replace(",", "."), Terminal.DECIMAL, say("the decimal sign is a point")
    message = say("`{word}` is not a number: write `{right}` ({note})", word=written, right=right, note=note)
    if meant == Terminal.DECIMAL and at > 1 and statement[at - 2].type == Terminal.THEN:
        message = say("points are whole numbers, and `{word}` is not one", word=written)
        points = replaced(source, statement, at - 1, end, ((Terminal.PLUS_INT, "+1"),), "E121", message)
        yield without_fix(points)
        return
    proposal = replaced(source, statement, at - 1, end, ((meant, right),), "E113", message)
    if end == at + 2 and len(after.text) == 3 and source.language != ENGLISH:
        yield _either(proposal, written)  # where a comma is the decimal sign, `1,500` may be one and a half
        return
    yield proposal


def _either(proposal: Proposal, written: str) -> Proposal:
    """A number whose comma may set thousands apart or be the decimal sign."""
    both = (written.replace(",", "_"), written.replace(",", "."))
    place = proposal.diagnostic.place
    message = say(
        "`{word}` is not a number: write `{thousands}` or `{decimal}`",
        word=written,
        thousands=both[0],
        decimal=both[1],
    )
    fixes = tuple(guess(say("write `{text}`", text=each), place.span, each) for each in both)
    return proposal._replace(diagnostic=replace(proposal.diagnostic, message=message, fixes=fixes))


def _end_of_groups(statement: Statement, at: int) -> int:
    """Where a number written as `2,500,000` ends, whose first comma is the token `at`."""
    end = at + 2
    while (
        end + 1 < len(statement)
        and statement[end].type == Terminal.COMMA
        and statement[end + 1].type == Terminal.INT
        and len(statement[end + 1].text) == 3
        and statement[end - 1].end == statement[end].start
        and statement[end].end == statement[end + 1].start
    ):
        end += 2
    return end


def one_of_a_unit(source: Source, statement: Statement, at: int) -> Iterator[Proposal]:
    """`within the last week`, `halving every month`: a length of time has a number."""
    token = statement[at]
    if token.type in (Terminal.MINUTE, Terminal.HOUR, Terminal.DAY, Terminal.WEEK, Terminal.MONTH, Terminal.YEAR):
        meant = ((Terminal.INT, "1"), (token.type, token.text))
        message = say("a length of time needs a number: write `1 {unit}`", unit=token.text)
        yield replaced(source, statement, at, at + 1, meant, "E123", message)


def dash_between(source: Source, statement: Statement, at: int) -> Iterator[Proposal]:
    """`between 5-10`."""
    token, previous = statement[at], statement[at - 1]
    if (
        token.type != Terminal.MINUS_INT
        or previous.type not in _QUANTITIES
        or statement[at - 2].type != Terminal.BETWEEN
    ):
        return
    low, high = previous.text, token.text[1:]
    and_ = word_for(source, Terminal.AND)
    right = f"{low} {and_} {high}"
    message = say("`{text}` is written `{right}`", text=source.text[previous.start : token.end], right=right)
    meant = ((previous.type, low), (Terminal.AND, and_), (Terminal.INT, high))
    yield replaced(source, statement, at - 1, at + 1, meant, "E123", message)


def turned_round(source: Source, statement: Statement, at: int) -> Iterator[Proposal]:
    """`5 < employees`."""
    if at < 2 or statement[at].type not in _FLIPPED or statement[at - 1].type not in _QUANTITIES:
        return
    end = at + 1
    while end < len(statement) - 1 and statement[end].type in (Terminal.NAME, Terminal.DOT):
        end += 1
    path = source.text[statement[at + 1].start : statement[end - 1].end]
    if end == at + 1 or statement[end].type in _FLIPPED:
        return
    flipped, value = _FLIPPED[statement[at].type], statement[at - 1]
    span = Span(value.start, statement[end - 1].end)
    turned = Token(flipped, _SIGNS[flipped], span.start, span.end)
    tokens = (*statement[: at - 1], *statement[at + 1 : end], turned, value, *statement[end:])
    right = f"{path} {_SIGNS[flipped]} {value.text}"
    message = say("the name must be on the left of the comparison: write `{right}`", right=right)
    proposal = replaced(source, statement, at - 1, end, ((Terminal.NAME, right),), "E101", message)
    yield Proposal(tokens, proposal.diagnostic)
