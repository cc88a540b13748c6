"""A document in its one canonical form; a text with a syntax error stays as it is."""

from lsprotocol import types
from scoreline.dsl.format import FormatFault, formatted
from scoreline.dsl.source import Source
from scoreline.dsl.span import Span
from scoreline.tools.lsp.document_view import DocumentView


def formatting(here: DocumentView) -> list[types.TextEdit] | None:
    """What has to be changed, as one edit of the lines that differ."""
    before = here.document.source
    try:
        after = formatted(before).text
    except FormatFault:
        return None
    if after is None or after == before.text:
        return None if after is None else []
    return [_difference(here, before, after)]


def _difference(here: DocumentView, before: Source, after: str) -> types.TextEdit:
    """The lines that differ: what is above and below keeps its folds and its cursor."""
    old, new = before.text.splitlines(keepends=True), after.splitlines(keepends=True)
    top = 0
    while top < min(len(old), len(new)) and old[top] == new[top]:
        top += 1
    end = 0
    while end < min(len(old), len(new)) - top and old[-1 - end] == new[-1 - end]:
        end += 1
    start, stop = len("".join(old[:top])), len("".join(old[: len(old) - end]))
    text = "".join(new[top : len(new) - end])
    return types.TextEdit(here.encoding.range(before, Span(start, stop)), text)
