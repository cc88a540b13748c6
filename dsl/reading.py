"""Rule files from disk: bytes to a source, or the diagnostic that says why not."""

from pathlib import Path

from scoreline.dsl.diagnostics import Diagnostic
from scoreline.dsl.messages import say
from scoreline.dsl.source import Source
from scoreline.dsl.span import Span


def read_source(path: Path, name: str) -> tuple[Source, Diagnostic | None]:
    """The text of a file, without a BOM, under the name for messages. What can't be decoded is replaced, and the line
    of the first bad byte is reported; OSError is left to the caller."""
    return decoded(path.read_bytes(), name)


def decoded(data: bytes, name: str) -> tuple[Source, Diagnostic | None]:
    """The same for bytes that came in another way."""
    data = data.removeprefix(b"\xef\xbb\xbf")
    try:
        return Source(name, data.decode("utf-8")), None
    except UnicodeDecodeError as error:
        source = Source(name, data.decode("utf-8", "replace"))
        start = len(data[: error.start].decode("utf-8"))
        message = say("this file is not UTF-8: save it as UTF-8 in your editor")
        return source, Diagnostic("E120", message, source.at(Span(start, start + 1)))
