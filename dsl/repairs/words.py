"""Words of the language: in the wrong case, misspelt, missing."""

from collections.abc import Iterator
from difflib import get_close_matches

from scoreline.dsl.diagnostics import Diagnostic, replacement
from scoreline.dsl.language import language_name
from scoreline.dsl.messages import say
from scoreline.dsl.repairs.proposal import Proposal, Statement, guessed, replaced, word_for
from scoreline.dsl.source import Source
from scoreline.dsl.span import Span
from scoreline.dsl.tokens import Token
from scoreline.grammar.lexicon import SINGULAR, Part, Terminal, terminals
from scoreline.grammar.vocabulary import languages, vocabulary

# How much a misspelt word must be like the right one (difflib's ratio).
_LIKE = 0.74
_LONGEST_WORD = 20
# Words that only hold a statement together: one of them missing is evident, where it makes the statement whole.
_STRUCTURAL = terminals(Part.EVIDENT)
# Others could stand there as well: `or` for `and`, `>=` for `is`.
_CHOICES = terminals(Part.ONE_OF_SEVERAL)
_PLURALS = frozenset(SINGULAR)
_POINTS = terminals(Part.OUTCOME) | {Terminal.INT}


def wrong_case(source: Source, statement: Statement, at: int) -> Iterator[Proposal]:
    """`When`, `THEN`: words of the language that are not in lower case."""
    keywords = vocabulary(source.language).keywords
    for index in (at, at - 1, at - 2):
        if not 0 <= index < len(statement) - 1:
            continue
        token = statement[index]
        word = token.text.lower()
        if token.type == Terminal.NAME and word in keywords:
            message = say(
                "`{text}` is written `{word}`: the words of the language are in lower case", text=token.text, word=word
            )
            yield replaced(source, statement, index, index + 1, ((keywords[word], word),), "E108", message)


def misspelt(source: Source, statement: Statement, at: int) -> Iterator[Proposal]:
    """`whne`, `qualificaton`: almost a word of the language."""
    keywords = vocabulary(source.language).keywords
    token = statement[at]
    if token.type == Terminal.NAME and 2 < len(token.text) <= _LONGEST_WORD:
        after_number = at > 0 and statement[at - 1].type == Terminal.INT and statement[at - 1].text != "1"
        likely = (
            [word for word, terminal in keywords.items() if terminal in _PLURALS] if after_number else list(keywords)
        )
        for word in get_close_matches(_with_umlauts(token.text.lower()), likely, n=1, cutoff=_LIKE):
            message = say("`{text}` is not a word of the language: did you mean `{word}`?", text=token.text, word=word)
            yield guessed(replaced(source, statement, at, at + 1, ((keywords[word], word),), "E101", message))


def _with_umlauts(text: str) -> str:
    """`fuer` as `für`: written on a keyboard without umlauts, it is nearest to the word itself."""
    return text.replace("ae", "ä").replace("oe", "ö").replace("ue", "ü")


def other_language(source: Source, statement: Statement, at: int) -> Iterator[Proposal]:
    """`wenn` among English words, `When` among German ones."""
    for index in (at, at - 1):
        token = statement[index] if 0 <= index < len(statement) - 1 else None
        for language in languages() if token is not None and token.type == Terminal.NAME else ():
            terminal = vocabulary(language).keywords.get(token.text.lower()) if token else None
            if token is None or terminal is None or language == source.language:
                continue
            right = word_for(source, terminal)
            message = say(
                "`{word}` is {language}: in this file it is written `{right}`",
                word=token.text,
                language=language_name(language),
                right=right,
            )
            yield replaced(source, statement, index, index + 1, ((terminal, right),), "E123", message)


def missing_then(source: Source, statement: Statement, at: int) -> Iterator[Proposal]:
    """Points or an action without `then` before them."""
    token, previous = statement[at], statement[at - 1]
    if (
        at == len(statement) - 1
        and previous.type == Terminal.PLUS_INT
        and statement[0].type in (Terminal.WHEN, Terminal.FOR)
    ):
        yield _then_before(source, statement, at - 1)  # `when newsletter +5` was read as the start of a sum
        return
    following = statement[min(at + 1, len(statement) - 1)]
    arrow = source.text[token.start : token.end] == "=>"
    if arrow and following.type in _POINTS and statement[0].type in (Terminal.WHEN, Terminal.FOR):
        word = word_for(source, Terminal.THEN)
        message = say("`{text}` is written `{right}`", text="=>", right=word)
        yield replaced(source, statement, at, at + 1, ((Terminal.THEN, word),), "E123", message)
    ends = (
        at + 1 >= len(statement) - 1
        or following.type in (Terminal.AS, Terminal.UP, Terminal.HALVING, Terminal.FADING)
        or following.text.lower() in ("points", "point", "punkte", "punkt")
    )
    action = token.type in (Terminal.PLUS, Terminal.CREATE, Terminal.NOTIFY, Terminal.SET)
    if previous.type != Terminal.THEN and (action or (ends and token.type in _POINTS)):
        yield _then_before(source, statement, at)


def _then_before(source: Source, statement: Statement, at: int) -> Proposal:
    token = statement[at]
    word = word_for(source, Terminal.THEN)
    then = Token(Terminal.THEN, word, token.start, token.start)
    fix = replacement(say("write `{word}` before it", word=word), Span(token.start, token.start), f"{word} ")
    message = say("`{word}` is missing before `{token}`", word=word, token=token.text)
    diagnostic = Diagnostic("E109", message, source.at(token.span), fixes=(fix,))
    meant = (*statement[:at], then, *statement[at:])
    return Proposal(
        meant, diagnostic, sure=statement[0].type in (Terminal.WHEN, Terminal.FOR) and token.type in _POINTS
    )


def missing_word(source: Source, statement: Statement, at: int, expected: frozenset[Terminal]) -> Iterator[Proposal]:
    """A single word of the language that makes the statement whole."""
    token, previous = statement[at], statement[at - 1]
    for terminal, word in vocabulary(source.language).words.items():
        if terminal not in expected or terminal not in _STRUCTURAL:
            continue
        if previous.type == token.type == Terminal.NAME and terminal in (Terminal.AND, Terminal.IN, Terminal.IS):
            continue
        missing = Token(terminal, word, token.start, token.start)
        diagnostic = _missing(source, previous, None if at == len(statement) - 1 else token, word)
        if terminal in _CHOICES:
            diagnostic = diagnostic.offering()
        yield Proposal((*statement[:at], missing, *statement[at:]), diagnostic, whole=True)


def _missing(source: Source, previous: Token, token: Token | None, word: str) -> Diagnostic:
    """The word is missing behind what stands before it, or, at the start of a line, before what follows."""
    if token is not None and "\n" in source.text[previous.end : token.start]:
        fix = replacement(say("write `{word}` before it", word=word), Span(token.start, token.start), f"{word} ")
        message = say("`{word}` is missing before `{token}`", word=word, token=token.text)
        return Diagnostic("E102", message, source.at(token.span), fixes=(fix,))
    fix = replacement(say("write `{word}` after it", word=word), Span(previous.end, previous.end), f" {word}")
    message = say("`{word}` is missing after `{before}`", word=word, before=previous.text)
    return Diagnostic("E102", message, source.at(previous.span), fixes=(fix,))
