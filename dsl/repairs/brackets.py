"""Brackets and lists."""

from collections.abc import Iterator

from scoreline.dsl.diagnostics import Applicability, Diagnostic, Edit, Fix, guess, replacement
from scoreline.dsl.messages import say
from scoreline.dsl.repairs.proposal import Proposal, Statement, guessed, replaced, word_for
from scoreline.dsl.source import Source
from scoreline.dsl.span import Span
from scoreline.dsl.tokens import Token
from scoreline.grammar.lexicon import Part, Terminal, terminals
from scoreline.grammar.vocabulary import inflected

# How far a condition behind `where` is looked for: what is tried grows with the square of it.
_FURTHEST = 60
_LISTED = (terminals(Part.LITERAL) - {Terminal.YES}) | {Terminal.COMMA, Terminal.LPAR, Terminal.RPAR}


def list_without_brackets(source: Source, statement: Statement, at: int) -> Iterator[Proposal]:
    """`in "a", "b"` and `in ("a", "b")`."""
    start = at
    while start and statement[start - 1].type in (
        Terminal.TEXT,
        Terminal.INT,
        Terminal.COMMA,
        Terminal.DATE,
        Terminal.DECIMAL,
        Terminal.LPAR,
    ):
        start -= 1
    if not start or statement[start - 1].type not in (Terminal.IN, Terminal.OF):
        return
    end = start
    while end < len(statement) and statement[end].type in _LISTED:
        end += 1
    inner = tuple(token for token in statement[start:end] if token.type not in (Terminal.LPAR, Terminal.RPAR))
    if not inner or inner[-1].type == Terminal.COMMA:
        return
    left = Token(Terminal.LSQB, "[", statement[start].start, statement[start].start)
    right = Token(Terminal.RSQB, "]", statement[end - 1].end, statement[end - 1].end)
    span = Span(left.start, right.end)
    text = "[" + source.text[inner[0].start : inner[-1].end] + "]"
    diagnostic = Diagnostic(
        "E123",
        say("put a list in square brackets"),
        source.at(span),
        fixes=(replacement(say("write `{text}`", text=text), span, text),),
    )
    yield Proposal((*statement[:start], left, *inner, right, *statement[end:]), diagnostic, whole=True)


def list_for_a_value(source: Source, statement: Statement, at: int) -> Iterator[Proposal]:
    """`country is ["DE", "AT"]`, `job_title contains ["Head", "Chief"]`."""
    if statement[at].type != Terminal.LSQB or at < 2:
        return
    before = statement[at - 1]
    if before.type in (Terminal.IS, Terminal.EQ):
        right = word_for(source, Terminal.IN)
        message = say("to ask whether a value is in a list, write `{word}`", word=right)
        yield replaced(source, statement, at - 1, at, ((Terminal.IN, right),), "E123", message)
    elif before.type == Terminal.NE or (before.type == Terminal.NOT and statement[at - 2].type == Terminal.IS):
        meant = ((Terminal.NOT, word_for(source, Terminal.NOT)), (Terminal.IN, word_for(source, Terminal.IN)))
        message = say("to ask whether a value is in a list, write `{word}`", word=" ".join(text for _, text in meant))
        yield replaced(source, statement, at - (1 if before.type == Terminal.NE else 2), at, meant, "E123", message)
    elif before.type in (Terminal.CONTAINS, Terminal.WITH):
        one_of = inflected(source.language, (before.type, Terminal.ANY), 1)
        meant = ((Terminal.ANY, one_of), (Terminal.OF, word_for(source, Terminal.OF)))
        words = " ".join(text for _, text in meant)
        message = say("write `{words}` before a list: one match is enough", words=words)
        proposal = replaced(source, statement, at - 1, at, ((before.type, before.text), *meant), "E123", message)
        yield guessed(proposal)


def where_without_parentheses(source: Source, statement: Statement, at: int) -> Iterator[Proposal]:
    """`where link contains "x"`: the condition behind `where` stands in parentheses."""
    if not at or statement[at - 1].type != Terminal.WHERE or statement[at].type == Terminal.LPAR:
        return
    left = Token(Terminal.LPAR, "(", statement[at].start, statement[at].start)
    for end in range(min(len(statement) - 1, at + _FURTHEST), at, -1):
        place = statement[end - 1].end
        right = Token(Terminal.RPAR, ")", place, place)
        edits = (Edit(Span(left.start, left.start), "("), Edit(Span(place, place), ")"))
        span = Span(left.start, place)
        message = say("put the condition after `where` in parentheses")
        title = say("write `{text}`", text=f"({source.text[span.start : span.end]})")
        fixes = (Fix(title, edits, Applicability.UNSAFE),)
        diagnostic = Diagnostic("E123", message, source.at(span), fixes=fixes)
        yield Proposal((*statement[:at], left, *statement[at:end], right, *statement[end:]), diagnostic, whole=True)


def closing(source: Source, statement: Statement, at: int) -> Iterator[Proposal]:
    """A bracket that is not closed, or closed once too often."""
    token = statement[at]
    place = statement[at - 1].end if at else token.start
    for type_, sign in ((Terminal.RPAR, ")"), (Terminal.RSQB, "]")):
        missing = Token(type_, sign, place, place)
        fix = guess(say("write `{sign}` here", sign=sign), Span(place, place), sign)
        shown = source.at(statement[at - 1].span if at else token.span)
        message = say("`{word}` is missing after `{before}`", word=sign, before=shown.text)
        diagnostic = Diagnostic("E102", message, shown, fixes=(fix,))
        yield Proposal((*statement[:at], missing, *statement[at:]), diagnostic, whole=True)
    if token.type in (Terminal.RPAR, Terminal.RSQB, Terminal.COMMA):
        message = say("there is one `{sign}` too many", sign=token.text)
        yield guessed(replaced(source, statement, at, at + 1, (), "E101", message))._replace(whole=True)
