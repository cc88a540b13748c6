"""A Spark session of our own: in a running Spark, on a machine of its own for this run, or on a cluster.

PySpark is optional, so it is looked for only here, and all else sees the few calls that these protocols name.
What is set in the session is set for it alone, and a Spark that was running before goes on.
"""

import contextlib
import importlib
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Generator, Iterator, Sequence
from pathlib import Path
from typing import Protocol, cast

from scoreline.compiler.backends.query import terms
from scoreline.compiler.backends.query.dialect import SPARK
from scoreline.compiler.backends.query.printing import printed
from scoreline.compiler.backends.query.terms import Expr
from scoreline.runtime.table.read.files import TableUnusable

OLDEST_JAVA = 17
_ROW = Sequence[object]
_INSTALL = "install it: `pip install 'scoreline[spark]'`"
_JAVA_HELP = f"install a Java {OLDEST_JAVA} or newer, or name its folder in JAVA_HOME; or use another `--engine`"
_SETTINGS = {
    "spark.sql.ansi.enabled": "true",
    "spark.sql.maxPlanStringLength": "2000",
    "spark.sql.parquet.datetimeRebaseModeInRead": "CORRECTED",
    "spark.sql.parquet.inferTimestampNTZ.enabled": "true",
    "spark.sql.session.timeZone": "UTC",
}
_LOCAL = re.compile(r"local(\[.*\])?")


class Frame(Protocol):
    """A table that Spark makes when it is asked for."""

    @property
    def dtypes(self) -> list[tuple[str, str]]:
        """Names and types of the columns."""
        ...

    def selectExpr(self, *expr: str) -> "Frame":  # noqa: N802
        """Columns made of its own, in SQL."""
        ...

    def distinct(self) -> "Frame":
        """Each row once."""
        ...

    def createOrReplaceTempView(self, name: str) -> None:  # noqa: N802
        """Gives it a name."""
        ...

    def localCheckpoint(self) -> "Frame":  # noqa: N802
        """Makes it now, and keeps it as long as somebody has it; what it was made of is forgotten."""
        ...

    def collect(self) -> list[_ROW]:
        """All rows."""
        ...

    def toLocalIterator(self, prefetchPartitions: bool = False) -> Iterator[_ROW]:  # noqa: N802, N803
        """All rows, a part at a time."""
        ...


class FrameReader(Protocol):
    """How files are read."""

    def parquet(self, *paths: str) -> Frame:
        """Parquet."""
        ...

    def format(self, source: str) -> "FrameReader":
        """Any format that Spark knows."""
        ...

    def load(self, path: str) -> Frame:
        """A file, a folder, or a pattern."""
        ...

    def table(self, name: str) -> Frame:
        """A table of a catalog."""
        ...


class Registering(Protocol):
    """Where functions get names."""

    def register(self, name: str, f: object) -> object:
        """Gives one a name."""
        ...


class Settings(Protocol):
    """What a session is set to."""

    def set(self, key: str, value: str) -> None:
        """Sets one thing."""
        ...


class SparkSession(Protocol):
    """A Spark session."""

    @property
    def conf(self) -> Settings:
        """What it is set to."""
        ...

    @property
    def read(self) -> FrameReader:
        """How it reads files."""
        ...

    @property
    def udf(self) -> Registering:
        """Its functions."""
        ...

    @property
    def udtf(self) -> Registering:
        """Its table functions."""
        ...

    def sql(self, sqlQuery: str) -> Frame:  # noqa: N803
        """What a query finds."""
        ...

    def createDataFrame(self, data: object, schema: str) -> Frame:  # noqa: N802
        """A table of rows that are here."""
        ...

    def newSession(self) -> "SparkSession":  # noqa: N802
        """One more, with settings, names and functions of its own."""
        ...

    def stop(self) -> None:
        """Ends it, and the Spark that it began."""
        ...


