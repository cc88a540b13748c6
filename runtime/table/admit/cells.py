"""The cells of a raw column: how SQL sees them, and what Python's readers are given for each.

A column of a typed table has one value; a JSON line has texts, and beside them JSON of whatever is no text. Two cells
with one `key` are the same value for every reader.
"""

import json
from dataclasses import dataclass
from typing import NamedTuple

from scoreline.runtime.table.admit.words import identifier, literal
from scoreline.runtime.table.read.jsonl_rows import json_value
from scoreline.runtime.table.read.parquet_rows import ZONED, TypedColumn, as_python, fetched

_AS_TEXT = ("FLOAT", "DOUBLE")


class Form(NamedTuple):
    """A condition in SQL, and the value in SQL where it holds. NULL is no."""

    holds: str
    value: str


@dataclass(frozen=True, slots=True)
class Cells:
    """A column: `raw` is its SQL, `type` what DuckDB calls its type, `beside` the SQL of JSON that is no text."""

    raw: str
    type: str
    fetched: str
    beside: str | None = None

    @property
    def is_text(self) -> bool:
        """Whether readers are given texts, and `fetched` is their SQL."""
        typed = self.type == "BOOLEAN" or self.type.endswith("]") or self.type.startswith(_TYPED)
        return not typed

    @property
    def missing(self) -> str:
        """Whether there is nothing in a cell."""
        if self.beside is not None:
            return f"({self.raw} is null and {self.beside} is null)"
        return f"({self.fetched if self.is_text else self.raw}) is null"

    @property
    def key(self) -> str:
        """What tells values apart: where numbers that are equal have different texts, these."""
        if self.beside is not None:
            return f"coalesce('t' || {self.raw}, 'j' || {self.beside})"
        return f"cast({self.raw} as varchar)" if self.type.startswith(_AS_TEXT) else self.fetched

    @property
    def identity(self) -> str:
        """A text that two cells share only if Python takes their values for equal (and no NaN for another)."""
        if self.beside is not None:
            return f"coalesce({self.key}, '')"
        text = (
            f"cast(to_json({self.raw}) as varchar)" if self.type.endswith("]") else f"cast({self.fetched} as varchar)"
        )
        tagged = f"coalesce({literal('-' if self.is_text else self.type)} || {text}, '')"
        if not self.type.startswith(_AS_TEXT):
            return tagged
        return f"case when lower({text}) like '%nan%' then cast(\"row\" as varchar) else {tagged} end"

    @property
    def given(self) -> str:
        """The SQL of what is fetched for a value."""
        return self.fetched if self.beside is None else self.key

    def value(self, given: object) -> object:
        """A fetched value as the readers of `scoreline.compiler.values` take it."""
        if self.beside is not None and isinstance(given, str):
            return given[1:] if given.startswith("t") else json_value(given[1:])
        return as_python(given, self.type == ZONED)


_TYPED = (
    *("TINYINT", "SMALLINT", "INTEGER", "BIGINT", "HUGEINT", "UTINYINT", "USMALLINT", "UINTEGER", "UBIGINT"),
    *("UHUGEINT", "FLOAT", "DOUBLE", "DECIMAL", "DATE", "TIMESTAMP"),
)

NOTHING = Cells("cast(null as varchar)", "VARCHAR", "cast(null as varchar)")
"""The cells of a column that a file lacks."""


def typed_cells(label: str, type_: str) -> Cells:
    """The cells of a typed column."""
    return Cells(identifier(label), type_, fetched(TypedColumn(label, label, type_)))


def text_cells(label: str) -> Cells:
    """The cells of a column of texts."""
    return Cells(identifier(label), "VARCHAR", identifier(label))


def json_cells(label: str, beside: str) -> Cells:
    """The cells of a column of texts, and one of JSON beside it."""
    return Cells(identifier(label), "VARCHAR", identifier(label), identifier(beside))


def beside_text(value: object) -> str:
    """A value that is no text as JSON, from which `Cells.value` makes the same value again."""
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
