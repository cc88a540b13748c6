"""`scoreline lsp`: serves an editor over standard input and output."""

import importlib.util
from importlib.metadata import version
from typing import Annotated

import typer
from scoreline.tools.cli.failure import Unusable

app = typer.Typer(add_completion=False, rich_markup_mode=None)


@app.command(epilog="Example:  scoreline lsp")
def lsp(
    _stdio: Annotated[
        bool,
        typer.Option(
            "--stdio", help="No effect: the server always uses standard input and output. Some editors pass it."
        ),
    ] = False,
) -> None:
    """Serve an editor: it starts this command by itself and talks to it over standard input and output."""
    if importlib.util.find_spec("pygls") is None:
        raise Unusable("the language server is not installed", 'run `pip install "scoreline[lsp]"`')
    from scoreline.tools.lsp.serving import serve  # only there with the extra

    serve(version("scoreline"))
