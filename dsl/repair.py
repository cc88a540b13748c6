"""Mistakes whose remedy is evident: what the writer meant, tried on the grammar before it is offered.

Each proposal takes a statement's tokens and the index of the first one that does not fit, and yields
statements that the writer may have meant, each with the diagnostic to show. The parser takes the first that
the grammar accepts further than before, and goes on with it as though it had been written.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from scoreline.dsl.diagnostics import Diagnostic, Edit, Fix, replacement
from scoreline.dsl.source import Source
from scoreline.dsl.span import Span
from scoreline.dsl.tokens import Token
from scoreline.grammar.vocabulary import vocabulary

Statement = tuple[Token, ...]


class Proposal(NamedTuple):
    """What the writer may have meant; `whole` if it only counts when it mends the whole statement."""

    statement: Statement
    diagnostic: Diagnostic
    whole: bool = False


def proposals(source: Source, statement: Statement, at: int) -> Iterator[Proposal]:
    """What may have been meant by a statement whose token `at` does not fit, the likeliest first.

    The statement's last token is the first of the next statement, so `at` can point at it.
    """
    for propose in _PROPOSERS:
        yield from propose(source, statement, at)


def _wrong_case(source: Source, statement: Statement, at: int) -> Iterator[Proposal]:
    """`When`, `THEN`: words of the language that are not in lower case."""
    keywords = vocabulary().keywords
    for index in (at, at - 1, at - 2):
        if not 0 <= index < len(statement) - 1:
            continue
        token = statement[index]
        word = token.text.lower()
        if token.type == "NAME" and word in keywords:
            message = f"`{token.text}` is written `{word}`: the words of the language are in lower case"
            yield _replaced(source, statement, index, index + 1, ((keywords[word], word),), "E108", message)


def _missing_then(source: Source, statement: Statement, at: int) -> Iterator[Proposal]:
    token = statement[at]
    following = statement[min(at + 1, len(statement) - 1)]
    ends = at + 1 >= len(statement) - 1 or following.type in ("AS", "UP", "HALVING", "FADING", "NAME")
    action = token.type in ("PLUS", "CREATE", "NOTIFY", "SET")
    if action or (ends and token.type in ("PLUS_INT", "MINUS_INT", "DISQUALIFY", "INT")):
        then = Token("THEN", "then", token.start, token.start)
        fix = replacement("write `then` before it", Span(token.start, token.start), "then ")
        message = f"`then` is missing before `{token.text}`"
        diagnostic = Diagnostic("E109", message, source.at(token.span), fixes=(fix,))
        yield Proposal((*statement[:at], then, *statement[at:]), diagnostic)


def _sign(source: Source, statement: Statement, at: int) -> Iterator[Proposal]:
    """Points without a sign, and signs away from their number."""
    token = statement[at]
    following = statement[at + 1] if at + 1 < len(statement) else token
    if token.type == "INT" and at and statement[at - 1].type == "THEN":
        right = f"+{token.text}"
        message = f"points need a sign: write `{right}` to give points, `-{token.text}` to take them"
        yield _replaced(source, statement, at, at + 1, (("PLUS_INT", right),), "E110", message)
    if token.type == "PLUS" and following.type == "INT":
        right = f"+{following.text}"
        message = f"the sign must touch its number: write `{right}`"
        yield _replaced(source, statement, at, at + 2, (("PLUS_INT", right),), "E111", message)
    if token.type == "PLUS_INT" and at and statement[at - 1].type != "THEN":
        right = token.text[1:]
        message = f"a number that is compared takes no plus sign: write `{right}`"
        yield _replaced(source, statement, at, at + 1, (("INT", right),), "E112", message)
    if token.type == "DECIMAL" and at and statement[at - 1].type == "THEN":
        right = f"+{token.text}" if token.text[0] != "-" else token.text
        message = f"points are whole numbers, `{token.text}` is none"
        proposal = _replaced(source, statement, at, at + 1, (("PLUS_INT", "+1"),), "E121", message)
        yield _without_fix(proposal)


def _decimal_comma(source: Source, statement: Statement, at: int) -> Iterator[Proposal]:
    if not 0 < at < len(statement) - 1 or statement[at].type != "COMMA":
        return
    before, after = statement[at - 1], statement[at + 1]
    joined = before.end == statement[at].start and statement[at].end == after.start
    if not joined or before.type not in ("INT", "MINUS_INT", "PLUS_INT") or after.type != "INT":
        return
    end = _end_of_groups(statement, at)
    written = source.text[before.start : statement[end - 1].end]
    if end > at + 2 or len(after.text) == 3:
        right, meant, note = written.replace(",", "_"), before.type, "thousands may be set apart with `_`"
    else:
        right, meant, note = written.replace(",", "."), "DECIMAL", "the decimal sign is a point"
    message = f"`{written}` is no number: write `{right}` ({note})"
    if meant == "DECIMAL" and at > 1 and statement[at - 2].type == "THEN":
        message = f"points are whole numbers, `{written}` is none"
        points = _replaced(source, statement, at - 1, end, (("PLUS_INT", "+1"),), "E121", message)
        yield _without_fix(points)
        return
    yield _replaced(source, statement, at - 1, end, ((meant, right),), "E113", message)


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


# What people write who know another language, or plain English: words, what they mean here.
_PHRASES: tuple[tuple[str, str], ...] = (
    ("is greater than or equal to", ">="),
    ("is less than or equal to", "<="),
    ("is greater than", ">"),
    ("is more than", ">"),
    ("is bigger than", ">"),
    ("is higher than", ">"),
    ("is less than", "<"),
    ("is fewer than", "<"),
    ("is lower than", "<"),
    ("is smaller than", "<"),
    ("is at least", ">="),
    ("is at most", "<="),
    ("is not one of", "not in"),
    ("is not any of", "not in"),
    ("is one of", "in"),
    ("is any of", "in"),
    ("is not in", "not in"),
    ("is in", "in"),
    ("is not between", "not between"),
    ("is between", "between"),
    ("is not empty", "is known"),
    ("is empty", "is unknown"),
    ("is missing", "is unknown"),
    ("is null", "is unknown"),
    ("is not set", "is unknown"),
    ("is set", "is known"),
    ("is not contains", "not contains"),
    ("is equal to", "is"),
    ("is equals", "is"),
    ("does not contain", "not contains"),
    ("does not equal", "is not"),
    ("not equals", "is not"),
    ("not equal", "is not"),
    ("doesn't contain", "not contains"),
    ("begins with", "starts with"),
    ("starts in", "starts with"),
    ("in the last", "within the last"),
    ("within last", "within the last"),
    ("within next", "within the next"),
    ("in last", "within the last"),
    ("during the last", "within the last"),
    ("greater than", ">"),
    ("less than", "<"),
    ("more than", ">"),
    ("fewer than", "<"),
    ("at least", ">="),
    ("at most", "<="),
    ("equals", "is"),
    ("equal", "is"),
    ("includes", "contains"),
    ("contain", "contains"),
    ("has", "contains"),
    ("exists", "is known"),
    ("if", "when"),
    ("give", ""),
    ("add", ""),
    ("score", ""),
    ("points", ""),
    ("times", ""),
    ("disqualified", "disqualify"),
    ("for every", "for each"),
    ("halving over", "halving every"),
    ("fading every", "fading over"),
    ("to", "and"),
    ("a", "1"),
    ("one", "1"),
    ("point", ""),
    ("labelled", "as"),
    ("called", "as"),
    ("else", "otherwise"),
    ("min", "at least"),
    ("max", "at most"),
)
_PHRASE_WORDS = tuple((tuple(phrase.split()), meant) for phrase, meant in _PHRASES)


def _phrases(source: Source, statement: Statement, at: int) -> Iterator[Proposal]:
    """Plain English that the language says in another way."""
    if statement[0].type == "GROUP":
        return
    for words, meant in _PHRASE_WORDS:
        for first in range(max(0, at - len(words)), at + 1):
            last = first + len(words)
            if last >= len(statement) + (0 if at == len(statement) - 1 else 1) or not first <= at <= last:
                continue
            if tuple(token.text.lower() for token in statement[first:last]) == words:
                phrase = " ".join(token.text for token in statement[first:last])
                message = f"`{phrase}` is written `{meant}`" if meant else f"the word `{phrase}` is not needed"
                yield _replaced(source, statement, first, last, _terminals(meant), "E123", message)


def _terminals(words: str) -> tuple[tuple[str, str], ...]:
    vocabulary_ = vocabulary()
    table = {**vocabulary_.keywords, **vocabulary_.signs, "1": "INT"}
    return tuple((table[word], word) for word in words.split())


def _score_of_a_model(source: Source, statement: Statement, at: int) -> Iterator[Proposal]:
    """`Fit.score`: the score of a model is its bare name."""
    if at and statement[at].type == "SCORE" and statement[at - 1].type == "DOT":
        name = statement[at - 2].text
        message = f"the score of a model is just its name: write `{name}`"
        yield _replaced(source, statement, at - 1, at + 1, (), "E123", message)


def _keyword_as_name(source: Source, statement: Statement, at: int) -> Iterator[Proposal]:
    token = statement[at]
    if token.type in vocabulary().keywords.values():
        meant = Token("NAME", token.text, token.start, token.end)
        diagnostic = Diagnostic(
            "E118",
            f"`{token.text}` is a word of the language and can be no name",
            source.at(token.span),
            help=_other_name(statement, at),
        )
        yield Proposal((*statement[:at], meant, *statement[at + 1 :]), diagnostic, whole=True)


def _other_name(statement: Statement, at: int) -> str:
    word = statement[at].text
    if at == 1 and statement[0].type in ("LET", "MODEL", "QUALIFICATION"):
        return f"choose another name, such as `my_{word}`"
    return f'give it another name in the schema, as in `my_{word} = {{ …, column = "{word}" }}`'


def _list_without_brackets(source: Source, statement: Statement, at: int) -> Iterator[Proposal]:
    """`in "a", "b"` and `in ("a", "b")`."""
    start = at
    while start and statement[start - 1].type in ("TEXT", "INT", "COMMA", "DATE", "DECIMAL", "LPAR"):
        start -= 1
    if not start or statement[start - 1].type not in ("IN", "OF"):
        return
    end = start
    while end < len(statement) and statement[end].type in _LISTED:
        end += 1
    inner = tuple(token for token in statement[start:end] if token.type not in ("LPAR", "RPAR"))
    if not inner or inner[-1].type == "COMMA":
        return
    left = Token("LSQB", "[", statement[start].start, statement[start].start)
    right = Token("RSQB", "]", statement[end - 1].end, statement[end - 1].end)
    span = Span(left.start, right.end)
    text = "[" + source.text[inner[0].start : inner[-1].end] + "]"
    diagnostic = Diagnostic(
        "E123", "a list stands in square brackets", source.at(span), fixes=(replacement(f"write `{text}`", span, text),)
    )
    yield Proposal((*statement[:start], left, *inner, right, *statement[end:]), diagnostic, whole=True)


_LISTED = frozenset({"TEXT", "INT", "MINUS_INT", "DECIMAL", "DATE", "COMMA", "LPAR", "RPAR"})


def _text_without_quotes(source: Source, statement: Statement, at: int) -> Iterator[Proposal]:
    """`grade A from 70`."""
    if statement[at].type == "NAME":
        right = f'"{statement[at].text}"'
        message = f"a text stands in double quotes: write `{right}`"
        in_list = at > 0 and statement[at - 1].type in ("LSQB", "COMMA")
        proposal = _replaced(source, statement, at, at + 1, (("TEXT", right),), "E104", message)
        yield proposal._replace(whole=not in_list)


def _one_word(source: Source, statement: Statement, at: int) -> Iterator[Proposal]:
    """`model Ideal Customer Fit for lead`: a name is one word."""
    if statement[0].type not in ("MODEL", "QUALIFICATION", "LET") or at != 2 or statement[1].type != "NAME":
        return
    end = at
    while end < len(statement) - 1 and statement[end].type == "NAME":
        end += 1
    if end > at:
        right = "_".join(token.text for token in statement[1:end])
        message = f"a name is one word: write `{right}`; a longer name may follow in quotes"
        yield _replaced(source, statement, 1, end, (("NAME", right),), "E101", message)


# Words that only hold a statement together: one of them missing is evident, where it makes the statement whole.
_STRUCTURAL = frozenset(
    [
        "THEN",
        "FOR",
        "FROM",
        "AND",
        "TO",
        "OF",
        "WITH",
        "AGO",
        "EVERY",
        "OVER",
        "IN",
        "TASK",
        "THAN",
        "UNIT",
        "INTERACTIONS",
        "WHEN",
        "AT",
        "UP",
        "EQ",
        "BETWEEN",
    ]
)


def missing_word(source: Source, statement: Statement, at: int, expected: frozenset[str]) -> Iterator[Proposal]:
    """A single word of the language that makes the statement whole."""
    token, previous = statement[at], statement[at - 1]
    for word, terminal in vocabulary().keywords.items():
        if terminal in expected and terminal in _STRUCTURAL:
            missing = Token(terminal, word, token.start, token.start)
            fix = replacement(f"write `{word}` behind it", Span(previous.end, previous.end), f" {word}")
            message = f"`{word}` is missing behind `{previous.text}`"
            diagnostic = Diagnostic("E102", message, source.at(previous.span), fixes=(fix,))
            yield Proposal((*statement[:at], missing, *statement[at:]), diagnostic, whole=True)


def _closing(source: Source, statement: Statement, at: int) -> Iterator[Proposal]:
    """A bracket that is not closed, or closed once too often."""
    token = statement[at]
    place = statement[at - 1].end if at else token.start
    for type_, sign in (("RPAR", ")"), ("RSQB", "]")):
        closing = Token(type_, sign, place, place)
        fix = replacement(f"write `{sign}` here", Span(place, place), sign)
        shown = source.at(statement[at - 1].span if at else token.span)
        diagnostic = Diagnostic("E102", f"`{sign}` is missing behind `{shown.text}`", shown, fixes=(fix,))
        yield Proposal((*statement[:at], closing, *statement[at:]), diagnostic, whole=True)
    if token.type in ("RPAR", "RSQB", "COMMA"):
        message = f"`{token.text}` is one too many"
        yield _replaced(source, statement, at, at + 1, (), "E101", message)._replace(whole=True)


def _where_without_parentheses(source: Source, statement: Statement, at: int) -> Iterator[Proposal]:
    """`where link contains "x"`: the condition behind `where` stands in parentheses."""
    if not at or statement[at - 1].type != "WHERE" or statement[at].type == "LPAR":
        return
    left = Token("LPAR", "(", statement[at].start, statement[at].start)
    for end in range(len(statement) - 1, at, -1):
        place = statement[end - 1].end
        right = Token("RPAR", ")", place, place)
        edits = (Edit(Span(left.start, left.start), "("), Edit(Span(place, place), ")"))
        span = Span(left.start, place)
        message = "the condition behind `where` stands in parentheses"
        fixes = (Fix(f"write `({source.text[span.start : span.end]})`", edits),)
        diagnostic = Diagnostic("E123", message, source.at(span), fixes=fixes)
        yield Proposal((*statement[:at], left, *statement[at:end], right, *statement[end:]), diagnostic, whole=True)


def _replaced(
    source: Source,
    statement: Statement,
    first: int,
    last: int,
    meant: Sequence[tuple[str, str]],
    code: str,
    message: str,
) -> Proposal:
    """The tokens from `first` up to `last` replaced by others, told and offered as a fix."""
    span = Span(statement[first].start, statement[last - 1].end)
    tokens = tuple(Token(type_, text, span.start, span.end) for type_, text in meant)
    text = " ".join(text for _, text in meant)
    if text:
        fix = replacement(f"write `{text}`", span, text)
    else:
        fix = replacement("remove it", Span(_gap(source, span.start), span.end), "")
    diagnostic = Diagnostic(code, message, source.at(span), fixes=(fix,))
    return Proposal((*statement[:first], *tokens, *statement[last:]), diagnostic)


def _gap(source: Source, offset: int) -> int:
    """Where the blanks before an offset begin."""
    blanks = re.search(r"[ \t]*$", source.text[max(0, offset - 200) : offset])
    return offset - (len(blanks[0]) if blanks else 0)


def _without_fix(proposal: Proposal) -> Proposal:
    old = proposal.diagnostic
    return proposal._replace(diagnostic=Diagnostic(old.code, old.message, old.place, old.help))


_PROPOSERS: tuple[Callable[[Source, Statement, int], Iterator[Proposal]], ...] = (
    _wrong_case,
    _sign,
    _missing_then,
    _one_word,
    _decimal_comma,
    _score_of_a_model,
    _phrases,
    _text_without_quotes,
    _list_without_brackets,
    _where_without_parentheses,
    _closing,
    _keyword_as_name,
)
