"""Names and texts: words of the language as names, names of several words, texts without quotes."""

from collections.abc import Iterator

from scoreline.dsl.diagnostics import Diagnostic
from scoreline.dsl.messages import say
from scoreline.dsl.repairs.proposal import Proposal, Statement, replaced, without_fix
from scoreline.dsl.source import Source
from scoreline.dsl.tokens import Token
from scoreline.grammar.lexicon import Part, Terminal, terminals
from scoreline.grammar.vocabulary import vocabulary

_BEFORE_NAME = terminals(Part.BEFORE_TEST) | {Terminal.NO}
_NAMED = terminals(Part.NAMED)


def keyword_as_name(source: Source, statement: Statement, at: int) -> Iterator[Proposal]:
    """A word of the language where a name belongs."""
    token = statement[at]
    if token.type in vocabulary().words:
        place = source.at(token.span)
        meant = Token(Terminal.NAME, place.text or token.text, token.start, token.end)
        message = say("`{word}` is a word of the language and cannot be a name", word=meant.text)
        diagnostic = Diagnostic("E118", message, place, help=_other_name(statement, at, meant.text))
        yield Proposal((*statement[:at], meant, *statement[at + 1 :]), diagnostic, whole=True)


def keyword_in_heading(source: Source, statement: Statement, at: int) -> Iterator[Proposal]:
    """A word of the language as the name of a let, a model or a qualification."""
    if at == 1 and statement[0].type in _NAMED:
        yield from keyword_as_name(source, statement, at)


def _other_name(statement: Statement, at: int, word: str) -> str:
    if statement[at].type == Terminal.SCORE:
        return say("for a score, write the name of its model, as in `Fit >= 40`")
    if at == 1 and statement[0].type in _NAMED:
        return say("choose another name, such as `my_{word}`", word=word)
    return say('give it another name in the schema, as in `my_{word} = {{ …, column = "{word}" }}`', word=word)


def text_without_quotes(source: Source, statement: Statement, at: int) -> Iterator[Proposal]:
    """`grade A from 70`, `country is United States`, `in [DE, AT]`."""
    if statement[at].type != Terminal.NAME:
        return
    first = at
    while first > 1 and statement[first - 1].type == Terminal.NAME:
        first -= 1
    last = at + 1
    while last < len(statement) - 1 and statement[last].type == Terminal.NAME:
        last += 1
    if first < at and statement[first - 1].type not in (Terminal.IS, Terminal.EQ, Terminal.NE, Terminal.NOT):
        first, last = at, at + 1
    right = f'"{source.text[statement[first].start : statement[last - 1].end]}"'
    message = say("put a text in double quotes: write `{right}`", right=right)
    in_list = at > 0 and statement[at - 1].type in (Terminal.LSQB, Terminal.COMMA)
    proposal = replaced(source, statement, first, last, ((Terminal.TEXT, right),), "E104", message)
    yield proposal._replace(whole=not in_list)


def name_of_two_words(source: Source, statement: Statement, at: int) -> Iterator[Proposal]:
    """`when big company then +5`."""
    if (
        at > 1
        and statement[at].type == statement[at - 1].type == Terminal.NAME
        and statement[at - 2].type in _BEFORE_NAME
    ):
        first, second = statement[at - 1].text, statement[at].text
        right = f"{first}_{second}"
        message = say(
            "`and` or `or` is missing between `{first}` and `{second}`, or they are one name: `{right}`",
            first=first,
            second=second,
            right=right,
        )
        proposal = replaced(source, statement, at - 1, at + 1, ((Terminal.NAME, right),), "E101", message)
        yield without_fix(proposal)._replace(whole=True)


def one_word(source: Source, statement: Statement, at: int) -> Iterator[Proposal]:
    """`model Ideal Customer Fit for lead`: a name is one word."""
    if statement[0].type not in _NAMED or at != 2 or statement[1].type != Terminal.NAME:
        return
    end = at
    while end < len(statement) - 1 and statement[end].type == Terminal.NAME:
        end += 1
    if end > at:
        right = "_".join(token.text for token in statement[1:end])
        message = say("a name is one word: write `{right}`; a longer title can follow in quotes", right=right)
        yield replaced(source, statement, 1, end, ((Terminal.NAME, right),), "E101", message)._replace(whole=True)
