"""What the name of a table stands for: one file, several, or a table of a database.

data/leads.csv                  a file
data/leads, data/leads/*.csv    all tables in a folder and those below it; all that fit a pattern; in order of name
warehouse.duckdb, crm.sqlite    a database: the table `leads` (`contacts`, `interactions`) in it
warehouse.duckdb#crm.people     the table that is named
postgresql://ada@host/crm       PostgreSQL, with `#people` or `?table=people` in the same way
"""

import glob
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qsl, urlencode

from scoreline.compiler.backends.query.dialect import DUCKDB, POSTGRES, Dialect
from scoreline.compiler.backends.warehouse.table_names import table_name
from scoreline.runtime.table.read.files import ENDINGS, TableUnusable, readable, told_as
from scoreline.runtime.table.rejects import Rejector, Report, TableName

DATABASES = (".duckdb", ".ddb", ".sqlite", ".sqlite3", ".db")
_PATTERN = re.compile(r"[*?\[]")
_POSTGRES = re.compile(r"(?:postgres|postgresql):/+(.*)", re.DOTALL)
_SQLITE_BEGINS = b"SQLite format 3\0"


@dataclass(frozen=True)
class Files:
    """Files, each of a known ending."""

    paths: tuple[Path, ...]


@dataclass(frozen=True)
class DuckdbTable:
    """A table of a DuckDB file: the parts of its name."""

    path: Path
    parts: tuple[str, ...]


@dataclass(frozen=True)
class SqliteTable:
    """A table of an SQLite file."""

    path: Path
    name: str


@dataclass(frozen=True)
class PostgresTable:
    """A table of PostgreSQL: the parts of its name."""

    url: str
    parts: tuple[str, ...]


Place = Files | DuckdbTable | SqliteTable | PostgresTable


@dataclass(frozen=True, slots=True)
class Tables:
    """The files of a run; only leads are needed. `previous` is an earlier output of `score`."""

    leads: Path
    contacts: Path | None = None
    interactions: Path | None = None
    previous: Path | None = None


def place_of(path: Path, table: TableName) -> Place:
    """Where rows are; TableUnusable says why they are nowhere. `table` is looked for in a database."""
    if path.is_file():
        return _database(path, table, path) if path.suffix.lower() in DATABASES else _single(path)
    if found := _POSTGRES.fullmatch(path.as_posix()):
        return _postgres(found[1], table, path)
    if path.is_dir():
        return _several(path, (each for each in path.rglob("*") if _is_data(each.relative_to(path))))
    before, hash_, name = str(path).rpartition("#")
    if hash_ and Path(before).is_file() and Path(before).suffix.lower() in DATABASES:
        return _database(Path(before), name, path)
    if _PATTERN.search(str(path)):
        return _several(path, map(Path, glob.glob(str(path), recursive=True)))  # noqa: PTH207 (absolute ones too)
    return _single(path)


def rejector_of(table: TableName, path: Path, report: Report) -> Rejector:
    """Makes the rejects of a table: each names the file that its row is in."""
    place = place_of(path, table) if not path.is_file() else None
    files = tuple(map(told_as, place.paths)) if isinstance(place, Files) else ()
    return Rejector(table, told_as(path), report, files)


def _single(path: Path) -> Files:
    readable(path)
    return Files((path,))


def _several(path: Path, found: Iterable[Path]) -> Files:
    files = tuple(sorted(each for each in found if each.suffix.lower() in ENDINGS and each.is_file()))
    if not files:
        what = "is a folder without tables" if path.is_dir() else "fits no table"
        raise TableUnusable(f"`{path}` {what}", "tables are files that end in .csv, .jsonl or .parquet")
    for each in files:
        readable(each)
    return Files(files)


def _is_data(path: Path) -> bool:
    """Whether this is no file that other tools write beside their data."""
    return not any(part.startswith(("_", ".")) for part in path.parts)


def _database(path: Path, name: str, told: Path) -> Place:
    try:
        with path.open("rb") as file:
            is_sqlite = file.read(len(_SQLITE_BEGINS)) == _SQLITE_BEGINS
    except OSError as fault:
        raise TableUnusable(f"`{path}` cannot be opened") from fault
    parts = _parts(name, DUCKDB, told)
    return SqliteTable(path, parts[-1]) if is_sqlite else DuckdbTable(path, parts)


def _postgres(rest: str, table: TableName, told: Path) -> PostgresTable:
    """A path has one `/` where an address has two or three: a server is told by what it has and a database has not."""
    address, _, name = rest.partition("#")
    where, _, query = address.partition("?")
    options = parse_qsl(query, keep_blank_values=True)
    name = name or dict(options).get("table", "")
    query = urlencode([(key, value) for key, value in options if key != "table"])
    has_server = any(sign in where for sign in "/@:")
    url = f"postgresql://{'' if has_server or not where else '/'}{where}{'?' if query else ''}{query}"
    return PostgresTable(url, _parts(name or table, POSTGRES, told))


def _parts(name: str, dialect: Dialect, told: Path) -> tuple[str, ...]:
    parts = table_name(name, dialect)
    if parts is None:
        raise TableUnusable(
            f"`{told_as(told)}`: `{name}` is not the name of a table", "write it as in SQL, such as crm.leads"
        )
    return parts
