"""Interactions: each once, of types that the schema names, with canonical properties; what is bad is reported."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

import duckdb
from scoreline.compiler.backends.query import names
from scoreline.compiler.backends.query.admitted import ROW
from scoreline.runtime.table.admit.contract import InteractionColumns
from scoreline.runtime.table.admit.readings import Bound, Reading
from scoreline.runtime.table.admit.words import identifier
from scoreline.runtime.table.engines.duckdb.happened import Happened
from scoreline.runtime.table.engines.duckdb.leftovers import Exact, read_exactly
from scoreline.runtime.table.engines.duckdb.once import settle_ids
from scoreline.runtime.table.engines.duckdb.unusable import report_ownerless, report_unusable
from scoreline.runtime.table.rejects import Reason, Rejector


@dataclass(frozen=True)
class Property:
    """A property of a type: its canonical column (None: only looked at for what is bad), the file's, its reading."""

    type: str
    name: str | None
    column: str
    reading: Reading


@dataclass(frozen=True)
class Known:
    """SQL of the keys of leads, and of the contacts of leads."""

    leads: str
    contacts: str


@dataclass(frozen=True)
class Counts:
    """What results tell of keys: the column of how many rows of a lead were counted, the types that were to be counted,
    and up to when (SQL)."""

    rows: str
    types: Collection[str]
    until: str


