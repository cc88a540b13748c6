"""The rule files that the paths of a call mean."""

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from scoreline.compiler.project import find_project
from scoreline.compiler.project.rule_files import ENDING
from scoreline.tools.cli.failure import Unusable


def must_exist(paths: Iterable[Path]) -> None:
    """Raises Unusable for the first path at which there is nothing."""
    for path in paths:
        if not path.exists():
            raise Unusable(f"there is no file or folder `{path}`", "check the name")


def named_files(paths: Iterable[Path], purpose: str) -> list[Path]:
    """The rule files among files and folders, each once, whatever links lead to it. A file that is named counts as one
    whatever its ending."""
    found: dict[str, Path] = {}
    for path in paths:
        for file in rule_files(path) if path.is_dir() else (path,):
            found.setdefault(os.path.realpath(file), file)
    if not found:
        message = f"there are no rule files (ending in {ENDING}) to {purpose}"
        raise Unusable(message, "name a file or a folder of them")
    return list(found.values())


def rule_files(folder: Path) -> Iterator[Path]:
    """The rule files in a folder and below, except hidden ones."""
    for place, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        yield from (Path(place, name) for name in sorted(names) if name.endswith(ENDING) and name[0] != ".")


def spread_out(paths: list[Path]) -> list[Path]:
    """The paths of a call, so that each lies in one project or in none: of a folder that is part of no project, such as
    the top of a repository, the rule files below it, for they may be part of one. Nothing, if no path is named and the
    working directory lies in a project."""
    if not paths and find_project(Path.cwd()) is not None:
        return []
    loose = {path for path in paths or [Path()] if path.is_dir() and find_project(path) is None}
    files = [file for path in paths or [Path()] for file in (rule_files(path) if path in loose else (path,))]
    return files or paths or [Path()]
