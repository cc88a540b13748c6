"""`scoreline init DIR`: writes a small project that works at once."""

import datetime
import json
import re
import shlex
from collections.abc import Mapping
from importlib.metadata import version
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Annotated

import typer
from rich.text import Text
from scoreline.compiler.schema.json_schema import schema_json_schema
from scoreline.runtime.table.read.files import reason
from scoreline.tools.cli.failure import Unusable
from scoreline.tools.render.terminal import console, counted, visible

app = typer.Typer(add_completion=False, rich_markup_mode=None)

_DAYS_AGO = re.compile(r"\{\{([0-9]+) days ago\}\}")
_HIDDEN = "dot_"  # packaging tools pass over names that begin with a dot
_SCHEMA = ".vscode/crm.schema.json"


@app.command(epilog="Example:  scoreline init my-rules")
def init(
    directory: Annotated[Path, typer.Argument(metavar="DIR", hidden=True)],
) -> None:
    """Make a new project that works at once: schema, models, examples, sample data, CI and editor settings.

    DIR is the folder to make; nothing in it is overwritten.
    """
    project = project_files(datetime.date.today())
    _refuse_to_overwrite(directory, project)
    try:
        for name, text in project.items():
            path = directory / name
            path.parent.mkdir(parents=True, exist_ok=True)
            with path.open("x", encoding="utf-8", newline="\n") as file:
                file.write(text)
    except OSError as fault:
        raise Unusable(f"`{directory}` cannot be written: {reason(fault)}") from fault
    _show_next_steps(directory, project)


def project_files(today: datetime.date) -> Mapping[str, str]:
    """The new project: the text of each file by its path in it, with sample data as of a day."""
    root = files("scoreline.tools.cli").joinpath("template")
    written = {name: _filled(text, today) for name, text in sorted(_texts(root, "").items())}
    return {**written, _SCHEMA: json.dumps(schema_json_schema(), indent=2) + "\n"}


def _texts(folder: Traversable, prefix: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for entry in folder.iterdir():
        name = prefix + re.sub(f"^{_HIDDEN}", ".", entry.name)
        if entry.is_dir():
            found |= _texts(entry, f"{name}/")
        else:
            found[name] = entry.read_text(encoding="utf-8")
    return found


def _filled(text: str, today: datetime.date) -> str:
    dated = _DAYS_AGO.sub(lambda match: str(today - datetime.timedelta(days=int(match[1]))), text)
    return dated.replace("{{version}}", version("scoreline"))


def _refuse_to_overwrite(directory: Path, project: Mapping[str, str]) -> None:
    if directory.exists() and not directory.is_dir():
        raise Unusable(f"`{directory}` is a file", "name a folder to make")
    there = [name for name in project if (directory / name).exists()]
    if there:
        names = ", ".join(f"`{name}`" for name in there[:4]) + (", …" if len(there) > 4 else "")
        raise Unusable(
            f"`{directory}` already has {names}; nothing was written", "name a new folder, or move them away"
        )


def _show_next_steps(directory: Path, project: Mapping[str, str]) -> None:
    out = console()
    where = visible(str(directory))
    out.print(Text.assemble(("made ", "bold green"), f"{where}: {counted(len(project), 'file')}"))
    for name in project:
        out.print(Text(f"  {name}", "dim"))
    steps = [
        ("scoreline check", "finds every mistake in the rules"),
        ("scoreline test", "runs their examples"),
        ("scoreline score", "scores the sample leads"),
        ("scoreline explain 1001", "shows why a lead has its score"),
    ]
    out.print(Text("\nnext:", "bold"))
    if directory.resolve() != Path.cwd():
        out.print(Text(f"  cd {visible(shlex.quote(str(directory)))}", "cyan"))
    for command, why in steps:
        out.print(Text.assemble((f"  {command:<24}", "cyan"), why))
