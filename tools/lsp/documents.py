"""The documents that are open in the editor, as they are there, saved or not.

Promises the newest text and version of each. A document without a file (one that has no name yet) is known by its
address alone.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from lsprotocol.types import TextDocumentContentChangePartial, TextDocumentContentChangeWholeDocument
from pygls.uris import from_fs_path, to_fs_path
from scoreline.dsl.source import Source
from scoreline.tools.lsp.positions import PositionEncoding

Change = TextDocumentContentChangePartial | TextDocumentContentChangeWholeDocument


@dataclass(frozen=True)
class Document:
    """A text in the editor: its address there, its file (a made-up one where it has none), its version."""

    uri: str
    path: Path
    text: str
    version: int | None

    @property
    def line_end(self) -> str:
        """How its lines end."""
        return "\r\n" if "\r\n" in self.text else "\n"

    @cached_property
    def source(self) -> Source:
        """The text, with its lines."""
        return Source(self.path.name, self.text)


class Documents:
    """All open documents, by file."""

    def __init__(self) -> None:
        self.encoding = PositionEncoding()
        self.by_path: dict[Path, Document] = {}

    def at(self, uri: str) -> Document | None:
        """The open document of an address, however that is spelled."""
        return self.by_path.get(path_of(uri))

    def open(self, uri: str, text: str, version: int | None) -> Document:
        """A document has been opened, or holds a whole new text."""
        document = Document(uri, path_of(uri), text, version)
        self.by_path[document.path] = document
        return document

    def change(self, uri: str, changes: Iterable[Change], version: int | None) -> Document:
        """A document has been edited."""
        known = self.at(uri)
        text = known.text if known else ""
        for change in changes:
            text = self._changed(text, change)
        return self.open(uri, text, version)

    def close(self, uri: str) -> None:
        """A document has been closed: what stands on disk counts again."""
        self.by_path.pop(path_of(uri), None)

    def address(self, path: Path) -> str:
        """The address of a file, as the editor writes it."""
        known = self.by_path.get(path)
        return known.uri if known else address_of(path)

    def _changed(self, text: str, change: Change) -> str:
        if isinstance(change, TextDocumentContentChangeWholeDocument):
            return change.text
        source = Source("", text)
        start = self.encoding.offset(source, change.range.start)
        end = self.encoding.offset(source, change.range.end)
        return text[:start] + change.text + text[max(start, end) :]


def path_of(uri: str) -> Path:
    """The file of an address."""
    path = to_fs_path(uri)
    return Path(path) if path else Path("/", uri.replace(":", "/"))


def has_file(uri: str) -> bool:
    """Whether an address is that of a file."""
    return to_fs_path(uri) is not None


def address_of(path: Path) -> str:
    """The address of a file that is not open."""
    return from_fs_path(str(path)) or path.as_uri()