class Spark:
    """A session, and the two ways of making functions for it."""

    def __init__(self, session: SparkSession, *, remote: bool) -> None:
        self.session, self.remote = session, remote

    def kept(self, name: str, query: Expr) -> None:
        """Makes what a query finds now, and keeps it under a name."""
        self.checkpointed(name, self.session.sql(text_of(query)))

    def checkpointed(self, name: str, frame: Frame) -> None:
        """Makes a table now, and keeps it under a name: what asks for it has nothing to do with how it was made."""
        frame.localCheckpoint().createOrReplaceTempView(quoted(name))

    def made(self, name: str, columns: Sequence[tuple[str, str]], rows: Sequence[Sequence[object]]) -> None:
        """A table of rows that are here, under a name."""
        types = ", ".join(f"c{at} {type_}" for at, (_, type_) in enumerate(columns))
        named = [text_of(terms.called(terms.column(f"c{at}"), column)) for at, (column, _) in enumerate(columns)]
        self.session.createDataFrame(rows, types).selectExpr(*named).createOrReplaceTempView(quoted(name))

    def view(self, name: str, query: Expr) -> None:
        """Gives a query a name."""
        self.session.sql(text_of(query)).createOrReplaceTempView(quoted(name))

    def rows(self, query: Expr) -> list[tuple[object, ...]]:
        """All rows that a query finds."""
        return [tuple(row) for row in self.session.sql(text_of(query)).collect()]

    def streamed(self, query: Expr) -> Iterator[tuple[object, ...]]:
        """The rows that a query finds, without holding them all."""
        for row in self.session.sql(text_of(query)).toLocalIterator():
            yield tuple(row)

    def row_function(self, name: str, function: Callable[..., object], returns: str) -> None:
        """Registers a function of a row."""
        self.session.udf.register(name, _functions("udf", function, returns))

    def table_function(self, name: str, function: type, returns: str) -> None:
        """Registers a table function."""
        self.session.udtf.register(name, _functions("udtf", function, returns))


def text_of(made: Expr) -> str:
    """An expression as Spark reads it."""
    return printed(made, SPARK)


def quoted(name: str) -> str:
    """A name as Spark reads it."""
    return text_of(terms.name(name))


def _functions(kind: str, function: object, returns: str) -> object:
    made = cast("Callable[..., object]", getattr(importlib.import_module("pyspark.sql.functions"), kind))
    return made(function, returnType=returns, useArrow=False)


@contextlib.contextmanager
def spark(master: str | None = None, memory: str | None = None) -> Generator[Spark]:
    """A session for one run; TableUnusable says why there is none, and what went wrong in it.

    `master` is a cluster's or, as `sc://…`, a Spark Connect server's; None for this machine. `memory` is what a Spark
    that is started here may use.
    """
    try:
        classes = importlib.import_module("pyspark.sql")
    except ImportError as fault:
        raise TableUnusable("the engine `spark` needs PySpark, which is not installed", _INSTALL) from fault
    remote = master is not None and master.startswith("sc://")
    with _connected(classes.SparkSession, master) if remote else _classic(classes.SparkSession, master, memory) as own:
        for key, value in _SETTINGS.items():
            own.conf.set(key, value)
        with _faults():
            yield Spark(own, remote=remote)


@contextlib.contextmanager
def _connected(session: type, url: str | None) -> Generator[SparkSession]:
    with _faults():
        try:
            found = cast("SparkSession", session.builder.remote(url).create())  # pyright: ignore[reportAttributeAccessIssue, reportUnknownMemberType]
        except ImportError as fault:
            help_ = "install what it needs: `pip install 'pyspark[connect]'`"
            raise TableUnusable(f"Spark Connect cannot be used: {_first_line(fault)}", help_) from fault
    try:
        yield found
    finally:
        found.stop()


@contextlib.contextmanager
def _classic(session: type, master: str | None, memory: str | None) -> Generator[SparkSession]:
    active = cast("SparkSession | None", session.getActiveSession())  # pyright: ignore[reportAttributeAccessIssue, reportUnknownMemberType]
    if active is not None:
        yield active.newSession()
        return
    _need_java()
    with tempfile.TemporaryDirectory(prefix="scoreline-spark-", ignore_cleanup_errors=True) as folder:
        log = Path(folder, "log")
        builder = session.builder.appName("scoreline")  # pyright: ignore[reportAttributeAccessIssue, reportUnknownVariableType, reportUnknownMemberType]
        settings = _start_settings(master, memory, folder)
        try:
            with _errors_to(log):
                found = cast("SparkSession", builder.config(map=settings).getOrCreate())  # pyright: ignore[reportUnknownMemberType]
        except Exception as fault:
            told = _last_words(log) or _first_line(fault)
            raise TableUnusable(f"Spark does not start: {told}", "see the page docs/spark.md") from fault
        try:
            yield found.newSession()
        finally:
            found.stop()


