"""The interactions of one part in DuckDB: a look at all rows, by type, and then what they say.

One pass counts what there is to be done. Keys that are keys of leads need no trimming; whether they are is either
looked up row by row or, in a table as it should be, shown by the counts (`interactions.py`).
"""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import Literal
from zoneinfo import ZoneInfo

import duckdb
from scoreline.compiler.backends.query import terms
from scoreline.compiler.backends.query.terms import Expr
from scoreline.runtime.keys import read_key
from scoreline.runtime.table.admit.contract import InteractionColumns
from scoreline.runtime.table.admit.engine_terms import DUCKDB, cast, constant, has_clean_ends, is_one_of
from scoreline.runtime.table.admit.readings import key_reading, time_reading
from scoreline.runtime.table.admit.relational import KEY, ROW
from scoreline.runtime.table.engines.duckdb.columns import DuckdbColumn, ExactValues, column, read_exactly
from scoreline.runtime.table.engines.duckdb.parts import RawRows
from scoreline.runtime.table.read.queries import count, found, inner, numbers, select, table
from scoreline.runtime.table.rejects import Reason, Rejector
from sqlglot import exp

Fixed = Literal["lead", "contact", "id", "at"]
_KEYS: tuple[Fixed, ...] = ("lead", "contact", "id")
_TRUE, _FALSE = terms.yes_no(True), terms.yes_no(False)


@dataclass
class PartCounts:
    """What passes over a part have found: the keys of each known type, and how many rows need what.

    Of known types: `untimed` rows have no time that a notation reads, `later` ones, by type, do not exist yet,
    `of_leads` name a lead and do exist, `ownerless` may have neither a lead nor a contact. A second pass, if there is
    one, counts rows by their keys: without any (`keyless`), those that may have to be trimmed (`loose_…`), leads that
    are not there (`unknown_leads`).
    """

    types: dict[str, list[str]] = field(default_factory=dict[str, list[str]])
    rows: Counter[str] = field(default_factory=Counter[str])
    unknown: Counter[str] = field(default_factory=Counter[str])
    nameless: list[str] = field(default_factory=list[str])
    without_type: int = 0
    untimed: int = 0
    later: Counter[str] = field(default_factory=Counter[str])
    of_leads: Counter[str] = field(default_factory=Counter[str])
    ownerless: int = 0
    keyless: int = 0
    loose_lead: int = 0
    loose_contact: int = 0
    unknown_leads: int = 0

    @property
    def all_rows(self) -> int:
        """How many rows there are."""
        return self.rows.total() + self.unknown.total() + self.without_type

    @property
    def odd_keys(self) -> bool:
        """Whether any key needs more than to be taken as it is."""
        return bool(self.keyless or self.loose_lead or self.loose_contact or self.unknown_leads)

    def note(self, key: str | None, name: str | None, is_known: bool, counts: Sequence[int]) -> None:
        """Notes the rows of one raw type: its text, its name, whether the schema has it, and what was counted."""
        rows, untimed, later, of_leads, ownerless = counts
        if name is None:
            self.without_type += rows
            self.nameless.extend([] if key is None else [key])
        elif not is_known:
            self.unknown[name] += rows
        else:
            self.types.setdefault(name, []).append(key or "")
            self.rows[name] += rows
            self.untimed += untimed
            self.later[name] += later
            self.of_leads[name] += of_leads
            self.ownerless += ownerless


