"""Finds what a command works on: the project, its schema, its rules, its data files.

Raises `Unusable` for what the caller must change in the call, `Mistaken` for mistakes in the project's files.
"""

import re
from pathlib import Path

from scoreline.compiler.project import PROJECT_FILE, Project, find_project, read_project
from scoreline.compiler.schema import Schema
from scoreline.compiler.schema.reading import read_schema_file
from scoreline.compiler.values import read_instant
from scoreline.runtime import Rules, RulesInvalid, load
from scoreline.runtime.table.read.sources import Tables
from scoreline.tools.cli.failure import Mistaken, Unusable

_NO_PROJECT = "make one with `scoreline init my-rules`, or name its folder with `--project DIR`"


def project_file(directory: Path | None) -> Path:
    """The scoreline.toml in a folder, or, when no folder is named, the nearest from here upwards."""
    if directory is None:
        found = find_project(Path.cwd())
        if found is None:
            raise Unusable(f"there is no {PROJECT_FILE} in this folder or in any folder above", _NO_PROJECT)
        return found
    if directory.name == PROJECT_FILE and directory.is_file():
        return directory
    if not directory.exists():
        raise Unusable(f"there is no folder `{directory}`", "check the name after `--project`")
    if not (directory / PROJECT_FILE).is_file():
        raise Unusable(f"there is no {PROJECT_FILE} in `{directory}`", _NO_PROJECT)
    return directory / PROJECT_FILE


def opened_project(directory: Path | None) -> Project:
    """The project that a command works on."""
    project, diagnostics = read_project(project_file(directory))
    if project is None:
        raise Mistaken(diagnostics)
    return project


def opened_schema(path: Path, name: str) -> Schema:
    """The schema in a file, which messages call `name`."""
    if not path.is_file():
        raise Unusable(f"there is no schema file `{name}`", "check the name after `--schema`")
    schema, diagnostics = read_schema_file(path, name)
    if schema is None:
        raise Mistaken(diagnostics)
    return schema


def opened_rules(project: Project) -> Rules:
    """The rules of a project."""
    try:
        return load(project.root)
    except RulesInvalid as invalid:
        raise Mistaken(invalid.diagnostics) from None


def tables_of(
    project: Project, leads: Path | None, contacts: Path | None, interactions: Path | None, previous: Path | None = None
) -> Tables:
    """The data files that options name, or else the project."""
    data = project.data
    found = leads or _shown(data.leads)
    if found is None:
        raise Unusable("which leads?", f"name a file with `--leads FILE`, or `leads` under `[data]` in {PROJECT_FILE}")
    return Tables(found, contacts or _shown(data.contacts), interactions or _shown(data.interactions), previous)


def as_of_instant(text: str | None, project: Project) -> int | None:
    """The instant of `--as-of` (microseconds since 1970 UTC), in the project's zone; None for now."""
    if text is None:
        return None
    try:
        instant = read_instant(text, project.zone)
    except ValueError as fault:
        raise Unusable(f"--as-of: `{text}` {fault}", "write a day (2026-01-31) or a time (2026-01-31T12:00)") from None
    if instant is None:
        raise Unusable("--as-of: the time is empty", "write a day (2026-01-31) or a time (2026-01-31T12:00)")
    return instant


_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+:")


def _shown(path: Path | None) -> Path | None:
    """A path as one would write it here: relative to the working directory if it lies below it; an address as it is."""
    if path is not None:
        for place, part in enumerate(path.parts[1:], 1):
            if _ADDRESS.fullmatch(part):
                return Path(*path.parts[place:])
    here = Path.cwd()
    return path.relative_to(here) if path is not None and path.is_relative_to(here) else path
