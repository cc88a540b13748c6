"""A Pygments style for rule files: dark on light, what a rule gives stands out.

Promises that every kind of `colours.py` has a colour of its own meaning, and each colour enough contrast to be read by
everybody (WCAG 2, AA). Any other Pygments style works too; this one is called `scoreline`.
"""

from collections.abc import Mapping
from typing import ClassVar

from pygments.style import Style
from pygments.token import Token, _TokenType  # pyright: ignore[reportPrivateUsage] (it has no other name)
from scoreline.grammar.lexicon import Colour
from scoreline.grammar.pygments_lexer import TOKENS

INK = "#1f2733"
_BLUE, _PURPLE, _TEAL, _GREEN, _ORANGE, _PINK = "#1d4ed8", "#7e22ce", "#0f6674", "#15693a", "#b03a06", "#b5125f"

LOOKS: dict[Colour, str] = {
    Colour.IMPORT: f"bold {_BLUE}",
    Colour.DECLARATION: f"bold {_BLUE}",
    Colour.CONSTANT: _ORANGE,
    Colour.PSEUDO: _PINK,
    Colour.UNIT: _TEAL,
    Colour.WORD_OPERATOR: _TEAL,
    Colour.KEYWORD: _PURPLE,
    Colour.OPERATOR: _TEAL,
    Colour.PUNCTUATION: "#56606e",
    Colour.TEXT: _GREEN,
    Colour.ESCAPE: f"bold {_PINK}",
    Colour.FIELD: _PINK,
    Colour.DATE: _ORANGE,
    Colour.FLOAT: _ORANGE,
    Colour.INTEGER: f"bold {_ORANGE}",
    Colour.NAME: INK,
    Colour.ATTRIBUTE: INK,
    Colour.CLASS: f"bold {INK}",
    Colour.VARIABLE: f"bold {INK}",
    Colour.COMMENT: "italic #626b78",
    Colour.DIRECTIVE: "#8a5a00",
    Colour.SPACE: "#8f97a3",
    Colour.ERROR: "bg:#ffe1de #a3130a",
}


class ScorelineStyle(Style):
    """The style called `scoreline`."""

    name = "scoreline"
    background_color = "#fcfcfa"
    highlight_color = "#eef2ff"
    line_number_color = "#9aa2ad"
    styles: ClassVar[Mapping[_TokenType, str]] = {Token: INK, **{TOKENS[kind]: look for kind, look in LOOKS.items()}}
