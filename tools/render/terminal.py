"""Consoles for text output, which know whether they write to a terminal.

On a terminal there are colours (unless `NO_COLOR` is set) and lines fit its width. Anywhere else lines are as long as
their content, so that nothing is cut with "…" in a file or a pipe. Nothing that a user wrote is ever taken for markup,
and no character of it reaches the terminal as a command: see `visible`.
"""

import re
import sys
from typing import TextIO

from rich.console import Console, RenderableType
from rich.text import Text

UNLIMITED = 100_000
"""The width, in cells, of what is no terminal."""

_TAB = "    "
_UNSEEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff]")


def console(stream: TextIO | None = None) -> Console:
    """A console on a stream (None: standard output)."""
    out = sys.stdout if stream is None else stream
    width = None if out.isatty() else UNLIMITED
    return Console(file=out, width=width, highlight=False, markup=False, emoji=False, soft_wrap=False)


def errors() -> Console:
    """The console on standard error."""
    return console(sys.stderr)


def note(text: str) -> None:
    """Writes a `note:` line on standard error, for what is no error."""
    errors().print(Text.assemble(("note", "bold"), f": {visible(text)}"), soft_wrap=True)


def write(content: RenderableType, stream: TextIO | None = None) -> None:
    """Writes a table or the like; in a file or a pipe no line ends in white space."""
    out = console(stream)
    if out.file.isatty():
        out.print(content)
        return
    with out.capture() as captured:
        out.print(content)
    out.file.write("".join(line.rstrip() + "\n" for line in captured.get().splitlines()))


def visible(text: str) -> str:
    """The text with a picture in the place of each character that cannot be seen or would command a terminal.

    Control characters get their Unicode picture (`␀`, `␛`), others (zero-width, direction marks, halves of
    characters) get `�`; line ends stay, a tab becomes four spaces.
    """
    if text.isascii() and text.isprintable():
        return text
    return _UNSEEN.sub(_picture, text.replace("\t", _TAB).replace("\r\n", "\n"))


def one_line(text: str, limit: int = 120) -> str:
    """The text as a reader sees it, on one line, cut with "…" where it has more than `limit` characters."""
    shown = visible(text).replace("\n", "␤")
    return shown if len(shown) <= limit else shown[: limit - 1] + "…"


def counted(number: int, one: str, many: str | None = None) -> str:
    """A number and its noun: `1 lead`, `12,345 leads`."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def _picture(match: re.Match[str]) -> str:
    code = ord(match[0])
    if code < 0x20:
        return chr(0x2400 + code)
    return "␡" if code == 0x7F else "�"
