"""Places in rule files as one would write them from the working directory."""

import os
from pathlib import Path

from scoreline.compiler.plan import Place


def shown_path(path: Path) -> str:
    """A path as one would write it here: relative to the working directory if it lies below it."""
    here = Path.cwd()
    return path.relative_to(here).as_posix() if path.is_relative_to(here) else str(path)


def place_text(place: Place, root: Path) -> str:
    """`rules/fit.score:12`, for a place in a project whose folder is `root`."""
    return f"{shown_path(root / place.file)}:{place.line}"


def repository_path(name: str) -> str:
    """A name as it is written from the folder that a CI service has checked out, where it tells that folder; else, or
    for a file outside, as it is."""
    workspace = os.environ.get("GITHUB_WORKSPACE")
    path = Path(name).absolute()
    return path.relative_to(workspace).as_posix() if workspace and path.is_relative_to(workspace) else name