def _start_settings(master: str | None, memory: str | None, folder: str) -> dict[str, str]:
    """How a Spark is started: on this machine small and quiet, elsewhere as its own settings say."""
    settings = {"spark.ui.showConsoleProgress": "false"}
    if master is not None:
        settings["spark.master"] = master
    if memory is not None:
        settings["spark.driver.memory"] = _java_memory(memory)
    if master is not None and not _LOCAL.fullmatch(master):
        return settings
    # Workers are found by this machine's own address, whatever its name is, and take this Python.
    os.environ.setdefault("SPARK_LOCAL_IP", "127.0.0.1")
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    threads = os.cpu_count() or 1
    settings |= {
        "spark.master": master or "local[*]",
        "spark.local.dir": f"{folder}/local",
        "spark.log.level": "ERROR",
        "spark.sql.ui.retainedExecutions": "1",
        "spark.sql.shuffle.partitions": str(2 * threads),
        "spark.ui.enabled": "false",
    }
    if "SPARK_HOME" not in os.environ and "SPARK_CONF_DIR" not in os.environ:
        settings["spark.sql.warehouse.dir"] = f"{folder}/warehouse"
    return settings


def _java_memory(memory: str) -> str:
    """An amount of memory as Java writes it: `4GB` is `4g`."""
    found = re.fullmatch(r"\s*([0-9]+)\s*([kmgt])i?b?\s*", memory, re.IGNORECASE)
    if found is None:
        raise TableUnusable(f"`{memory}` is no amount of memory", "write it as in `--memory-limit 4GB`")
    return found[1] + found[2].lower()


def _need_java() -> None:
    home = os.environ.get("JAVA_HOME")
    java = str(Path(home, "bin", "java")) if home else shutil.which("java")
    if java is None or not Path(java).exists():
        where = f" in JAVA_HOME (`{home}`)" if home else ""
        raise TableUnusable(f"the engine `spark` needs Java, and there is none{where}", _JAVA_HELP)
    told = subprocess.run([java, "-version"], capture_output=True, text=True, check=False).stderr
    version = re.search(r'version "(\d+)', told)
    if version is not None and int(version[1]) < OLDEST_JAVA:
        raise TableUnusable(f"the engine `spark` needs Java {OLDEST_JAVA}, and this one is {version[1]}", _JAVA_HELP)


@contextlib.contextmanager
def _errors_to(path: Path) -> Generator[None]:
    """What Java says goes to a file, for as long as Java runs: its warnings help nobody who scores leads."""
    sys.stderr.flush()
    before = os.dup(2)
    try:
        with path.open("wb") as file:
            os.dup2(file.fileno(), 2)
        yield
    finally:
        os.dup2(before, 2)
        os.close(before)


def _last_words(log: Path) -> str:
    """The line of a log that tells what went wrong."""
    lines = log.read_text(encoding="utf-8", errors="replace").splitlines() if log.exists() else []
    told = [line.strip() for line in lines if "Exception" in line or "rror:" in line]
    causes = [line.removeprefix("Caused by: ") for line in told if line.startswith("Caused by: ")]
    return next(iter([*causes[-1:], *told]), "")


@contextlib.contextmanager
def _faults() -> Generator[None]:
    """What goes wrong in Spark is told in one line."""
    errors = importlib.import_module("pyspark.errors")
    own = cast("list[type[Exception]]", [errors.PySparkException])
    with contextlib.suppress(ImportError):
        own.append(importlib.import_module("py4j.protocol").Py4JError)
    try:
        yield
    except tuple(own) as fault:
        if "No module named 'scoreline" in str(fault):
            help_ = "install the same Scoreline for the Python of the workers (PYSPARK_PYTHON names it)"
            raise TableUnusable("Spark's workers have no Scoreline", help_) from fault
        raise TableUnusable(f"Spark cannot do it: {_first_line(fault)}") from fault


def _first_line(fault: BaseException) -> str:
    lines = [line.strip(": ") for line in str(fault).splitlines() if line.strip(": ")]
    told = [line for line in lines if not line.startswith("An error occurred while calling")]
    return told[0] if told else type(fault).__name__