class InteractionPart:
    """The interactions of a part."""

    def __init__(
        self, base: duckdb.DuckDBPyConnection, part: RawRows, columns: InteractionColumns, zone: ZoneInfo
    ) -> None:
        self._base, self.part, self._columns = base, part, columns
        key = key_reading(zone)
        self.type = column(key, part.cells(columns.type))
        self._fixed: dict[Fixed, DuckdbColumn] = {
            "lead": column(key, part.cells(columns.lead)),
            "contact": column(key, part.cells(columns.contact)),
            "id": column(key, part.cells(columns.id)),
            "at": column(time_reading(columns.at, zone), part.cells(columns.at)),
        }
        self.has_ids = columns.id in part.columns
        self._exact: dict[Fixed, ExactValues] = {}
        self.seen = PartCounts()

    def look(self, known: Collection[str], until: Expr) -> None:
        """Looks at each row's type and time, and whether it names anybody; `until` is the instant of the run."""
        for name in _KEYS:
            self._read_exactly(name)
        kind, at = self.type.cells, self._fixed["at"]
        untimed = terms.any_of([at.cells.missing, terms.negated(at.quick)])
        later = terms.or_else(exp.Paren(this=exp.GT(this=exp.Paren(this=at.value()), expression=until)), _FALSE)
        row = select(
            [
                terms.called(kind.key, KEY), terms.called(kind.given, "given"), terms.called(untimed, "untimed"),
                terms.called(later, "later"), terms.called(self._raw("lead"), "lead"),
                terms.called(self._raw("contact"), "contact"),
            ],
            *self.source("lead", "contact"),
        )  # fmt: skip
        lead, contact = terms.column("lead"), terms.column("contact")
        nobody = terms.any_of([terms.unknown(contact), self._is_loose("contact", _TRUE)])
        of_lead = terms.all_of([terms.known(lead), terms.negated(terms.column("later"))])
        counted = [terms.column("untimed"), terms.column("later"), of_lead, terms.all_of([terms.unknown(lead), nobody])]
        given = terms.column(KEY) if kind.key == kind.given else exp.AnyValue(this=terms.column("given"))
        chosen = [cast(terms.column(KEY), "TEXT"), given, count(), *(count(where=each) for each in counted)]
        for key, given, *counts in found(self._base, select(chosen, inner(row, "r"), group=[terms.column(KEY)])):
            name = read_key(kind.value(given))
            text = None if key is None else str(key)
            self.seen.note(text, name, name in known, [int(str(each)) for each in counts])
        if self.seen.untimed:
            self._read_exactly("at")

    def look_at_keys(self, leads: exp.Query | None, where: Expr = _TRUE) -> None:
        """Looks at whose the rows of known types are, for which `where` holds; `leads` are the keys of leads, None
        where every lead may be unknown."""
        lead = terms.column("lead")
        unknown = [terms.known(self._raw("lead"))]
        if leads is not None:
            unknown.append(terms.negated(exp.In(this=self._raw("lead"), query=inner(leads))))
        chosen = {"lead": self._raw("lead"), "contact": self._raw("contact"), "unknown": terms.all_of(unknown)}
        row = select(
            [terms.called(value, name) for name, value in chosen.items()],
            *self.source("lead", "contact"),
            where=terms.all_of([self.is_known, where]),
        )
        contact = terms.column("contact")
        keyless = terms.all_of([terms.unknown(lead), terms.unknown(contact)])
        loose = [self._is_loose("lead", terms.column("unknown")), self._is_loose("contact", terms.known(contact))]
        counts = [count(where=each) for each in (keyless, *loose, terms.column("unknown"))]
        seen = self.seen
        seen.keyless, seen.loose_lead, seen.loose_contact, seen.unknown_leads = numbers(
            self._base, select(counts, inner(row, "r"))
        )

    def has_loose_contacts(self) -> bool:
        """Whether a contact's key may have to be trimmed."""
        loose = self._is_loose("contact", terms.known(terms.column("contact")))
        if loose == _FALSE:
            return False
        contact = terms.called(self._raw("contact"), "contact")
        row = select([contact], *self.source("contact"), where=self.is_known)
        return bool(found(self._base, select([terms.whole(1)], inner(row, "r"), where=loose).limit(1)))

    def is_counted(self, types: Collection[str], until: Expr) -> Expr:
        """Whether a row is of one of these types, and not later than the run; always known."""
        keys = [key for name in types for key in self.seen.types.get(name, ())]
        existing = exp.LTE(this=exp.Paren(this=self._fixed["at"].value()), expression=until)
        return terms.or_else(exp.Paren(this=terms.all_of([is_one_of(self._type, keys), existing])), _FALSE)

    def _read_exactly(self, name: Fixed) -> None:
        read = self._fixed[name]
        if name != "at" and read.cells.kind == "text" and read.cells.beside is None:
            return
        where = self.is_known if name == "at" else _TRUE
        slow = terms.all_of([terms.negated(read.quick), where])
        if numbers(self._base, select([count()], table(self.part.name), where=slow))[0]:
            self._exact[name] = read_exactly(self._base, f"{self.part.name} exact {name}", self.part.name, read, where)

    def _is_plain_text(self, name: Fixed) -> bool:
        cells = self._fixed[name].cells
        return cells.kind == "text" and cells.beside is None

    def _raw(self, name: Fixed) -> Expr:
        """A key before it is known whether there is anything to trim."""
        return self._fixed[name].cells.raw if self._is_plain_text(name) else self.value(name)

    def _is_loose(self, name: Fixed, asked: Expr) -> Expr:
        """Whether a key may have to be trimmed, where it is asked."""
        if not self._is_plain_text(name):
            return _FALSE
        return terms.case([(asked, terms.negated(has_clean_ends(terms.column(name), DUCKDB)))], _FALSE)

    def value(self, name: Fixed) -> Expr:
        """A key or the time, in what `source` selects from."""
        read = self._fixed[name]
        if name == "at" and not self.seen.untimed:
            return read.tidy_value()
        return read.value(terms.column("value", f"exact {name}") if name in self._exact else None)

    def key(self, name: Literal["lead", "contact"]) -> Expr:
        """A key of which it is known whether there is anything to trim."""
        loose = self.seen.loose_lead if name == "lead" else self.seen.loose_contact
        return self.value(name) if loose else self._raw(name)

    def source(self, *only: Fixed) -> tuple[Expr, *tuple[exp.Join, ...]]:
        """What rows are selected from: the part, and what was read exactly."""
        joins = [
            self._exact[name].joined(f"exact {name}", self._fixed[name].key)
            for name in only or (*_KEYS, "at")
            if name in self._exact
        ]
        return table(self.part.name, "p"), *joins

    @property
    def _type(self) -> Expr:
        return cast(self.type.cells.key, "TEXT")

    @property
    def type_name(self) -> Expr:
        """The type of a row whose type is known."""
        odd = {name: keys for name, keys in self.seen.types.items() if keys != [name]}
        named = [(self.is_type(name), constant(name)) for name in odd]
        return terms.case(named, self._type) if named else self._type

    def is_type(self, name: str) -> Expr:
        """Whether a row is of a type."""
        return is_one_of(self._type, self.seen.types.get(name, ()))

    @property
    def is_known(self) -> Expr:
        """Whether a row's type is one that the schema names; always known."""
        if not self.seen.unknown and not self.seen.without_type:
            return _TRUE
        keys = [key for keys in self.seen.types.values() for key in keys]
        return terms.or_else(is_one_of(self._type, keys), _FALSE)

    @property
    def counts(self) -> Expr:
        """Whether a row can count, but for its id."""
        holds = [self.is_known]
        if self.seen.untimed:
            holds.append(terms.known(exp.Paren(this=self.value("at"))))
        if self.may_be_ownerless:
            holds.append(terms.any_of([terms.known(exp.Paren(this=self.key(each))) for each in ("lead", "contact")]))
        return terms.all_of([each for each in holds if each != _TRUE])

    @property
    def may_be_ownerless(self) -> bool:
        """Whether rows may have neither a lead nor a contact."""
        return bool(self.seen.keyless or self.seen.loose_lead or self.seen.loose_contact)

    @property
    def loses_rows(self) -> bool:
        """Whether rows of known types may not count."""
        return bool(self.seen.untimed) or self.may_be_ownerless

    def report_unusable(self, rejector: Rejector) -> None:
        """Rejects the rows that have no type or no time."""
        if self.seen.without_type:
            nameless = terms.any_of([self.type.cells.missing, is_one_of(self._type, self.seen.nameless)])
            for (row,) in self._rows([], nameless):
                rejector.row(row, Reason.NO_TYPE, self._columns.type)
        if not self.seen.untimed:
            return
        at = self._fixed["at"]
        for (row,) in self._rows([], terms.all_of([self.is_known, at.cells.missing])):
            rejector.row(row, Reason.NO_TIME, self._columns.at)
        exact = self._exact.get("at")
        if exact is not None and exact.problems:
            bad = terms.all_of([self.is_known, terms.column("bad", "exact at")])
            for row, n in self._rows([terms.column("n", "exact at")], bad):
                for each in exact.problems[n]:
                    rejector.row(row, each.reason, each.column, each.value)

    def report_ownerless(self, rejector: Rejector) -> None:
        """Rejects the rows that have neither a lead nor a contact, once keys were looked at."""
        if self.may_be_ownerless:
            ownerless = [terms.unknown(exp.Paren(this=self.key(each))) for each in ("lead", "contact")]
            timed = terms.known(exp.Paren(this=self.value("at")))
            for (row,) in self._rows([], terms.all_of([self.is_known, timed, *ownerless])):
                rejector.row(row, Reason.NO_OWNER, self._columns.lead)

    def _rows(self, others: Sequence[Expr], where: Expr) -> list[tuple[int, ...]]:
        query = select([terms.column(ROW, "p"), *others], *self.source(), where=where)
        return [tuple(int(str(each)) for each in row) for row in found(self._base, query)]
