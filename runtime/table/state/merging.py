"""What a run's files add to a state, in tables beside it: numbers for new keys, rows that are new or have changed.

The state itself is left as it is until `keep` at the end; until then views show what it will hold. Rows come in the
order in which a run over all files would have them: a changed lead keeps its place, a new one comes last.
"""

from dataclasses import dataclass

import duckdb
from scoreline.compiler.backends.query import names
from scoreline.compiler.backends.query.admitted import ROW
from scoreline.runtime.table.engines.duckdb.admission import Admitted
from scoreline.runtime.table.read.queries import identifier
from scoreline.runtime.table.rejects import Reason, Rejector
from scoreline.runtime.table.state.layout import (
    CONTACT_NO,
    CONTACTS,
    INTERACTIONS,
    LEAD_NO,
    LEADS,
    StateLayout,
    kept,
    listed,
)

NEW = {table: f"new {table}" for table in (LEADS, CONTACTS, INTERACTIONS)}
"""The tables of rows to be added, or to take the place of those with the same number."""

NOW = {table: f"{table} now" for table in (LEADS, CONTACTS, INTERACTIONS)}
"""The views of what the state will hold."""

GONE = "interactions gone"
"""The rows of the state that another interaction of the same id has replaced: `rowid`, and whose they were."""

_CLASHES = "clashes of ids"
_NUMBERED = {LEADS: "numbered leads", CONTACTS: "numbered contacts"}


