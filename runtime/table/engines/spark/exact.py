"""Rows read by the exact readers, on Spark's workers: whole files, and rows that no quick form fits.

Scoreline has to be installed where Spark's workers run.
"""

import json
import math
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Protocol
from zoneinfo import ZoneInfo

from scoreline.compiler.schema import FieldSpec
from scoreline.compiler.values import Known
from scoreline.runtime.keys import read_key
from scoreline.runtime.table.admit.interaction_rows import InteractionHead, RejectedCell, UnknownType, read_interaction
from scoreline.runtime.table.admit.readings import field_reading
from scoreline.runtime.table.engines.spark.cells import as_python
from scoreline.runtime.table.engines.spark.shapes import (
    REJECT,
    ROW,
    UNKNOWN,
    UNUSABLE,
    EntityShape,
    InteractionShape,
    Shape,
)
from scoreline.runtime.table.read.files import TableUnusable
from scoreline.runtime.table.read.rows import table_rows
from scoreline.runtime.table.rejects import ROWS_OF_A_FILE, Reason, Reject, Rejector

Read = tuple[str, list[RejectedCell], list[object]]
"""A row that was read: its kind, what is to be reported, its cells."""


class RowReader(Protocol):
    """Reads rows of one table."""

    def read(self, values: Mapping[str, object]) -> Read:
        """A row's kind, what is to be reported, and its cells."""
        ...


def row_reader(shape: Shape) -> RowReader:
    """The reader of a table."""
    match shape:
        case EntityShape():
            return EntityRows(shape)
        case InteractionShape():
            return InteractionRows(shape)


class EntityRows:
    """Reads leads or contacts."""

    def __init__(self, shape: EntityShape) -> None:
        self._shape = shape
        self._fields = [
            (name in shape.kept, _reads(spec.column or name, spec, shape)) for name, spec in shape.fields.items()
        ]

    def read(self, values: Mapping[str, object]) -> Read:
        """A lead or a contact."""
        shape = self._shape
        key = read_key(values.get(shape.key))
        if key is None:
            return REJECT, [RejectedCell(shape.key, None, Reason.NO_KEY.said())], []
        problems: list[RejectedCell] = []
        cells: list[object] = [key]
        if shape.table == "leads":
            cells.append(None if shape.contact is None else read_key(values.get(shape.contact)))
        for kept, read in self._fields:
            known = read(values, problems)
            if kept:
                cells.append(known)
        return ROW, problems, cells


class InteractionRows:
    """Reads interactions, but for settling which of one id counts."""

    def __init__(self, shape: InteractionShape) -> None:
        self._shape = shape
        self._zone = ZoneInfo(shape.timezone)
        places = {kept: place for place, kept in enumerate(shape.kept)}
        self._types = {
            type_: [
                (places.get((type_, name)), _reads(spec.column or name, spec, shape))
                for name, spec in shape.read(type_).items()
            ]
            for type_ in shape.properties
        }

    def read(self, values: Mapping[str, object]) -> Read:
        """An interaction."""
        where = self._shape.where
        match read_interaction(values, where, self._types, self._zone):
            case UnknownType(name):
                return UNKNOWN, [RejectedCell(name, "1", "")], []
            case RejectedCell() as problem:
                return REJECT, [problem], []
            case InteractionHead(at, type_, lead, contact):
                pass
        identity = read_key(values.get(where.id))
        raw = None if identity is None else _fingerprint([values.get(name) for name in where.properties[type_]])
        problems: list[RejectedCell] = []
        kept: list[object] = [None] * len(self._shape.kept)
        for place, read in self._types[type_]:
            known = read(values, problems)
            if place is not None:
                kept[place] = known
        return ROW, problems, [identity, raw, type_, lead, contact, at, *kept]


def _reads(
    column: str, spec: FieldSpec, shape: Shape
) -> Callable[[Mapping[str, object], list[RejectedCell]], Known | None]:
    reading = field_reading(column, spec, ZoneInfo(shape.timezone), shape.sign)

    def read(values: Mapping[str, object], problems: list[RejectedCell]) -> Known | None:
        known, found = reading.read(values.get(column))
        problems.extend(found)
        return known

    return read


def _fingerprint(raw: Sequence[object]) -> str:
    """A text that tells whether two rows have equal properties; see `alike`."""
    return json.dumps(raw, default=repr)


def alike(one: str | None, other: str | None) -> bool:
    """Whether two rows have equal properties: 1 and 1.0 are."""
    return one == other or (one is not None and other is not None and _loads(one) == _loads(other))


def _loads(text: str) -> object:
    """Python takes one NaN for itself."""
    return json.loads(text, parse_constant=lambda name: math.nan if name == "NaN" else float(name))


def file_rows(shape: Shape, file: int, path: Path) -> Iterator[tuple[object, ...]]:
    """The rows of a file, with `kind`, `file`, `row` and `problems` before the cells."""
    made = row_reader(shape)
    nothing = [None] * len(shape.cells)
    rejects: list[Reject] = []
    unknown: Counter[str] = Counter()
    first = file * ROWS_OF_A_FILE

    def drained() -> Iterator[tuple[object, ...]]:
        for each in rejects:
            row = None if each.row is None else first + each.row
            yield REJECT, file, row, [(each.column, each.value, each.reason)], *nothing
        rejects.clear()

    try:
        for number, values in table_rows(path, shape.columns, Rejector(shape.table, "", rejects.append)):
            if rejects:
                yield from drained()
            kind, problems, cells = made.read(values)
            if kind == UNKNOWN:
                unknown[str(problems[0][0])] += 1
            else:
                yield kind, file, first + number, problems, *(cells or nothing)
        yield from drained()
    except TableUnusable as fault:
        yield UNUSABLE, file, None, [(None, fault.help, fault.message)], *nothing
    for name, count in unknown.items():
        yield UNKNOWN, file, None, [(name, str(count), "")], *nothing


def file_function(shape: Shape) -> type:
    """The table function that reads a file: by its path, or by what it holds if it is where only Spark can look."""

    class Reader:
        def eval(self, file: int, path: str, content: bytes | None) -> Iterator[tuple[object, ...]]:
            if content is None:
                yield from file_rows(shape, file, Path(path))
                return
            with TemporaryDirectory(prefix="scoreline-") as folder:
                copy = Path(folder, f"table{Path(path).suffix}")
                copy.write_bytes(content)
                yield from file_rows(shape, file, copy)

    return Reader


def row_function(shape: Shape, columns: Sequence[tuple[str, str]]) -> Callable[[Sequence[object]], tuple[object, ...]]:
    """The function that reads a row of typed values: of columns by their names, and how each is handed over."""
    readers: list[RowReader] = []
    nothing: list[object] = [None] * len(shape.cells)

    def read(row: Sequence[object]) -> tuple[object, ...]:
        if not readers:
            readers.append(row_reader(shape))
        values = {name: as_python(value, type_) for (name, type_), value in zip(columns, row, strict=True)}
        kind, problems, cells = readers[0].read(values)
        return kind, problems, *(cells or nothing)

    return read
