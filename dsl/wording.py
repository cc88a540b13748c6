"""Terminals in the words of someone who writes rules: what could stand at a place, what does stand there."""

from collections.abc import Set

from scoreline.dsl.messages import keyword, listed, say
from scoreline.dsl.statements import STARTERS
from scoreline.dsl.tokens import Token
from scoreline.grammar.lexicon import Part, Terminal, terminals
from scoreline.grammar.vocabulary import vocabulary

_T = Terminal
_INTS = {_T.INT, _T.MINUS_INT}
_ODD = terminals(Part.SUBJECT_WORD)
_VALUES = terminals(Part.LITERAL) | {_T.NO}
_PERIODS = {_T.DAY, _T.WEEK, _T.MONTH, _T.YEAR}
_COMPARISONS = terminals(Part.COMPARISON)
_SEARCHES = terminals(Part.SEARCHES)


def _operator(begins: Terminal) -> str:
    """An operator as it is written; a word behind which no value can stand is followed by `with`."""
    word = keyword(begins)
    if begins in _SEARCHES and not begins.parts & Part.BEFORE_VALUE:
        return say("`{word} {following}`", word=word, following=keyword(_T.WITH))
    return say("`{word}`", word=word)


# The first set of terminals that is wholly expected is said in these words, and so on with what is left; `also` are
# those that are said with them where they are expected too.
_KINDS: tuple[tuple[Set[Terminal], Set[Terminal], str], ...] = (
    ({_T.NAME, _T.NOT, _T.LPAR, _T.NO}, {_T.DISTINCT, *_ODD, *_INTS}, say("a condition such as `employees >= 50`")),
    ({_T.NAME, _T.DISTINCT}, {*_ODD, *_INTS, *_PERIODS}, say("an interaction such as `email.opened`")),
    ({_T.TEXT, _T.DATE, _T.YES, _T.NAME}, _VALUES | _ODD, say('a value such as `"Software"` or `50`')),
    ({_T.TEXT, _T.DATE, _T.YES}, _VALUES, say('a value such as `"Software"` or `50`')),
    ({_T.IS, _T.IN, _T.GE}, _COMPARISONS | {_T.NOT}, say("a comparison such as `is`, `>=` or `in`")),
    ({_T.BETWEEN, _T.IN, _T.CONTAINS}, _SEARCHES, listed(map(_operator, (_T.IN, _T.BETWEEN, *sorted(_SEARCHES))))),
    ({_T.DAY, _T.MINUTES}, terminals(Part.UNIT), say("a unit such as `days`")),
    ({_T.PLUS_INT, _T.MINUS_INT}, frozenset(), say("points such as `+10`")),
    (_INTS, frozenset(), say("a whole number")),
    (terminals(Part.WINDOW), frozenset(), say("a window such as `within 30 days`")),
    ({_T.NAME}, _ODD, say("a name")),
    ({_T.TEXT}, frozenset(), say("a text in double quotes")),
    ({_T.INT}, frozenset(), say("a whole number")),
    ({_T.LSQB}, frozenset(), say('a list such as `["DE", "AT"]`')),
    ({_T.DATE}, frozenset(), say("a date such as `2026-01-31`")),
)
# What may also stand there, but what nobody is looking for when something is missing.
_FURTHER = terminals(Part.WINDOW | Part.ADDS) | {_T.WHERE, _T.DOT, _T.AS}


def expectation(expected: frozenset[Terminal]) -> str:
    """What could stand at a place, as `a`, `a or b`, or `a, b or c`."""
    complete = _T.END in expected
    rest = set(expected)
    if complete and expected - STARTERS - {_T.END}:
        rest -= STARTERS | {_T.END}
    if rest - _FURTHER:
        rest -= _FURTHER - ({_T.PLUS_INT} if _T.MINUS_INT in rest else set())
    words: list[str] = [_written(_T.THEN)] if _T.THEN in rest and len(rest) > 3 else []
    rest -= {_T.THEN} if words else set()
    for sure, also, said in _KINDS:
        if sure <= rest:
            rest -= sure | also
            words.append(said)
    rest -= {_T.TIME} if _T.TIMES in rest else set()
    words.extend(_written(terminal) for terminal in sorted(rest & _WRITTEN))
    if complete and (rest & STARTERS or rest == {_T.END}):
        words = [say("the next statement")]
    return listed(words) or say("something else")


def found(token: Token) -> str:
    """What stands at a place: the text itself, cut if long."""
    text = token.text
    return f"`{text if len(text) <= 40 else text[:37] + '…'}`"


_SIGNS = {terminal: sign for sign, terminal in vocabulary().signs.items()}
_WRITTEN = frozenset(vocabulary().words) | frozenset(_SIGNS)


def _written(terminal: Terminal) -> str:
    return say("`{word}`", word=_SIGNS[terminal] if terminal in _SIGNS else keyword(terminal))
