"""Reads a table into rows with admitted cells, each read as lead by lead: whole files by the exact readers, on
workers; typed columns by Spark itself, and only rows with a value that no notation fits by the exact readers.

CSV and JSON lines are read by a worker a file, since only the exact reader knows which rows they have. So is a Parquet
file with a type that Spark and DuckDB, which reads it elsewhere, do not have in common.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from pathlib import Path
from typing import cast
from urllib.parse import unquote, urlsplit

from scoreline.compiler.backends.query import terms
from scoreline.compiler.backends.query.terms import Expr
from scoreline.runtime.table.admit.engine_terms import SPARK, function
from scoreline.runtime.table.admit.relational import ROW as ROW_NUMBER
from scoreline.runtime.table.engines.spark import typed
from scoreline.runtime.table.engines.spark.cells import is_plain, plain
from scoreline.runtime.table.engines.spark.exact import file_function
from scoreline.runtime.table.engines.spark.session import Frame, Spark, quoted, text_of
from scoreline.runtime.table.engines.spark.shapes import (
    REJECT,
    ROW,
    UNKNOWN,
    UNUSABLE,
    Shape,
    carried,
    carried_types,
)
from scoreline.runtime.table.engines.spark.sources import OTHERS, CatalogTable, Elsewhere, Here, place_of, worker_path
from scoreline.runtime.table.read.columns import RequestedColumns, present, report_lacking
from scoreline.runtime.table.read.files import ENDINGS, TableUnusable, told_as
from scoreline.runtime.table.read.parquet_rows import TypedColumn, connection, typed_columns
from scoreline.runtime.table.read.queries import columns, count, inner, select, table, union
from scoreline.runtime.table.rejects import ROWS_OF_A_FILE, Rejector, Report
from sqlglot import exp

_TYPES = {
    "BOOLEAN": "boolean", "TINYINT": "tinyint", "SMALLINT": "smallint", "INTEGER": "int", "BIGINT": "bigint",
    "UTINYINT": "smallint", "USMALLINT": "int", "UINTEGER": "bigint", "UBIGINT": "decimal(20,0)", "FLOAT": "float",
    "DOUBLE": "double", "VARCHAR": "string", "DATE": "date", "TIMESTAMP": "timestamp_ntz",
    "TIMESTAMP_MS": "timestamp_ntz", "TIMESTAMP WITH TIME ZONE": "timestamp", "VARCHAR[]": "array<string>",
}  # fmt: skip
"""The types of DuckDB, and as what Spark reads the same columns."""

_OTHER = "other"
_SPECIAL = frozenset("*?[]{}\\,")
_BITS = 33
"""Spark's ids of rows: the number of the part, and so many bits for the number within it."""

_ID = "scoreline id"


@dataclass
class TableRows:
    """The rows of a table: the exactly read ones in a view, and the queries of those that Spark reads."""

    shape: Shape
    files: list[str] = field(default_factory=list[str])
    quick: list[exp.Query] = field(default_factory=list[exp.Query])
    unknown: Counter[str] = field(default_factory=Counter[str])
    has_problems: bool = False

    @property
    def exact(self) -> str:
        """The view of exactly read rows."""
        return f"scoreline {self.shape.table} exact"

    def all(self) -> exp.Query:
        """All rows that count so far, with admitted cells."""
        cells = self.shape.cells
        made = [terms.called(cell.made_of(terms.column(f"c{at}")), f"c{at}") for at, cell in enumerate(cells)]
        read = select([terms.column(ROW_NUMBER), *made], table(self.exact), where=_is_kind(ROW))
        return union([read, *self.quick])

    def rejector(self, row: int | None, file: int, report: Report) -> Rejector:
        """Whom to tell of a row's file."""
        number = file if row is None else row // ROWS_OF_A_FILE
        return Rejector(self.shape.table, self.files[number], report)

    def reject(self, row: int, reason: str, column: str | None, value: str | None, report: Report) -> None:
        """Tells of a row, by the number that it has here."""
        self.rejector(row, 0, report).row(row % ROWS_OF_A_FILE, reason, column, value)


