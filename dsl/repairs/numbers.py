"""Numbers: their signs, their decimal sign, and ranges written with a dash."""

from collections.abc import Iterator

from scoreline.dsl.messages import say
from scoreline.dsl.repairs.proposal import Proposal, Statement, replaced, without_fix, word_for
from scoreline.dsl.source import Source
from scoreline.dsl.span import Span
from scoreline.dsl.tokens import Token

_FLIPPED = {"GE": "LE", "LE": "GE", "GT": "LT", "LT": "GT", "EQ": "EQ", "NE": "NE"}
_SIGNS = {"GE": ">=", "LE": "<=", "GT": ">", "LT": "<", "EQ": "=", "NE": "!="}
_NUMBERS = frozenset({"INT", "MINUS_INT", "DECIMAL", "DATE"})


def sign(source: Source, statement: Statement, at: int) -> Iterator[Proposal]:
    """Points without a sign, and signs away from their number."""
    token = statement[at]
    following = statement[at + 1] if at + 1 < len(statement) else token
    if token.type == "INT" and at and statement[at - 1].type == "THEN":
        right = f"+{token.text}"
        message = say(
            "points need a sign: write `{right}` to give points, `-{number}` to take them",
            right=right,
            number=token.text,
        )
        yield replaced(source, statement, at, at + 1, (("PLUS_INT", right),), "E110", message)
    if token.type == "PLUS" and following.type == "INT" and statement[at - 1].type == "THEN":
        right = f"+{following.text}"
        message = say("the sign must touch its number: write `{right}`", right=right)
        yield replaced(source, statement, at, at + 2, (("PLUS_INT", right),), "E111", message)
    if token.type == "PLUS_INT" and at and statement[at - 1].type != "THEN":
        right = token.text[1:]
        message = say("a number that is compared takes no plus sign: write `{right}`", right=right)
        yield replaced(source, statement, at, at + 1, (("INT", right),), "E112", message)
    if token.type == "DECIMAL" and at and statement[at - 1].type == "THEN":
        right = f"+{token.text}" if token.text[0] != "-" else token.text
        message = say("points are whole numbers, `{word}` is none", word=token.text)
        proposal = replaced(source, statement, at, at + 1, (("PLUS_INT", "+1"),), "E121", message)
        yield without_fix(proposal)


def decimal_comma(source: Source, statement: Statement, at: int) -> Iterator[Proposal]:
    """`2,5` and `2,500,000`."""
    if not 0 < at < len(statement) - 1 or statement[at].type != "COMMA":
        return
    before, after = statement[at - 1], statement[at + 1]
    joined = before.end == statement[at].start and statement[at].end == after.start
    if not joined or before.type not in ("INT", "MINUS_INT", "PLUS_INT") or after.type != "INT":
        return
    end = _end_of_groups(statement, at)
    written = source.text[before.start : statement[end - 1].end]
    if end > at + 2 or (len(after.text) == 3 and before.text.lstrip("+-") != "0"):
        right, meant, note = written.replace(",", "_"), before.type, say("thousands may be set apart with `_`")
    else:
        right, meant, note = written.replace(",", "."), "DECIMAL", say("the decimal sign is a point")
    message = say("`{word}` is no number: write `{right}` ({note})", word=written, right=right, note=note)
    if meant == "DECIMAL" and at > 1 and statement[at - 2].type == "THEN":
        message = say("points are whole numbers, `{word}` is none", word=written)
        points = replaced(source, statement, at - 1, end, (("PLUS_INT", "+1"),), "E121", message)
        yield without_fix(points)
        return
    yield replaced(source, statement, at - 1, end, ((meant, right),), "E113", message)


def _end_of_groups(statement: Statement, at: int) -> int:
    """Where a number written as `2,500,000` ends, whose first comma is the token `at`."""
    end = at + 2
    while (
        end + 1 < len(statement)
        and statement[end].type == "COMMA"
        and statement[end + 1].type == "INT"
        and len(statement[end + 1].text) == 3
        and statement[end - 1].end == statement[end].start
        and statement[end].end == statement[end + 1].start
    ):
        end += 2
    return end


def one_of_a_unit(source: Source, statement: Statement, at: int) -> Iterator[Proposal]:
    """`within the last week`, `halving every month`: a length of time has a number."""
    token = statement[at]
    if token.type in ("MINUTE", "HOUR", "DAY", "WEEK", "MONTH", "YEAR"):
        meant = (("INT", "1"), (token.type, token.text))
        message = say("a length of time has a number: write `1 {unit}`", unit=token.text)
        yield replaced(source, statement, at, at + 1, meant, "E123", message)


def dash_between(source: Source, statement: Statement, at: int) -> Iterator[Proposal]:
    """`between 5-10`."""
    token, previous = statement[at], statement[at - 1]
    if token.type != "MINUS_INT" or previous.type not in _NUMBERS or statement[at - 2].type != "BETWEEN":
        return
    low, high = previous.text, token.text[1:]
    and_ = word_for(source, "AND")
    right = f"{low} {and_} {high}"
    message = say("`{text}` is written `{right}`", text=source.text[previous.start : token.end], right=right)
    meant = ((previous.type, low), ("AND", and_), ("INT", high))
    yield replaced(source, statement, at - 1, at + 1, meant, "E123", message)


def turned_round(source: Source, statement: Statement, at: int) -> Iterator[Proposal]:
    """`5 < employees`."""
    if at < 2 or statement[at].type not in _FLIPPED or statement[at - 1].type not in _NUMBERS:
        return
    end = at + 1
    while end < len(statement) - 1 and statement[end].type in ("NAME", "DOT"):
        end += 1
    path = source.text[statement[at + 1].start : statement[end - 1].end]
    if end == at + 1 or statement[end].type in _FLIPPED:
        return
    flipped, value = _FLIPPED[statement[at].type], statement[at - 1]
    span = Span(value.start, statement[end - 1].end)
    turned = Token(flipped, _SIGNS[flipped], span.start, span.end)
    tokens = (*statement[: at - 1], *statement[at + 1 : end], turned, value, *statement[end:])
    right = f"{path} {_SIGNS[flipped]} {value.text}"
    message = say("the name stands on the left of a comparison: write `{right}`", right=right)
    proposal = replaced(source, statement, at - 1, end, (("NAME", right),), "E101", message)
    yield Proposal(tokens, proposal.diagnostic)
