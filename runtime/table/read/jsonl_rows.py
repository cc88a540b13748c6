"""JSON Lines: one object a line, values as JSON types them, rows numbered by their line.

Read by Python's `json`, since DuckDB 2.0's reader keeps neither the number nor the text of a line that it cannot
read. Blank lines are no rows; any other line that is not one object is reported and left out.
"""

import json
import math
from collections.abc import Iterator
from pathlib import Path
from typing import cast

from scoreline.compiler.folding import trim
from scoreline.runtime.table.read.columns import RequestedColumns, report_lacking
from scoreline.runtime.table.read.files import not_text
from scoreline.runtime.table.rejects import Reason, Rejector

Row = tuple[int, dict[str, object]]

_BOM = b"\xef\xbb\xbf"
_MOST_DIGITS = 400  # beyond every float; Python itself refuses more than 4,300


def jsonl_rows(path: Path, columns: RequestedColumns, rejector: Rejector) -> Iterator[Row]:
    """The rows of a JSONL file, as those of the columns to read that the line has."""
    to_read = columns.all
    unseen = set(to_read)
    empty = True
    for number, record in jsonl_records(path, rejector):
        empty = False
        row = {name: record[name] for name in to_read if name in record}
        if unseen:
            unseen.difference_update(row)
        yield number, row
    if not empty:
        report_lacking(columns, unseen, rejector)


def jsonl_records(path: Path, rejector: Rejector) -> Iterator[tuple[int, dict[str, object]]]:
    """Every object of the file, whole, with the number of its line."""
    with path.open("rb") as file:
        for number, line in enumerate(file, 1):
            text = _decoded(path, line.removeprefix(_BOM) if number == 1 else line)
            if not trim(text):
                continue
            record = _record(text)
            if isinstance(record, Reason):
                rejector.row(number, record, value=_shown(trim(text)))
            else:
                yield number, record


def json_value(text: str) -> object:
    """The value that a JSON text is."""
    return cast(object, _DECODER.decode(text))


def _decoded(path: Path, line: bytes) -> str:
    try:
        return line.decode()
    except UnicodeDecodeError as fault:
        raise not_text(path) from fault


def _record(text: str) -> dict[str, object] | Reason:
    """The object on a line, or why there is none."""
    try:
        value = json_value(text)
    except RecursionError:
        return Reason.TOO_DEEP
    except ValueError:
        return Reason.NOT_JSON
    if not isinstance(value, dict):
        return Reason.NOT_AN_OBJECT
    record = cast("dict[str, object]", value)
    if "\\u" in text and _half_characters(record):
        return Reason.HALF_CHARACTER
    return record


def _number(digits: str) -> float | str:
    """A float; a number beyond every float stays a text, so that it is refused as it was written."""
    value = float(digits)
    return value if math.isfinite(value) else digits


def _whole(digits: str) -> int | str:
    return int(digits) if len(digits) <= _MOST_DIGITS else digits


def _constant(name: str) -> float | str:
    return math.nan if name == "NaN" else name


def _half_characters(value: object) -> bool:
    try:
        json.dumps(value, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        return True
    return False


def _shown(text: str, limit: int = 200) -> str:
    return text if len(text) <= limit else text[:limit] + "…"


_DECODER = json.JSONDecoder(parse_float=_number, parse_int=_whole, parse_constant=_constant)
