"""The databases as fixtures, each started once in a run and only if a test asks for it.

Where a database is not installed, its tests are skipped; but not in CI, which has to have them all.
"""

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import pytest

from .duckdb_database import DuckdbDatabase

if TYPE_CHECKING:
    from .postgres_database import PostgresDatabase
    from .spark_database import SparkDatabase

OLDEST_JAVA = 17


@pytest.fixture(scope="session")
def duckdb_database() -> Iterator[DuckdbDatabase]:
    """DuckDB, which Scoreline itself needs, so it is always there."""
    database = DuckdbDatabase()
    yield database
    database.close()


@pytest.fixture(scope="session")
def postgres() -> "Iterator[PostgresDatabase]":
    """PostgreSQL, if its server is installed."""
    if os.name != "posix":
        _absent("the tests talk to PostgreSQL through a Unix socket")
    from .postgres_server import PostgresServer, installed_programs

    programs = installed_programs()
    if programs is None:
        _absent("PostgreSQL's server is not installed (Debian's package is `postgresql`)")
    if find_spec("adbc_driver_postgresql") is None:
        _absent("the ADBC driver of PostgreSQL is not installed: `uv sync` does that")
    from .postgres_database import PostgresDatabase

    database = PostgresDatabase(PostgresServer(programs))
    yield database
    database.close()


@pytest.fixture(scope="session")
def spark(tmp_path_factory: pytest.TempPathFactory) -> "Iterator[SparkDatabase]":
    """Spark, if it is installed and there is a Java to run it."""
    if _java() < OLDEST_JAVA:
        _absent(f"Spark needs Java {OLDEST_JAVA} or newer (Debian's package is `default-jre-headless`)")
    if find_spec("pyspark") is None:
        _absent("PySpark is not installed: `uv sync --group spark` does that")
    from .spark_database import SparkDatabase

    database = SparkDatabase(tmp_path_factory.mktemp("spark"))
    yield database
    database.close()


def _absent(reason: str) -> NoReturn:
    if os.environ.get("CI") == "true":
        pytest.fail(reason, pytrace=False)
    pytest.skip(reason)


def _java() -> int:
    """The version of the Java that Spark would take; 0 if there is none."""
    home = os.environ.get("JAVA_HOME")
    java = Path(home, "bin", "java") if home else shutil.which("java")
    if java is None or not Path(java).exists():
        return 0
    told = subprocess.run([java, "-version"], capture_output=True, text=True, check=False).stderr
    version = re.search(r'version "(\d+)', told)
    return int(version.group(1)) if version else 0
