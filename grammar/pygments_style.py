"""A Pygments style for rule files: dark on light, what a rule gives stands out.

Promises that every kind of `kinds.py` has a colour of its own meaning, and each colour enough contrast to be read by
everybody (WCAG 2, AA). Any other Pygments style works too; this one is called `scoreline`.
"""

from collections.abc import Mapping
from typing import ClassVar

from pygments.style import Style
from pygments.token import Token, _TokenType  # pyright: ignore[reportPrivateUsage] (it has no other name)
from scoreline.grammar.kinds import Kind
from scoreline.grammar.pygments_lexer import TOKENS

INK = "#1f2733"
_BLUE, _PURPLE, _TEAL, _GREEN, _ORANGE, _PINK = "#1d4ed8", "#7e22ce", "#0f6674", "#15693a", "#b03a06", "#b5125f"

LOOKS: dict[Kind, str] = {
    Kind.IMPORT: f"bold {_BLUE}",
    Kind.DECLARATION: f"bold {_BLUE}",
    Kind.CONSTANT: _ORANGE,
    Kind.PSEUDO: _PINK,
    Kind.UNIT: _TEAL,
    Kind.WORD_OPERATOR: _TEAL,
    Kind.KEYWORD: _PURPLE,
    Kind.OPERATOR: _TEAL,
    Kind.PUNCTUATION: "#56606e",
    Kind.TEXT: _GREEN,
    Kind.ESCAPE: f"bold {_PINK}",
    Kind.FIELD: _PINK,
    Kind.DATE: _ORANGE,
    Kind.FLOAT: _ORANGE,
    Kind.INTEGER: f"bold {_ORANGE}",
    Kind.NAME: INK,
    Kind.ATTRIBUTE: INK,
    Kind.CLASS: f"bold {INK}",
    Kind.VARIABLE: f"bold {INK}",
    Kind.COMMENT: "italic #626b78",
    Kind.DIRECTIVE: "#8a5a00",
    Kind.SPACE: "#8f97a3",
    Kind.ERROR: "bg:#ffe1de #a3130a",
}


class ScorelineStyle(Style):
    """The style called `scoreline`."""

    name = "scoreline"
    background_color = "#fcfcfa"
    highlight_color = "#eef2ff"
    line_number_color = "#9aa2ad"
    styles: ClassVar[Mapping[_TokenType, str]] = {Token: INK, **{TOKENS[kind]: look for kind, look in LOOKS.items()}}
