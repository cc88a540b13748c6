"""CSV, every cell as text, with the row numbers that a spreadsheet shows.

Read by Python's `csv`, not by DuckDB: the two are equally quick when every cell becomes a Python text (measured:
1,000,000 rows in 1.2 s), but DuckDB 2.0's reader has no row numbers, skips blank lines unseen, loses a last row
with an unclosed quote and the text behind a closing one, and gives up the file at an overlong line. Here every
row is either given or reported.

The header tells the delimiter (`,` `;` or tab). Text is UTF-8, with or without BOM; anything else makes the file
unusable, since names with umlauts would be wrong all over.
"""

import csv
from collections.abc import Iterator
from operator import itemgetter
from pathlib import Path
from typing import TextIO

from scoreline.compiler.folding import trim
from scoreline.runtime.table.read.columns import RequestedColumns, present, report_lacking
from scoreline.runtime.table.read.files import TableUnusable, not_text
from scoreline.runtime.table.rejects import Reason, Rejector

Row = tuple[int, dict[str, object]]

# Python's reader gives up in the middle of a longer cell and goes on there, as though its rest were rows of its own.
LONGEST_CELL = 1 << 30
csv.field_size_limit(max(LONGEST_CELL, csv.field_size_limit()))

DELIMITERS = (",", ";", "\t")
_HEADER = "its first line must name the columns"


def csv_rows(path: Path, columns: RequestedColumns, rejector: Rejector) -> Iterator[Row]:
    """The rows of a CSV file, as the columns to read and their cells; blank lines are no rows."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        try:
            places, records = _table(path, file, columns, rejector)
            picks = tuple(places.items())
            for number, cells in records:
                yield number, {name: cells[index] for name, index in picks}
        except UnicodeDecodeError as fault:
            raise not_text(path) from fault


def csv_cells(path: Path, columns: RequestedColumns, rejector: Rejector) -> Iterator[tuple[int, tuple[str, ...]]]:
    """The same rows, as a cell for each of `columns.all`, empty for those that the file lacks."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        try:
            places, records = _table(path, file, columns, rejector)
            # The last cell is the one that is added; two of it make a tuple of any number of columns.
            pick = itemgetter(*(places.get(name, -1) for name in columns.all), -1, -1)
            for number, cells in records:
                cells.append("")
                yield number, pick(cells)[:-2]
        except UnicodeDecodeError as fault:
            raise not_text(path) from fault


def csv_header(path: Path) -> tuple[str, ...]:
    """The names of the columns, trimmed."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        try:
            return tuple(_header(path, file, frozenset())[1])
        except UnicodeDecodeError as fault:
            raise not_text(path) from fault


def _table(
    path: Path, file: TextIO, columns: RequestedColumns, rejector: Rejector
) -> tuple[dict[str, int], Iterator[tuple[int, list[str]]]]:
    """Where the columns to read stand, and the rows that are as long as the header."""
    delimiter, names = _header(path, file, frozenset(columns.all))
    places = present(path, names, columns)
    report_lacking(columns, set(columns.all) - set(places), rejector)
    file.seek(0)
    records = _numbered(_Lines(file), delimiter, rejector)
    next(records, None)
    return places, _even(records, len(names), delimiter, rejector)


def _even(
    records: Iterator[tuple[int, list[str]]], length: int, delimiter: str, rejector: Rejector
) -> Iterator[tuple[int, list[str]]]:
    for number, cells in records:
        if len(cells) == length:
            yield number, cells
        else:
            rejector.row(number, _ragged(len(cells), length), value=_cell(delimiter.join(cells)))


def _header(path: Path, file: TextIO, sought: frozenset[str]) -> tuple[str, list[str]]:
    """The delimiter under which the header names most of what is sought, then most columns; and the names."""
    headers: list[tuple[int, int, str, list[str]]] = []
    for delimiter in DELIMITERS:
        file.seek(0)
        names = _first_record(path, file, delimiter, sought)
        headers.append((len(sought.intersection(names)), len(names), delimiter, names))
    _, count, delimiter, names = max(headers, key=lambda header: header[:2])
    if not count:
        raise TableUnusable(f"`{path}` is empty", _HEADER)
    return delimiter, names


def _first_record(path: Path, file: TextIO, delimiter: str, sought: frozenset[str]) -> list[str]:
    """The cells of the header, trimmed, unless a name is sought as it stands."""
    try:
        for cells in csv.reader(file, delimiter=delimiter):
            if cells:
                return [cell if cell in sought else trim(cell) for cell in cells]
    except csv.Error as fault:
        raise TableUnusable(f"`{path}` is not a CSV file: its first line does not name columns", _HEADER) from fault
    return []


class _Lines:
    """The lines of a file, and whether the reader has asked for one after the last."""

    def __init__(self, file: TextIO) -> None:
        self._file = file
        self.asked_beyond_end = False

    def __iter__(self) -> Iterator[str]:
        yield from self._file
        self.asked_beyond_end = True


def _numbered(lines: _Lines, delimiter: str, rejector: Rejector) -> Iterator[tuple[int, list[str]]]:
    """The records that are not blank, with their number; one whose quote is never closed is reported."""
    reader = csv.reader(lines, delimiter=delimiter)
    number = 0
    while True:
        number += 1
        first_line = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error:
            limit = csv.field_size_limit()
            rejector.row(number, Reason.LONG_CELL.said(limit=limit, first=first_line, last=reader.line_num))
            continue
        if lines.asked_beyond_end:
            reason = Reason.OPEN_QUOTE.said(first=first_line, last=reader.line_num)
            rejector.row(number, reason, value=_cell(delimiter.join(cells)))
        elif cells:
            yield number, cells


def _ragged(found: int, expected: int) -> str:
    reason = Reason.TOO_MANY_CELLS if found > expected else Reason.TOO_FEW_CELLS
    return reason.said(expected=expected, found=found)


def _cell(text: str, limit: int = 200) -> str:
    return text if len(text) <= limit else text[:limit] + "…"
