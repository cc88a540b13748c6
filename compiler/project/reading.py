"""Reads `scoreline.toml`: which rules, which schema, which time zone, which data.

Promises a project only when nothing is wrong with the file, with paths that are absolute and rule files in the one
order that everything else keeps to. Reading the schema is left to `compiler/schema/`, the rules to the parser.
"""

import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar, cast
from zoneinfo import ZoneInfo, available_timezones

from scoreline.compiler.folding import trim
from scoreline.compiler.nearest import nearest
from scoreline.compiler.project.rule_files import rule_files
from scoreline.compiler.project.shapes import MOST_TESTS, DataTable, LintTable, ProjectTable
from scoreline.compiler.schema.fields import TomlTable
from scoreline.compiler.toml.faults import Fault, diagnostics, did_you_mean, shown
from scoreline.compiler.toml.places import KeyPath, locate
from scoreline.compiler.toml.shapes import good_part, needed, table, unknown_key
from scoreline.compiler.toml.text import read_source, read_tables
from scoreline.dsl.codes import CODES
from scoreline.dsl.diagnostics import Diagnostic
from scoreline.dsl.source import Source

PROJECT_FILE = "scoreline.toml"

T = TypeVar("T", bound=TomlTable)

_TABLES = ("project", "data", "lint", "channels")
_CODE = re.compile(r"[A-Z][0-9]{3}")
_MOST_DAYS = 36_500
_SENSIBLE = {"data-kept-days": 400, "most-tests": MOST_TESTS}


@dataclass(frozen=True)
class DataFiles:
    """The project's own data files, absolute; None where the project names none. A path may hold `*`."""

    leads: Path | None = None
    contacts: Path | None = None
    interactions: Path | None = None


@dataclass(frozen=True)
class Project:
    """A project: its folder, its rule files in order, its schema file, and its settings.

    `rules_of` are the files and folders of rules as the project file names them.
    `zone` is where days begin. `baseline` is the file of old findings, absolute. `channels` are those that
    `notify` may name; None: none are declared, any may be.
    """

    root: Path
    rules: tuple[Path, ...]
    rules_of: tuple[str, ...]
    schema_path: Path
    zone: ZoneInfo
    data: DataFiles = field(default_factory=DataFiles)
    lint_ignore: tuple[str, ...] = ()
    baseline: Path | None = None
    lint_kept_days: int | None = None
    lint_most_tests: int = MOST_TESTS
    channels: frozenset[str] | None = None


def find_project(start: Path) -> Path | None:
    """The `scoreline.toml` of the folder or file `start`, or of the nearest folder above it."""
    start = start.absolute()
    for folder in (start, *start.parents):
        if (found := folder / PROJECT_FILE).is_file():
            return found
    return None


def read_project(
    path: Path, name: str = PROJECT_FILE, text: str | None = None
) -> tuple[Project | None, tuple[Diagnostic, ...]]:
    """The project of a `scoreline.toml` (or of the folder that holds one), or everything that is wrong with it.

    `name` is what messages call the file. With a `text`, the file is read as if it held that.
    """
    path = Path(os.path.normpath((path / PROJECT_FILE if path.is_dir() else path).absolute()))
    source = read_source(path, name) if text is None else Source(name, text)
    if isinstance(source, Diagnostic):
        return None, (source,)
    tables = read_tables(source)
    if isinstance(tables, Diagnostic):
        return None, (tables,)
    project, faults = _project(tables, path.parent)
    return project, diagnostics(faults, locate(source)) if faults else ()


def _project(raw: Mapping[str, object], root: Path) -> tuple[Project | None, tuple[Fault, ...]]:
    settings, setting_faults = _table(ProjectTable, raw, "project")
    data, data_faults = _table(DataTable, raw, "data")
    lint, lint_faults = _table(LintTable, raw, "lint")
    channels, channel_faults = _channels(raw, settings)
    rules, rule_faults = rule_files(root, settings.rules) if settings and settings.rules is not None else ((), ())
    faults = (
        *(unknown_key(key, _TABLES, ()) for key in raw if key not in _TABLES),
        *setting_faults,
        *data_faults,
        *lint_faults,
        *channel_faults,
        *rule_faults,
        *(_setting_faults(settings, root, raw) if settings else ()),
        *(_data_faults(data) if data else ()),
        *(_lint_faults(lint) if lint else ()),
    )
    zone = _zone(settings.timezone) if settings else None
    if faults or not (settings and settings.schema_path and data and lint and zone):
        return None, faults
    files = DataFiles(**{name: root / value for name, value in data.model_dump().items() if value is not None})
    schema_path, baseline = root / settings.schema_path, root / lint.baseline if lint.baseline else None
    linting = (lint.ignore, baseline, lint.kept_days, lint.most_tests)
    return Project(root, rules, settings.rules or (), schema_path, zone, files, *linting, channels), ()


