"""Reports that a command could not do its work: one `error:` line, and what to do about it."""

import re
import traceback

import typer
from rich.text import Text
from scoreline.compiler.operators import UnknownOperatorError
from scoreline.compiler.schema.imports.described import ImportUnusable
from scoreline.runtime.table.read.files import TableUnusable
from scoreline.tools.cli.failure import Mistaken, Unusable
from scoreline.tools.render.as_text import diagnostic_text
from scoreline.tools.render.terminal import counted, errors, visible

UNUSABLE = 2


def report_fault(fault: Exception) -> int:
    """Writes what is wrong to standard error and gives the exit status."""
    if isinstance(fault, Unusable | TableUnusable | ImportUnusable):
        return report_error(fault.message, fault.help)
    if isinstance(fault, Mistaken):
        return _report_mistakes(fault)
    if isinstance(fault, UnknownOperatorError):
        return report_error(str(fault), "`scoreline score --engine python` needs no SQL")
    if isinstance(fault, typer.TyperException):
        return _report_usage(fault)
    if isinstance(fault, OSError):
        return report_error(f"{_lower(fault.strerror or str(fault))}{_of_file(fault)}")
    if isinstance(fault, MemoryError):
        return report_error("there is not enough memory for these data", "use fewer interactions at a time")
    return _report_own_fault(fault)


def report_error(message: str, help_: str | None = None) -> int:
    """Writes an `error:` line, and a `help:` line if there is something to say."""
    console = errors()
    console.print(Text.assemble(("error", "bold red"), (f": {visible(message)}", "bold")), soft_wrap=True)
    if help_:
        console.print(Text.assemble(("help", "bold cyan"), f": {visible(help_)}"), soft_wrap=True)
    return UNUSABLE


def _report_mistakes(fault: Mistaken) -> int:
    console = errors()
    for diagnostic in fault.diagnostics:
        console.print(diagnostic_text(diagnostic), end="\n\n", soft_wrap=True)
    count = counted(len(fault.diagnostics), "mistake")
    return report_error(f"{count} to correct first", "`scoreline check` shows them at any time")


def _report_usage(fault: typer.TyperException) -> int:
    message = re.sub(r"'([^']*)'", r"`\1`", fault.format_message().strip().replace("Value error, ", ""))
    context = getattr(fault, "ctx", None)
    path = getattr(context, "command_path", "scoreline")
    if type(fault).__name__ == "NoArgsIsHelpError":
        print(message)
        return UNUSABLE
    return report_error(_lower(message).rstrip("."), f"`{path} --help` shows the options, with an example")


def _report_own_fault(fault: Exception) -> int:
    frames = traceback.extract_tb(fault.__traceback__)
    own = next((frame for frame in reversed(frames) if "scoreline" in frame.filename), frames[-1] if frames else None)
    where = f" ({own.name}, line {own.lineno})" if own else ""
    what = f"{type(fault).__name__}: {fault}".splitlines()[0][:300]
    return report_error(
        f"scoreline has an internal error: {what}{where}",
        "please report this line, with the command and the rules",
    )


def _of_file(fault: OSError) -> str:
    return f": `{fault.filename}`" if fault.filename else ""


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]
