"""How a column is read: in the notations that an engine knows, and by Python's own reader for all other values."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal
from zoneinfo import ZoneInfo

from scoreline.compiler.backends.query import terms
from scoreline.compiler.backends.query.choices import set_text
from scoreline.compiler.backends.query.terms import Expr
from scoreline.compiler.schema import FieldSpec
from scoreline.compiler.schema.fields import FieldType
from scoreline.compiler.values import Known, reader
from scoreline.runtime.keys import read_key
from scoreline.runtime.table.admit.cells import CellForm, Cells
from scoreline.runtime.table.admit.engine_terms import EngineTerms, cast, constant
from scoreline.runtime.table.admit.interaction_rows import RejectedCell, read_time
from scoreline.runtime.table.admit.notations import Asked, Written, forms
from sqlglot import exp

Held = Literal["TEXT", "DOUBLE", "BOOLEAN", "DATE", "TIMESTAMPNTZ"]
"""What an admitted column holds, as sqlglot calls it."""

_HELD: Mapping[FieldType, Held] = {
    "number": "DOUBLE", "yes/no": "BOOLEAN", "date": "DATE", "datetime": "TIMESTAMPNTZ"
}  # fmt: skip
_KEY = FieldSpec(type="text")


def held_as(type_: FieldType) -> Held:
    """What the admitted column of a field holds."""
    return _HELD.get(type_, "TEXT")


def carried_as(held: Held) -> str:
    """The type in which Python's reader gives a value: a day and an instant are numbers."""
    return "BIGINT" if held in ("DATE", "TIMESTAMPNTZ") else held


def made_of(known: Expr, held: Held, engine: EngineTerms) -> Expr:
    """The admitted value of what Python's reader gives."""
    match held:
        case "DATE":
            return engine.day(known)
        case "TIMESTAMPNTZ":
            return engine.instant(known)
        case "TEXT" | "DOUBLE" | "BOOLEAN":
            return known


@dataclass(frozen=True)
class Reading:
    """How values are admitted: `read` is exact and gives a value and its problems; notations are quick."""

    written: Written
    spec: FieldSpec
    zone: ZoneInfo
    sign: str
    read: Callable[[object], tuple[Known | None, Sequence[RejectedCell]]]

    @property
    def held(self) -> Held:
        """What the admitted column holds."""
        return "TEXT" if self.written == "key" else held_as(self.written)

    @cached_property
    def of_nothing(self) -> tuple[Known | None, Sequence[RejectedCell]]:
        """The value of a missing one, which is the default, and its problems."""
        return self.read(None)

    def default(self) -> Expr | None:
        """The value of a missing one; None if there is none."""
        known, _ = self.of_nothing
        match known:
            case None | tuple():
                return None
            case int() if self.held == "DATE":
                return terms.day(known)
            case int() if self.held == "TIMESTAMPNTZ":
                return terms.instant(known)
            case _:
                return constant(known)


def field_reading(column: str, spec: FieldSpec, zone: ZoneInfo, sign: str) -> Reading:
    """The reading of a field in a column; `sign` stands between the values of a set."""
    exact = reader(spec, zone)

    def read(raw: object) -> tuple[Known | None, Sequence[RejectedCell]]:
        problems: list[RejectedCell] = []
        known = exact(raw, lambda value, reason: problems.append(RejectedCell(column, value, reason)))
        return set_text(known, sign) if isinstance(known, tuple) else known, problems

    return Reading(spec.type, spec, zone, sign, read)


def key_reading(zone: ZoneInfo) -> Reading:
    """The reading of a key; a cell without one is missing."""
    return Reading("key", _KEY, zone, "", lambda raw: (read_key(raw), ()))


def time_reading(column: str, zone: ZoneInfo) -> Reading:
    """The reading of the time of an interaction: a row without one is rejected."""

    def read(raw: object) -> tuple[Known | None, Sequence[RejectedCell]]:
        at = read_time(raw, column, zone)
        return (None, [at]) if isinstance(at, RejectedCell) else (at, ())

    return Reading("datetime", FieldSpec(type="datetime"), zone, "", read)


@dataclass(frozen=True)
class ColumnReading:
    """A reading of the cells of a column by an engine."""

    reading: Reading
    cells: Cells
    engine: EngineTerms

    @cached_property
    def forms(self) -> list[CellForm]:
        """The forms in which the engine reads a cell."""
        reading = self.reading
        return forms(reading.written, Asked(reading.spec, self.cells, self.engine, reading.zone, reading.sign))

    def is_quick(self, *, missing: bool) -> Expr:
        """Whether the engine reads a cell, `missing` ones too; always known."""
        holds = [self.cells.missing] if missing else []
        for form in self.forms:
            holds.append(terms.negated(self.cells.missing) if form.holds is None else form.holds)
        return terms.or_else(terms.any_of(holds), terms.yes_no(False))

    def value(self, exact: Expr | None = None) -> Expr:
        """The value of a cell; `exact` is what the exact reader gave."""
        found = self._quick_value()
        others = [each for each in (exact, self.reading.default()) if each is not None]
        return exp.Coalesce(this=found, expressions=others) if others else found

    def _quick_value(self) -> Expr:
        forms = self.forms
        if not forms:
            return cast(terms.null(), self.reading.held)
        if len(forms) == 1 and forms[0].holds is None:
            return forms[0].value
        known = terms.negated(self.cells.missing)
        return terms.case([(known if form.holds is None else form.holds, form.value) for form in forms])
