"""What every word is, for editors that colour by meaning: names by what they stand for, words and signs by kind."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from lsprotocol import types
from scoreline.dsl.lexer import lex
from scoreline.dsl.tokens import Token
from scoreline.grammar.lexicon import Colour, Part, Terminal, terminals
from scoreline.grammar.vocabulary import vocabulary
from scoreline.tools.lsp.document_view import DocumentView

LEGEND = types.SemanticTokensLegend(
    ["keyword", "string", "number", "operator", "comment", "property", "event", "variable", "class", "namespace"],
    ["declaration"],
)
_NUMBER = {name: at for at, name in enumerate(LEGEND.token_types)}
_KINDS = {
    Colour.TEXT: "string",
    Colour.DATE: "number",
    Colour.FLOAT: "number",
    Colour.INTEGER: "number",
    Colour.OPERATOR: "operator",
}
_BRACKETS = terminals(Part.OPENS | Part.CLOSES)
_NAMES = {
    "let": "variable",
    "model": "class",
    "qualification": "class",
    "field": "property",
    "property": "property",
    "relation": "namespace",
    "interaction": "event",
}
_COMMENT = re.compile(r"#[^\r\n]*")


class _Piece(NamedTuple):
    """A piece of a line in the editor's columns."""

    line: int
    column: int
    size: int
    kind: int
    declares: bool = False


def semantic_tokens(here: DocumentView) -> types.SemanticTokens:
    """The tokens of a document, each from the one before."""
    names = _names(here)
    pieces = sorted({*names, *_words(here, {(each.line, each.column) for each in names})})
    data: list[int] = []
    line = column = 0
    for each in pieces:
        data += (
            each.line - line,
            each.column - (column if each.line == line else 0),
            each.size,
            each.kind,
            int(each.declares),
        )
        line, column = each.line, each.column
    return types.SemanticTokens(data)


def _names(here: DocumentView) -> list[_Piece]:
    """Names, each word of a path by itself."""
    if here.file is None:
        return []
    found: dict[tuple[int, int], _Piece] = {}
    own = (each for each in here.view.occurrences if each.place.file == here.file.name and each.key.what in _NAMES)
    for each in sorted(own, key=lambda each: each.place.span.end - each.place.span.start):
        kind = _NUMBER[_NAMES[each.key.what]]
        for match in re.finditer(r"\w+", each.place.text):
            start = here.encoding.shown(here.source, here.source.position(each.place.span.start + match.start()))
            size = here.encoding.size(match[0])
            piece = _Piece(start.line, start.character, size, kind, each.defines)
            found.setdefault((start.line, start.character), piece)
    return list(found.values())


def _words(here: DocumentView, taken: set[tuple[int, int]]) -> Iterator[_Piece]:
    source = here.document.source
    keywords = frozenset(vocabulary().words)
    end = 0
    for token in lex(source).tokens:
        for match in _COMMENT.finditer(source.text, end, token.start):
            yield _piece(here, Token(Terminal.COMMENT, match[0], match.start(), match.end()), "comment")
        end = token.end
        kind = "keyword" if token.type in keywords else _KINDS.get(token.type.colour)
        kind = "operator" if token.type in _BRACKETS else kind
        if kind is not None:
            piece = _piece(here, token, kind)
            if (piece.line, piece.column) not in taken:
                yield piece


def _piece(here: DocumentView, token: Token, kind: str) -> _Piece:
    source = here.document.source
    start = here.encoding.shown(source, source.position(token.start))
    size = here.encoding.size(source.text[token.start : token.end])
    return _Piece(start.line, start.character, size, _NUMBER[kind])
