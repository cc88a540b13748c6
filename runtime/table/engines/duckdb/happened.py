"""The interactions of one part: a look at all rows, by type, and then the SQL of what they tell.

One pass counts what there is to be done. Keys that are keys of leads need no trimming; whether they are is either
looked up row by row or, in a table as it should be, told by the counts (`interactions.py`).
"""

from collections.abc import Collection

import duckdb
from scoreline.runtime.keys import read_key
from scoreline.runtime.table.admit.contract import InteractionColumns
from scoreline.runtime.table.admit.readings import Bound, Reading, key_reading
from scoreline.runtime.table.admit.words import has_no_ends, identifier, listed
from scoreline.runtime.table.engines.duckdb.leftovers import Exact, read_exactly
from scoreline.runtime.table.engines.duckdb.parts import Part
from scoreline.runtime.table.engines.duckdb.seen import Seen


class Happened:
    """The interactions of a part."""

    def __init__(
        self, base: duckdb.DuckDBPyConnection, part: Part, columns: InteractionColumns, instant: Reading
    ) -> None:
        self._base, self.part = base, part
        self.type = Bound(key_reading(), part.cells(columns.type))
        self.at = Bound(instant, part.cells(columns.at))
        self.lead = Bound(key_reading(), part.cells(columns.lead))
        self.contact = Bound(key_reading(), part.cells(columns.contact))
        self.id = Bound(key_reading(), part.cells(columns.id))
        self.has_ids = columns.id in part.columns
        self.exact: dict[str, Exact] = {}
        self.seen = Seen()

    def look(self, known: Collection[str], until: str) -> None:
        """Looks at each row's type and time, and whether it names anybody; `until` is SQL of the instant of the run."""
        for name in ("lead", "contact", "id"):
            self._read_leftovers(name, self._bound(name), "true")
        kind = self.type.cells
        row = (
            f"select {kind.key} as key, {kind.given} as given,"
            f" ({self.at.cells.missing}) or not {self.at.quick} as untimed,"
            f" coalesce(({self.at.value()}) > {until}, false) as later,"
            f" {self._raw('lead')} as lead, {self._raw('contact')} as contact from {self._source('lead', 'contact')}"
        )
        nobodys = f"contact is null or {self._loose('contact', 'true')}"
        counts = ["untimed", "later", "lead is not null and not later", f"case when lead is null then {nobodys} end"]
        told = ", ".join(f"count(*) filter ({each})" for each in counts)
        given = "key" if kind.key == kind.given else "any_value(given)"
        query = f"select cast(key as varchar), {given}, count(*), {told} from ({row}) group by key"
        for key, given, *counts in self._base.execute(query).fetchall():
            name = read_key(kind.value(given))
            self.seen.note(key, name, name in known, [int(each) for each in counts])
        if self.seen.untimed:
            self._read_leftovers("at", self.at, self.is_known)

    def look_at_keys(self, leads: str | None, where: str = "true") -> None:
        """Looks at whose the rows of known types are, for which `where` holds; `leads` is SQL of the keys of leads, or
        None, where every lead may be a stranger."""
        known = "" if leads is None else f" and lead not in ({leads})"
        row = (
            f"select {self._raw('lead')} as lead, {self._raw('contact')} as contact,"
            f" lead is not null{known} as strange from {self._source('lead', 'contact')}"
            f" where {self.is_known} and {where}"
        )
        counts = [
            "lead is null and contact is null", self._loose("lead", "strange"),
            self._loose("contact", "contact is not null"), "strange",
        ]  # fmt: skip
        told = ", ".join(f"count(*) filter ({each})" for each in counts)
        found = self._base.execute(f"select {told} from ({row})").fetchone()
        self.seen.note_keys([int(each) for each in found or ()])

    def has_loose_contacts(self) -> bool:
        """Whether a contact's key may have to be trimmed."""
        loose = self._loose("contact", "contact is not null")
        if loose == "false":
            return False
        row = f"select {self._raw('contact')} as contact from {self._source('contact')} where {self.is_known}"
        return self._base.execute(f"select 1 from ({row}) where {loose} limit 1").fetchone() is not None

    def is_counted(self, types: Collection[str], until: str) -> str:
        """Whether a row is of one of these types, and not later than the run."""
        keys = [key for name in types for key in self.seen.types.get(name, ())]
        of_type = f"cast({self.type.cells.key} as varchar) in ({listed(keys)})"
        return f"coalesce({of_type} and ({self.at.value()}) <= {until}, false)"

    def _read_leftovers(self, name: str, bound: Bound, where: str) -> None:
        if bound.cells.is_text and bound.cells.beside is None and name != "at":
            return
        query = f"select count(*) from {identifier(self.part.name)} where not {bound.quick} and ({where})"
        found = self._base.execute(query).fetchone()
        if found and found[0]:
            self.exact[name] = read_exactly(self._base, f"{self.part.name} exact {name}", self.part.name, bound, where)

    def _bound(self, name: str) -> Bound:
        return {"lead": self.lead, "contact": self.contact, "id": self.id, "at": self.at}[name]

    def _raw(self, name: str) -> str:
        """A key before it is known whether there is anything to trim."""
        cells = self._bound(name).cells
        return cells.fetched if cells.is_text and cells.beside is None else self.value(name)

    def _loose(self, name: str, asked: str) -> str:
        """Whether a key may have to be trimmed, where it is asked."""
        cells = self._bound(name).cells
        if not cells.is_text or cells.beside is not None:
            return "false"
        return f"case when {asked} then not {has_no_ends(name)} else false end"

    def value(self, name: str) -> str:
        """The SQL of a key or the time, over `source`."""
        bound, exact = self._bound(name), self.exact.get(name)
        if name == "at" and not self.seen.untimed:
            return bound.tidy_value()
        return bound.value(None if exact is None else f"{name}_exact.value")

    def key(self, name: str) -> str:
        """The SQL of a key of which it is known whether there is anything to trim."""
        loose = {"lead": self.seen.loose_lead, "contact": self.seen.loose_contact}[name]
        return self.value(name) if loose else self._raw(name)

    def _source(self, *names: str) -> str:
        joins = [
            f" left join {self.exact[name].joined} {name}_exact on {name}_exact.key = {self._bound(name).key}"
            for name in names
            if name in self.exact
        ]
        return f"{identifier(self.part.name)}{''.join(joins)}"

    @property
    def source(self) -> str:
        """What rows are selected from."""
        return self._source("lead", "contact", "id", "at")

    @property
    def type_name(self) -> str:
        """The SQL of the type of a row whose type is known."""
        odd = {name: keys for name, keys in self.seen.types.items() if keys != [name]}
        raw = f"cast({self.type.cells.key} as varchar)"
        if not odd:
            return raw
        named = [f"when {self.is_type(name)} then {listed([name])}" for name in odd]
        return f"case {' '.join(named)} else {raw} end"

    def is_type(self, name: str) -> str:
        """Whether a row is of a type."""
        return f"cast({self.type.cells.key} as varchar) in ({listed(self.seen.types.get(name, ()))})"

    @property
    def is_known(self) -> str:
        """Whether a row's type is one that the schema names."""
        if not self.seen.unknown and not self.seen.without_type:
            return "true"
        keys = [key for keys in self.seen.types.values() for key in keys]
        return f"coalesce(cast({self.type.cells.key} as varchar) in ({listed(keys)}), false)"

    @property
    def counts(self) -> str:
        """Whether a row can count, but for its id."""
        holds = [self.is_known]
        if self.seen.untimed:
            holds.append(f"({self.value('at')}) is not null")
        if self.may_be_ownerless:
            holds.append(f"(({self.key('lead')}) is not null or ({self.key('contact')}) is not null)")
        return " and ".join(each for each in holds if each != "true") or "true"

    @property
    def may_be_ownerless(self) -> bool:
        """Whether rows may have neither a lead nor a contact."""
        return bool(self.seen.ownerless or self.seen.loose_lead or self.seen.loose_contact)

    @property
    def loses_rows(self) -> bool:
        """Whether rows of known types may not count."""
        return bool(self.seen.untimed) or self.may_be_ownerless