class TableReader:
    """Reads one table."""

    def __init__(self, spark: Spark, shape: Shape, path: Path, report: Report) -> None:
        self._spark, self._shape, self._path, self._report = spark, shape, path, report
        self._rows = TableRows(shape)
        self._exact: list[exp.Query] = []
        self._by_workers: list[tuple[int, Path]] = []
        self._one_file: list[exp.Query] = []

    def read(self) -> TableRows:
        """All rows; those that are no rows at all are reported. TableUnusable if a file cannot be used."""
        place = place_of(self._path, self._shape.table, elsewhere=self._spark.remote)
        match place:
            case Here():
                self._local(place.paths)
            case Elsewhere():
                self._elsewhere(place.url)
            case CatalogTable():
                self._table(place.name)
        self._keep_exact()
        return self._rows

    # What is to be read how

    def _local(self, paths: Sequence[Path]) -> None:
        groups: dict[tuple[tuple[str, str], ...], list[tuple[int, Path]]] = {}
        for path in paths:
            file = self._file(told_as(path))
            if path.suffix.lower() in OTHERS:
                frame = self._spark.session.read.format(OTHERS[path.suffix.lower()]).load(str(path.absolute()))
                self._numbered(frame, file, path)
            elif path.suffix.lower() == ".parquet" and (types := _shared_types(path, self._shape.columns)):
                groups.setdefault(types, []).append((file, path))
            else:
                self._by_workers.append((file, path))
        for types, files in groups.items():
            frame = _opened(self._spark, [str(path.absolute()) for _, path in files])
            if frame is None or not _fits(frame, types, self._shape.columns):
                self._by_workers.extend(files)
                continue
            for file, path in files:
                self._check_columns([name for name, _ in types], path, file)
            self._parquet(frame, files[0][1], self._numbers(frame, files))

    def _elsewhere(self, url: str) -> None:
        ending = Path(url).suffix.lower()
        if ENDINGS.get(ending) in ("csv", "jsonl"):
            self._contents(url)
        elif ending in OTHERS:
            self._numbered(self._spark.session.read.format(OTHERS[ending]).load(url), self._file(url), self._path)
        else:
            frame = self._spark.session.read.parquet(url)
            files = {each: self._file(unquote(each)) for each in _paths_in(frame)} or {"": self._file(url)}
            self._check_columns([name for name, _ in frame.dtypes], self._path, 0)
            self._parquet(frame, self._path, files)

    def _table(self, name: str) -> None:
        try:
            frame = self._spark.session.read.table(name)
            frame.dtypes  # noqa: B018 (Spark Connect looks only now)
        except Exception as fault:
            if "TABLE_OR_VIEW_NOT_FOUND" not in str(fault):
                raise
            help_ = "check the name; a file's ends in .csv, .parquet or .jsonl"
            raise TableUnusable(f"there is no file `{self._path}`, and Spark has no such table", help_) from fault
        self._numbered(frame, self._file(str(self._path)), self._path)

    def _file(self, told: str) -> int:
        self._rows.files.append(told)
        return len(self._rows.files) - 1

    def _check_columns(self, names: Sequence[str], path: Path, file: int) -> dict[str, int]:
        columns = self._shape.columns
        found = present(path, names, columns)
        report_lacking(columns, set(columns.all) - set(found), self._rows.rejector(None, file, self._report))
        return found

    # Typed columns

    def _numbers(self, frame: Frame, files: Sequence[tuple[int, Path]]) -> dict[str, int]:
        """The numbers of files by their paths as Spark tells them."""
        if len(files) == 1:
            return {"": files[0][0]}
        numbers = {str(path.absolute()): file for file, path in files}
        return {each: numbers[unquote(urlsplit(each).path)] for each in _paths_in(frame)} or {"": files[0][0]}

    def _parquet(self, frame: Frame, path: Path, files: Mapping[str, int]) -> None:
        """Parquet files, whose rows have numbers."""
        (number, *others) = [terms.whole(file) for file in files.values()]
        if others:
            path_of_row = exp.Column(this=terms.name("file_path"), table=terms.name("_metadata"))
            number = _by_text(path_of_row, files)
        first = exp.Mul(this=terms.whole_number(number), expression=terms.whole(ROWS_OF_A_FILE))
        row_of_file = exp.Column(this=terms.name("row_index"), table=terms.name("_metadata"))
        self._typed(frame, path, terms.cast(number, "INT"), terms.total([row_of_file, terms.whole(1), first]))

    def _numbered(self, frame: Frame, file: int, path: Path) -> None:
        """A table whose rows have no numbers of their own: they are numbered as Spark reads them, once for all."""
        places = self._check_columns([name for name, _ in frame.dtypes], path, file)
        view = f"scoreline {self._shape.table} numbered {file}"
        own = terms.called(function("monotonically_increasing_id"), _ID)
        self._spark.checkpointed(view, frame.selectExpr(*map(text_of, [own, *columns(places)])))
        part = function("shiftright", terms.column(_ID), terms.whole(_BITS))
        place = exp.Mod(this=terms.column(_ID), expression=terms.whole(1 << _BITS))
        found = self._spark.rows(select([part, count()], table(view), group=[terms.whole(1)]))
        counts = {int(str(number)): int(str(several)) for number, several in found}
        sizes = (counts.get(number, 0) for number in range(1 + max(counts, default=0)))
        first = SPARK.number_at([*accumulate(sizes, initial=0)], terms.cast(part, "INT"))
        numbered = self._spark.session.sql(text_of(select([exp.Star()], table(view))))
        row = terms.total([exp.Paren(this=place), first, terms.whole(1 + file * ROWS_OF_A_FILE)])
        self._typed(numbered, path, terms.whole(file), row)

    def _typed(self, frame: Frame, path: Path, file: Expr, row: Expr) -> None:
        types = frame.dtypes
        places = present(path, [name for name, _ in types], self._shape.columns)
        view = f"scoreline {self._shape.table} {len(self._rows.quick)}"
        chosen = {name: (f"v{at}", types[place]) for at, (name, place) in enumerate(places.items())}
        fixed = [terms.called(terms.whole_number(row), ROW_NUMBER), terms.called(file, "file")]
        values = [terms.called(plain(terms.column(name), type_), label) for label, (name, type_) in chosen.values()]
        frame.selectExpr(*map(text_of, [*fixed, *values])).createOrReplaceTempView(quoted(view))
        there = {name: (label, type_ if is_plain(type_) else "string") for name, (label, (_, type_)) in chosen.items()}
        part = typed.TypedPart(view, there)
        read = typed.readable(self._shape, part)
        self._rows.quick.append(typed.quick_rows(part, read))
        has_slow = read.others is None
        if read.others is not None:
            for name, rows in self._spark.rows(read.others):
                has_slow = has_slow or name is None
                if name is not None:
                    self._rows.unknown[str(name)] += int(str(rows))
        if has_slow:
            self._exact.append(typed.slow_rows(self._spark, self._shape, part, read))

    # Whole files

    def _contents(self, url: str) -> None:
        """Files that only Spark can look into: each is handed to a worker, whole."""
        frame = self._spark.session.read.format("binaryFile").load(url)
        view = f"scoreline {self._shape.table} contents"
        frame.selectExpr("path", "content").createOrReplaceTempView(quoted(view))
        found = sorted(str(row[0]) for row in self._spark.rows(select(columns(["path"]), table(view))))
        file = _by_text(terms.column("path"), {each: self._file(unquote(each)) for each in found})
        self._exact.append(
            self._whole(select([terms.called(file, "file"), *columns(["path", "content"])], table(view)))
        )

    def _whole(self, files: exp.Query) -> exp.Query:
        """The rows of whole files, read by workers: `file`, `path`, `content`."""
        name = f"scoreline_{self._shape.table}_of_file"
        self._spark.table_function(name, file_function(self._shape), carried(self._shape))
        read = exp.Lateral(
            this=function(name, *columns(["file", "path", "content"], "f")),
            alias=exp.TableAlias(this=terms.name("t")),
        )
        query = select([exp.Column(this=exp.Star(), table=terms.name("t"))], inner(files, "f"))
        query.set("laterals", [exp.Join(this=read)])
        return query

    def _keep_exact(self) -> None:
        for file, path in self._by_workers:
            content = terms.cast(terms.null(), "BINARY")
            values = {"file": terms.whole(file), "path": terms.text(worker_path(path)), "content": content}
            self._one_file.append(exp.select(*(terms.called(value, name) for name, value in values.items())))
        if self._one_file:
            self._exact.append(self._whole(union(self._one_file)))
        self._spark.kept(self._rows.exact, union(self._exact or [_nothing(self._shape)]))
        self._report_exact()

    def _report_exact(self) -> None:
        size = function("size", terms.column("problems"))
        has_problems = exp.CountIf(this=exp.GT(this=size, expression=terms.whole(0)))
        kind, exact = terms.column("kind"), table(self._rows.exact)
        kinds = {
            str(name): int(str(several))
            for name, several in self._spark.rows(select([kind, has_problems], exact, group=[kind]))
        }
        self._rows.has_problems = kinds.get(ROW, 0) > 0
        if not kinds.keys() - {ROW}:
            return
        places = columns(["file", ROW_NUMBER])
        bad = select([kind, *places, terms.column("problems")], exact, where=terms.negated(_is_kind(ROW)), order=places)
        for name, file, row, problems in self._spark.streamed(bad):
            for column, value, reason in cast("list[tuple[str | None, str | None, str]]", problems):
                self._report_one(str(name), cast(int, file), cast("int | None", row), column, value, reason)

    def _report_one(
        self, kind: str, file: int, row: int | None, column: str | None, value: str | None, reason: str
    ) -> None:
        if kind == UNUSABLE:
            raise TableUnusable(self._as_called(file, reason), value)
        if kind == UNKNOWN:
            self._rows.unknown[str(column)] += int(value or 0)
        elif kind == REJECT and row is None:
            self._rows.rejector(None, file, self._report).whole(reason, column)
        elif kind == REJECT and row is not None:
            self._rows.reject(row, reason, column, value, self._report)

    def _as_called(self, file: int, message: str) -> str:
        """A worker's message, with the file as it is called here."""
        found = next((path for number, path in self._by_workers if number == file), None)
        return message if found is None else message.replace(worker_path(found), str(found))


