"""Guesses a schema from a file of leads: `scoreline schema infer DATA`.

Promises TOML that reads back without a diagnostic, with a field for every column (a column whose name is no name
gets one), a key, and the placeholders that the data hold. A guess is to be read through by somebody who knows the
data; what looked odd is said in a comment. A file that cannot be read raises TableUnusable.
"""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import cast

import duckdb
from scoreline.compiler.folding import fold, trim
from scoreline.compiler.schema.naming import name_for
from scoreline.runtime.infer.guess import Guess, guess
from scoreline.runtime.infer.text import Inferred, InferredColumn, schema_text
from scoreline.runtime.table.read.csv_rows import DELIMITERS, csv_header
from scoreline.runtime.table.read.files import TableUnusable, not_text, readable
from scoreline.runtime.table.read.parquet_rows import connection, literal_path
from scoreline.runtime.table.read.queries import identifier

# Of a column with more values than this only the most frequent are looked at; it is no choice in any case.
_MOST_DISTINCT = 20_000
_KEYS = ("lead_id", "leadid", "id", "prospect_id", "record_id", "customer_id", "contact_id", "person_id", "key", "uuid")
_UNITS = ("business_unit", "businessunit")


@dataclass(frozen=True)
class _Table:
    """An open file: each column's own name, its type, and the SQL that gives it as a text."""

    base: duckdb.DuckDBPyConnection
    columns: tuple[tuple[str, str, str], ...]
    rows: int

    def named(self, names: tuple[str, ...]) -> "_Table":
        """The table with its columns under other names; a column without a name, or with another's, is left out."""
        renamed: dict[str, tuple[str, str, str]] = {}
        for name, (_, kind, text) in zip(names, self.columns, strict=True):
            if trim(name):
                renamed.setdefault(trim(name), (trim(name), kind, text))
        return _Table(self.base, tuple(renamed.values()), self.rows)


@dataclass(frozen=True)
class _Seen:
    """What a column holds: its texts (the most frequent of them) and how often each occurs."""

    name: str
    type: str
    counts: Mapping[str, int]
    distinct: int
    filled: int


def infer_schema(path: Path, *, key: str | None = None) -> str:
    """The TOML text of a schema for a CSV, Parquet or JSONL file of leads; `key` names the key column, if known."""
    kind = readable(path)
    try:
        with connection() as base:
            table = _opened(base, path, kind)
            seen = [_seen(table, *column) for column in table.columns]
    except duckdb.Error as fault:
        raise _unreadable(path, kind) from fault
    if key is not None and key not in (column.name for column in seen):
        raise TableUnusable(f"`{path}` has no column `{key}`", "name one of its columns as the key")
    key_column = key or _key(seen, table.rows)
    columns = _columns([column for column in seen if column.name != key_column])
    unit = next((column.name for column in columns if _is_unit(column)), None)
    return schema_text(Inferred(path.name, table.rows, key_column, columns, unit, sure=key is not None))


def _opened(base: duckdb.DuckDBPyConnection, path: Path, kind: str) -> _Table:
    base.execute(f"create view data as select * from {_reading(path, kind)}")
    described = base.execute("describe data").fetchall()
    rows = base.execute("select count(*) from data").fetchall()
    columns = tuple((str(name), str(type_), _as_text(str(name), str(type_))) for name, type_, *_ in described)
    table = _Table(base, columns, int(cast(int, rows[0][0])))
    names = csv_header(path) if kind == "csv" else ()
    # DuckDB gives columns of one name numbers, and a column without a name one of its own.
    return table.named(names if len(names) == len(columns) else tuple(name for name, _, _ in columns))


