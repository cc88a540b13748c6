"""Interactions as most programs have them: a list of dicts of one shape, read column by column.

Promises the counts that `events.py` would lead to, or None for whatever is not all alike (another type of row, a key
more or less, a time that is no datetime, two ids alike, several owners): then each row is read by itself. Whole columns
are checked at once, and where counting does nothing but compare times, they stay times.
"""

import datetime
from collections.abc import Callable, Collection, Sequence
from operator import attrgetter, itemgetter
from typing import Any, cast

from scoreline.compiler import plan
from scoreline.compiler.backends.closures.build import Instants, Properties, Value
from scoreline.compiler.backends.closures.layout import Layout
from scoreline.compiler.backends.closures.records import ReportValue
from scoreline.compiler.plan_parts import below, operands
from scoreline.compiler.schema import InteractionsTable
from scoreline.runtime.events import EventReader, Keys, microseconds, origin_of
from scoreline.runtime.history import BITS, LEAD
from scoreline.runtime.keys import read_key

Shaped = tuple[Instants, Properties]
"""The instants of each column of a layout, ascending, and the properties that go with them."""

# Only zones of a fixed offset: times in one zone with summer time are compared by their clocks, not by their instants.
_ZONE, _YEAR = attrgetter("tzinfo"), attrgetter("year")
_FIRST = itemgetter(0)
_MOST_SHAPES = 64


class ShapedRows:
    """Reads lists of rows for one plan."""

    def __init__(self, whole: plan.Plan, layout: Layout, events: EventReader) -> None:
        self._layout, self._events = layout, events
        self._types = frozenset(whole.schema.interactions)
        self._usual = whole.schema.interactions_table == InteractionsTable()
        self.keeps_times = _compares_times(whole)
        """Whether instants stay times: then they are to be compared with times."""
        self._getters: dict[tuple[str, ...], Callable[[Any], tuple[Any, ...]]] = {}

    def read(self, rows: object, keys: Callable[[], Keys], has_contact: bool, report: ReportValue) -> Shaped | None:
        """The columns of a list of rows, or None."""
        if type(rows) is not list or not rows or not self._usual:
            return None
        try:
            columns = self._columns(cast("list[object]", rows))
            if columns is None or not self._are_plain(columns):
                return None
            owner = self._owner(columns, keys, has_contact)
        except Exception:  # an object of a user's own may fail in any way, when it is compared too
            return None
        if owner is None:
            return None
        return self._arranged(cast("list[dict[str, object]]", rows), columns["type"], columns["at"], owner, report)

    def _are_plain(self, columns: dict[str, tuple[Any, ...]]) -> bool:
        """Whether all types are known, all times are aware and well within the calendar, and no two ids are alike."""
        times = columns["at"]
        if not self._types.issuperset(columns["type"]) or set(map(type, times)) != {datetime.datetime}:
            return False
        zones = set(map(_ZONE, times))
        years = set(map(_YEAR, times))
        if not (min(years) > datetime.MINYEAR and max(years) < datetime.MAXYEAR):
            return False
        return set(map(type, zones)) == {datetime.timezone} and _all_different(columns.get("id"))

    def _columns(self, rows: list[object]) -> dict[str, tuple[Any, ...]] | None:
        """The values by key, if all rows are dicts with the same keys."""
        if set(map(type, rows)) != {dict}:
            return None
        first = cast("dict[object, object]", rows[0])
        names = cast("tuple[str, ...]", tuple(first))
        if len(names) < 2 or set(map(len, cast("list[dict[object, object]]", rows))) != {len(names)}:
            return None
        getter = self._getters.get(names) or self._getter(names)
        if getter is None:
            return None
        try:
            return dict(zip(names, zip(*map(getter, rows), strict=True), strict=True))
        except KeyError:
            return None

    def _getter(self, names: tuple[str, ...]) -> Callable[[Any], tuple[Any, ...]] | None:
        """Gets the values of a row of such a shape; None for a shape without a type or a time."""
        if "type" not in names or "at" not in names or set(map(type, names)) != {str}:
            return None
        getter = cast("Callable[[Any], tuple[Any, ...]]", itemgetter(*names))
        if len(self._getters) < _MOST_SHAPES:
            self._getters[names] = getter
        return getter

    def _owner(self, columns: dict[str, tuple[Any, ...]], keys: Callable[[], Keys], has_contact: bool) -> int | None:
        """Whose all rows are (LEAD, CONTACT, BOTH, or 0 for somebody else); None if they differ."""
        leads, contacts = columns.get("lead_id"), columns.get("contact_id")
        if leads is None and contacts is None:
            return LEAD
        named: list[str] = []
        for column in (leads, contacts):
            first = None if column is None else column[0]
            if first is not None and type(first) is not str:
                return None
            if column is not None and column.count(first) != len(column):
                return None
            named.append(read_key(first) or "")
        return LEAD if not any(named) else origin_of(named[0], named[1], keys(), has_contact)

    def _arranged(
        self,
        rows: list[dict[str, object]],
        kinds: Sequence[str],
        times: Sequence[datetime.datetime],
        owner: int,
        report: ReportValue,
    ) -> Shaped:
        found: dict[str, list[datetime.datetime]] = {type_: [] for type_ in self._layout.types}
        bucket = found.get
        for kind, time in zip(kinds, times, strict=True):
            if (of_kind := bucket(kind)) is not None:
                of_kind.append(time)
        for of_kind in found.values():
            of_kind.sort()
        values = self._values(rows, kinds, report) if owner else {}
        read = found if self.keeps_times else {kind: list(map(microseconds, times)) for kind, times in found.items()}
        instants = [read[each.type] if owner & BITS[each.origin] else () for each in self._layout.columns]
        return instants, [values.get(each.type, ()) for each in self._layout.columns]

    def _values(
        self, rows: list[dict[str, object]], kinds: Sequence[str], report: ReportValue
    ) -> dict[str, Sequence[Sequence[Value]]]:
        """The properties of each type that has any, in the order of time; reported in the order of the rows."""
        looks = self._events.looks_at
        if not looks:
            return {}
        pairs: dict[str, list[tuple[datetime.datetime, Sequence[Value]]]] = {type_: [] for type_ in looks}
        for kind, row in zip(kinds, rows, strict=True):
            if kind in looks:
                at = cast(datetime.datetime, row["at"])
                pairs[kind].append((at, self._events.values(kind, row.get, report)))
        for of_kind in pairs.values():
            of_kind.sort(key=_FIRST)
        return {kind: [values for _, values in of_kind] for kind, of_kind in pairs.items()}


def _all_different(ids: Collection[Any] | None) -> bool:
    """Whether ids are texts, none of them empty or with anything to trim, and no two of them alike."""
    if ids is None:
        return True
    if set(map(type, ids)) != {str}:
        return not any(each is not None for each in ids)
    return len(set(ids)) == len(ids) and "" not in ids and all(each == each.strip() for each in ids)


def _compares_times(whole: plan.Plan) -> bool:
    """Whether counting does nothing with times but compare them with bounds that are computed from `as_of`."""
    return not any(
        counter.since is not None or counter.period is not None or _looks_at_moments(whole, counter.where)
        for counter in whole.counters
    )


def _looks_at_moments(whole: plan.Plan, root: int | None) -> bool:
    if root is None:
        return False
    found = (operand for index in below(whole, root) for operand in operands(whole.nodes[index]))
    return any(isinstance(operand, plan.MomentRef) for operand in found)
