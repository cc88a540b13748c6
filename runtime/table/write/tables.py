"""Writes tables: results and rejects, as CSV, JSONL or Parquet, by the ending of the file's name.

A table is written beside its place and moved there when it is whole, so a run that fails leaves what was there
before. The columns of results are a promise to users: see `result_columns`.
"""

import contextlib
import csv
import datetime
import json
import os
import secrets
from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import duckdb
from scoreline.runtime.results import Result, StageState
from scoreline.runtime.table.read.files import TableUnusable, format_of, reason
from scoreline.runtime.table.read.parquet_rows import connection
from scoreline.runtime.table.read.queries import identifier
from scoreline.runtime.table.rejects import Reject
from scoreline.runtime.wording import number_text

Kind = Literal["text", "whole", "yes/no", "texts"]
Cell = str | int | bool | list[str] | tuple[str, ...] | None
WriteRow = Callable[[Sequence[Cell]], None]

_as_json = json.JSONEncoder(ensure_ascii=False).encode
_SQL_TYPES: dict[Kind, str] = {"text": "varchar", "whole": "bigint", "yes/no": "boolean", "texts": "varchar[]"}


@dataclass(frozen=True, slots=True)
class OutputColumn:
    """A column to write: its name and what its cells are. `texts` is a list of texts."""

    name: str
    kind: Kind


REJECT_COLUMNS = (
    OutputColumn("file", "text"),
    OutputColumn("row", "whole"),
    OutputColumn("column", "text"),
    OutputColumn("value", "text"),
    OutputColumn("reason", "text"),
)


def action_columns(key: str) -> tuple[OutputColumn, ...]:
    """The columns of actions: whose they are, why, and what is to be done; `key` makes doing it twice avoidable."""
    names = (key, "qualification", "stage", "kind", "key", "title", "owner", "due", "channel", "field", "value")
    return tuple(OutputColumn(name, "text") for name in names)


def action_rows(key: str, result: Result) -> list[list[Cell]]:
    """A row for each action of a stage that a lead has just entered; times in UTC."""
    return [
        [
            key, each.qualification, each.stage, each.kind, each.key, each.title, each.owner,
            None if each.due is None else each.due.isoformat(), each.channel, each.field, _value_text(each.value),
        ]
        for each in result.actions
    ]  # fmt: skip


def _value_text(value: str | float | bool | datetime.date | None) -> str | None:
    match value:
        case None | str():
            return value
        case bool():
            return "yes" if value else "no"
        case datetime.date():
            return value.isoformat()
        case _:
            return number_text(value)


def stage_column(qualification: str) -> str:
    """The column of a qualification's stage."""
    return f"{qualification}_stage"


def entered_column(qualification: str) -> str:
    """The column of how often a stage of a qualification was entered so far."""
    return f"{qualification}_entered"


def result_columns(key: str, models: Sequence[str], qualifications: Sequence[str]) -> tuple[OutputColumn, ...]:
    """The columns of results: the key, three for each model, two for each qualification, two for the whole."""
    columns = [OutputColumn(key, "text")]
    for model in models:
        columns += [
            OutputColumn(f"{model}_score", "whole"),
            OutputColumn(f"{model}_grade", "text"),
            OutputColumn(f"{model}_rules", "texts"),
        ]
    for name in qualifications:
        columns += [OutputColumn(stage_column(name), "text"), OutputColumn(entered_column(name), "whole")]
    return (*columns, OutputColumn("disqualified", "yes/no"), OutputColumn("disqualified_by", "texts"))


def result_row(key: str, result: Result, models: Sequence[str], qualifications: Sequence[str]) -> list[Cell]:
    """A result as the cells of `result_columns`; nothing stands in a model's when the lead is outside it."""
    cells: list[Cell] = [key]
    for name in models:
        model = result.models[name]
        cells += [model.score, model.grade, None if model.score is None else model.rules]
    for name in qualifications:
        state = result.qualifications.get(name, StageState(None))
        cells += [state.stage, state.entered]
    return [*cells, result.disqualified, result.disqualified_by]


