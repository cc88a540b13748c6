"""Plain English, and the words of other languages, that this one says in another way."""

from collections.abc import Iterator, Sequence
from functools import cache

from scoreline.dsl.messages import say
from scoreline.dsl.repairs.proposal import Proposal, Statement, replaced
from scoreline.dsl.source import Source
from scoreline.grammar.vocabulary import ENGLISH, language_table, vocabulary

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


@cache
def _phrases(language: str) -> Sequence[tuple[tuple[str, ...], str]]:
    """The phrases of a language, word by word, and what they are written as."""
    pairs = _PHRASES if language == ENGLISH else language_table(language).get("phrases", ())
    return tuple((tuple(phrase.split()), meant) for phrase, meant in pairs)


def phrases(source: Source, statement: Statement, at: int) -> Iterator[Proposal]:
    """Words that mean something here, in other words."""
    if statement[0].type in ("GROUP", "SCORE"):
        return
    for words, meant in _phrases(source.language):
        for first in range(max(1 if meant == "" else 0, at - len(words) - 1), at + 1):
            last = first + len(words)
            if last >= len(statement) + (0 if at == len(statement) - 1 else 1) or not first <= at <= last + 1:
                continue
            if tuple(token.text.lower() for token in statement[first:last]) == words:
                phrase = " ".join(token.text for token in statement[first:last])
                message = say("the word `{phrase}` is not needed", phrase=phrase)
                if meant:
                    message = say("`{text}` is written `{right}`", text=phrase, right=meant)
                yield replaced(source, statement, first, last, _terminals(meant, source.language), "E123", message)


def _terminals(words: str, language: str) -> tuple[tuple[str, str], ...]:
    vocabulary_ = vocabulary(language)
    table = {**vocabulary_.keywords, **vocabulary_.signs, "1": "INT"}
    return tuple((table[word], word) for word in words.split())


def score_of_a_model(source: Source, statement: Statement, at: int) -> Iterator[Proposal]:
    """`Fit.score`: the score of a model is its bare name."""
    if at and statement[at].type == "SCORE" and statement[at - 1].type == "DOT":
        name = statement[at - 2].text
        message = say("the score of a model is just its name: write `{name}`", name=name)
        yield replaced(source, statement, at - 1, at + 1, (), "E123", message)
