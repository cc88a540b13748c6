"""Plain English, and the words of other languages, that this one says in another way."""

from collections.abc import Iterator, Sequence
from functools import cache

from scoreline.dsl.messages import say
from scoreline.dsl.repairs.proposal import Proposal, Statement, guessed, replaced
from scoreline.dsl.source import Source
from scoreline.dsl.statements import STARTERS
from scoreline.grammar.lexicon import Part, Terminal, terminals
from scoreline.grammar.vocabulary import ENGLISH, inflected, language_table, vocabulary

_COMPARING = terminals(Part.COMPARISON) | {Terminal.NOT}

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
    ("is not equal to", "is not"),
    ("is not equal", "is not"),
    ("is equal to", "is"),
    ("is >=", ">="),
    ("is <=", "<="),
    ("is >", ">"),
    ("is <", "<"),
    ("is =", "="),
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
    ("equal to", "is"),
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
    ("than", "then"),
    ("before", "<"),
    ("above", ">"),
    ("over", ">"),
    ("below", "<"),
    ("under", "<"),
    ("is exactly", "is"),
    ("exactly", "is"),
    ("never", "no"),
    ("percent", ""),
    ("euro", ""),
    ("euros", ""),
    ("eur", ""),
    ("dollars", ""),
    ("usd", ""),
    ("after", ">"),
    ("max", "up to"),
    ("maximum", "up to"),
    ("at most", "up to"),
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


_UNITS = terminals(Part.UNIT)
# What says that something was long ago, and the words that may stand beside it.
_AGO_SAYING = frozenset("before older earlier longer vor älter länger".split())  # noqa: SIM905
_AGO_WORDS = _AGO_SAYING | frozenset("is ago more than over ist mehr als über".split())  # noqa: SIM905


@cache
def _phrases(language: str) -> Sequence[tuple[tuple[str, ...], str]]:
    """The phrases of a language, word by word, and what they are written as."""
    pairs = _PHRASES if language == ENGLISH else language_table(language).get("phrases", ())
    return tuple((tuple(phrase.split()), meant) for phrase, meant in pairs)


@cache
def starting(language: str) -> frozenset[str]:
    """The first words of phrases that mean a word which begins statements: `if`."""
    table = vocabulary(language).keywords
    return frozenset(words[0] for words, meant in _phrases(language) if table.get(meant.split(" ")[0]) in STARTERS)


def phrases(source: Source, statement: Statement, at: int) -> Iterator[Proposal]:
    """Words that mean something here, in other words."""
    if statement[0].type in (Terminal.GROUP, Terminal.SCORE):
        return
    for words, meant in _phrases(source.language):
        for first in range(max(1 if meant == "" else 0, at - len(words) - 1), at + 1):
            last = first + len(words)
            if last >= len(statement) + (0 if at == len(statement) - 1 else 1) or not first <= at <= last + 1:
                continue
            if tuple(token.text.lower() for token in statement[first:last]) == words:
                terminals = _terminals(meant, source.language)
                if not _can_be(terminals, statement, first, last):
                    continue
                phrase = " ".join(token.text for token in statement[first:last])
                message = say("the word `{phrase}` is not needed", phrase=phrase)
                if meant:
                    message = say("`{text}` is written `{right}`", text=phrase, right=meant)
                yield replaced(source, statement, first, last, terminals, "E123", message)


def _can_be(terminals: Sequence[tuple[Terminal, str]], statement: Statement, first: int, last: int) -> bool:
    """Whether a phrase can be meant so: `to` is `and` in a range only, and what is compared is needed."""
    if terminals and terminals[0][0] == Terminal.AND:
        return any(token.type == Terminal.BETWEEN for token in statement[:first])
    return bool(terminals) or statement[last].type not in _COMPARING


def _terminals(words: str, language: str) -> tuple[tuple[Terminal, str], ...]:
    vocabulary_ = vocabulary(language)
    table = {**vocabulary_.keywords, **vocabulary_.signs, "1": Terminal.INT}
    return tuple((table[word], word) for word in words.split())


def long_ago(source: Source, statement: Statement, at: int) -> Iterator[Proposal]:
    """`created_on older than 30 days`, `email.opened vor mehr als 30 tagen`: a window that ends so long ago."""
    number = next(
        (index for index in range(at, min(at + 4, len(statement) - 2)) if statement[index].type == Terminal.INT), 0
    )
    if not number or statement[number + 1].type not in _UNITS:
        return
    first = number
    while first and statement[first - 1].text.lower() in _AGO_WORDS:
        first -= 1
    words = {token.text.lower() for token in statement[first:number]}
    if not words & _AGO_SAYING:
        return
    last = number + 2
    if statement[last].type == Terminal.AGO:
        last += 1
    language, unit = source.language, statement[number + 1].type
    terminals = (Terminal.MORE, Terminal.THAN, Terminal.INT, unit, Terminal.AGO)
    spelled = (
        inflected(language, terminals, index) if each != Terminal.INT else statement[number].text
        for index, each in enumerate(terminals)
    )
    meant = tuple(zip(terminals, spelled, strict=True))
    message = say(
        "`{text}` is written `{right}`",
        text=source.text[statement[first].start : statement[last - 1].end],
        right=" ".join(text for _, text in meant),
    )
    yield guessed(replaced(source, statement, first, last, meant, "E123", message))._replace(whole=True)


def score_of_a_model(source: Source, statement: Statement, at: int) -> Iterator[Proposal]:
    """`Fit.score`: the score of a model is its bare name."""
    if at and statement[at].type == Terminal.SCORE and statement[at - 1].type == Terminal.DOT:
        name = statement[at - 2].text
        message = say("for the score of a model, write only its name: `{name}`", name=name)
        yield replaced(source, statement, at - 1, at + 1, (), "E123", message)
