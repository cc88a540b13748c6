"""An identity for findings that stays the same when lines above them come and go.

Promises the same fingerprint for the same code on the same words of the same statement, wherever in the file the
statement stands and however it is laid out: neither a new line above nor `fmt` makes an old finding a new one.
"""

import hashlib
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import pairwise, zip_longest
from typing import NamedTuple

from scoreline.dsl.diagnostics import Diagnostic
from scoreline.dsl.lexer import lex
from scoreline.dsl.source import Place, Source
from scoreline.dsl.statements import STARTERS
from scoreline.dsl.tokens import Token
from scoreline.grammar.lexicon import SINGULAR, Terminal
from scoreline.grammar.vocabulary import vocabulary

_DIGITS = 16
_ALIKE: Mapping[Terminal, str] = {
    Terminal.EQ: Terminal.IS,
    Terminal.NE: f"{Terminal.IS} {Terminal.NOT}",
    **SINGULAR,
}
"""What `fmt` writes in another way."""


class _FileWords(NamedTuple):
    """The words of a rule file: where each begins, what is said by it, which of them begin a statement, and which are
    signs that touch a weight."""

    starts: tuple[int, ...]
    said: tuple[str, ...]
    begins: tuple[int, ...]
    signs: frozenset[int]


def fingerprint(diagnostic: Diagnostic) -> str:
    """The fingerprint of a finding among those of its file; findings that are alike share it."""
    place = diagnostic.place
    context, own = _on_line(place) if place.file.endswith(".toml") else _in_statement(place)
    parts = (diagnostic.code, context, own)
    return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:_DIGITS]


def _on_line(place: Place) -> tuple[str, str]:
    """The line on which a place begins, and the text of the place, both without their blanks."""
    line = place.source.line_text(place.start.line)
    return " ".join(line.split()), " ".join(place.text.split())


def _in_statement(place: Place) -> tuple[str, str]:
    """The words of the statement in which a place begins, and its own."""
    words = _words(place.source)
    first, last = bisect_left(words.starts, place.span.start), bisect_left(words.starts, place.span.end)
    if first == last:  # a comment, or the end of the file
        return "", " ".join(place.text.split())
    behind = bisect_right(words.begins, first)
    start = words.begins[behind - 1] if behind else 0
    if first in words.signs and first + 1 < last:  # the term behind it begins with its weight
        first += 1
    end = words.begins[behind] if behind < len(words.begins) else None
    return " ".join(words.said[start:end]), " ".join(words.said[first:last])


@lru_cache(maxsize=16)
def _words(source: Source) -> _FileWords:
    written = [token for token in lex(source).tokens if token.type not in (Terminal.COMMA, Terminal.END)]
    tokens = list(_signs_apart(written))
    starts = tuple(token.start for token in tokens)
    begins = tuple(number for number, token in enumerate(tokens) if token.type in STARTERS)
    signs = frozenset(
        at
        for at, (one, next_) in enumerate(pairwise(tokens))
        if (one.type, next_.type, one.end) == (Terminal.PLUS, Terminal.INT, next_.start)
    )
    return _FileWords(starts, tuple(_said(tokens)), begins, signs)


def _signs_apart(tokens: Sequence[Token]) -> Iterator[Token]:
    """`Fit +3 * Eng` as `Fit + 3 * Eng`, which `fmt` makes of it."""
    for token, following in zip_longest(tokens, tokens[1:]):
        if token.type == Terminal.PLUS_INT and following is not None and following.type == Terminal.STAR:
            behind = token.start + 1
            yield Token(Terminal.PLUS, token.text[0], token.start, behind)
            yield Token(Terminal.INT, token.text[1:], behind, token.end)
        else:
            yield token


def _said(tokens: Iterable[Token]) -> Iterator[str]:
    """Keywords by their terminals, which are the same in every language; anything else as it is written."""
    keywords = {*vocabulary().keywords.values(), *_ALIKE}
    for token in tokens:
        yield _ALIKE.get(token.type, token.type) if token.type in keywords else token.text


def numbered(diagnostics: Iterable[Diagnostic]) -> list[str]:
    """The fingerprint of each finding, with a number that distinguishes equal ones in one file."""
    met: Counter[tuple[str, str]] = Counter()
    found: list[str] = []
    for diagnostic in diagnostics:
        key = (diagnostic.place.file, fingerprint(diagnostic))
        met[key] += 1
        found.append(f"{key[1]}:{met[key]}")
    return found
