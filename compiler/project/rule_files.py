"""Finds the rule files of a project.

Promises each file once, in the order of project-relative paths by code points, which is the order of models in all
output. Hidden files and folders are left out, and nothing outside the project is read.
"""

import os
from collections.abc import Iterator
from pathlib import Path

from scoreline.compiler.folding import trim
from scoreline.compiler.toml.faults import Fault
from scoreline.compiler.toml.places import KeyPath

ENDING = ".score"


def rule_files(root: Path, entries: tuple[str, ...]) -> tuple[tuple[Path, ...], tuple[Fault, ...]]:
    """The rule files that the entries of `rules` name, absolute, and what is wrong with the entries."""
    found: dict[str, Path] = {}
    faults: list[Fault] = []
    for number, entry in enumerate(entries):
        path: KeyPath = ("project", "rules", number)
        target = _target(root, entry, path)
        if isinstance(target, Fault):
            faults.append(target)
            continue
        try:
            found.update((file.relative_to(root).as_posix(), file) for file in _files(target))
        except OSError:
            faults.append(
                Fault(path, "E319", f"the rules `{entry}` cannot be read", "check that you may read this folder")
            )
    if not found and not faults:
        faults.extend(_misnamed(root, entries))
    return tuple(found[name] for name in sorted(found)), tuple(faults)


def would_find(root: Path, entries: tuple[str, ...], path: Path) -> bool:
    """Whether the entries of `rules` would name an absolute path, once a file is there."""
    for entry in entries:
        target = Path(os.path.normpath(root / entry))
        if path == target:
            return True
        if path.is_relative_to(target) and path.suffix == ENDING:
            return not any(part.startswith(".") for part in path.relative_to(target).parts)
    return False


def _misnamed(root: Path, entries: tuple[str, ...]) -> Iterator[Fault]:
    """A file that an editor seems to have given another ending, where there is no rule file at all."""
    likely = sorted(
        path.relative_to(root).as_posix()
        for entry in entries
        for path in (root / entry).rglob("*")
        if ENDING in path.name.lower() and path.is_file()
    )
    if likely:
        help = f"rename it to `{likely[0][: likely[0].lower().rindex(ENDING)]}{ENDING}`"
        message = f"there is no rule file: `{likely[0]}` does not end in `{ENDING}`"
        yield Fault(("project", "rules"), "E319", message, help)


def is_inside(path: Path, root: Path) -> bool:
    """Whether a path stays in a project, `..` and links followed."""
    return path.resolve().is_relative_to(root.resolve())


def _target(root: Path, entry: str, path: KeyPath) -> Path | Fault:
    """The path that an entry names, from the root and without `..`."""
    missing = Fault(path, "E319", f"there is no rules file or folder `{entry}`", "make it, or name another one")
    if not trim(entry) or "\0" in entry:
        return missing
    target = Path(os.path.normpath(root / entry))
    try:
        if not target.is_relative_to(root) or not is_inside(target, root):
            return Fault(path, "E320", f"the rules `{entry}` are outside the project", "move them into its folder")
        if target.is_file() and target.suffix != ENDING:
            return Fault(path, "E319", f"`{entry}` is not a rule file", f"the name of a rule file ends in `{ENDING}`")
        return target if target.exists() else missing
    except (OSError, RuntimeError):  # a name that no file system takes, or links in a circle
        return missing


def _give_up(error: OSError) -> None:
    raise error


def _files(target: Path) -> Iterator[Path]:
    if target.is_file():
        yield target
        return
    for folder, folders, names in os.walk(target, onerror=_give_up):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in names:
            if name.endswith(ENDING) and not name.startswith("."):
                yield Path(folder, name)
