"""Writes the table of results as a file: byte for byte what writing lead by lead gives, but by DuckDB.

CSV and JSON lines are put together as whole lines, so that DuckDB's own idea of quoting plays no part. Keys with signs
that only control a terminal are left to the slow way.
"""

import csv
import io
import json
from collections.abc import Sequence
from pathlib import Path

import duckdb
from scoreline.compiler.backends.query import terms
from scoreline.compiler.backends.query.admitted import ROW
from scoreline.compiler.backends.query.dialect import DUCKDB
from scoreline.compiler.backends.query.printing import printed
from scoreline.runtime.table.read.files import format_of
from scoreline.runtime.table.read.queries import identifier
from scoreline.runtime.table.write.result_table import Shape
from scoreline.runtime.table.write.tables import Kind, OutputColumn

_PLACE = identifier(ROW)
_as_json = json.JSONEncoder(ensure_ascii=False).encode
_AS_LINES = "(format csv, header false, delimiter '\x01', quote '\x02', escape '\x02')"
_LIST = "case when {0} = '' then [] else string_split(substring({0}, 2), ',') end"
_LIST_IN_JSON = "'[\"' || replace(substring({0}, 2), ',', '\", \"') || '\"]'"
_LIST_IN_CSV = '\'"[""\' || replace(substring({0}, 2), \',\', \'"", ""\') || \'""]"\''


def can_write(base: duckdb.DuckDBPyConnection, path: Path, shape: Shape, table: str) -> bool:
    """Whether `write_results` gives what the slow way would."""
    if format_of(path) == "parquet":
        return True
    if any(not each.name.isprintable() for each in shape.columns):
        return False
    texts = [f"c{at}" for at, each in enumerate(shape.columns) if each.kind == "text"]
    odd = " or ".join(f"regexp_matches({each}, '[\\x00-\\x1f]')" for each in texts)
    return base.execute(f"select 1 from {table} where {odd} limit 1").fetchone() is None


def write_results(base: duckdb.DuckDBPyConnection, draft: Path, path: Path, shape: Shape, table: str) -> None:
    """Writes a table of results to `draft` in the format that `path` tells."""
    match format_of(path):
        case "parquet":
            named = ", ".join(
                f"{_typed(f'c{at}', each.kind)} as {identifier(each.name)}" for at, each in enumerate(shape.columns)
            )
            base.execute(f"copy (select {named} from {table} order by {_PLACE}) to ? (format parquet)", [str(draft)])
        case "csv":
            delimiter = "\t" if path.suffix.lower() == ".tsv" else ","
            _write_lines(base, draft, table, _csv_line(shape.columns, delimiter), _csv_header(shape.columns, delimiter))
        case "jsonl":
            _write_lines(base, draft, table, _json_line(shape.columns))


def _write_lines(
    base: duckdb.DuckDBPyConnection, draft: Path, table: str, line: str, header: str | None = None
) -> None:
    lines = f"select {_PLACE} as place, {line} as line from {table}"
    if header is not None:
        lines = f"select -1 as place, {_literal(header)} as line union all {lines}"
    base.execute(f"copy (select line from ({lines}) order by place) to ? {_AS_LINES}", [str(draft)])


def _typed(cell: str, kind: Kind) -> str:
    return _LIST.format(cell) if kind == "texts" else cell


def _csv_header(columns: Sequence[OutputColumn], delimiter: str) -> str:
    line = io.StringIO()
    csv.writer(line, delimiter=delimiter, lineterminator="").writerow([each.name for each in columns])
    return line.getvalue()


def _csv_line(columns: Sequence[OutputColumn], delimiter: str) -> str:
    cells = (_csv_cell(f"c{at}", each.kind, delimiter) for at, each in enumerate(columns))
    return f" || {_literal(delimiter)} || ".join(cells)


def _csv_cell(cell: str, kind: Kind, delimiter: str) -> str:
    """A cell as Python's `csv` writes it: quoted only where it must be."""
    match kind:
        case "text":
            quoted = f"'\"' || replace({cell}, '\"', '\"\"') || '\"'"
            asked = f"contains({cell}, {_literal(delimiter)}) or contains({cell}, '\"')"
            written = f"case when {asked} then {quoted} else {cell} end"
        case "whole":
            written = f"{cell}::varchar"
        case "yes/no":
            written = f"case when {cell} then 'yes' when not {cell} then 'no' end"
        case "texts":
            written = f"case when {cell} = '' then '[]' else {_LIST_IN_CSV.format(cell)} end"
    return f"coalesce({written}, '')"


def _json_line(columns: Sequence[OutputColumn]) -> str:
    cells: list[str] = []
    for at, each in enumerate(columns):
        before = f"{', ' if at else '{'}{_as_json(each.name)}: "
        cells.append(f"{_literal(before)} || {_json_cell(f'c{at}', each.kind)}")
    return " || ".join([*cells, "'}'"])


def _json_cell(cell: str, kind: Kind) -> str:
    """A value as Python's `json` writes it."""
    match kind:
        case "text":
            written = f"to_json({cell})::varchar"
        case "whole" | "yes/no":
            written = f"{cell}::varchar"
        case "texts":
            written = f"case when {cell} = '' then '[]' else {_LIST_IN_JSON.format(cell)} end"
    return f"coalesce({written}, 'null')"


def _literal(text: str) -> str:
    return printed(terms.text(text), DUCKDB)
