"""Places in rule files as one would write them from the working directory."""

import os
from functools import cache
from pathlib import Path

from scoreline.compiler.plan import Place
from scoreline.dsl.diagnostics import Diagnostic


def shown_path(path: Path) -> str:
    """A path as one would write it here: relative to the working directory if it lies below it."""
    here = Path.cwd()
    return path.relative_to(here).as_posix() if path.is_relative_to(here) else str(path)


def place_text(place: Place, root: Path) -> str:
    """`rules/fit.score:12`, for a place in a project whose folder is `root`."""
    return f"{shown_path(root / place.file)}:{place.line}"


def repository_path(name: str) -> str:
    """A name as it is written from the top of the repository: the folder that GitHub has checked out, or else the
    nearest one above that git keeps; outside of one, as it is."""
    path = Path(os.path.normpath(Path(name).absolute()))
    workspace = os.environ.get("GITHUB_WORKSPACE")
    top = Path(workspace) if workspace else _top(path.parent)
    return path.relative_to(top).as_posix() if top and path.is_relative_to(top) else name


def repository_place(diagnostic: Diagnostic) -> str:
    """`rules/fit.score:12:7`, from the top of the repository."""
    start = diagnostic.place.start
    return f"{repository_path(diagnostic.place.file)}:{start.line}:{start.column}"


@cache
def _top(folder: Path) -> Path | None:
    return next((each for each in (folder, *folder.parents) if _is_top(each)), None)


def _is_top(folder: Path) -> bool:
    try:
        return (folder / ".git").exists()
    except OSError:  # a folder that nobody but its owner may look into
        return False