@dataclass
class Interactions:
    """All parts of the interactions, whose types and times were looked at already.

    `known`: whose they may be, None if others look after that; `of_contacts`: rules ask for those of contacts too;
    `with_ids`: the view has a column `names.ID`.
    """

    base: duckdb.DuckDBPyConnection
    name: str
    parts: Sequence[Happened]
    properties: Sequence[Property]
    columns: InteractionColumns
    known: Known | None
    of_contacts: bool
    rejector: Rejector
    with_ids: bool = False
    exact: dict[tuple[int, int], Exact] = field(default_factory=dict[tuple[int, int], Exact])
    lost: str | None = None
    looked: bool = False

    def admit(self, *, trusting: bool) -> None:
        """Makes the view. `trusting`: keys are taken as they are where nothing else has to be told of rows, and
        `keys_hold` is asked when results are there."""
        for one in self.parts:
            report_unusable(self.base, one, self.columns, self.rejector)
        for number in range(len(self.parts)):
            self._read_properties(number)
        if trusting and self._is_plain():
            self._make_view()
        else:
            self._admit_carefully()

    def keys_hold(self, counts: Counts, results: str) -> bool:
        """Whether the view stays as it is; if not, keys had to be trimmed in it, and counts are to be made again.

        If the rows of all leads that there are amount to all rows that name a lead, every one has a lead's key.
        """
        if self.looked or self.known is None:
            return True
        counted = sum(one.seen.of_leads[name] for one in self.parts for name in counts.types)
        query = f"select sum({identifier(counts.rows)}) from {identifier(results)}"
        (found,) = self.base.execute(query).fetchone() or (0,)
        if int(found or 0) == counted and not self._any_odd(counts):
            return True
        self._admit_carefully()
        return not any(one.seen.loose_lead or one.seen.loose_contact for one in self.parts)

    def _any_odd(self, counts: Counts) -> bool:
        """Whether there is anything odd about the keys of rows that were not to be counted."""
        for one in self.parts:
            if any(one.seen.rows[name] for name in one.seen.rows if name not in counts.types) or one.seen.later.total():
                one.look_at_keys(self._leads, f"not {one.is_counted(counts.types, counts.until)}")
                if one.seen.odd_keys:
                    return True
        return False

    def _is_plain(self) -> bool:
        """Whether no row has to be told of, and none depends on another."""
        missing = any(one.reading.read(None)[1] for one in self.properties)
        told = missing or any(exact.told for exact in self.exact.values())
        if told or any(one.has_ids or one.seen.untimed or one.seen.nobodys for one in self.parts):
            return False
        return not self.of_contacts or not any(one.has_loose_contacts() for one in self.parts)

    def _admit_carefully(self) -> None:
        self.looked = True
        for one in self.parts:
            one.look_at_keys(self._leads)
            report_ownerless(self.base, one, self.columns, self.rejector)
        self.lost = settle_ids(self.base, self.name, self.parts, self.columns, self.rejector)
        for number, happened in enumerate(self.parts):
            if happened.seen.rows:
                for place in range(len(self.properties)):
                    self._report(number, place)
        self._make_view()
        if self.known is not None and any(one.seen.strange for one in self.parts):
            self._report_unknown_leads(self.known)

    @property
    def _leads(self) -> str | None:
        return None if self.known is None else self.known.leads

    def _make_view(self) -> None:
        selects = [self._select(number) for number in range(len(self.parts))]
        self.base.execute(f"create or replace view {identifier(self.name)} as {' union all '.join(selects)}")

    @property
    def unknown_types(self) -> Mapping[str, int]:
        """How many rows there are of each type that the schema does not name."""
        return sum((one.seen.unknown for one in self.parts), Counter[str]())

    @property
    def types(self) -> Mapping[str, int]:
        """How many rows of each type count."""
        if self.lost is None and not any(one.loses_rows for one in self.parts):
            return sum((one.seen.rows for one in self.parts), Counter[str]())
        query = f"select {identifier(names.TYPE)}, count(*) from {identifier(self.name)} group by 1"
        return {str(type_): int(count) for type_, count in self.base.execute(query).fetchall()}

    def _kept(self) -> str:
        return "" if self.lost is None else f' anti join {self.lost} using ("row")'

    def _bound(self, number: int, place: int) -> Bound:
        one = self.properties[place]
        return Bound(one.reading, self.parts[number].part.cells(one.column))

    def _read_properties(self, number: int) -> None:
        """Reads exactly what no form fits."""
        happened, places = self.parts[number], range(len(self.properties))
        if not places or not happened.seen.rows:
            return
        is_type = [happened.is_type(one.type) for one in self.properties]
        counts = [f"count(*) filter ({is_type[place]} and not {self._bound(number, place).quick})" for place in places]
        row = self.base.execute(f"select {', '.join(counts)} from {identifier(happened.part.name)}").fetchone()
        for place, count in zip(places, row or (), strict=True):
            bound = self._bound(number, place)
            if count:
                name = f"{happened.part.name} exact {place}"
                exact = read_exactly(self.base, name, happened.part.name, bound, is_type[place])
                self.exact[number, place] = exact

    def _report(self, number: int, place: int) -> None:
        one, bound, happened = self.properties[place], self._bound(number, place), self.parts[number]
        _, missing = one.reading.read(None)
        where = f"{happened.is_type(one.type)} and {happened.counts}"
        if missing:
            query = f'select "row" from {happened.source}{self._kept()} where {where} and {bound.cells.missing}'
            for (row,) in self.base.execute(query).fetchall():
                for value, reason in missing:
                    self.rejector.row(row, reason, one.column, value)
        exact = self.exact.get((number, place))
        if exact is not None and exact.told:
            joined = f"{happened.source}{self._kept()} join {exact.joined} p on p.bad and p.key = {bound.key}"
            for row, told in self.base.execute(f'select "row", p.n from {joined} where {where}').fetchall():
                for value, reason in exact.told[told]:
                    self.rejector.row(row, reason, one.column, value)

    def _select(self, number: int) -> str:
        happened = self.parts[number]
        lead, contact = happened.key("lead"), happened.key("contact")
        fixed = {ROW: '"row"', names.LEAD: lead, names.CONTACT: contact}
        fixed |= {names.TYPE: happened.type_name, names.AT: happened.value("at")}
        if self.with_ids:
            fixed[names.ID] = happened.value("id")
        columns = [f"{value} as {identifier(name)}" for name, value in fixed.items()]
        joins = ""
        for place, one in enumerate(self.properties):
            if one.name is not None:
                bound, exact, alias = self._bound(number, place), self.exact.get((number, place)), f"p{place}"
                is_type = happened.is_type(one.type)
                if exact is None or exact.same:
                    value = bound.value() if exact is None else bound.tidy_value()
                else:
                    key = f"case when {is_type} then {bound.key} end"
                    joins += f" left join {exact.joined} {alias} on {alias}.key = {key}"
                    value = bound.value(f"{alias}.value")
                columns.append(f"case when {is_type} then {value} end as {identifier(one.name)}")
        where = "" if happened.counts == "true" else f" where {happened.counts}"
        return f"select {', '.join(columns)} from {happened.source}{joins}{self._kept()}{where}"

    def _report_unknown_leads(self, known: Known) -> None:
        lead, contact = identifier(names.LEAD), identifier(names.CONTACT)
        nobodys = f"{contact} is null or {contact} not in ({known.contacts})"
        query = (
            f"select {identifier(ROW)}, {lead} from {identifier(self.name)} where {lead} is not null"
            f" and {lead} not in ({known.leads}) and ({nobodys})"
        )
        for row, key in self.base.execute(query).fetchall():
            self.rejector.row(row, Reason.UNKNOWN_LEAD, self.columns.lead, key)
