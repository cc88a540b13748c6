"""The command `scoreline`: finds the file of the command that was called, and keeps every fault from the user.

Only the called command's file is imported, so that `scoreline --help` is quick: the list of commands below has a
line for each. Whatever happens, what a user sees is text that says what is wrong and what to do, never a
traceback. The exit status is 0 if all is well, 1 for findings, 2 if the call, a file or the data is unusable.
"""

import importlib
import os
import sys
from collections.abc import Sequence
from importlib.metadata import version
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer
from typer.core import TyperGroup
from typer.main import get_command

if TYPE_CHECKING:
    from typer._click import Command, Context  # pyright: ignore[reportPrivateUsage]  (Typer has no public name for them)

COMMANDS = {
    "init": "Make a new project that works at once",
    "check": "Find every mistake in the rules, the schema and the project file",
    "fmt": "Write rule files in their canonical form",
    "test": "Run the examples in the rule files",
    "score": "Score and qualify every lead of a table",
    "explain": "Show why a lead has its score",
    "sql": "Write the rules as one SQL query, for a warehouse or dbt",
    "schema": "Show the schema, or make one from data",
    "lsp": "Run the language server for editors",
    "rule": "Show the page about a code, such as E203",
}
"""Every command and the line that says what it does; each is a module of `commands/`."""

EXAMPLE = "Example:  scoreline init my-rules && cd my-rules && scoreline score"


class _Commands(TyperGroup):
    """Knows all commands by name, and imports the one that is called."""

    def resolve_command(self, ctx: "Context", args: list[str]) -> "tuple[str | None, Command | None, list[str]]":
        """The command that is called, in place of the line that stands for it in the help."""
        name, stand_in, rest = super().resolve_command(ctx, args)
        return name, (_imported(name) if name in COMMANDS else stand_in), rest


def _imported(name: str) -> "Command":
    module = importlib.import_module(f"scoreline.tools.cli.commands.{name}")
    command = get_command(module.app)
    command.name = name
    return command


app = typer.Typer(
    name="scoreline",
    help="Lead scoring with rules in plain words: checked, tested and explained.",
    epilog=EXAMPLE,
    cls=_Commands,
    rich_markup_mode=None,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _show_version(asked: bool) -> None:
    if asked:
        print(f"scoreline {version('scoreline')}")
        raise typer.Exit


@app.callback()
def _whole(
    _version: Annotated[
        bool, typer.Option("--version", help="Show the version and stop.", is_eager=True, callback=_show_version)
    ] = False,
) -> None:
    """The options of every command."""


def _stand_in() -> None:
    """Stands in the help for a command that is not imported yet."""


for _name, _line in COMMANDS.items():
    app.command(_name, help=_line)(_stand_in)


def run(arguments: Sequence[str] | None = None) -> NoReturn:
    """Runs the command line and exits with its status; the entry point of `scoreline`."""
    sys.exit(status(sys.argv[1:] if arguments is None else arguments))


def status(arguments: Sequence[str]) -> int:
    """Runs a command line, reports on standard error what went wrong, and gives the exit status."""
    _survive_any_character()
    code: object = 0
    try:
        code = app(list(arguments), prog_name="scoreline", standalone_mode=False)
        sys.stdout.flush()
        return code if isinstance(code, int) else 0
    except BrokenPipeError:
        return _closed_pipe(code)
    except (KeyboardInterrupt, typer.Abort):
        return _stopped()
    except Exception as fault:
        from scoreline.tools.cli.error_report import report_fault  # what it needs is slow to import

        return report_fault(fault)


def _survive_any_character() -> None:
    """Lets a character that the terminal cannot show become `?`, and output that has no stream get lost."""
    if sys.stdout is None:  # pyright: ignore[reportUnnecessaryComparison]
        sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115
    if sys.stderr is None:  # pyright: ignore[reportUnnecessaryComparison]
        sys.stderr = open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="replace")


def _closed_pipe(code: object) -> int:
    """Ends quietly, with the same status, when the reader of the output has gone (as `| head` does)."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return code if isinstance(code, int) else 0


def _stopped() -> int:
    print("stopped", file=sys.stderr)
    return 130
