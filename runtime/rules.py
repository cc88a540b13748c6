"""Rules: what a program loads once and scores leads with.

    rules = load("my-rules")
    result = rules.score({"lead_id": "7", "industry": "Software"}, interactions=[…], as_of=now)

A `Rules` object is immutable and safe to share between threads.
"""

import datetime
from collections.abc import Iterable, Mapping
from typing import cast
from zoneinfo import ZoneInfo

from scoreline.compiler.backends.closures.build import build
from scoreline.compiler.backends.closures.layout import Layout
from scoreline.compiler.calendar import EARLIEST, LATEST
from scoreline.compiler.instants import instant_of_datetime
from scoreline.compiler.plan import Plan
from scoreline.runtime.events import EventReader
from scoreline.runtime.explain import Explanation, explain
from scoreline.runtime.keys import read_key
from scoreline.runtime.leads import EntityReader, Values, value_of
from scoreline.runtime.needed import needed_fields
from scoreline.runtime.results import Rejected, Result, StageState
from scoreline.runtime.scoring import Engine, Previous, Session, Subject
from scoreline.runtime.zones import zone_of

PreviousStages = Mapping[str, str | StageState | None]


class Rules:
    """A compiled rule set."""

    def __init__(self, plan: Plan) -> None:
        self.engine = Engine(plan, build(plan))
        self.zone: ZoneInfo = zone_of(plan.timezone)
        schema = plan.schema
        self._lead_reader = EntityReader(schema.lead, self.zone, needed_fields(plan, "lead"))
        self._contact_reader = (
            None if schema.contact is None else EntityReader(schema.contact, self.zone, needed_fields(plan, "contact"))
        )
        self._no_contact: Values = {} if self._contact_reader is None else self._contact_reader.absent()
        self.events = EventReader(schema, self.layout, self.zone)
        relation = next((each for each in schema.lead.relations.values() if each.to == "contact"), None)
        self._contact_column = None if relation is None else relation.column
        self._latest: list[Session] = []
        self._frozen = True

    def __setattr__(self, name: str, value: object) -> None:
        """Only construction sets attributes; AttributeError from then on."""
        if getattr(self, "_frozen", False):
            raise AttributeError("rules are immutable")
        super().__setattr__(name, value)

    def __reduce__(self) -> tuple[type["Rules"], tuple[Plan]]:
        """A copy in another process is made of the plan."""
        return Rules, (self.plan,)

    @property
    def plan(self) -> Plan:
        """The plan: all that the rules say, as plain data."""
        return self.engine.plan

    @property
    def layout(self) -> Layout:
        """Where the compiled functions find their values."""
        return self.engine.closures.layout

    @property
    def model_names(self) -> tuple[str, ...]:
        """The models, in the order of the files, then of the text."""
        return tuple(model.name for model in self.plan.models)

    @property
    def qualification_names(self) -> tuple[str, ...]:
        """The qualifications, in the order of the files, then of the text."""
        return tuple(each.name for each in self.plan.qualifications)

    def score(
        self,
        lead: object,
        *,
        interactions: Iterable[object] = (),
        contact: object | None = None,
        as_of: datetime.datetime | None = None,
        previous: PreviousStages | None = None,
    ) -> Result:
        """Scores and qualifies one lead.

        `lead` and `contact` are mappings, dataclasses or pydantic models with the schema's fields; `interactions` are
        mappings or objects with `type`, `at`, perhaps `lead_id`, `contact_id`, `id`, and properties. `as_of` (with a
        time zone; default now) is the instant at which the lead is judged; `previous` the stages of last time by
        qualification. Values that cannot be read are missing and named in `rejected`. ValueError for an `as_of`
        without a time zone, TypeError for what is no lead or no time at all.
        """
        return self.session(as_of).score(self.subject(lead, interactions, contact), previous_states(previous))

    def explain(
        self,
        lead: object,
        *,
        interactions: Iterable[object] = (),
        contact: object | None = None,
        as_of: datetime.datetime | None = None,
        previous: PreviousStages | None = None,
    ) -> Explanation:
        """The same as `score`, with every rule's tests, the values they saw, and where they stand."""
        session = self.session(as_of)
        subject = self.subject(lead, interactions, contact)
        return explain(self.engine, subject, session.judge(subject, previous_states(previous)))

    def session(self, as_of: datetime.datetime | int | None = None) -> Session:
        """The rules at one `as_of`: a time with a zone, microseconds since 1970 UTC, or None for now."""
        instant = _instant(as_of)
        for latest in self._latest:
            if latest.as_of == instant:
                return latest
        session = Session(self.engine, instant)
        self._latest[:] = [session]
        return session

    def subject(self, lead: object, interactions: Iterable[object] = (), contact: object | None = None) -> Subject:
        """A lead as the rules see it: its fields in use, its contact's, and both's interactions."""
        if lead is None or isinstance(lead, str | bytes | int | float | list | tuple | set):
            raise TypeError(
                f"a lead is a mapping, a dataclass or a pydantic model, not a {type(cast(object, lead)).__name__}"
            )
        rejected: list[Rejected] = []

        def report(table: str) -> "_Report":
            return _Report(table, rejected)

        schema = self.plan.schema
        values = self._lead_reader.from_object(lead, report("leads"))
        contact_values = self._no_contact
        if contact is not None and self._contact_reader is not None:
            contact_values = self._contact_reader.from_object(contact, report("contacts"))
        key = read_key(value_of(lead, schema.lead.key))
        contact_key = None
        if schema.contact is not None and contact is not None:
            contact_key = read_key(value_of(contact, schema.contact.key))
        if contact_key is None and self._contact_column is not None:
            contact_key = read_key(value_of(lead, self._contact_column))
        events = self.events.from_objects(interactions, key, contact_key, contact is not None, report("interactions"))
        return Subject(key, values, contact_values, events, tuple(rejected))


class _Report:
    """Collects the values of one table that could not be read."""

    def __init__(self, table: str, rejected: list[Rejected]) -> None:
        self._table, self._rejected = table, rejected

    def __call__(self, column: str, value: str, reason: str) -> None:
        self._rejected.append(Rejected(self._table, column, value, reason))


def _instant(as_of: datetime.datetime | int | None) -> int:
    if as_of is None:
        as_of = datetime.datetime.now(datetime.UTC)
    if isinstance(as_of, int) and not isinstance(as_of, bool):
        return as_of
    if not isinstance(as_of, datetime.datetime):
        raise TypeError(f"as_of is a datetime with a time zone, not a {type(as_of).__name__}")
    if as_of.utcoffset() is None:
        raise ValueError("as_of needs a time zone, as in datetime.now(UTC)")
    try:
        instant = instant_of_datetime(as_of, zone_of("UTC"))
    except OverflowError:
        instant = LATEST + 1
    if not EARLIEST <= instant <= LATEST:
        raise ValueError(f"as_of is too near the calendar's end: {as_of}")
    return instant


def previous_states(previous: PreviousStages | None) -> Previous:
    """The stages of last time; a bare name was entered once."""
    if not previous:
        return {}
    return {
        name: each if isinstance(each, StageState) else StageState(each or None, 1 if each else 0)
        for name, each in previous.items()
    }
