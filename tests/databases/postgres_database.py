"""PostgreSQL, through its ADBC driver. Values go and come as Arrow streams, which DuckDB makes and reads."""

from collections.abc import Sequence

from adbc_driver_postgresql import dbapi

from .database import Column, Dialect, Row
from .duckdb_database import DuckdbDatabase
from .postgres_server import PostgresServer


class PostgresDatabase:
    """The database of a server that is there for the tests. `url` is where other clients find it.

    A query's numeric comes back as a text, for Arrow has no such type: cast it in the query.
    """

    dialect: Dialect = "postgres"

    def __init__(self, server: PostgresServer) -> None:
        self._server = server
        self._values = DuckdbDatabase()
        self._connection = dbapi.connect(server.url, autocommit=True)

    @property
    def url(self) -> str:
        """Where clients find the database, as libpq and ADBC read it."""
        return self._server.url

    def load(self, name: str, columns: Sequence[Column], rows: Sequence[Sequence[object]]) -> None:
        self._values.load("loaded", columns, rows)
        with self._connection.cursor() as cursor:
            cursor.adbc_ingest(name, self._values.connection.table("loaded"), mode="replace")

    def run(self, sql: str) -> list[Row]:
        with self._connection.cursor() as cursor:
            cursor.execute(sql)
            return self._values.connection.from_arrow(cursor.fetch_arrow()).fetchall()

    def execute(self, sql: str) -> None:
        """Runs a statement that finds no rows."""
        with self._connection.cursor() as cursor:
            cursor.executescript(sql)

    def close(self) -> None:
        """Stops the server too."""
        self._connection.close()
        self._values.close()
        self._server.stop()
