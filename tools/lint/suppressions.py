"""Comments that silence a lint: `# scoreline: ignore W204 (reason)` behind a statement.

Promises every such comment of a file with the whole statement that it stands behind or inside of, since a long
statement has several lines. A comment on a line of its own stands behind no statement and silences nothing; but a rule
that is a comment itself can have one behind it.
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

_MARK = re.compile(r"#\s*scoreline\b", re.IGNORECASE)
_CODE = r"[A-Z][0-9]{3}\b"
# A code is a letter and three digits; what stands where one must and nearly looks like one is one, spelled wrongly.
_NEARLY = rf"(?:{_CODE}|[EW](?=[OIL]*[0-9])[0-9OIL]{{2,5}}\b)"
_CODES = rf"(?P<codes>{_NEARLY}(?:\s*,\s*{_NEARLY}|\s+{_CODE})*)"
_FORM = re.compile(rf"#\s*scoreline:\s*ignore\b[:\s]*{_CODES}?(?P<reason>.*)", re.IGNORECASE)
_OTHER_FORM = re.compile(
    rf"(?P<begin>#\s*scoreline\b[:\s]*(?:[^\W\d][\w-]*[:\s]+)?){_CODES}(?P<reason>.*)", re.IGNORECASE
)
_ONE = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Suppression:
    """A comment that silences: where it is, which codes it names (each with its span), why, and what it covers.

    `covers` is None where the comment stands behind no statement. One that is `inside` of another comment silences only
    findings about that comment. `misspelled` is the beginning that should be `# scoreline: ignore` and is not: such a
    comment silences nothing.
    """

    place: Place
    codes: tuple[tuple[str, Span], ...]
    reason: str
    covers: Span | None
    inside: bool = False
    misspelled: Span | None = None


def suppressions(parsed: Parsed) -> Iterator[Suppression]:
    """The comments of a file that silence, or seem to, in text order."""
    document = parsed.source.document
    statements: list[Span] = []
    for mark in _MARK.finditer(document.text):
        comment = _comment(document, mark.start())
        form = None if comment is None else _FORM.match(comment.text) or _OTHER_FORM.match(comment.text)
        if comment is not None and form is not None:
            statements = statements or sorted(map(parsed.source.in_document, _statements(parsed.source, parsed.file)))
            apart = comment.behind is None or comment.inside
            covers = None if apart else _around(statements, (comment.behind or 0) - 1)
            yield _suppression(document, mark.start(), form, covers, inside=comment.inside)


class _Comment(NamedTuple):
    """A comment's text from some place on, where the last token before it on its line ends, if there is one, and
    whether another comment has begun before it."""

    text: str
    behind: int | None
    inside: bool


def _comment(source: Source, offset: int) -> _Comment | None:
    """The comment that begins at an offset, if one does. No token goes on behind its line, so a line is read alone."""
    start = source.line_start(offset)
    line = source.text[start : source.line_end(offset)].rstrip("\r\n")
    *tokens, _ = lex(Source("", line)).tokens
    last = tokens[-1].end if tokens else 0
    first = line.find("#", last)
    quoted = first < offset - start and not line[offset - start - 1].isspace()
    if not 0 <= first <= offset - start or quoted:
        return None
    return _Comment(line[offset - start :], start + last if tokens else None, inside=first < offset - start)


def _suppression(
    source: Source, start: int, form: "re.Match[str]", covers: Span | None, *, inside: bool
) -> Suppression:
    at = start + form.start("codes") if form["codes"] else start
    codes = tuple(
        (match[0].upper(), Span(at + match.start(), at + match.end())) for match in _ONE.finditer(form["codes"] or "")
    )
    place = source.at(Span(start, start + len(form[0].rstrip())))
    begin = form.groupdict().get("begin")
    misspelled = None if begin is None else Span(start, start + len(begin))
    return Suppression(place, codes, form["reason"].strip(" \t()-–—:,"), covers, inside, misspelled)


def _around(statements: list[Span], offset: int) -> Span | None:
    """The statement that an offset lies in; they are sorted, and none lies in another."""
    at = bisect_right(statements, offset, key=lambda span: span.start) - 1
    return statements[at] if at >= 0 and offset < statements[at].end else None


def _statements(source: Source, file: nodes.File) -> Iterator[Span]:
    """The spans of all statements; of headings, without what stands below them."""
    for item in file.items:
        yield heading_span(source, item)
        yield from (each.span for each in below(item))