def _reading(path: Path, kind: str) -> str:
    where = "'" + literal_path(path).replace("'", "''") + "'"
    if kind == "parquet":
        return f"read_parquet({where}, hive_partitioning = false)"
    if kind == "jsonl":
        options = "format = 'newline_delimited', sample_size = -1, maximum_object_size = 268435456"
        return f"read_json({where}, {options}, hive_partitioning = false)"
    options = (
        "header = true, all_varchar = true, strict_mode = false, null_padding = true, parallel = false, "
        "quote = '\"', escape = '\"'"
    )
    mark = _delimiter(path).replace("\t", "\\t")
    return f"read_csv({where}, delim = '{mark}', {options}, hive_partitioning = false)"


def _delimiter(path: Path) -> str:
    with path.open(encoding="utf-8-sig", newline="") as file:
        try:
            line = file.readline()
        except UnicodeDecodeError as fault:
            raise not_text(path) from fault
    if not trim(line):
        raise TableUnusable(f"`{path}` is empty", "its first line must name the columns")
    return max(DELIMITERS, key=lambda mark: sum(len(cells) for cells in csv.reader([line], delimiter=mark)))


def _as_text(name: str, kind: str) -> str:
    column = identifier(name)
    if kind == "BLOB":
        return f"try_cast({column} as varchar)"
    nested = kind.endswith("]") or kind.startswith(("STRUCT", "MAP", "UNION", "JSON"))
    return f"cast(to_json({column}) as varchar)" if nested and kind != "JSON" else f"cast({column} as varchar)"


def _seen(table: _Table, name: str, kind: str, text: str) -> _Seen:
    counted = f"select {text} as value, count(*) as times from data where {text} is not null group by value"
    totals = table.base.execute(f"select count(*), coalesce(sum(times), 0) from ({counted}) where trim(value) <> ''")
    distinct, filled = totals.fetchall()[0]
    most = f"{counted} order by times desc, value limit {_MOST_DISTINCT}"
    counts = {str(value): int(cast(int, times)) for value, times in table.base.execute(most).fetchall()}
    return _Seen(name, kind, counts, int(cast(int, distinct)), int(cast(int, filled)))


def _columns(seen: list[_Seen]) -> tuple[InferredColumn, ...]:
    """Each column with a name of its own; a name that is one already comes before those that have to be made up."""
    names: dict[str, str] = {}
    for column in sorted(seen, key=lambda column: name_for(column.name) != column.name):
        names[column.name] = name_for(column.name, names.values())
    return tuple(InferredColumn(names[column.name], column.name, _guessed(column)) for column in seen)


def _guessed(column: _Seen) -> Guess:
    """A type that the file itself tells is no guess; texts are judged by what they say."""
    kind = column.type
    if kind == "BOOLEAN":
        return Guess("yes/no")
    if kind == "DATE":
        return Guess("date")
    if kind.startswith("TIMESTAMP"):
        return Guess("datetime")
    if kind.startswith(("STRUCT", "MAP", "UNION")) and not kind.endswith("]"):
        return Guess("text")
    return guess(column.name, column.counts, complete=column.distinct <= _MOST_DISTINCT)


def _is_unit(column: InferredColumn) -> bool:
    return column.name in _UNITS and column.guess.type in ("text", "choice")


def _key(seen: list[_Seen], rows: int) -> str:
    """The column that tells rows apart: by its name and its values, then by its values alone, then the first."""
    unique = [column.name for column in seen if rows and column.distinct == column.filled == rows]
    names = {fold(name_for(name)): name for name in reversed(unique or [column.name for column in seen])}
    for likely in _KEYS:
        if likely in names:
            return names[likely]
    for folded, name in reversed(names.items()):
        if folded.endswith(("_id", "id", "_key", "number")):
            return name
    if not seen:
        raise TableUnusable("the file has no columns", "its first line must name the columns")
    return unique[0] if unique else seen[0].name


def _unreadable(path: Path, kind: str) -> TableUnusable:
    if kind == "parquet":
        return TableUnusable(f"`{path}` is not a Parquet file, or it is damaged", "write it again")
    return TableUnusable(f"`{path}` cannot be read as a table", "check its first lines: is every row of the same form?")
