"""Reads an earlier output of `score`: where each lead stood, so that a stage once reached can be kept."""

from collections.abc import Mapping
from pathlib import Path

from scoreline.compiler.folding import trim
from scoreline.runtime.results import StageState
from scoreline.runtime.table.admit.keys import each_once
from scoreline.runtime.table.read.columns import RequestedColumns
from scoreline.runtime.table.read.rows import table_rows
from scoreline.runtime.table.read.sources import rejector_of
from scoreline.runtime.table.rejects import Reason, Rejector, Report
from scoreline.runtime.table.write.tables import entered_column, stage_column

Previous = Mapping[str, Mapping[str, StageState]]
"""For each lead's key, its stage in each qualification that it was in."""


def read_previous(path: Path, key_column: str, qualifications: tuple[str, ...], report: Report) -> Previous:
    """The stages of last time; a qualification that the file does not know had none."""
    stages = tuple(stage_column(one) for one in qualifications)
    entered = tuple(entered_column(one) for one in qualifications)
    rejector = rejector_of("previous", path, report)
    rows = table_rows(path, RequestedColumns(required=(key_column,), wanted=stages, optional=entered), rejector)

    return {
        key: {name: _state(number, values, name, rejector) for name in qualifications}
        for key, (number, values) in each_once(rows, key_column, rejector)
    }


def _state(number: int, values: Mapping[str, object], name: str, rejector: Rejector) -> StageState:
    raw = values.get(stage_column(name))
    stage = None if raw is None else trim(str(raw)) or None
    column = entered_column(name)
    count = values.get(column)
    entered = _count(count)
    if entered is None:
        rejector.row(number, Reason.NOT_A_COUNT, column, str(count))
    return StageState(stage, entered or 0)


def _count(raw: object) -> int | None:
    """A whole number from 0, 0 for a missing one; None for anything else."""
    if isinstance(raw, float):
        raw = int(raw) if raw.is_integer() else "?"
    text = "" if raw is None else trim(str(raw))
    if not text:
        return 0
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else None
