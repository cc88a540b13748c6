"""Pieces of rule files as text: how a node is written, and how a value would be written."""

import re

from scoreline.dsl import nodes
from scoreline.dsl.source import Place, Source
from scoreline.dsl.span import Span
from scoreline.grammar.vocabulary import vocabulary

_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t"}
_MOST = 60


def quoted(text: str) -> str:
    """A text as rules write it."""
    return '"' + "".join(_ESCAPES.get(character, character) for character in text) + '"'


def number(value: float, like: str = "") -> str:
    """A whole number as rules write it, with `_` between its digits if `like` has one."""
    return f"{int(value):_}" if "_" in like else str(int(value))


def plain(value: float) -> str:
    """A number with all its digits, for messages."""
    return str(int(value)) if float(value).is_integer() else f"{value:.15g}"


def written(source: Source, node: nodes.Node) -> str:
    """A node's own text."""
    return source.text[node.span.start : node.span.end]


def short(place: Place) -> str:
    """The text at a place, on one line and in backticks, cut where it is long."""
    text = " ".join(place.text.split())
    return f"`{text if len(text) <= _MOST else text[: _MOST - 1] + '…'}`"


def free_of_comments(source: Source, span: Span) -> bool:
    """Whether a piece of text surely holds no comment, so that it may be written anew."""
    return "#" not in source.text[span.start : span.end]


def indentation(source: Source, offset: int) -> str:
    """The white space before the statement that begins at an offset, if it begins its line."""
    before = source.text[source.line_start(offset) : offset]
    return before if not before.strip() else "  "


def spellings(source: Source, *terminals: str) -> str:
    """A pattern for words of the language, given by their names in the grammar, as the source's language has them."""
    keywords = vocabulary(source.language).keywords
    found = (word for word, terminal in keywords.items() if terminal in terminals)
    return rf"\b(?:{'|'.join(map(re.escape, found))})\b"
