"""Colours for rule files, for everything that highlights with Pygments.

Promises a token for every character of any text, in order, so that nothing is lost or moved, and that a mistake
(curly quotes, a text that is not closed, a number that is none) is an error by itself while the rest keeps its
colours. Words, signs and the patterns of values come from the vocabulary of the language that the first line names;
which of them look alike, from `colours.py`. What a mistake is and how to mend it is told by the parser.
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
from scoreline.grammar import colours
from scoreline.grammar.language_line import language_line
from scoreline.grammar.lexicon import Colour, Terminal
from scoreline.grammar.vocabulary import vocabulary

TOKENS: dict[Colour, _TokenType] = {
    Colour.IMPORT: Keyword.Namespace,
    Colour.DECLARATION: Keyword.Declaration,
    Colour.CONSTANT: Keyword.Constant,
    Colour.PSEUDO: Keyword.Pseudo,
    Colour.UNIT: Keyword.Type,
    Colour.WORD_OPERATOR: Operator.Word,
    Colour.KEYWORD: Keyword,
    Colour.OPERATOR: Operator,
    Colour.PUNCTUATION: Punctuation,
    Colour.TEXT: String.Double,
    Colour.ESCAPE: String.Escape,
    Colour.FIELD: String.Interpol,
    Colour.DATE: Literal.Date,
    Colour.FLOAT: Number.Float,
    Colour.INTEGER: Number.Integer,
    Colour.NAME: Name,
    Colour.ATTRIBUTE: Name.Attribute,
    Colour.CLASS: Name.Class,
    Colour.VARIABLE: Name.Variable,
    Colour.COMMENT: Comment.Single,
    Colour.DIRECTIVE: Comment.Special,
    Colour.SPACE: Text.Whitespace,
    Colour.ERROR: Error,
}
_DIRECTIVE = re.compile(colours.DIRECTIVE, re.IGNORECASE)
_GAP = r"(?>\s+|#[^\r\n]*)*+"
_TEXT_FOLLOWS = re.compile(_GAP + '"')
_WORD_FOLLOWS = re.compile(_GAP + r"([^\W\d_]\w*)")
_PIECE = re.compile(
    f"(?P<escape>{colours.ESCAPES})|(?P<wrong>{colours.WRONG_ESCAPES})|(?P<brace>{colours.BRACES})"
    rf"|(?P<field>{colours.FIELDS})|[^\\{{}}]+|[{{}}]"
)

_NAMED = {Terminal.DOT: Colour.ATTRIBUTE, **colours.NAMED}
_VALUES = {str(each): each for each in vocabulary().patterns}
_SIGN = "SIGN"
"""The group of the pattern for signs: no terminal, since a sign can be a wrong one."""

Piece = tuple[int, _TokenType, str]


class _Scanner(NamedTuple):
    """One pattern for all tokens, and which terminal a word or sign is."""

    pattern: re.Pattern[str]
    terminals: Mapping[str, Terminal]


@cache
def _scanner(language: str) -> _Scanner:
    words = vocabulary(language)
    values = {name: f"(?P<{name}>{pattern})" for name, pattern in words.patterns.items()}
    # Comparison signs in a row (`==`, `=>`) are one piece, right or wrong as a whole.
    joined = re.escape(colours.joined_signs(words))
    single = re.escape("".join(sign for sign in words.signs if len(sign) == 1))
    alternatives = [
        *(values.pop(name) for name in (Terminal.SPACE, Terminal.NAME, Terminal.TEXT, Terminal.DATE)),
        f"(?P<WRONG>{colours.WRONG_DATE})",
        *values.values(),
        colours.WRONG_NUMBER,
        f"(?P<{_SIGN}>[{joined}]+|[{single}])",
        *colours.WRONG_TEXTS,
        r"[\s\S]",
    ]
    return _Scanner(re.compile("|".join(alternatives)), {**words.keywords, **words.signs})


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
            is_language_line = kind is Colour.COMMENT and offset < line_end
            yield offset, TOKENS[Colour.DIRECTIVE if is_language_line else kind], word


def _pieces(text: str, scanner: _Scanner) -> Iterator[tuple[int, Colour, str]]:
    offset, before = 0, None
    while (match := scanner.pattern.match(text, offset)) is not None:
        group, word = match.lastgroup or "", match[0]
        terminal = scanner.terminals.get(word) if group == _SIGN else _VALUES.get(group)
        if terminal == Terminal.NAME:
            for name in _names(text, offset, match.end()):
                yield offset, _word_colour(scanner, text, offset, name, before), name
                before = scanner.terminals.get(name, Terminal.NAME)
                offset += len(name)
            continue
        if terminal == Terminal.TEXT:
            yield from _text(offset, word, is_template=before in colours.BEFORE_TEMPLATE)
        else:
            yield offset, _colour(terminal, word), word
        if terminal not in (Terminal.SPACE, Terminal.COMMENT):
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


def _word_colour(scanner: _Scanner, text: str, start: int, word: str, before: Terminal | None) -> Colour:
    """What a word looks like, by itself and by what stands before and after it."""
    terminal = scanner.terminals.get(word)
    end = start + len(word)
    if not _begins_name(word[0]):
        return Colour.ERROR
    if terminal is None:
        return _NAMED.get(before, Colour.NAME) if before else Colour.NAME
    if before == Terminal.DOT and terminal in colours.NAMES_AFTER_DOT:
        return Colour.ATTRIBUTE
    if terminal in colours.WITHOUT_TEXT and not _TEXT_FOLLOWS.match(text, end):
        return colours.WITHOUT_TEXT[terminal]
    if terminal in colours.WITH_NAME:
        follows = _WORD_FOLLOWS.match(text, end)
        if follows and follows[1] not in scanner.terminals:
            return colours.WITH_NAME[terminal]
    is_plain = before in colours.PLAIN_AFTER.get(terminal, ())
    return Colour.KEYWORD if is_plain else terminal.colour


def _colour(terminal: Terminal | None, word: str) -> Colour:
    if terminal == Terminal.COMMENT and _DIRECTIVE.match(word):
        return Colour.DIRECTIVE
    if word == "\ufeff":
        return Colour.SPACE
    return terminal.colour if terminal else Colour.ERROR


def _text(start: int, word: str, is_template: bool) -> Iterator[tuple[int, Colour, str]]:
    """A text in quotes, with its escapes; in the text of a task also its `{fields}`."""
    end = len(word) - 1
    plain_from = 0
    for match in _PIECE.finditer(word, 1, end):
        kind = _piece_colour(match, is_template)
        if kind is not Colour.TEXT:
            if plain_from < match.start():
                yield start + plain_from, Colour.TEXT, word[plain_from : match.start()]
            yield start + match.start(), kind, match[0]
            plain_from = match.end()
    yield start + plain_from, Colour.TEXT, word[plain_from:]


def _piece_colour(match: re.Match[str], is_template: bool) -> Colour:
    match match.lastgroup:
        case "escape":
            return Colour.ESCAPE
        case "wrong":
            return Colour.ERROR
        case "brace" if is_template:
            return Colour.ESCAPE
        case "field" if is_template:
            return Colour.FIELD
        case _:
            return Colour.TEXT
