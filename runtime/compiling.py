"""From rule files to rules: a project folder, or rule files with a schema.

The one module of the runtime that needs the parser; `loading.py` imports it only when there is something to compile.
"""

import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from zoneinfo import ZoneInfo

from scoreline.compiler.pipeline import Compiled, compile_rules, disk_reader, text_reader
from scoreline.compiler.project import PROJECT_FILE, read_project
from scoreline.compiler.schema import Schema
from scoreline.compiler.schema.reading import read_schema_file
from scoreline.dsl.diagnostics import Severity
from scoreline.runtime.invalid import RulesInvalid
from scoreline.runtime.rules import Rules

AnyPath = str | os.PathLike[str]


def load_rules(
    path: AnyPath | Iterable[AnyPath], schema: Schema | AnyPath | None, timezone: str | ZoneInfo | None
) -> Rules:
    """What `load` does with anything but a saved plan."""
    compiled = compile_project(path, timezone) if schema is None else compile_files(path, schema, timezone)
    return rules_of(compiled)


def compile_texts(texts: Mapping[str, str], schema: Schema, timezone: str | ZoneInfo | None = None) -> Rules:
    """Rules out of texts by file name, in the order of the names."""
    return rules_of(compile_rules(sorted(texts), text_reader(texts), schema, _zone(timezone)))


def rules_of(compiled: Compiled) -> Rules:
    """The rules of what was compiled; RulesInvalid if there are errors."""
    if compiled.plan is None:
        errors = tuple(each for each in compiled.diagnostics if each.severity is Severity.ERROR)
        raise RulesInvalid(errors)
    return Rules(compiled.plan)


def compile_project(path: AnyPath | Iterable[AnyPath], timezone: str | ZoneInfo | None = None) -> Compiled:
    """Compiles the project of a folder, or of a scoreline.toml; RulesInvalid if its files of settings are wrong."""
    project_file = _project_file(path)
    project, diagnostics = read_project(project_file)
    if project is None:
        raise RulesInvalid(diagnostics)
    known, wrong = read_schema_file(project.schema_path, _relative(project.schema_path, project.root))
    if known is None:
        raise RulesInvalid((*diagnostics, *wrong))
    names = [_relative(file, project.root) for file in project.rules]
    zone = project.zone if timezone is None else _zone(timezone)
    return compile_rules(names, disk_reader(project.root), known, zone, project.channels)


def _project_file(path: AnyPath | Iterable[AnyPath]) -> Path:
    """The scoreline.toml that a path names, itself or as its folder: never one of a folder further up."""
    if not isinstance(path, str | os.PathLike):
        raise ValueError("several paths are rule files, and those need a schema: load([…], schema=…)")
    given = Path(path)
    if given.suffix == ".score":
        raise ValueError(f"a rule file needs a schema: load({str(given)!r}, schema=…)")
    found = given / PROJECT_FILE if given.is_dir() else given
    if not found.is_file():
        raise FileNotFoundError(f"there is no {PROJECT_FILE} in {given}")
    return found


def compile_files(
    path: AnyPath | Iterable[AnyPath], schema: Schema | AnyPath, timezone: str | ZoneInfo | None = None
) -> Compiled:
    """Compiles rule files, or all those in folders, against a schema."""
    given = [path] if isinstance(path, str | os.PathLike) else list(path)
    paths = [found for each in given for found in _rule_files(Path(each))]
    if not paths:
        raise ValueError("there are no rule files to load")
    if isinstance(schema, Schema):
        known = schema
    else:
        known, wrong = read_schema_file(Path(schema), os.fspath(schema))
        if known is None:
            raise RulesInvalid(wrong)
    root = Path(os.path.commonpath([file.resolve().parent for file in paths]))
    names = sorted(dict.fromkeys(file.resolve().relative_to(root).as_posix() for file in paths))
    return compile_rules(names, disk_reader(root), known, _zone(timezone))


def _rule_files(path: Path) -> list[Path]:
    if path.is_dir():
        found = sorted(
            file
            for file in path.rglob("*.score")
            if not any(part.startswith(".") for part in file.relative_to(path).parts)
        )
        if not found:
            raise FileNotFoundError(f"there is no rule file (*.score) in {path}")
        return found
    if not path.exists():
        raise FileNotFoundError(f"there is no file {path}")
    return [path]


def _relative(path: Path, root: Path) -> str:
    try:
        return path.resolve().relative_to(root.resolve()).as_posix()
    except ValueError:
        return str(path)


def _zone(timezone: str | ZoneInfo | None) -> ZoneInfo:
    if isinstance(timezone, ZoneInfo):
        return timezone
    return ZoneInfo(timezone or "UTC")
