"""A page of the documentation: laid out on a terminal, as it was written anywhere else."""

from typing import TextIO

from rich.markdown import Markdown
from scoreline.tools.render.terminal import console


def print_page(markdown: str, stream: TextIO) -> None:
    """Writes a page in Markdown to a stream."""
    if stream.isatty():
        console(stream).print(Markdown(markdown))
    else:
        stream.write(markdown)
