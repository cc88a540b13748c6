"""Where the rows of a table are: files of this machine, an address such as `s3://…`, or a table of Spark's.

A name may stand for several files: a folder, or a pattern. Files are in the order of their names.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from scoreline.compiler.backends.sql.table_names import table_name
from scoreline.runtime.table.files import ENDINGS, TableUnusable, readable
from scoreline.runtime.table.spark.words import quoted

OTHERS = {".orc": "orc", ".avro": "avro"}
"""Endings of formats that only Spark reads here."""

_ADDRESS = re.compile(r"([A-Za-z][A-Za-z0-9+.-]+):/+(.*)")
_WITHOUT_HOST = ("file", "hdfs", "dbfs")
_PATTERN = re.compile(r"[*?\[]")


@dataclass(frozen=True)
class Files:
    """Files of this machine, as they are called."""

    paths: tuple[Path, ...]


@dataclass(frozen=True)
class Elsewhere:
    """An address."""

    url: str


@dataclass(frozen=True)
class CatalogTable:
    """A table, as SQL names it."""

    name: str


Place = Files | Elsewhere | CatalogTable


def place_of(path: Path, *, elsewhere: bool = False) -> Place:
    """Where a table is; TableUnusable if it is nowhere. `elsewhere`: this machine's files are not those of Spark."""
    if not elsewhere and path.is_file():
        return Files((path,))
    if not elsewhere and path.is_dir():
        return Files(_some(path, (each for each in path.rglob("*") if _is_data(each.relative_to(path)))))
    if address := _ADDRESS.fullmatch(str(path)):
        scheme, rest = address.groups()
        return Elsewhere(f"{scheme}:/{rest}" if scheme in _WITHOUT_HOST else f"{scheme}://{rest}")
    if not elsewhere and _PATTERN.search(str(path)):
        return Files(_some(path, Path(path.anchor).glob(str(path)[len(path.anchor) :])))
    parts = table_name(str(path), "spark")
    if parts is not None and path.suffix.lower() not in (*ENDINGS, *OTHERS):
        return CatalogTable(".".join(map(quoted, parts)))
    if elsewhere:
        return Elsewhere(str(path.absolute() if path.exists() else path))
    readable(path)
    raise TableUnusable(f"`{path}` is no table")


def _some(path: Path, found: Iterable[Path]) -> tuple[Path, ...]:
    files = tuple(sorted(each for each in found if each.is_file() and _is_known(each)))
    if not files:
        raise TableUnusable(f"`{path}` has no table in it", "tables are files that end in .csv, .jsonl or .parquet")
    return files


def _is_known(path: Path) -> bool:
    return path.suffix.lower() in (*ENDINGS, *OTHERS)


def _is_data(path: Path) -> bool:
    """Whether this is no file that other tools write beside their data."""
    return not any(part.startswith(("_", ".")) for part in path.parts)
