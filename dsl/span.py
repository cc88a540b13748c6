"""Where something stands in a text: a half-open range of code points. Lines and columns are the business of
`source.py`."""

from typing import NamedTuple


class Span(NamedTuple):
    """From `start` up to, not including, `end`: offsets in Unicode code points from the start of the text."""

    start: int
    end: int

    def through(self, other: "Span") -> "Span":
        """The span from the start of this one to the end of `other`."""
        return Span(self.start, other.end)