@dataclass(frozen=True)
class Merging:
    """Files that were admitted beside a state; `rejector` is told of interactions that an id leaves out."""

    base: duckdb.DuckDBPyConnection
    layout: StateLayout
    admitted: Admitted
    rejector: Rejector | None

    def merge(self) -> None:
        """Makes the tables `NEW` and the views `NOW`."""
        self._number(CONTACTS, CONTACT_NO, names.CONTACT, self._contact_keys())
        self._number(LEADS, LEAD_NO, names.LEAD, self._lead_keys())
        self._new_contacts()
        self._new_leads()
        self._new_interactions()
        for table, number in ((LEADS, LEAD_NO), (CONTACTS, CONTACT_NO)):
            new = identifier(NEW[table])
            old = f"select * from {kept(table)} anti join {new} using ({identifier(number)})"
            self._view(NOW[table], f"{old} union all select * from {new}")
        self._report_unknown_leads()
        self._happened_now()

    def keep(self) -> None:
        """Writes what is new into the state."""
        execute = self.base.execute
        for table, number in ((LEADS, LEAD_NO), (CONTACTS, CONTACT_NO)):
            new, no = identifier(NEW[table]), identifier(number)
            execute(f"delete from {kept(table)} where {no} in (select {no} from {new})")
            execute(f"insert into {kept(table)} select * from {new}")
        execute(f"delete from {kept(INTERACTIONS)} where rowid in (select place from {identifier(GONE)})")
        columns = listed(list(self.layout.tables()[INTERACTIONS]))
        execute(
            f"insert into {kept(INTERACTIONS)} select {columns} from {identifier(NEW[INTERACTIONS])}"
            f" order by {identifier(LEAD_NO)}"
        )

    def keep_now(self) -> None:
        """Writes what is new into a state that is still being made, which then tells what it holds itself."""
        self.keep()
        for table in (LEADS, CONTACTS, INTERACTIONS):
            self._view(NOW[table], f"select * from {kept(table)}")
            self.base.execute(f"delete from {identifier(NEW[table])}")

    def _lead_keys(self) -> list[str]:
        key = identifier(names.LEAD)
        found = [f"select {key} as key from {identifier(self.admitted.leads)}"]
        if self.admitted.interactions is not None:
            found.append(f"select distinct {key} as key from {identifier(self.admitted.interactions)}")
        return found

    def _contact_keys(self) -> list[str]:
        key = identifier(names.CONTACT)
        admitted = self.admitted
        return [
            f"select distinct {key} as key from {identifier(view)}"
            for view in (admitted.leads, admitted.contacts, admitted.interactions)
            if view is not None
        ]

    def _number(self, table: str, number: str, key: str, keys: list[str]) -> None:
        """A table of the numbers of these keys, and whether each has one in the state already."""
        no, label, old = identifier(number), identifier(key), kept(table)
        turn = f"(select coalesce(max({no}), 0) from {old}) + row_number() over (partition by s.{no} is null)"
        self._table(
            _NUMBERED[table],
            f"select k.key as {label}, cast(coalesce(s.{no}, {turn}) as integer) as {no}, s.{no} is not null as is_old"
            f" from (select distinct key from ({' union all '.join(keys)}) where key is not null) k"
            f" left join {old} s on s.{label} = k.key",
        )

    def _new_contacts(self) -> None:
        fields = self.layout.contact_fields
        no, key, row = map(identifier, (CONTACT_NO, names.CONTACT, ROW))
        numbered, old = identifier(_NUMBERED[CONTACTS]), kept(CONTACTS)
        if self.admitted.contacts is None:
            self._table(NEW[CONTACTS], f"select * from {old} where false")
        else:
            others = "".join(f", a.{identifier(each)}" for each in fields)
            self._table(
                NEW[CONTACTS],
                f"select n.{no}, n.{key}, a.{row}{others} from {identifier(self.admitted.contacts)} a"
                f" join {numbered} n on n.{key} = a.{key} left join {old} s on s.{no} = n.{no}"
                f" where s.{row} is null or {_differs(fields, 'a', 's')}",
            )
        self._add_named(CONTACTS, CONTACT_NO, names.CONTACT)

    def _new_leads(self) -> None:
        fields = self.layout.lead_fields
        no, key, row, contact_no, contact = map(identifier, (LEAD_NO, names.LEAD, ROW, CONTACT_NO, names.CONTACT))
        numbered, old = identifier(_NUMBERED[LEADS]), kept(LEADS)
        others = "".join(f", a.{identifier(each)}" for each in fields)
        turn = f"row_number() over (partition by s.{row} is null order by a.{row})"
        place = f"coalesce(s.{row}, (select coalesce(max({row}), 0) from {old}) + {turn})"
        self._table(
            NEW[LEADS],
            f"select * from (select n.{no}, n.{key}, {place} as {row}, c.{contact_no}{others}"
            f" from {identifier(self.admitted.leads)} a join {numbered} n on n.{key} = a.{key}"
            f" left join {identifier(_NUMBERED[CONTACTS])} c on c.{contact} = a.{contact}"
            f" left join {old} s on s.{no} = n.{no}) a anti join {old} s on s.{no} = a.{no} and s.{row} is not null"
            f" and not ({_differs([CONTACT_NO, *fields], 'a', 's')})",
        )
        self._add_named(LEADS, LEAD_NO, names.LEAD)

    def _add_named(self, table: str, number: str, key: str) -> None:
        """Adds those who are only named by others, and were not before."""
        new, no = identifier(NEW[table]), identifier(number)
        self.base.execute(
            f"insert into {new} by name select {no}, {identifier(key)} from {identifier(_NUMBERED[table])}"
            f" anti join {new} using ({no}) where not is_old"
        )

    def _new_interactions(self) -> None:
        """The new interactions, but for those that an id leaves out."""
        columns = list(self.layout.tables()[INTERACTIONS])
        no, key, contact_no, contact = map(identifier, (LEAD_NO, names.LEAD, CONTACT_NO, names.CONTACT))
        view = self.admitted.interactions
        if view is None:
            self._table(NEW[INTERACTIONS], f"select *, 0 as {identifier(ROW)} from {kept(INTERACTIONS)} where false")
        else:
            others = listed([*columns[2:], ROW], "a")
            self._table(
                NEW[INTERACTIONS],
                f"select l.{no}, c.{contact_no}, {others} from {identifier(view)} a"
                f" left join {identifier(_NUMBERED[LEADS])} l on l.{key} = a.{key}"
                f" left join {identifier(_NUMBERED[CONTACTS])} c on c.{contact} = a.{contact}",
            )
        self._settle_ids()

    def _settle_ids(self) -> None:
        """Which new interactions one of the state leaves out by its id, and which of the state a new one does."""
        no, contact_no, own, row = map(identifier, (LEAD_NO, CONTACT_NO, names.ID, ROW))
        new, old = identifier(NEW[INTERACTIONS]), kept(INTERACTIONS)
        if self.base.execute(f"select 1 from {new} where {own} is not null limit 1").fetchone() is None:
            old = f"(select rowid, * from {old} where false)"
        self._table(
            _CLASHES,
            f"select n.rowid as own, n.{row} as by_row, n.{own} as identity, s.rowid as place, s.{no}, s.{contact_no},"
            f" {_order('n')} < {_order('s')} as earlier, {_differs(self._alike, 'n', 's')} as differs"
            f" from {new} n join {old} s using ({own}) {self._keys('n')} {self._keys('s')}",
        )
        clashes = identifier(_CLASHES)
        self._table(GONE, f"select place, {no}, {contact_no} from {clashes} where earlier")
        for each, identity in self.base.execute(
            f"select by_row, identity from {clashes} where not earlier and differs order by by_row"
        ).fetchall():
            if self.rejector is not None:
                self.rejector.row(
                    int(each), Reason.SAME_ID, self.layout.whole.schema.interactions_table.id, str(identity)
                )
        self.base.execute(f"delete from {new} where rowid in (select own from {clashes} where not earlier)")

    @property
    def _alike(self) -> list[str]:
        """The columns in which two interactions are the same, or not."""
        return list(self.layout.tables()[INTERACTIONS])[:-1]

    def _keys(self, of: str) -> str:
        """Joins the keys of whom an interaction is of."""
        joins = ""
        for table, number, alias in ((LEADS, LEAD_NO, "l"), (CONTACTS, CONTACT_NO, "c")):
            no = identifier(number)
            source = identifier(_NUMBERED[table]) if of == "n" else kept(table)
            joins += f" left join {source} {of}{alias} on {of}{alias}.{no} = {of}.{no}"
        return joins

    def _report_unknown_leads(self) -> None:
        """Reports new interactions of leads that are not there, and of contacts that no lead has."""
        if self.rejector is None:
            return
        no, contact_no, key, row = map(identifier, (LEAD_NO, CONTACT_NO, names.LEAD, ROW))
        leads = f"(select * from {identifier(NOW[LEADS])} where {row} is not null)"
        query = (
            f"select n.{row}, l.{key} from {identifier(NEW[INTERACTIONS])} n"
            f" join {identifier(_NUMBERED[LEADS])} l using ({no}) anti join {leads} using ({no})"
            f" anti join {leads} c on c.{contact_no} = n.{contact_no} order by n.{row}"
        )
        column = self.layout.whole.schema.interactions_table.lead_id
        for number, lead in self.base.execute(query).fetchall():
            self.rejector.row(int(number), Reason.UNKNOWN_LEAD, column, str(lead))

    def _happened_now(self) -> None:
        columns = listed(list(self.layout.tables()[INTERACTIONS]))
        found = self.base.execute(f"select count(*) from {identifier(GONE)}").fetchone()
        gone = f"where rowid not in (select place from {identifier(GONE)})" if found and found[0] else ""
        self._view(
            NOW[INTERACTIONS],
            f"select {columns} from {kept(INTERACTIONS)} {gone} union all"
            f" select {columns} from {identifier(NEW[INTERACTIONS])}",
        )

    def _table(self, name: str, query: str) -> None:
        self.base.execute(f"create or replace table {identifier(name)} as {query}")

    def _view(self, name: str, query: str) -> None:
        self.base.execute(f"create or replace view {identifier(name)} as {query}")


def _order(table: str) -> str:
    """What tells which of several interactions of one id counts: the first."""
    at, type_, lead, contact = map(identifier, (names.AT, names.TYPE, names.LEAD, names.CONTACT))
    return f"({table}.{at}, {table}.{type_}, coalesce({table}l.{lead}, ''), coalesce({table}c.{contact}, ''))"


def _differs(columns: list[str], one: str, other: str) -> str:
    """Whether two rows differ in any of these columns."""
    return (
        " or ".join(f"{one}.{identifier(each)} is distinct from {other}.{identifier(each)}" for each in columns)
        or "false"
    )
