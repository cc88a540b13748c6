"""Terminals in the words of someone who writes rules: what could stand at a place, what does stand there."""

from collections.abc import Iterable

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
        ("NAME NOT LPAR NO", f"{_ODD} DISTINCT INT MINUS_INT", "a condition such as `employees >= 50`"),
        ("NAME DISTINCT", f"{_ODD} INT MINUS_INT DAY WEEK MONTH YEAR", "an interaction such as `email.opened`"),
        ("TEXT DATE YES NAME", f"{_ODD} NO INT MINUS_INT DECIMAL", "a value such as `\"Software\"` or `50`"),
        ("TEXT DATE YES", "NO INT MINUS_INT DECIMAL", "a value such as `\"Software\"` or `50`"),
        ("IS IN GE", "LE GT LT EQ NE BETWEEN CONTAINS STARTS ENDS NOT", "a comparison such as `is`, `>=` or `in`"),
        ("BETWEEN IN CONTAINS", "STARTS ENDS", "`in`, `between`, `contains`, `starts with` or `ends with`"),
        ("DAY MINUTES", " ".join(_UNITS), "a unit such as `days`"),
        ("PLUS_INT MINUS_INT", "", "points such as `+10`"),
        ("INT MINUS_INT", "", "a whole number"),
        ("WITHIN SINCE MORE", "", "a window such as `within 30 days`"),
        ("NAME", "STAGE TODAY DISQUALIFIED", "a name"),
        ("TEXT", "", "a text in double quotes"),
        ("INT", "", "a whole number"),
        ("LSQB", "", 'a list such as `["DE", "AT"]`'),
        ("DATE", "", "a date such as `2026-01-31`"),
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
    words: list[str] = ["`then`"] if "THEN" in rest and len(rest) > 3 else []
    rest -= {"THEN"} if words else set()
    for sure, whole, said in _KINDS:
        if sure <= rest:
            rest -= whole
            words.append(said)
    words.extend(_written(terminal) for terminal in sorted(rest & set(_quoted())))
    if complete and (rest & STARTERS or rest == {"$END"}):
        words = ["the next statement"]
    return listed(words) or "something else"


def listed(words: Iterable[str]) -> str:
    """`a`, `a or b`, `a, b or c`."""
    *most, last = list(dict.fromkeys(words)) or [""]
    return f"{', '.join(most)} or {last}" if most else last


def found(token: Token) -> str:
    """What stands at a place: the text itself, cut if long."""
    text = token.text
    return f"`{text if len(text) <= 40 else text[:37] + '…'}`"


def _quoted() -> dict[str, str]:
    words = vocabulary()
    return {name: text for table in (words.keywords, words.signs) for text, name in table.items()}


def _written(terminal: str) -> str:
    return f"`{_quoted()[terminal]}`"
