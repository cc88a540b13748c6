"""Rule files as nobody should write them: white space, line ends and comments anywhere between two tokens."""

import random
from itertools import pairwise

from scoreline.dsl.lexer import lex
from scoreline.dsl.source import Source
from scoreline.dsl.statements import STARTERS
from scoreline.dsl.tokens import Token

SPACES = (" ", " ", " ", "  ", "\t", "\n", "\n  ", "\r\n", "\n\n", "\n \n\n\t", "\u2003", "\r")
COMMENTS = ("#", "# x", "#x  ", '# "text" and \' [ ( , then', "# größe 顧客", "# # #", "# then +10", "#\t\u2028 y")


def messed(text: str, seed: int, comments: bool = True, blanks: bool = True) -> str:
    """A text with the same tokens, and anything that says nothing between them."""
    drawn = random.Random(seed)
    often = drawn.choice((0, 3, 10, 40)) if comments else 0
    spaces = [space for space in SPACES if blanks or space.count("\n") < 2]
    quiet = drawn.random() < 0.5
    parts: list[str] = []
    previous: Token | None = None
    tokens = lex(Source("", text)).tokens
    for token, following in pairwise([*tokens, tokens[-1]]):
        between = text[previous.end : token.start] if previous else ""
        if quiet and drawn.random() < 0.9:
            parts.append(
                _without_comments(between) if blanks else "\n" if _apart(previous, token) else " " * bool(between)
            )
        else:
            parts.append(_between(drawn, previous, token, spaces, often))
        parts.append(_spelled(drawn, token, following))
        previous = token
    return "".join(parts)


def _without_comments(between: str) -> str:
    return between if "#" not in between else "\n"


def _between(drawn: random.Random, previous: Token | None, token: Token, spaces: list[str], often: int) -> str:
    if token.type in ("GRADE", "RULES", "NAME") and previous is not None and previous.type == "DOT":
        return ""  # a line that begins with `grade` begins a statement
    if _apart(previous, token):
        return "\n"
    glued = previous is None or not (_clings(previous.text[-1:]) and _clings(token.text[:1]))
    parts = [] if glued and drawn.random() < 0.3 else [drawn.choice(spaces)]
    while drawn.randrange(100) < often:
        end = drawn.choice(("\n", "\n", "\r\n", "\n    "))
        parts += [drawn.choice(("", " ", "\n", "\n  ", "\n      ")), drawn.choice(COMMENTS), end]
    return "".join(parts)


def _apart(previous: Token | None, token: Token) -> bool:
    """Whether two tokens belong on two lines: on one, `no stage` and the like are taken for a test."""
    return token.type in STARTERS and previous is not None and previous.type == "NO"


def _clings(character: str) -> bool:
    """Whether a character next to another one like it would make one token of two."""
    return character.isalnum() or character in '_"+-.<>=!'


def _spelled(drawn: random.Random, token: Token, following: Token) -> str:
    if token.type == "IS" and following.type not in ("NOT", "KNOWN", "UNKNOWN"):
        return drawn.choice(("is", "="))
    return token.text
