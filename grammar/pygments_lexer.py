"""Colours for rule files, for everything that highlights with Pygments.

Promises a token for every character of any text, in order, so that nothing is lost or moved, and that a mistake
(curly quotes, a text that is not closed, a number that is none) is an error by itself while the rest keeps its
colours. Words, signs and the patterns of values come from the vocabulary; here stands only which of them look
alike. What a mistake is and how to mend it is told by the parser.
"""

import re
from collections.abc import Iterator, Sequence
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
from scoreline.grammar.vocabulary import vocabulary

# Kinds of words and signs by their terminals, so that words of another human language would do as well. A word
# of no kind is a plain keyword.
WORD_KINDS: dict[_TokenType, str] = {
    Keyword.Namespace: "USE",
    Keyword.Declaration: "LET MODEL INCLUDE SCORE GROUP GRADE QUALIFICATION STAGE EXAMPLE",
    Keyword.Constant: "YES NO",
    Keyword.Pseudo: "TODAY DISQUALIFIED RULES",
    Keyword.Type: "MINUTE MINUTES HOUR HOURS DAY DAYS WEEK WEEKS MONTH MONTHS YEAR YEARS",
    Operator.Word: "AND OR NOT IS KNOWN UNKNOWN BETWEEN IN CONTAINS STARTS ENDS WITH ANY ALL OF",
}
SIGN_KINDS: dict[_TokenType, str] = {
    Operator: "GE LE GT LT NE EQ PLUS STAR",
    Punctuation: "DOT COMMA LPAR RPAR LSQB RSQB",
}
VALUE_KINDS: dict[str, _TokenType] = {
    "TEXT": String.Double,
    "DATE": Literal.Date,
    "DECIMAL": Number.Float,
    "PLUS_INT": Number.Integer,
    "MINUS_INT": Number.Integer,
    "INT": Number.Integer,
    "NAME": Name,
    "COMMENT": Comment.Single,
    "SPACE": Text.Whitespace,
}
_NAMED = {"MODEL": Name.Class, "QUALIFICATION": Name.Class, "LET": Name.Variable}
# Words that belong to no test where they follow these: `each day with …`, `due in …`.
_PLAIN_AFTER = {"WITH": ("DAY", "WEEK", "MONTH", "YEAR"), "IN": ("DUE",)}
_BEFORE_TEMPLATE = ("TASK", "FOR")
_DIRECTIVE = re.compile(r"#\s*scoreline:")
_GAP = r"(?>\s+|#[^\r\n]*)*+"
_TEXT_FOLLOWS = re.compile(_GAP + '"')
_WORD_FOLLOWS = re.compile(_GAP + r"([^\W\d_]\w*)")
_PIECE = re.compile(r'(?P<escape>\\["\\nt])|(?P<wrong>\\.)|(?P<brace>\{\{|\}\})|(?P<field>\{[^{}"\\]*\})|[^\\{}]+|[{}]')

# What is no token, each as long as it surely goes.
_WRONG_DATE = r"[0-9]{1,4}(?P<between>[-/.])[0-9]{1,2}(?P=between)[0-9]{1,4}(?!\w)"
_WRONG_NUMBER = r"[+-]?\.?[0-9][\w.]*"
_OTHER = (
    r'"[^\r\n]*',  # a text that is not closed
    r"[“”„‟«»][^“”„‟«»\"\r\n]*[“”„‟«»\"]|'[^'\r\n]*'|[‘’‚][^‘’‚\r\n]*[‘’]|`[^`\r\n]*`",  # wrong quotes
    r"[“”„‟«»'‘’‚`][^\r\n]*",
    r"[\s\S]",
)

Piece = tuple[int, _TokenType, str]


class _Scanner(NamedTuple):
    """One pattern for all tokens, and which terminal and kind a word or sign has."""

    pattern: re.Pattern[str]
    terminals: dict[str, str]
    kinds: dict[str, _TokenType]


