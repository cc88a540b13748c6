"""The unit between text and tree."""

from typing import NamedTuple

from scoreline.dsl.span import Span
from scoreline.grammar.lexicon import Terminal


class Token(NamedTuple):
    """A word, sign or value: its terminal in the grammar, its text (as it should have been written, where the
    lexer mended it) and where it stands."""

    type: Terminal
    text: str
    start: int
    end: int

    @property
    def span(self) -> Span:
        """Where it stands."""
        return Span(self.start, self.end)
