"""What a request is about: a document in the view of its project, and how the editor counts columns and names files."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from lsprotocol.types import Location, Position, Range
from scoreline.compiler.sources import RuleFile
from scoreline.dsl.messages import said_in
from scoreline.dsl.source import Place, Source
from scoreline.dsl.span import Span
from scoreline.tools.lsp.documents import Document
from scoreline.tools.lsp.positions import PositionEncoding
from scoreline.tools.lsp.views import View


@dataclass(frozen=True)
class DocumentView:
    """A document in its view. `address` gives how the editor writes the address of a file."""

    view: View
    document: Document
    encoding: PositionEncoding
    address: Callable[[Path], str]

    @cached_property
    def file(self) -> RuleFile | None:
        """The rule file that the document is, if it is one."""
        return self.view.file(self.document.path)

    @cached_property
    def source(self) -> Source:
        """The source in which the spans of the file count."""
        return self.document.source if self.file is None else self.file.parsed.source

    def localized(self, *texts: str) -> str:
        """Texts in the language of the document, a paragraph each."""
        return "\n\n".join(said_in(self.document.source.language, each) for each in texts)

    def offset(self, position: Position) -> int:
        """The offset of a position in `source`."""
        return self.encoding.offset(self.source, position)

    def range(self, span: Span) -> Range:
        """Where a span of `source` is."""
        return self.encoding.range(self.source, span)

    def current(self, place: Place) -> Place:
        """A place that may be in an older version of its file, in the document as it is now."""
        known = self.view.by_name.get(place.file)
        return place if known is None else known.parsed.source.placed(place)

    def location(self, place: Place) -> Location:
        """Where a place is, in whatever file."""
        place = self.current(place)
        return Location(self.address(self.view.path(place.file)), self.encoding.place(place))
