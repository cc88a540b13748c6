"""The change of a text, as a unified diff that `patch` and `git apply` take."""

import difflib
from collections.abc import Iterator
from typing import TextIO

from rich.text import Text
from scoreline.tools.render.terminal import console, visible

_COLOURS = {"+": "green", "-": "red", "@": "cyan"}


def patch_lines(before: str, after: str, name: str) -> list[str]:
    """The lines of the diff, without their ends; none if the texts differ in line ends alone."""
    return list(_lines(_unix(before), _unix(after), name))


def print_patch(lines: list[str], stream: TextIO) -> None:
    """Writes a diff, in colours on a terminal."""
    if not stream.isatty():
        stream.writelines(f"{line}\n" for line in lines)
        return
    out = console(stream)
    for line in lines:
        out.print(Text(visible(line), _COLOURS.get(line[:1], "")), soft_wrap=True)


def _lines(before: str, after: str, name: str) -> Iterator[str]:
    old, new = before.split("\n"), after.split("\n")
    ends = old.pop(), new.pop()
    old += [ends[0] + _NO_END] if ends[0] else []
    new += [ends[1] + _NO_END] if ends[1] else []
    shown = f"{name}\t" if " " in name else name  # `patch` takes a name up to the first blank, or up to a tab
    for line in difflib.unified_diff(old, new, shown, shown, lineterm=""):
        yield from line.split("\n")


_NO_END = "\n\\ No newline at end of file"


def _unix(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")
