"""Where the rows of a table are: where any engine finds them (`read/sources.py`), at an address such as `s3a://…`
that only Spark can reach, or in a table of Spark's own.
"""

import re
from dataclasses import dataclass
from pathlib import Path

from scoreline.compiler.backends.query.dialect import SPARK
from scoreline.compiler.backends.warehouse.table_names import table_name
from scoreline.runtime.table.engines.spark.session import quoted
from scoreline.runtime.table.read import sources
from scoreline.runtime.table.read.files import ENDINGS
from scoreline.runtime.table.rejects import TableName

OTHERS = {".orc": "orc", ".avro": "avro"}
"""Endings of formats that only Spark reads here."""

_ADDRESS = re.compile(r"([A-Za-z][A-Za-z0-9+.-]+):/+(.*)")
_DATABASES = ("postgres", "postgresql")
_WITHOUT_HOST = ("file", "hdfs", "dbfs")


@dataclass(frozen=True)
class Here:
    """Files of this machine, or a database as one: whatever workers can open by its name."""

    paths: tuple[Path, ...]


@dataclass(frozen=True)
class Elsewhere:
    """An address."""

    url: str


@dataclass(frozen=True)
class CatalogTable:
    """A table, as SQL names it."""

    name: str


Place = Here | Elsewhere | CatalogTable


def place_of(path: Path, table: TableName, *, elsewhere: bool) -> Place:
    """Where a table is; TableUnusable if it is nowhere. `elsewhere`: this machine's files are not those of Spark."""
    if not elsewhere and path.is_file() and path.suffix.lower() in OTHERS:
        return Here((path,))
    address = _ADDRESS.fullmatch(path.as_posix())
    if address is not None and address[1] not in _DATABASES:
        scheme, rest = address.groups()
        return Elsewhere(f"{scheme}:/{rest}" if scheme in _WITHOUT_HOST else f"{scheme}://{rest}")
    parts = table_name(str(path), SPARK)
    if parts is not None and not path.exists() and path.suffix.lower() not in (*ENDINGS, *OTHERS, *sources.DATABASES):
        return CatalogTable(".".join(map(quoted, parts)))
    if elsewhere:
        return Elsewhere(str(path.absolute() if path.exists() else path))
    found = sources.place_of(path, table)
    return Here(found.paths if isinstance(found, sources.Files) else (path,))


def worker_path(path: Path) -> str:
    """The name under which workers open a file or a database, wherever they are started."""
    address = _ADDRESS.fullmatch(path.as_posix())
    return str(path if address is not None else path.absolute())
