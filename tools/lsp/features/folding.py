"""What can be folded: models, groups, qualifications, examples, long statements, blocks of comments."""

from collections.abc import Iterator

from lsprotocol import types
from scoreline.dsl import nodes
from scoreline.dsl.headings import below, heading_span
from scoreline.dsl.source import Source
from scoreline.tools.lsp.document_view import DocumentView
from scoreline.tools.lsp.features.symbols import lines_of


def folding(here: DocumentView) -> list[types.FoldingRange]:
    """The foldable ranges of a document."""
    if here.file is None:
        return []
    found = {*_comments(here.document.source)}
    for item in here.file.parsed.file.items:
        found.update((*each, None) for each in _of_item(here.source, item))
    ordered = sorted((each for each in found if each[0] < each[1]), key=lambda each: each[:2])
    return [types.FoldingRange(start, end, kind=kind) for start, end, kind in ordered]


def _of_item(source: Source, item: nodes.FileItem) -> Iterator[tuple[int, int]]:
    heading, parts = heading_span(source, item), below(item)
    first, end = lines_of(source, heading)
    yield first, lines_of(source, parts[-1].span)[1] if parts else end
    yield from (lines_of(source, each.span) for each in parts)
    if isinstance(item, nodes.Model):
        yield from _groups(source, item)


def _groups(source: Source, model: nodes.Model) -> Iterator[tuple[int, int]]:
    begun: int | None = None
    last = 0
    for each in (*model.items, None):
        if begun is not None and (each is None or isinstance(each, nodes.Group | nodes.Grade)):
            yield begun, last
            begun = None
        if isinstance(each, nodes.Group) and each.title is not None:
            begun, _ = lines_of(source, each.span)
        if each is not None:
            _, last = lines_of(source, each.span)


def _comments(source: Source) -> Iterator[tuple[int, int, types.FoldingRangeKind | None]]:
    begun: int | None = None
    count = len(source.line_starts)
    for line in range(count + 1):
        comment = line < count and source.line_text(line + 1).lstrip().startswith("#")
        if comment and begun is None:
            begun = line
        elif not comment and begun is not None:
            yield begun, line - 1, types.FoldingRangeKind.Comment
            begun = None
