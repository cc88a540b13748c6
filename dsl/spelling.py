"""Tokens to words: how each token of a statement is written, with its comments.

Promises that every keyword comes out of one table, that a word keeps its comments in order, and that nothing else
changes but what the language calls the same: `=` becomes `is`, a unit agrees with its number, a comma clings to what
is before it.
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from itertools import pairwise
from types import MappingProxyType

from scoreline.dsl.layout import Word
from scoreline.dsl.tokens import Token
from scoreline.dsl.trivia import Comment, Dressed
from scoreline.grammar.vocabulary import vocabulary

_SINGULAR = {f"{unit}S": unit for unit in ("MINUTE", "HOUR", "DAY", "WEEK", "MONTH", "YEAR", "TIME")}
_PLURAL = {one: many for many, one in _SINGULAR.items()}


@cache
def _keywords() -> Mapping[str, str]:
    return MappingProxyType({terminal: word for word, terminal in vocabulary().keywords.items()})


def keyword(terminal: str) -> str:
    """The word that is written for a keyword's terminal."""
    return _keywords()[terminal]


def spelled(pieces: Sequence[Dressed]) -> dict[int, Word]:
    """The words of a statement, each by the index of its token. Commas have none: they are part of the word before
    them, and the one behind a list's last item is left to the layout."""
    words: dict[int, Word] = {}
    waiting: tuple[Comment, ...] = ()
    depth = 0
    before: int | None = None
    for at, piece in enumerate(pieces):
        kind = piece.token.type
        depth += (kind == "LSQB") - (kind == "RSQB")
        above = (*waiting, *_above(piece, at, in_list=depth > 0 or kind == "RSQB"))
        waiting = ()
        if kind == "COMMA" and before is not None:
            last = pieces[at + 1].token.type == "RSQB"
            words[before], waiting = _with_comma(words[before], above, piece.after, last)
            continue
        if kind in _CLOSING and before is not None and pieces[before].token.type not in _OPENING:
            words[before] = words[before]._replace(tail="," if kind == "RSQB" else "", below=above)
            above = ()
        words[at] = Word(_text(pieces, at), above, piece.after)
        before = at
    return words


def _above(piece: Dressed, at: int, in_list: bool) -> Iterator[Comment]:
    """The comments above a word; those above a whole statement are no part of it, and blank lines stay in lists."""
    if at > 0:
        yield from (comment if in_list else comment._replace(blank=False) for comment in piece.above)


def _with_comma(
    word: Word, above: tuple[Comment, ...], after: str | None, last: bool
) -> tuple[Word, tuple[Comment, ...]]:
    """A word and its comma, and the comments that then stand above what follows."""
    text = word.text if last else word.text + ","
    if after is not None and word.after is None and not above:
        return word._replace(text=text, after=after), ()
    behind = () if after is None else (Comment(after),)
    return word._replace(text=text), (*above, *behind)


def _text(pieces: Sequence[Dressed], at: int) -> str:
    token = pieces[at].token
    previous = pieces[at - 1].token if at else None
    following = pieces[at + 1].token if at + 1 < len(pieces) else None
    match token.type:
        case "EQ" if pieces[0].token.type != "LET" or at != _LET_SIGN:
            return keyword("IS")
        case "NE":
            return f"{keyword('IS')} {keyword('NOT')}"
        case "PLUS_INT" if following is not None and following.type == "STAR":
            return f"+ {token.text[1:]}"
        case kind if kind in _keywords():
            return keyword(_agreeing(kind, previous))
        case _:
            return token.text


_LET_SIGN = 2


def _agreeing(kind: str, number: Token | None) -> str:
    """The terminal of a unit in the singular behind a one, in the plural behind any other number."""
    if number is None or number.type not in ("INT", "MINUS_INT"):
        return kind
    return _SINGULAR.get(kind, kind) if int(number.text) == 1 else _PLURAL.get(kind, kind)


_OPENING, _CLOSING = ("LPAR", "LSQB"), ("RPAR", "RSQB")


def brackets(pieces: Sequence[Dressed]) -> Iterator[tuple[int, int]]:
    """The index of each opening bracket, and of the one that closes it."""
    opened: list[int] = []
    for at, piece in enumerate(pieces):
        if piece.token.type in _OPENING:
            opened.append(at)
        elif piece.token.type in _CLOSING:
            yield opened.pop(), at


def depths(pieces: Sequence[Dressed]) -> list[int]:
    """For each token, how many brackets it stands in; brackets stand outside of themselves."""
    found: list[int] = []
    depth = 0
    for piece in pieces:
        depth -= piece.token.type in _CLOSING
        found.append(depth)
        depth += piece.token.type in _OPENING
    return found


def clings(before: Token, token: Token) -> bool:
    """Whether a token stands right behind the one before it."""
    return token.type in ("RPAR", "RSQB", "DOT") or before.type in ("LPAR", "LSQB", "DOT")


def neighbours(pieces: Sequence[Dressed]) -> Iterator[tuple[Token, Token]]:
    """Each token with the one before it."""
    for first, second in pairwise(pieces):
        yield first.token, second.token