def _shared_types(path: Path, columns: RequestedColumns) -> tuple[tuple[str, str], ...] | None:
    """The columns of a Parquet file as Spark is to see them; None if it may see them otherwise than DuckDB.

    TableUnusable if this is no Parquet.
    """
    with connection() as base:
        there = typed_columns(base, path)
    names = [column.name for column in there]
    hidden = path.name.startswith(("_", ".")) or not _SPECIAL.isdisjoint(str(path.absolute()))
    types = tuple((column.name, _spark_type(column)) for column in there)
    strange = {name for name, type_ in types if type_ == _OTHER}
    alike = len({name.casefold() for name in names}) < len(names)
    return None if hidden or alike or "_metadata" in names or strange.intersection(columns.all) else types


def _spark_type(column: TypedColumn) -> str:
    found = _TYPES.get(column.type)
    if found is None and column.type.startswith("DECIMAL(") and column.type.endswith(")"):
        found = column.type.lower()
    return found or _OTHER


def _opened(spark: Spark, paths: Sequence[str]) -> Frame | None:
    """Parquet files as Spark sees them; None if it knows some type not at all."""
    try:
        return spark.session.read.parquet(*paths)
    except Exception:  # whatever it is, DuckDB reads these files
        return None


def _fits(frame: Frame, types: Sequence[tuple[str, str]], columns: RequestedColumns) -> bool:
    """Whether Spark sees the wanted columns as they are to be seen."""
    seen = dict(frame.dtypes)
    wanted = frozenset(columns.all)
    return all(seen.get(name) == type_ for name, type_ in types if name in wanted)


def _nothing(shape: Shape) -> exp.Query:
    """A table of rows as workers give them that has none."""
    nothing = [
        terms.called(exp.Cast(this=terms.null(), to=exp.DataType.build(type_, dialect="spark")), name)
        for name, type_ in carried_types(shape)
    ]
    return exp.select(*nothing).where(terms.yes_no(False))


def _is_kind(kind: str) -> Expr:
    return exp.EQ(this=terms.column("kind"), expression=terms.text(kind))


def _by_text(text: Expr, numbers: Mapping[str, int]) -> Expr:
    """The number of a text."""
    return terms.case(
        [(exp.EQ(this=text, expression=terms.text(each)), terms.whole(number)) for each, number in numbers.items()]
    )


def _paths_in(frame: Frame) -> list[str]:
    """The files of a table as Spark tells them, in order."""
    return sorted(str(row[0]) for row in frame.selectExpr("_metadata.file_path as p").distinct().collect())
