"""Tokens to words: each token of a statement, as it is written (`canonical.py`), with its comments.

Promises that a word keeps its comments in order, and that a comma clings to what is before it.
"""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from scoreline.dsl.layout import Word
from scoreline.dsl.tokens import Token
from scoreline.dsl.trivia import Comment, Dressed
from scoreline.grammar.lexicon import Part, Terminal, terminals


def spelled(pieces: Sequence[Dressed]) -> dict[int, Word]:
    """The words of a statement, each by the index of its token. Commas have none: they are part of the word before
    them, and the one behind a list's last item is left to the layout."""
    words = _Words()
    in_list = False
    for at, piece in enumerate(pieces):
        kind = piece.token.type
        above = _above(piece, at, in_list)
        in_list = kind == Terminal.LSQB or (in_list and kind != Terminal.RSQB)
        if kind == Terminal.COMMA:
            words.add_comma(above, piece.after, last=pieces[at + 1].token.type == Terminal.RSQB)
        elif kind in _CLOSING and pieces[at - 1].token.type not in _OPENING:
            words.add_closing(at, Word(piece.token.text, above, piece.after), of_list=kind == Terminal.RSQB)
        elif kind in _JOINING:
            words.add_joining(at, Word(piece.token.text, above, piece.after))
        else:
            words.add(at, Word(piece.token.text, above, piece.after))
    return words.found


_OPENING, _CLOSING, _JOINING = (terminals(each) for each in (Part.OPENS, Part.CLOSES, Part.JOINS))


class _Words:
    """The words so far; which of them is the last, whether it joins, and the comments that wait for the next one."""

    def __init__(self) -> None:
        self.found: dict[int, Word] = {}
        self._last = 0
        self._joining = False
        self._waiting: tuple[Comment, ...] = ()

    def add(self, at: int, word: Word) -> None:
        """A word; what stands above it goes above the word that joins it to what is before."""
        above, self._waiting = (*self._waiting, *word.above), ()
        if self._joining and above and self._before.after is None:
            self._change(above=(*self._before.above, *above))
            above = ()
        self.found[at] = word._replace(above=above)
        self._last, self._joining = at, False

    def add_joining(self, at: int, word: Word) -> None:
        """A word that joins: a comment behind it is about what is before it, where a line was broken behind it."""
        if word.after is not None and not (word.above or self._waiting or self._before.after or self._before.below):
            self._change(after=word.after)
            word = word._replace(after=None)
        self.add(at, word)
        self._joining = True

    def add_comma(self, above: tuple[Comment, ...], after: str | None, last: bool) -> None:
        """A comma: comments behind it are about the item before it, those above it about the next one."""
        self._change(text=self._before.text + ("" if last else ","))
        if after is not None and self._before.after is None and not above:
            self._change(after=after)
            after = None
        self._waiting = (*above, *(() if after is None else (Comment(after),)))

    def add_closing(self, at: int, word: Word, of_list: bool) -> None:
        """A bracket that closes: comments above it are the last ones inside."""
        self._change(tail="," if of_list else "", below=(*self._waiting, *word.above))
        self._waiting = ()
        self.add(at, word._replace(above=()))

    @property
    def _before(self) -> Word:
        return self.found[self._last]

    def _change(self, **changes: object) -> None:
        self.found[self._last] = self._before._replace(**changes)


def _above(piece: Dressed, at: int, in_list: bool) -> tuple[Comment, ...]:
    """The comments above a word; those above a whole statement are no part of it, and blank lines stay in lists."""
    if at == 0 or in_list:
        return piece.above if at else ()
    return tuple(comment._replace(blank=False) for comment in piece.above)


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
    return token.type in _CLOSING or before.type in _OPENING or Terminal.DOT in (token.type, before.type)


def neighbours(pieces: Sequence[Dressed]) -> Iterator[tuple[Token, Token]]:
    """Each token with the one before it."""
    for first, second in pairwise(pieces):
        yield first.token, second.token
