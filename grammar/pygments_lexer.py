"""Colours for rule files, for everything that highlights with Pygments.

Promises a token for every character of any text, in order, so that nothing is lost or moved, and that a mistake
(curly quotes, a text that is not closed, a number that is none) is an error by itself while the rest keeps its
colours. Words, signs and the patterns of values come from the vocabulary of the language that the first line names;
which of them look alike, from `kinds.py`. What a mistake is and how to mend it is told by the parser.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import ClassVar, NamedTuple

from pygments.lexer import Lexer
from pygments.token import (
    Comment,
    Error,
    Keyword,
    Literal,
    Name,
    Number,
    Operator,
    Punctuation,
    String,
    Text,
    _TokenType,  # pyright: ignore[reportPrivateUsage] (the library has no other name for it)
)
from scoreline.grammar import kinds
from scoreline.grammar.kinds import Kind
from scoreline.grammar.language_line import language_line
from scoreline.grammar.vocabulary import vocabulary

TOKENS: dict[Kind, _TokenType] = {
    Kind.IMPORT: Keyword.Namespace,
    Kind.DECLARATION: Keyword.Declaration,
    Kind.CONSTANT: Keyword.Constant,
    Kind.PSEUDO: Keyword.Pseudo,
    Kind.UNIT: Keyword.Type,
    Kind.WORD_OPERATOR: Operator.Word,
    Kind.KEYWORD: Keyword,
    Kind.OPERATOR: Operator,
    Kind.PUNCTUATION: Punctuation,
    Kind.TEXT: String.Double,
    Kind.ESCAPE: String.Escape,
    Kind.FIELD: String.Interpol,
    Kind.DATE: Literal.Date,
    Kind.FLOAT: Number.Float,
    Kind.INTEGER: Number.Integer,
    Kind.NAME: Name,
    Kind.ATTRIBUTE: Name.Attribute,
    Kind.CLASS: Name.Class,
    Kind.VARIABLE: Name.Variable,
    Kind.COMMENT: Comment.Single,
    Kind.DIRECTIVE: Comment.Special,
    Kind.SPACE: Text.Whitespace,
    Kind.ERROR: Error,
}
_DIRECTIVE = re.compile(kinds.DIRECTIVE, re.IGNORECASE)
_GAP = r"(?>\s+|#[^\r\n]*)*+"
_TEXT_FOLLOWS = re.compile(_GAP + '"')
_WORD_FOLLOWS = re.compile(_GAP + r"([^\W\d_]\w*)")
_PIECE = re.compile(
    f"(?P<escape>{kinds.ESCAPES})|(?P<wrong>{kinds.WRONG_ESCAPES})|(?P<brace>{kinds.BRACES})"
    rf"|(?P<field>{kinds.FIELDS})|[^\\{{}}]+|[{{}}]"
)

Piece = tuple[int, _TokenType, str]


class _Scanner(NamedTuple):
    """One pattern for all tokens, and which terminal and kind a word or sign has."""

    pattern: re.Pattern[str]
    terminals: Mapping[str, str]
    kinds: Mapping[str, Kind]


@cache
def _scanner(language: str) -> _Scanner:
    words = vocabulary(language)
    values = {name: f"(?P<{name}>{pattern})" for name, pattern in words.patterns.items()}
    # Comparison signs in a row (`==`, `=>`) are one piece, right or wrong as a whole.
    joined = re.escape(kinds.joined_signs(words))
    single = re.escape("".join(sign for sign in words.signs if len(sign) == 1))
    alternatives = [
        *(values.pop(name) for name in ("SPACE", "NAME", "TEXT", "DATE")),
        f"(?P<WRONG>{kinds.WRONG_DATE})",
        *values.values(),
        kinds.WRONG_NUMBER,
        f"(?P<SIGN>[{joined}]+|[{single}])",
        *kinds.WRONG_TEXTS,
        r"[\s\S]",
    ]
    return _Scanner(re.compile("|".join(alternatives)), {**words.keywords, **words.signs}, kinds.kinds())


class ScorelineLexer(Lexer):
    """Scoreline rule files (`.score`)."""

    name = "Scoreline"
    aliases: ClassVar[Sequence[str]] = ["scoreline"]
    filenames: ClassVar[Sequence[str]] = ["*.score"]
    mimetypes: ClassVar[Sequence[str]] = ["text/x-scoreline"]

    def get_tokens_unprocessed(self, text: str) -> Iterator[Piece]:
        """The tokens of a text: where each begins, its kind, and what is written there."""
        language, line_end = language_line(text)
        for offset, kind, word in _pieces(text, _scanner(language)):
            is_language_line = kind is Kind.COMMENT and offset < line_end
            yield offset, TOKENS[Kind.DIRECTIVE if is_language_line else kind], word


def _pieces(text: str, scanner: _Scanner) -> Iterator[tuple[int, Kind, str]]:
    offset, before = 0, ""
    while (match := scanner.pattern.match(text, offset)) is not None:
        terminal, word = match.lastgroup or "", match[0]
        if terminal == "NAME":
            for name in _names(text, offset, match.end()):
                yield offset, _word_kind(scanner, text, offset, name, before), name
                before = scanner.terminals.get(name, "NAME")
                offset += len(name)
            continue
        if terminal == "SIGN":
            terminal = scanner.terminals.get(word, "")
            yield offset, scanner.kinds.get(terminal, Kind.ERROR), word
        elif terminal == "TEXT":
            yield from _text(offset, word, is_template=before in kinds.BEFORE_TEMPLATE)
        else:
            yield offset, _value_kind(terminal, word), word
        if terminal not in ("SPACE", "COMMENT"):
            before = terminal
        offset = match.end()


def _names(text: str, start: int, end: int) -> Iterator[str]:
    """What the pattern of a name found, cut by Unicode's rule for identifiers into names and what is none.

    A name goes on behind the pattern's end through the marks of its script.
    """
    if text[start : end + 1].isascii():
        yield text[start:end]
        return
    while start < end:
        stop = start + 1
        if _begins_name(text[start]):
            while stop < len(text) and f"a{text[stop]}".isidentifier():
                stop += 1
        else:
            while stop < end and not _begins_name(text[stop]):
                stop += 1
        yield text[start:stop]
        start = stop


def _begins_name(sign: str) -> bool:
    return sign.isidentifier() and sign != "_"


def _word_kind(scanner: _Scanner, text: str, start: int, word: str, before: str) -> Kind:
    """What a word looks like, by itself and by what stands before and after it."""
    terminal = scanner.terminals.get(word)
    end = start + len(word)
    if not _begins_name(word[0]):
        return Kind.ERROR
    if terminal is None:
        return kinds.NAMED.get(before, Kind.ATTRIBUTE if before == "DOT" else Kind.NAME)
    if before == "DOT" and terminal in kinds.NAMES_AFTER_DOT:
        return Kind.ATTRIBUTE
    if terminal in kinds.WITHOUT_TEXT and not _TEXT_FOLLOWS.match(text, end):
        return kinds.WITHOUT_TEXT[terminal]
    if terminal in kinds.WITH_NAME:
        follows = _WORD_FOLLOWS.match(text, end)
        if follows and follows[1] not in scanner.terminals:
            return kinds.WITH_NAME[terminal]
    is_plain = before in kinds.PLAIN_AFTER.get(terminal, ())
    return Kind.KEYWORD if is_plain else scanner.kinds.get(terminal, Kind.KEYWORD)


def _value_kind(terminal: str, word: str) -> Kind:
    if terminal == "COMMENT" and _DIRECTIVE.match(word):
        return Kind.DIRECTIVE
    if word == "\ufeff":
        return Kind.SPACE
    return kinds.VALUES.get(terminal, Kind.ERROR)


def _text(start: int, word: str, is_template: bool) -> Iterator[tuple[int, Kind, str]]:
    """A text in quotes, with its escapes; in the text of a task also its `{fields}`."""
    end = len(word) - 1
    plain_from = 0
    for match in _PIECE.finditer(word, 1, end):
        kind = _piece_kind(match, is_template)
        if kind is not Kind.TEXT:
            if plain_from < match.start():
                yield start + plain_from, Kind.TEXT, word[plain_from : match.start()]
            yield start + match.start(), kind, match[0]
            plain_from = match.end()
    yield start + plain_from, Kind.TEXT, word[plain_from:]


def _piece_kind(match: re.Match[str], is_template: bool) -> Kind:
    match match.lastgroup:
        case "escape":
            return Kind.ESCAPE
        case "wrong":
            return Kind.ERROR
        case "brace" if is_template:
            return Kind.ESCAPE
        case "field" if is_template:
            return Kind.FIELD
        case _:
            return Kind.TEXT
