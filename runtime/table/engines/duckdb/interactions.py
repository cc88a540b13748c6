"""Interactions in DuckDB: each once, of types that the schema names, with admitted properties; what is bad is
rejected.
"""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

import duckdb
from scoreline.compiler.backends.query import admitted, names, terms
from scoreline.compiler.backends.query.terms import Expr
from scoreline.runtime.table.admit.contract import InteractionColumns
from scoreline.runtime.table.admit.readings import Reading
from scoreline.runtime.table.admit.relational import (
    IDENTITY,
    MOMENT,
    ROW,
    SAME,
    clashes,
    interactions_of_unknown_leads,
    leads_that_are_not_there,
    repeated_ids,
    rows_of_other_ids,
)
from scoreline.runtime.table.engines.duckdb.columns import DuckdbColumn, ExactValues, column, read_exactly
from scoreline.runtime.table.engines.duckdb.interaction_part import InteractionPart
from scoreline.runtime.table.read.queries import (
    count,
    found,
    function,
    join,
    make_table,
    make_view,
    numbers,
    same,
    select,
    table,
    union,
)
from scoreline.runtime.table.rejects import Reason, Rejector
from sqlglot import exp


@dataclass(frozen=True)
class AdmittedProperty:
    """A property of a type: its admitted column (None: it is read for its rejects alone), the file's, its reading."""

    type: str
    name: str | None
    column: str
    reading: Reading


@dataclass(frozen=True)
class CountedRows:
    """What results tell of keys: the column of how many rows of a lead were counted, the types that were to be counted,
    and up to when."""

    column: str
    types: Collection[str]
    until: Expr