def _table(cls: type[T], raw: Mapping[str, object], name: str) -> tuple[T | None, tuple[Fault, ...]]:
    own, faults = table(raw.get(name), (name,), f"`[{name}]` on a line of its own, and its keys below")
    if name == "project" and name not in raw:
        help_ = 'add `[project]` with `rules = ["rules"]` and `schema = "crm.schema.toml"`'
        return None, (Fault((), "E304", "there is no `[project]` in this file", help_),)
    return (None, faults) if faults else good_part(cls, own, (name,))


def _setting_faults(settings: ProjectTable, root: Path, raw: Mapping[str, object]) -> Iterator[Fault]:
    written = tuple(cast(Mapping[str, object], raw["project"]))
    yield from needed(("rules", "schema"), written, ("project",))
    name = settings.schema_path
    if name is not None and not _exists(root, name):
        yield Fault(("project", "schema"), "E318", f"there is no schema file `{name}`", _schema_help(root, name))
    if _zone(settings.timezone) is None:
        near = nearest(settings.timezone, sorted(available_timezones()))
        help_ = f"did you mean `{near}`?" if near else "write a place such as `Europe/Berlin`, or `UTC`"
        yield Fault(("project", "timezone"), "E321", f"there is no time zone `{settings.timezone}`", help_)


def _zone(name: str) -> ZoneInfo | None:
    try:
        return ZoneInfo(name)
    except (ValueError, OSError, KeyError):  # the library tells a name that it lacks in several ways
        return None


def _exists(root: Path, name: str) -> bool:
    try:
        return bool(trim(name)) and (root / name).is_file()
    except (OSError, ValueError):  # a name that no file system takes
        return False


def _schema_help(root: Path, name: str) -> str:
    there = sorted(found.name for found in root.glob("*.toml") if found.name != PROJECT_FILE)
    near = nearest(name, there) or next((each for each in there if "schema" in each), None)
    return f"did you mean `{near}`?" if near else 'name it with `schema = "…"` under `[project]`'


def _data_faults(data: DataTable) -> Iterator[Fault]:
    for name, value in cast(Mapping[str, str | None], data.model_dump()).items():
        if value is not None and (not trim(value) or "\0" in value):
            yield Fault(("data", name), "E305", f"`{name}` does not name a file", f'write `{name} = "data/{name}.csv"`')


def _lint_faults(lint: LintTable) -> Iterator[Fault]:
    for number, code in enumerate(lint.ignore):
        path: KeyPath = ("lint", "ignore", number)
        if not _CODE.fullmatch(code):
            yield Fault(path, "E305", f"{shown(code)} is not a code", "write a code such as `W204`")
        elif code.startswith("E"):
            help = "only the codes of the linter, which begin with W, can be ignored"
            yield Fault(path, "E305", f"`{code}` is an error: it cannot be ignored", help)
        elif code not in CODES:
            help = did_you_mean(code, (each for each in CODES if each.startswith("W")))
            yield Fault(path, "E305", f"there is no code `{code}`", help)
    for name, value in (("data-kept-days", lint.kept_days), ("most-tests", lint.most_tests)):
        if value is not None and not 1 <= value <= _MOST_DAYS:
            message = f"`{name}` is {value}, and takes a whole number from 1 to {_MOST_DAYS}"
            yield Fault(("lint", name), "E305", message, f"write `{name} = {_SENSIBLE[name]}`")
    if lint.baseline is not None and (not trim(lint.baseline) or "\0" in lint.baseline):
        yield Fault(
            ("lint", "baseline"), "E305", "`baseline` does not name a file", 'write `baseline = "baseline.json"`'
        )


def _channels(
    raw: Mapping[str, object], settings: ProjectTable | None
) -> tuple[frozenset[str] | None, tuple[Fault, ...]]:
    """The channels of `[project] channels = […]` and of a table `[channels]` together."""
    listed = settings.channels if settings else None
    if "channels" not in raw:
        return (None if listed is None else frozenset(map(trim, listed))), ()
    named, faults = table(raw["channels"], ("channels",), "`[channels]` on a line of its own, and its channels below")
    return frozenset(map(trim, (*named, *(listed or ())))), faults
