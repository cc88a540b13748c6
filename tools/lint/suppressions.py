"""Comments that silence a lint: `# scoreline: ignore W204 (reason)` behind a statement.

Promises every such comment of a file, with the statement that it stands behind or inside of: all of it, since a long
statement is written on several lines. A comment on a line of its own stands behind nothing, and so silences nothing.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from scoreline.dsl import nodes
from scoreline.dsl.headings import below, heading_span
from scoreline.dsl.lexer import lex
from scoreline.dsl.parse import Parsed
from scoreline.dsl.source import Place, Source
from scoreline.dsl.span import Span

_MARK = re.compile(r"#\s*scoreline:", re.IGNORECASE)
_FORM = re.compile(
    r"#\s*scoreline:\s*ignore\b[:\s]*(?P<codes>[A-Z]\d+(?:[,\s]+[A-Z]\d+)*)?(?P<reason>.*)", re.IGNORECASE
)
_ONE = re.compile(r"[A-Za-z]\d+")


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
    statements: list[Span] = []
    for start, end in source.live:
        for mark in _MARK.finditer(source.text, start, end):
            comment = _comment(source, mark.start())
            if comment is not None and (form := _FORM.match(comment.text)) is not None:
                statements = statements or sorted(_statements(source, parsed.file))
                covers = None if comment.behind is None else _around(statements, comment.behind - 1)
                yield _suppression(parsed, mark.start(), form, covers)


class _Comment(NamedTuple):
    """A comment's text, and where the last token before it on its line ends, if there is one."""

    text: str
    behind: int | None


def _comment(source: Source, offset: int) -> _Comment | None:
    """The comment that begins at an offset, if one does. No token goes on behind its line, so a line is read alone."""
    start = source.line_start(offset)
    line = source.text[start : source.line_end(offset)].rstrip("\r\n")
    *tokens, _ = lex(Source("", line)).tokens
    last = tokens[-1].end if tokens else 0
    if line.find("#", last) != offset - start:
        return None
    return _Comment(line[offset - start :], start + last if tokens else None)


def _suppression(parsed: Parsed, start: int, form: "re.Match[str]", covers: Span | None) -> Suppression:
    at = start + form.start("codes") if form["codes"] else start
    codes = tuple(
        (match[0].upper(), Span(at + match.start(), at + match.end())) for match in _ONE.finditer(form["codes"] or "")
    )
    place = parsed.source.at(Span(start, start + len(form[0].rstrip())))
    return Suppression(place, codes, form["reason"].strip(" \t()-–—:,"), covers)


def _around(statements: list[Span], offset: int) -> Span | None:
    """The statement that an offset lies in; they are sorted, and none lies in another."""
    at = bisect_right(statements, offset, key=lambda span: span.start) - 1
    return statements[at] if at >= 0 and offset < statements[at].end else None


def _statements(source: Source, file: nodes.File) -> Iterator[Span]:
    """The spans of all statements; of headings, without what stands below them."""
    for item in file.items:
        yield heading_span(source, item)
        yield from (each.span for each in below(item))
