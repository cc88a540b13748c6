"""`scoreline rule CODE`: shows the page about a code."""

import sys
from typing import Annotated

import typer
from rich.markdown import Markdown
from scoreline.dsl.codes import CODES
from scoreline.tools.cli.failure import Unusable
from scoreline.tools.render.pages import page_of
from scoreline.tools.render.terminal import console

app = typer.Typer(add_completion=False, rich_markup_mode=None)


@app.command(epilog="Example:  scoreline rule E203")
def rule(
    code: Annotated[str, typer.Argument(metavar="CODE", hidden=True)],
) -> None:
    """Show the page about a code: why it matters, a bad and a good example.

    CODE stands in front of a message, such as E203; its name (unknown-name) will do as well.
    """
    known = _known(code)
    page = page_of(known)
    if page is None:
        raise Unusable(f"the page about {known} is not installed", f"in short: {CODES[known].title}")
    if sys.stdout.isatty():
        console().print(Markdown(page))
    else:
        sys.stdout.write(page)


def _known(code: str) -> str:
    wanted = code.strip()
    if wanted.upper() in CODES:
        return wanted.upper()
    by_name = {entry.name: name for name, entry in CODES.items()}
    if wanted.lower() in by_name:
        return by_name[wanted.lower()]
    ranges = ", ".join(sorted({f"{name[:2]}xx" for name in CODES}))
    raise Unusable(f"there is no code `{wanted}`", f"codes look like {next(iter(CODES))}; there are {ranges}")
