"""How a column is read: by the forms that SQL knows, and by Python's own reader for all other values."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal
from zoneinfo import ZoneInfo

from scoreline.compiler.backends.query.choices import set_text
from scoreline.compiler.schema import FieldSpec
from scoreline.compiler.schema.fields import FieldType
from scoreline.compiler.values import Known, reader
from scoreline.runtime.keys import read_key
from scoreline.runtime.table.admit.cells import Cells, Form
from scoreline.runtime.table.admit.forms import forms, key_forms
from scoreline.runtime.table.admit.interaction_rows import Problem, read_time
from scoreline.runtime.table.admit.words import has_no_ends, literal

Held = Literal["varchar", "double", "boolean", "date", "timestamp"]
"""What a canonical column holds."""

Told = tuple[str | None, str]
"""A value as text and why it cannot be read."""

_HELD: dict[str, Held] = {"number": "double", "yes/no": "boolean", "date": "date", "datetime": "timestamp"}
_TIME = FieldSpec(type="datetime")


@dataclass(frozen=True)
class Reading:
    """How values become canonical: `read` is exact and gives a value and what is to be reported, `forms` are quick.

    `default` is the value of a missing one.
    """

    held: Held
    read: Callable[[object], tuple[Known | None, Sequence[Told]]]
    forms: Callable[[Cells], Sequence[Form]]
    default: str | None = None


def held_as(type_: FieldType) -> Held:
    """What a canonical column of a field holds."""
    return _HELD.get(type_, "varchar")


def field_reading(spec: FieldSpec, zone: ZoneInfo, sign: str) -> Reading:
    """The reading of a field; `sign` stands between the values of a set."""
    exact = reader(spec, zone)
    held = held_as(spec.type)

    def read(raw: object) -> tuple[Known | None, Sequence[Told]]:
        told: list[Told] = []
        known = exact(raw, lambda value, reason: told.append((value, reason)))
        return set_text(known, sign) if isinstance(known, tuple) else known, told

    default, _ = read(None)
    return Reading(held, read, lambda cells: forms(spec, zone, cells), constant(default, held))


def key_reading() -> Reading:
    """The reading of a key; a cell without one is missing."""
    return Reading("varchar", lambda raw: (read_key(raw), ()), key_forms)


def instant_reading(zone: ZoneInfo) -> Reading:
    """The reading of the time of an interaction: a row without one is left out."""

    def read(raw: object) -> tuple[Known | None, Sequence[Told]]:
        at = read_time(raw, "", zone)
        return (None, [(at.value, at.reason)]) if isinstance(at, Problem) else (at, ())

    return Reading("timestamp", read, lambda cells: forms(_TIME, zone, cells))


def constant(known: Known | None, held: Held) -> str | None:
    """A value that a reader gives as SQL; None for none."""
    if known is None or isinstance(known, tuple):
        return None
    return made_of(literal(known), held)


def made_of(known: str, held: Held) -> str:
    """A value that a reader gives, as SQL, in the form in which queries compare it."""
    match held:
        case "date":
            return f"(date '0001-01-01' + cast({known} - 1 as integer))"
        case "timestamp":
            return f"make_timestamp({known})"
        case "varchar" | "double" | "boolean":
            return f"cast({known} as {held})"


@dataclass(frozen=True)
class Bound:
    """A reading bound to the cells of a column."""

    reading: Reading
    cells: Cells

    @property
    def quick(self) -> str:
        """Whether SQL reads a cell; never NULL."""
        holds = [self.cells.missing, *(f"({form.holds})" for form in self.reading.forms(self.cells))]
        return f"coalesce({' or '.join(holds)}, false)"

    @property
    def key(self) -> str:
        """What an exactly read value is found by; NULL where SQL reads the cell."""
        return f"case when {self.quick} then null else {self.cells.key} end"

    @property
    def always(self) -> bool:
        """Whether SQL reads whatever may be in a cell, all of which are texts."""
        whatever = f"{self.cells.fetched} is not null"
        return self.cells.beside is None and any(form.holds == whatever for form in self.reading.forms(self.cells))

    @property
    def untidy(self) -> str | None:
        """Whether a cell is a text that has to be trimmed; None if none is."""
        return f"not {has_no_ends(self.cells.fetched)}" if self.always else None

    def tidy_value(self) -> str:
        """The value of a cell where no form leaves any to the exact reader, and no text has to be trimmed."""
        forms = self.reading.forms(self.cells)
        as_it_is = self.always or (not forms and self.cells.is_text and self.reading.held == "varchar")
        if len(forms) != 1 and not as_it_is:
            return self.value()
        found = self.cells.fetched if as_it_is else forms[0].value
        return found if self.reading.default is None else f"coalesce({found}, {self.reading.default})"

    def value(self, exact: str | None = None) -> str:
        """The value of a cell; `exact` is the SQL of what the exact reader gave."""
        branches = [f"when {form.holds} then {form.value}" for form in self.reading.forms(self.cells)]
        found = f"case {' '.join(branches)} end" if branches else f"cast(null as {self.reading.held})"
        if exact is not None:
            found = f"coalesce({found}, {exact})"
        if self.reading.default is not None:
            found = f"coalesce({found}, {self.reading.default})"
        return found
