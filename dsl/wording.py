"""Terminals in the words of someone who writes rules: what could stand at a place, what does stand there."""

from scoreline.dsl.messages import keyword, listed, say
from scoreline.dsl.statements import STARTERS
from scoreline.dsl.tokens import Token
from scoreline.grammar.vocabulary import vocabulary

_UNITS = frozenset(
    ["MINUTE", "MINUTES", "HOUR", "HOURS", "DAY", "DAYS", "WEEK", "WEEKS", "MONTH", "MONTHS", "YEAR", "YEARS"]
)

_ODD = "STAGE TODAY DISQUALIFIED"

# The first set of terminals that is wholly expected is said in these words, and so on with what is left.
_KINDS: tuple[tuple[frozenset[str], frozenset[str], str], ...] = tuple(
    (frozenset(sure.split()), frozenset((sure + " " + also).split()), words)
    for sure, also, words in (
        ("NAME NOT LPAR NO", f"{_ODD} DISTINCT INT MINUS_INT", say("a condition such as `employees >= 50`")),
        ("NAME DISTINCT", f"{_ODD} INT MINUS_INT DAY WEEK MONTH YEAR", say("an interaction such as `email.opened`")),
        ("TEXT DATE YES NAME", f"{_ODD} NO INT MINUS_INT DECIMAL", say("a value such as `\"Software\"` or `50`")),
        ("TEXT DATE YES", "NO INT MINUS_INT DECIMAL", say("a value such as `\"Software\"` or `50`")),
        ("IS IN GE", "LE GT LT EQ NE BETWEEN CONTAINS STARTS ENDS NOT", say("a comparison such as `is`, `>=` or `in`")),
        ("BETWEEN IN CONTAINS", "STARTS ENDS", say("`in`, `between`, `contains`, `starts with` or `ends with`")),
        ("DAY MINUTES", " ".join(_UNITS), say("a unit such as `days`")),
        ("PLUS_INT MINUS_INT", "", say("points such as `+10`")),
        ("INT MINUS_INT", "", say("a whole number")),
        ("WITHIN SINCE MORE", "", say("a window such as `within 30 days`")),
        ("NAME", "STAGE TODAY DISQUALIFIED", say("a name")),
        ("TEXT", "", say("a text in double quotes")),
        ("INT", "", say("a whole number")),
        ("LSQB", "", say('a list such as `["DE", "AT"]`')),
        ("DATE", "", say("a date such as `2026-01-31`")),
    )
)  # fmt: skip
# What may also stand there, but what nobody is looking for when something is missing.
_FURTHER = frozenset({"WITHIN", "SINCE", "MORE", "WHERE", "PLUS", "PLUS_INT", "DOT", "STAR", "AS", "TITLE"})


def expectation(expected: frozenset[str]) -> str:
    """What could stand at a place, as `a`, `a or b`, or `a, b or c`."""
    complete = "$END" in expected
    rest = set(expected)
    if complete and expected - STARTERS - {"$END"}:
        rest -= STARTERS | {"$END"}
    if rest - _FURTHER:
        rest -= _FURTHER - ({"PLUS_INT"} if "MINUS_INT" in rest else set())
    words: list[str] = [_written("THEN")] if "THEN" in rest and len(rest) > 3 else []
    rest -= {"THEN"} if words else set()
    for sure, whole, said in _KINDS:
        if sure <= rest:
            rest -= whole
            words.append(said)
    rest -= {"TIME"} if "TIMES" in rest else set()
    words.extend(_written(terminal) for terminal in sorted(rest & _WRITTEN))
    if complete and (rest & STARTERS or rest == {"$END"}):
        words = [say("the next statement")]
    return listed(words) or say("something else")


def found(token: Token) -> str:
    """What stands at a place: the text itself, cut if long."""
    text = token.text
    return f"`{text if len(text) <= 40 else text[:37] + '…'}`"


_SIGNS = {terminal: sign for sign, terminal in vocabulary().signs.items()}
_WRITTEN = frozenset(vocabulary().words) | frozenset(_SIGNS)


def _written(terminal: str) -> str:
    return say("`{word}`", word=_SIGNS[terminal] if terminal in _SIGNS else keyword(terminal))