def reject_row(reject: Reject) -> list[Cell]:
    """A reject as the cells of `REJECT_COLUMNS`."""
    return [reject.file, reject.row, reject.column, reject.value, reject.reason]


@contextlib.contextmanager
def table_writer(path: Path, columns: Sequence[OutputColumn]) -> Generator[WriteRow, None, None]:
    """A function that writes a row; when the block ends well the file stands at `path`, else nothing changes."""
    writers = {"csv": _csv_writer, "jsonl": _jsonl_writer, "parquet": _parquet_writer}
    with draft_of(path, columns) as draft, writers[format_of(path)](draft, columns, path) as write:
        yield write


@contextlib.contextmanager
def draft_of(path: Path, columns: Sequence[OutputColumn]) -> Generator[Path, None, None]:
    """Where to write a file that is to stand at `path`; it is moved there when the block ends well."""
    names = [column.name for column in columns]
    if twice := next((name for name in names if names.count(name) > 1), None):
        raise TableUnusable(
            f"`{path}` would have two columns `{twice}`: the key's column and one of the results",
            "give the key another column, or the model another name",
        )
    format_of(path)
    place = _place(path)
    draft = place.with_name(f".{place.name[:100]}.{secrets.token_hex(4)}.part")
    try:
        yield draft
        draft.replace(place)
    except OSError as fault:
        raise TableUnusable(f"`{path}` cannot be written: {reason(fault)}") from fault
    finally:
        draft.unlink(missing_ok=True)


def _place(path: Path) -> Path:
    """Where the file goes, links followed; TableUnusable when it cannot go there."""
    place = path.resolve()
    if place.is_dir():
        raise TableUnusable(f"`{path}` is a folder: the table needs a file name", "such as results.csv in it")
    if not place.parent.is_dir():
        raise TableUnusable(f"there is no folder `{path.parent}` to write `{path.name}` to", "make it first")
    if not os.access(place.parent, os.W_OK):
        raise TableUnusable(f"`{path}` cannot be written: nothing may be written to its folder")
    return place


@contextlib.contextmanager
def _csv_writer(draft: Path, columns: Sequence[OutputColumn], path: Path) -> Generator[WriteRow, None, None]:
    with draft.open("x", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter="\t" if path.suffix.lower() == ".tsv" else ",", lineterminator="\n")
        writer.writerow([column.name for column in columns])
        yield lambda cells: writer.writerow([_csv_cell(cell) for cell in cells])


def _csv_cell(cell: Cell) -> str | int | None:
    match cell:
        case bool():
            return "yes" if cell else "no"
        case list() | tuple():
            return _as_json(cell)
        case _:
            return cell


@contextlib.contextmanager
def _jsonl_writer(draft: Path, columns: Sequence[OutputColumn], path: Path) -> Generator[WriteRow, None, None]:
    names = [column.name for column in columns]
    with draft.open("x", encoding="utf-8", newline="\n") as file:
        yield lambda cells: print(_as_json(dict(zip(names, cells, strict=True))), file=file)


@contextlib.contextmanager
def _parquet_writer(draft: Path, columns: Sequence[OutputColumn], path: Path) -> Generator[WriteRow, None, None]:
    types = ", ".join(f"c{index} {_SQL_TYPES[column.kind]}" for index, column in enumerate(columns))
    names = ", ".join(f"c{index} as {identifier(column.name)}" for index, column in enumerate(columns))
    try:
        with connection() as base:
            base.execute(f"create table results ({types})")
            with base.appender("results") as appender:
                yield lambda cells: appender.append_row(*[_parquet_cell(cell) for cell in cells])
            base.execute(f"copy (select {names} from results) to ? (format parquet)", [str(draft)])
    except duckdb.Error as fault:
        raise TableUnusable(f"`{path}` cannot be written as Parquet", "give it a name that ends in .csv") from fault


def _parquet_cell(cell: Cell) -> object:
    return list(cell) if isinstance(cell, tuple) else cell
