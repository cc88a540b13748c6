"""Tokens as they are written in the canonical form, in the language of their file.

Promises that every keyword comes out of the table of the language, in the inflection that belongs there, and that
nothing else changes but what the language calls the same: `=` becomes `is`, a unit agrees with its number.
"""

from collections.abc import Iterator, Sequence

from scoreline.dsl.tokens import Token
from scoreline.dsl.trivia import Dressed
from scoreline.grammar.lexicon import SINGULAR, Terminal
from scoreline.grammar.vocabulary import inflected, vocabulary

_PLURAL = {one: many for many, one in SINGULAR.items()}
_LET_SIGN = 2


def canonical(pieces: Sequence[Dressed], language: str) -> Iterator[Dressed]:
    """The tokens of a whole file, each with the text that is written for it."""
    tokens = [piece.token for piece in pieces]
    terminals = [_agreeing(token, tokens[at - 1] if at else None) for at, token in enumerate(tokens)]
    for at, piece in enumerate(pieces):
        text = _text(tokens, terminals, at, language)
        yield piece if text == piece.token.text else piece._replace(token=piece.token._replace(text=text))


def _text(tokens: Sequence[Token], terminals: Sequence[Terminal], at: int, language: str) -> str:
    kind = terminals[at]
    words = vocabulary(language).words
    match kind:
        case Terminal.EQ if at < _LET_SIGN or terminals[at - _LET_SIGN] != Terminal.LET:
            return words[Terminal.IS]
        case Terminal.NE:
            return f"{words[Terminal.IS]} {words[Terminal.NOT]}"
        case Terminal.PLUS_INT if terminals[at + 1 : at + 2] == [Terminal.STAR]:
            return f"+ {tokens[at].text[1:]}"
        case _ if kind in words:
            return inflected(language, terminals, at)
        case _:
            return tokens[at].text


def _agreeing(token: Token, number: Token | None) -> Terminal:
    """The terminal of a token: of a unit, in the singular behind a one, in the plural behind any other number."""
    kind = token.type
    if number is None or number.type not in (Terminal.INT, Terminal.MINUS_INT):
        return kind
    return SINGULAR.get(kind, kind) if int(number.text) == 1 else _PLURAL.get(kind, kind)
