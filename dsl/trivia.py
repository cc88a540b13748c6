"""Comments and blank lines, each attached to the token that it stands beside.

Promises that every comment of a text without lexical errors is found once, in order: behind a token on its line,
or above the next one. What stands between two tokens is otherwise white space, which says nothing.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from scoreline.dsl.lexer import lex
from scoreline.dsl.source import Source
from scoreline.dsl.tokens import Token

_PIECE = re.compile(r"#[^\r\n]*|\r\n|\r|\n")
_BLANK = 2


class Comment(NamedTuple):
    """A comment on a line of its own: its text from `#` on, how far it is indented, whether a blank line is above."""

    text: str
    column: int = 0
    blank: bool = False


class Dressed(NamedTuple):
    """A token with the comments above it, the one behind it on its line, and whether a blank line separates it from
    what stands before (the last comment above, if there is one)."""

    token: Token
    column: int
    above: tuple[Comment, ...] = ()
    after: str | None = None
    blank: bool = False


class _Between(NamedTuple):
    """What stands between two tokens."""

    after: str | None
    above: tuple[Comment, ...]
    blank: bool


def dressed(source: Source) -> tuple[Dressed, ...]:
    """The tokens of a text and their trivia; the last one is `$END`, which has the comments at the text's end."""
    tokens = lex(source).tokens
    ends = (0, *(token.end for token in tokens))
    between = [_between(source, end, token.start) for end, token in zip(ends, tokens, strict=False)]
    behind = (*(each.after for each in between[1:]), None)
    return tuple(
        Dressed(token, _column(source, token.start), each.above, after, each.blank)
        for token, each, after in zip(tokens, between, behind, strict=True)
    )


def _between(source: Source, end: int, start: int) -> _Between:
    """What stands from the end of one token to the start of the next one; before the first, everything is above."""
    if source.text[end:start] in ("", " "):
        return _NOTHING
    after: str | None = None
    above: list[Comment] = []
    lines = 0
    for match in _PIECE.finditer(source.text, end, start):
        if match[0][0] != "#":
            lines += 1
            continue
        text = match[0].rstrip()
        if end > 0 and lines == 0 and not above:
            after = text
        else:
            above.append(Comment(text, _column(source, match.start()), lines >= _BLANK))
        lines = 0
    return _Between(after, tuple(above), lines >= _BLANK)


_NOTHING = _Between(None, (), blank=False)


def comments(pieces: tuple[Dressed, ...]) -> Iterator[str]:
    """The texts of all comments, in order."""
    for piece in pieces:
        yield from (comment.text for comment in piece.above)
        if piece.after is not None:
            yield piece.after


def _column(source: Source, offset: int) -> int:
    return source.position(offset).column - 1
