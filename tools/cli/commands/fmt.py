"""`scoreline fmt`: rule files in their one canonical form."""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer
from rich.text import Text
from scoreline.grammar.vocabulary import languages
from scoreline.tools.cli.error_report import UNUSABLE, report_error
from scoreline.tools.cli.failure import Unusable
from scoreline.tools.cli.formatting import Reformatted, files_to_format, reformatted, reformatted_file, written
from scoreline.tools.cli.options import ProjectOption
from scoreline.tools.cli.replacing import FileRefusal
from scoreline.tools.render.patch import patch_lines, print_patch
from scoreline.tools.render.terminal import console, counted, errors, note, visible

app = typer.Typer(add_completion=False, rich_markup_mode=None)

_STDIN = Path("-")
_MOST_PLACES = 10


@app.command(epilog="Example:  scoreline fmt && scoreline fmt --check rules")
def fmt(
    paths: Annotated[list[Path] | None, typer.Argument(metavar="PATHS", hidden=True)] = None,
    check: Annotated[
        bool, typer.Option("--check", help="Write nothing, and exit with 1 if a file would change.")
    ] = False,
    diff: Annotated[bool, typer.Option("--diff", help="Show what would change, but write nothing.")] = False,
    to: Annotated[
        str | None,
        typer.Option("--to", metavar="LANGUAGE", help="Translate the rules to another language, `de` or `en`."),
    ] = None,
    project: ProjectOption = None,
) -> None:
    """Format rule files: indents, line ends, columns. What the rules say stays the same, and so do comments.

    With --to, files get the words of another language too; names, texts and comments stay as they are.

    PATHS are rule files or folders of them; without any, the whole project is formatted. With - the text comes from
    standard input and goes to standard output.
    """
    if to is not None and to not in languages():
        raise Unusable(f"there is no language `{to}`", f"rules can be written in: {', '.join(languages())}")
    if _STDIN in (paths or []):
        if paths != [_STDIN]:
            raise Unusable("`-` means standard input and cannot be used with files", "name files, or write only `-`")
        raise typer.Exit(_format_stdin(check, diff, to))
    files = files_to_format(paths or [], project)
    raise typer.Exit(_format_files(files, check, diff, to))


def _format_stdin(check: bool, diff: bool, to: str | None) -> int:
    found = reformatted(sys.stdin.buffer.read(), "standard input", to)
    if isinstance(found, FileRefusal):
        return _report_refusal(found)
    if diff:
        _show(found)
    if check or diff:
        return int(found.changes)
    sys.stdout.flush()
    sys.stdout.buffer.write(found.after.encode())
    return 0


def _format_files(files: list[Path], check: bool, diff: bool, to: str | None) -> int:
    """Each file by itself, so that none stands in another's way."""
    changed = refused = 0
    out = errors() if diff else console()
    for path in files:
        found = reformatted_file(path, to)
        if isinstance(found, Reformatted) and found.changes:
            failed = None if check or diff else written(path, found)
            if failed is None:
                changed += 1
                if diff:
                    _show(found)
                else:
                    out.print(Text(f"{'would change' if check else 'formatted'} {visible(found.name)}"), soft_wrap=True)
            found = failed
        if isinstance(found, FileRefusal):
            refused += 1
            _report_refusal(found)
    out.print(Text(", ".join(_summary(len(files), changed, refused, check or diff)), "bold"), soft_wrap=True)
    return UNUSABLE if refused else int(changed > 0 and (check or diff))


def _summary(files: int, changed: int, refused: int, dry: bool) -> Iterator[str]:
    if changed:
        yield f"{counted(changed, 'file')} of {files} {'would change' if dry else 'formatted'}"
    else:
        yield f"nothing to change in {counted(files - refused, 'file')}"
    if refused:
        yield f"{refused} not formatted"


def _show(found: Reformatted) -> None:
    lines = patch_lines(found.before, found.after, found.name)
    print_patch(lines, sys.stdout)
    if found.changes and not lines:
        note(f"`{found.name}` would change only in its line ends or its byte order mark")


def _report_refusal(refusal: FileRefusal) -> int:
    shown = refusal.diagnostics[:_MOST_PLACES]
    places = [f"\n  {each.place}:{each.place.start.column}: {each.code} {each.message}" for each in shown]
    more = len(refusal.diagnostics) - len(shown)
    rest = f"\n  and {counted(more, 'more mistake')}" if more else ""
    return report_error(refusal.message + "".join(places) + rest, refusal.help)