@dataclass
class AdmittedInteractions:
    """All parts of the interactions, whose types and times were looked at already.

    `leads`: the view of the leads, None if references are looked after by others; `of_contacts`: rules ask for
    interactions of contacts too; `with_ids`: the view has a column `names.ID`.
    """

    base: duckdb.DuckDBPyConnection
    name: str
    parts: Sequence[InteractionPart]
    properties: Sequence[AdmittedProperty]
    columns: InteractionColumns
    leads: str | None
    of_contacts: bool
    rejector: Rejector
    with_ids: bool = False
    exact: dict[tuple[int, int], ExactValues] = field(default_factory=dict[tuple[int, int], ExactValues])
    lost: str | None = None
    looked: bool = False

    def admit(self, *, trusting: bool) -> None:
        """Makes the view. `trusting`: keys are taken as they are where nothing else has to be reported of rows, and
        `keys_hold` is asked when results are there."""
        for one in self.parts:
            one.report_unusable(self.rejector)
        for number in range(len(self.parts)):
            self._read_properties(number)
        if trusting and self._is_plain():
            self._make_view()
        else:
            self._admit_carefully()

    def keys_hold(self, counted: CountedRows, results: str) -> bool:
        """Whether the view stays as it is; if not, keys had to be trimmed in it, and counts are to be made again.

        If the rows of all leads that there are amount to all rows that name a lead, every one has a lead's key.
        """
        if self.looked or self.leads is None:
            return True
        expected = sum(one.seen.of_leads[name] for one in self.parts for name in counted.types)
        total = select([exp.Sum(this=terms.column(counted.column))], table(results))
        if numbers(self.base, total)[0] == expected and not self._any_odd(counted):
            return True
        self._admit_carefully()
        return not any(one.seen.loose_lead or one.seen.loose_contact for one in self.parts)

    def _any_odd(self, counted: CountedRows) -> bool:
        """Whether there is anything odd about the keys of rows that were not to be counted."""
        for one in self.parts:
            if (
                any(one.seen.rows[name] for name in one.seen.rows if name not in counted.types)
                or one.seen.later.total()
            ):
                one.look_at_keys(self._keys_of_leads(), terms.negated(one.is_counted(counted.types, counted.until)))
                if one.seen.odd_keys:
                    return True
        return False

    def _is_plain(self) -> bool:
        """Whether no row has to be reported, and none depends on another."""
        missing = any(one.reading.of_nothing[1] for one in self.properties)
        bad = missing or any(exact.problems for exact in self.exact.values())
        if bad or any(one.has_ids or one.seen.untimed or one.seen.ownerless for one in self.parts):
            return False
        return not self.of_contacts or not any(one.has_loose_contacts() for one in self.parts)

    def _admit_carefully(self) -> None:
        self.looked = True
        for one in self.parts:
            one.look_at_keys(self._keys_of_leads())
            one.report_ownerless(self.rejector)
        self.lost = self._settle_ids()
        for number, part in enumerate(self.parts):
            if part.seen.rows:
                for place in range(len(self.properties)):
                    self._report(number, place)
        self._make_view()
        if self.leads is not None and any(one.seen.unknown_leads for one in self.parts):
            self._report_unknown_leads(self.leads)

    def _keys_of_leads(self) -> exp.Select | None:
        return None if self.leads is None else select([terms.column(names.LEAD)], table(self.leads))

    def _make_view(self) -> None:
        make_view(self.base, self.name, union([self._select(number) for number in range(len(self.parts))]))

    @property
    def unknown_types(self) -> Mapping[str, int]:
        """How many rows there are of each type that the schema does not name."""
        return sum((one.seen.unknown for one in self.parts), Counter[str]())

    @property
    def types(self) -> Mapping[str, int]:
        """How many rows of each type count."""
        if self.lost is None and not any(one.loses_rows for one in self.parts):
            return sum((one.seen.rows for one in self.parts), Counter[str]())
        type_ = terms.column(names.TYPE)
        rows = found(self.base, select([type_, count()], table(self.name), group=[type_]))
        return {str(name): int(str(counted)) for name, counted in rows}

    def _but_lost(self) -> list[exp.Join]:
        return [] if self.lost is None else [join(table(self.lost, "lost"), same(ROW, "lost", "p"), "LEFTANTI")]

    def _column(self, number: int, place: int) -> DuckdbColumn:
        one = self.properties[place]
        return column(one.reading, self.parts[number].part.cells(one.column))

    def _read_properties(self, number: int) -> None:
        """Reads exactly what no notation fits."""
        part = self.parts[number]
        if not self.properties or not part.seen.rows:
            return
        of_type = [part.is_type(one.type) for one in self.properties]
        read = [self._column(number, place) for place in range(len(self.properties))]
        slow = [
            count(where=terms.all_of([kind, terms.negated(each.quick)]))
            for kind, each in zip(of_type, read, strict=True)
        ]
        for place, rows in enumerate(numbers(self.base, select(slow, table(part.part.name)))):
            if rows:
                name = f"{part.part.name} exact {place}"
                self.exact[number, place] = read_exactly(self.base, name, part.part.name, read[place], of_type[place])

    def _report(self, number: int, place: int) -> None:
        """Rejects what is bad in a property."""
        one, read, part = self.properties[place], self._column(number, place), self.parts[number]
        where, row = terms.all_of([part.is_type(one.type), part.counts]), terms.column(ROW, "p")
        source, *joins = part.source()
        joins += self._but_lost()
        if missing := one.reading.of_nothing[1]:
            query = select([row], source, *joins, where=terms.all_of([where, read.cells.missing]))
            for (rejected,) in found(self.base, query):
                for _, value, reason in missing:
                    self.rejector.row(int(str(rejected)), reason, one.column, value)
        exact = self.exact.get((number, place))
        if exact is not None and exact.problems:
            query = select([row, terms.column("n", "x")], source, *joins, exact.bad("x", read.key), where=where)
            for rejected, n in found(self.base, query):
                for _, value, reason in exact.problems[int(str(n))]:
                    self.rejector.row(int(str(rejected)), reason, one.column, value)

    def _select(self, number: int) -> exp.Select:
        part = self.parts[number]
        lead, contact = part.key("lead"), part.key("contact")
        fixed = {admitted.ROW: terms.column(ROW, "p"), names.LEAD: lead, names.CONTACT: contact}
        fixed |= {names.TYPE: part.type_name, names.AT: part.value("at")}
        if self.with_ids:
            fixed[names.ID] = part.value("id")
        chosen: list[Expr] = [terms.called(value, name) for name, value in fixed.items()]
        source, *joins = part.source()
        for place, one in enumerate(self.properties):
            if one.name is not None:
                read, exact, alias = self._column(number, place), self.exact.get((number, place)), f"p{place}"
                is_type = part.is_type(one.type)
                if exact is None or exact.same:
                    value = read.value() if exact is None else read.tidy_value()
                else:
                    joins.append(exact.joined(alias, terms.case([(is_type, read.key)])))
                    value = read.value(terms.column("value", alias))
                chosen.append(terms.called(terms.case([(is_type, value)]), one.name))
        counts = part.counts
        where = None if counts == terms.yes_no(True) else counts
        return select(chosen, source, *joins, *self._but_lost(), where=where)

    def _settle_ids(self) -> str | None:
        """The table of rows that another row of their id leaves out, of which those that differ are rejected."""
        parts = [one for one in self.parts if one.has_ids]
        ids, rows, lost = (f"{self.name} {what}" for what in ("ids", "rows", "repeated"))
        if not parts:
            return None
        identities = [
            select([terms.called(one.value("id"), IDENTITY)], *one.source(), where=one.counts) for one in parts
        ]
        make_table(self.base, ids, repeated_ids(union(identities)))
        if not numbers(self.base, select([count()], table(ids)))[0]:
            return None
        make_table(self.base, rows, union([self._with_ids(one, ids) for one in parts]))
        make_table(self.base, lost, rows_of_other_ids(rows))
        for identity, counted, own, earlier, tied, type_, _, _ in found(self.base, clashes(rows)):
            first, second, kind = int(str(counted)), int(str(own)), str(type_)
            if earlier:
                self.rejector.row(first, Reason.SAME_ID, self.columns.id, str(identity))
            elif not tied or self._properties_of(first, kind) != self._properties_of(second, kind):
                self.rejector.row(second, Reason.SAME_ID, self.columns.id, str(identity))
        return lost

    def _with_ids(self, one: InteractionPart, ids: str) -> exp.Select:
        """The rows of a part whose id is repeated."""
        of_types: list[tuple[Expr, Expr]] = []
        for type_, several in self.columns.properties.items():
            texts = exp.Array(expressions=[one.part.cells(each).identity for each in several])
            of_types.append((one.is_type(type_), function("to_json", texts)))
        same_text = terms.cast(terms.case(of_types, terms.text("[]")), "TEXT")
        owners = {names.LEAD: one.key("lead"), names.CONTACT: one.key("contact")}
        rows = {
            ROW: terms.column(ROW, "p"), IDENTITY: one.value("id"), MOMENT: one.value("at"), names.TYPE: one.type_name,
            **{name: terms.or_else(key, terms.text("")) for name, key in owners.items()}, SAME: same_text,
        }  # fmt: skip
        source, *joins = one.source()
        is_repeated = exp.EQ(this=terms.column(IDENTITY, "ids"), expression=one.value("id"))
        chosen = [terms.called(value, name) for name, value in rows.items()]
        return select(chosen, source, *joins, join(table(ids, "ids"), is_repeated, "LEFTSEMI"), where=one.counts)

    def _properties_of(self, row: int, type_: str) -> tuple[object, ...]:
        """The properties of a row of a type, as Python reads them."""
        for one in self.parts:
            cells = [one.part.cells(name) for name in self.columns.properties[type_]]
            is_row = exp.EQ(this=terms.column(ROW), expression=terms.whole(row))
            query = select([terms.whole(1), *(each.given for each in cells)], table(one.part.name), where=is_row)
            for _, *given in found(self.base, query):
                return tuple(each.value(value) for each, value in zip(cells, given, strict=True))
        return ()

    def _report_unknown_leads(self, leads: str) -> None:
        unknown = f"{self.name} of unknown leads"
        make_table(self.base, unknown, leads_that_are_not_there(self.name, leads))
        for row, key in found(self.base, interactions_of_unknown_leads(self.name, leads, unknown, admitted.ROW)):
            self.rejector.row(int(str(row)), Reason.UNKNOWN_LEAD, self.columns.lead, str(key))
