"""Words of the language: in the wrong case, misspelt, missing."""

from collections.abc import Iterator
from difflib import get_close_matches

from scoreline.dsl.diagnostics import Diagnostic, replacement
from scoreline.dsl.repairs.proposal import Proposal, Statement, guessed, replaced
from scoreline.dsl.source import Source
from scoreline.dsl.span import Span
from scoreline.dsl.tokens import Token
from scoreline.grammar.vocabulary import vocabulary

# How much a misspelt word must be like the right one (difflib's ratio).
_LIKE = 0.74
_LONGEST_WORD = 20
# Words that only hold a statement together: one of them missing is evident, where it makes the statement whole.
_STRUCTURAL = frozenset(
    "THEN FOR FROM AND TO OF WITH AGO EVERY OVER IN TASK THAN UNIT INTERACTIONS".split()  # noqa: SIM905
) | frozenset({"WHEN", "AT", "UP", "EQ", "BETWEEN", "ONLY", "AS", "IS"})
_POINTS = frozenset({"PLUS_INT", "MINUS_INT", "DISQUALIFY", "INT"})


def wrong_case(source: Source, statement: Statement, at: int) -> Iterator[Proposal]:
    """`When`, `THEN`: words of the language that are not in lower case."""
    keywords = vocabulary().keywords
    for index in (at, at - 1, at - 2):
        if not 0 <= index < len(statement) - 1:
            continue
        token = statement[index]
        word = token.text.lower()
        if token.type == "NAME" and word in keywords:
            message = f"`{token.text}` is written `{word}`: the words of the language are in lower case"
            yield replaced(source, statement, index, index + 1, ((keywords[word], word),), "E108", message)


def misspelt(source: Source, statement: Statement, at: int) -> Iterator[Proposal]:
    """`whne`, `qualificaton`: almost a word of the language."""
    keywords = vocabulary().keywords
    token = statement[at]
    if token.type == "NAME" and 2 < len(token.text) <= _LONGEST_WORD:
        after_number = at > 0 and statement[at - 1].type == "INT" and statement[at - 1].text != "1"
        likely = [word for word in keywords if word.endswith("s")] if after_number else list(keywords)
        for word in get_close_matches(token.text.lower(), likely, n=1, cutoff=_LIKE):
            message = f"`{token.text}` is no word of the language: did you mean `{word}`?"
            yield guessed(replaced(source, statement, at, at + 1, ((keywords[word], word),), "E101", message))


def missing_then(source: Source, statement: Statement, at: int) -> Iterator[Proposal]:
    """Points or an action without `then` before them."""
    token, previous = statement[at], statement[at - 1]
    if at == len(statement) - 1 and previous.type == "PLUS_INT" and statement[0].type in ("WHEN", "FOR"):
        yield _then_before(source, statement, at - 1)  # `when newsletter +5` was read as the start of a sum
        return
    following = statement[min(at + 1, len(statement) - 1)]
    ends = (
        at + 1 >= len(statement) - 1
        or following.type in ("AS", "UP", "HALVING", "FADING")
        or following.text.lower() in ("points", "point")
    )
    action = token.type in ("PLUS", "CREATE", "NOTIFY", "SET")
    if previous.type != "THEN" and (action or (ends and token.type in _POINTS)):
        yield _then_before(source, statement, at)


def _then_before(source: Source, statement: Statement, at: int) -> Proposal:
    token = statement[at]
    then = Token("THEN", "then", token.start, token.start)
    fix = replacement("write `then` before it", Span(token.start, token.start), "then ")
    diagnostic = Diagnostic("E109", f"`then` is missing before `{token.text}`", source.at(token.span), fixes=(fix,))
    meant = (*statement[:at], then, *statement[at:])
    return Proposal(meant, diagnostic, sure=statement[0].type in ("WHEN", "FOR") and token.type in _POINTS)


def missing_word(source: Source, statement: Statement, at: int, expected: frozenset[str]) -> Iterator[Proposal]:
    """A single word of the language that makes the statement whole."""
    token, previous = statement[at], statement[at - 1]
    for word, terminal in vocabulary().keywords.items():
        if terminal not in expected or terminal not in _STRUCTURAL:
            continue
        if previous.type == token.type == "NAME" and terminal in ("AND", "IN", "IS"):
            continue
        missing = Token(terminal, word, token.start, token.start)
        diagnostic = _missing(source, previous, None if at == len(statement) - 1 else token, word)
        yield Proposal((*statement[:at], missing, *statement[at:]), diagnostic, whole=True)


def _missing(source: Source, previous: Token, token: Token | None, word: str) -> Diagnostic:
    """The word is missing behind what stands before it, or, at the start of a line, before what follows."""
    if token is not None and "\n" in source.text[previous.end : token.start]:
        fix = replacement(f"write `{word}` before it", Span(token.start, token.start), f"{word} ")
        return Diagnostic("E102", f"`{word}` is missing before `{token.text}`", source.at(token.span), fixes=(fix,))
    fix = replacement(f"write `{word}` behind it", Span(previous.end, previous.end), f" {word}")
    return Diagnostic("E102", f"`{word}` is missing behind `{previous.text}`", source.at(previous.span), fixes=(fix,))