@cache
def _scanner() -> _Scanner:
    words = vocabulary()
    values = {name: f"(?P<{name}>{pattern})" for name, pattern in words.patterns.items()}
    # Comparison signs in a row (`==`, `=>`) are one piece, right or wrong as a whole.
    joined = re.escape("".join(sorted({each for sign in words.signs if len(sign) > 1 for each in sign})))
    single = re.escape("".join(sign for sign in words.signs if len(sign) == 1))
    alternatives = [
        *(values.pop(name) for name in ("SPACE", "NAME", "TEXT", "DATE")),
        f"(?P<WRONG>{_WRONG_DATE})",
        *values.values(),
        _WRONG_NUMBER,
        f"(?P<SIGN>[{joined}]+|[{single}])",
        *_OTHER,
    ]
    terminals = {**words.keywords, **words.signs}
    kinds = {each: kind for kind, names in (*WORD_KINDS.items(), *SIGN_KINDS.items()) for each in names.split()}
    return _Scanner(re.compile("|".join(alternatives)), terminals, kinds)


class ScorelineLexer(Lexer):
    """Scoreline rule files (`.score`)."""

    name = "Scoreline"
    aliases: ClassVar[Sequence[str]] = ["scoreline"]
    filenames: ClassVar[Sequence[str]] = ["*.score"]
    mimetypes: ClassVar[Sequence[str]] = ["text/x-scoreline"]

    def get_tokens_unprocessed(self, text: str) -> Iterator[Piece]:
        """The tokens of a text: where each begins, its kind, and what is written there."""
        pattern, terminals, kinds = _scanner()
        offset, before = 0, ""
        while (match := pattern.match(text, offset)) is not None:
            terminal, word = match.lastgroup or "", match[0]
            if terminal == "NAME":
                for name in _names(text, offset, match.end()):
                    yield offset, _word_kind(text, offset, name, before), name
                    before = terminals.get(name, "NAME")
                    offset += len(name)
                continue
            if terminal == "SIGN":
                terminal = terminals.get(word, "")
                yield offset, kinds.get(terminal, Error), word
            elif terminal == "TEXT":
                yield from _text(offset, word, is_template=before in _BEFORE_TEMPLATE)
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


def _word_kind(text: str, start: int, word: str, before: str) -> _TokenType:
    """What a word looks like, by itself and by what stands before and after it."""
    scanner = _scanner()
    terminal = scanner.terminals.get(word)
    end = start + len(word)
    if not _begins_name(word[0]):
        return Error
    if terminal is None:
        return _NAMED.get(before, Name.Attribute if before == "DOT" else Name)
    if before == "DOT" and terminal in ("GRADE", "RULES"):
        return Name.Attribute
    if terminal == "STAGE" and not _TEXT_FOLLOWS.match(text, end):
        return Keyword.Pseudo
    if terminal == "NO" and (follows := _WORD_FOLLOWS.match(text, end)) and follows[1] not in scanner.terminals:
        return Operator.Word
    return Keyword if before in _PLAIN_AFTER.get(terminal, ()) else scanner.kinds.get(terminal, Keyword)


def _value_kind(kind: str, word: str) -> _TokenType:
    if kind == "COMMENT" and _DIRECTIVE.match(word):
        return Comment.Special
    if word == "\ufeff":
        return Text.Whitespace
    return VALUE_KINDS.get(kind, Error)


def _text(start: int, word: str, is_template: bool) -> Iterator[Piece]:
    """A text in quotes, with its escapes; in the text of a task also its `{fields}`."""
    end = len(word) - 1
    plain_from = 0
    for match in _PIECE.finditer(word, 1, end):
        kind = _piece_kind(match, is_template)
        if kind is not String.Double:
            if plain_from < match.start():
                yield start + plain_from, String.Double, word[plain_from : match.start()]
            yield start + match.start(), kind, match[0]
            plain_from = match.end()
    yield start + plain_from, String.Double, word[plain_from:]


def _piece_kind(match: re.Match[str], is_template: bool) -> _TokenType:
    match match.lastgroup:
        case "escape":
            return String.Escape
        case "wrong":
            return Error
        case "brace" if is_template:
            return String.Escape
        case "field" if is_template:
            return String.Interpol
        case _:
            return String.Double
