"""The cells of a raw column in DuckDB: of which kind they are, and what Python's readers are given for each.

A column of a typed table has one value; a JSON line has texts, and beside them JSON of whatever is no text. Two cells
with one `key` are the same value for every reader.
"""

import json
from dataclasses import dataclass

from scoreline.compiler.backends.query import terms
from scoreline.compiler.backends.query.terms import Expr
from scoreline.runtime.table.admit.cells import Cells, Kind
from scoreline.runtime.table.admit.engine_terms import cast, constant, function
from scoreline.runtime.table.read.jsonl_rows import json_value
from scoreline.runtime.table.read.parquet_rows import ZONED, as_python, fetched
from sqlglot import exp

_KINDS: dict[str, Kind] = {
    "BOOLEAN": "yes/no", "DATE": "day", "TIMESTAMP": "wall", "TIMESTAMP_S": "wall", "TIMESTAMP_MS": "wall",
    "TIMESTAMP_NS": "wall", ZONED: "instant", "FLOAT": "float", "DOUBLE": "float", "VARCHAR[]": "texts",
    "TINYINT": "whole", "SMALLINT": "whole", "INTEGER": "whole", "BIGINT": "whole", "UTINYINT": "whole",
    "USMALLINT": "whole", "UINTEGER": "whole", "UBIGINT": "whole",
}  # fmt: skip
_OTHER = ("HUGEINT", "UHUGEINT", "TIMESTAMP")


_NO_VALUE = terms.null()


@dataclass(frozen=True)
class DuckdbCells(Cells):
    """A column of a type of DuckDB; `fetched` is what Python is given."""

    type: str = "VARCHAR"
    fetched: Expr = _NO_VALUE

    @property
    def key(self) -> Expr:
        """What tells values apart: where numbers that are equal have different texts, these."""
        if self.beside is not None:
            tagged = (_tagged("t", self.raw), _tagged("j", self.beside))
            return terms.or_else(*tagged)
        return cast(self.raw, "TEXT") if self.kind == "float" else self.fetched

    @property
    def identity(self) -> Expr:
        """A text that two cells share only if Python takes their values for equal (and no NaN for another)."""
        if self.beside is not None:
            return terms.or_else(self.key, terms.text(""))
        text = cast(function("to_json", self.raw) if self.type.endswith("]") else self.fetched, "TEXT")
        tagged = terms.or_else(_tagged("-" if self.kind == "text" else self.type, text), terms.text(""))
        if self.kind != "float":
            return tagged
        is_nan = exp.EQ(this=exp.Lower(this=text), expression=terms.text("nan"))
        return terms.case([(is_nan, cast(terms.column("row"), "TEXT"))], tagged)

    @property
    def given(self) -> Expr:
        """What is fetched for a value."""
        return self.fetched if self.beside is None else self.key

    def value(self, given: object) -> object:
        """A fetched value as the readers of `scoreline.compiler.values` take it."""
        if self.beside is not None and isinstance(given, str):
            return given[1:] if given.startswith("t") else json_value(given[1:])
        return as_python(given, self.type == ZONED)


def typed_cells(label: str, type_: str) -> DuckdbCells:
    """The cells of a typed column."""
    raw, given = terms.column(label), fetched(label, type_)
    kind = _kind(type_)
    moment, is_sure = None, None
    if type_ == "TIMESTAMP_NS":
        nanos = function("epoch_ns", raw)
        moment = function("make_timestamp", exp.IntDiv(this=nanos, expression=terms.whole(1000)))
        is_sure = exp.GTE(this=nanos, expression=terms.whole(0))
    elif kind == "wall":
        moment = raw if type_ == "TIMESTAMP" else cast(raw, "TIMESTAMPNTZ")
    elif kind == "instant":
        moment, is_sure = function("make_timestamp", function("epoch_us", raw)), function("isfinite", raw)
    return DuckdbCells(kind, given if kind == "text" else raw, moment, is_sure, None, type_, given)


def text_cells(label: str, beside: str | None = None) -> DuckdbCells:
    """The cells of a column of texts, and perhaps one of JSON beside it."""
    raw = terms.column(label)
    return DuckdbCells("text", raw, beside=None if beside is None else terms.column(beside), fetched=raw)


NOTHING = DuckdbCells("text", cast(terms.null(), "TEXT"), fetched=cast(terms.null(), "TEXT"))
"""The cells of a column that a file lacks."""


def beside_text(value: object) -> str:
    """A value that is no text as JSON, from which `DuckdbCells.value` makes the same value again."""
    match value:
        case bool():
            return "true" if value else "false"
        case int():
            return str(value)
        case float() if value - value == 0:
            return repr(value)
        case _:
            return _as_json(value)


_as_json = json.JSONEncoder(ensure_ascii=False).encode


def _kind(type_: str) -> Kind:
    if type_.startswith("DECIMAL(") and type_.endswith(")"):
        return "decimal"
    return _KINDS.get(type_, "other" if type_.endswith("]") or type_.startswith(_OTHER) else "text")


def _tagged(tag: str, text: Expr) -> Expr:
    return exp.DPipe(this=constant(tag), expression=text)
