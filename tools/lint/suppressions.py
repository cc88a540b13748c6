"""Comments that silence a lint: `# scoreline: ignore W204 (reason)` behind a statement.

Promises every such comment of a file, with the statement that it stands behind or inside of: all of it, since a long
statement is written on several lines. A comment on a line of its own stands behind nothing, and so silences nothing.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from scoreline.dsl import nodes
from scoreline.dsl.parse import Parsed
from scoreline.dsl.source import Place
from scoreline.dsl.span import Span

_MARK = re.compile(r"#\s*scoreline:", re.IGNORECASE)
_FORM = re.compile(
    r"#\s*scoreline:\s*ignore\b[:\s]*(?P<codes>[A-Z]\d+(?:[,\s]+[A-Z]\d+)*)?(?P<reason>.*)", re.IGNORECASE
)
_ONE = re.compile(r"[A-Za-z]\d+")
_PIECE = re.compile(r'"(?:[^"\\\r\n]|\\.)*"|#[^\r\n]*')  # a text, or a comment


@dataclass(frozen=True, slots=True)
class Suppression:
    """A comment that silences: where it is, which codes it names (each with its span), why, and what it covers.

    `covers` is None where the comment stands behind no statement.
    """

    place: Place
    codes: tuple[tuple[str, Span], ...]
    reason: str
    covers: Span | None


def suppressions(parsed: Parsed) -> Iterator[Suppression]:
    """The comments of a file that silence, in text order."""
    source = parsed.source
    if _MARK.search(source.text) is None:
        return
    statements = tuple(_statements(parsed.file))
    starts = [span.start for span in statements]
    for match in _PIECE.finditer(source.text):
        form = _FORM.match(match[0])
        if form is not None:
            last = match.start() - 1
            while last >= 0 and source.text[last] in " \t":
                last -= 1
            at = bisect_right(starts, last) - 1
            behind = at >= 0 and last < statements[at].end and source.text[last] not in "\r\n"
            yield _suppression(parsed, match.start(), form, statements[at] if behind else None)


def _suppression(parsed: Parsed, start: int, form: "re.Match[str]", covers: Span | None) -> Suppression:
    at = start + form.start("codes") if form["codes"] else start
    codes = tuple(
        (match[0].upper(), Span(at + match.start(), at + match.end())) for match in _ONE.finditer(form["codes"] or "")
    )
    place = parsed.source.at(Span(start, start + len(form[0].rstrip())))
    return Suppression(place, codes, form["reason"].strip(" \t()-–—:,"), covers)


def _statements(file: nodes.File) -> Iterator[Span]:
    """The spans of all statements, in text order. A heading ends where what it heads begins: none lies in another."""
    for item in file.items:
        below: tuple[nodes.Node, ...] = ()
        match item:
            case nodes.Model():
                below = item.items
            case nodes.Qualification():
                below = item.stages
            case nodes.Example():
                below = item.statements
            case nodes.Use() | nodes.Let():
                pass
        yield Span(item.span.start, below[0].span.start if below else item.span.end)
        yield from (each.span for each in below)
