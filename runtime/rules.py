"""Rules: what a program loads once and scores leads with.

    rules = load("my-rules")
    result = rules.score({"lead_id": "7", "industry": "Software"}, interactions=[…], as_of=now)

A `Rules` object is immutable and safe to share between threads.
"""

import datetime
import os
from collections.abc import Iterable, Mapping
from functools import partial
from pathlib import Path
from typing import cast
from zoneinfo import ZoneInfo

from scoreline.compiler.backends.closures.build import Counts, build
from scoreline.compiler.backends.closures.dispatch.choice import Dispatch
from scoreline.compiler.backends.closures.layout import Layout
from scoreline.compiler.backends.closures.records import Refused
from scoreline.compiler.calendar import EARLIEST, LATEST
from scoreline.compiler.counter_names import counter_names
from scoreline.compiler.instants import instant_of_datetime
from scoreline.compiler.plan import Plan
from scoreline.compiler.plan_parts import needed_fields
from scoreline.runtime.counts import InteractionCounts, counts_of
from scoreline.runtime.events import EventReader, Keys
from scoreline.runtime.explain import Explanation, explain
from scoreline.runtime.history import History, arranged, compact
from scoreline.runtime.keys import read_key
from scoreline.runtime.leads import EntityReader, RecordReader, Values, value_of
from scoreline.runtime.results import NO_STAGES, Rejected, Result, StageState
from scoreline.runtime.rows import ShapedRows
from scoreline.runtime.saved import save_plan
from scoreline.runtime.scoring import Inputs, KnownInteractions, KnownLead, Previous, ReadLead, Scorer, ScoringRun

Interactions = Iterable[object] | KnownInteractions
"""Interactions as a caller has them: objects, a history that was read from them, or counts kept elsewhere."""

PreviousStages = Mapping[str, str | StageState | None]


_NO_LEADS = (str, bytes, int, float, list, tuple, set)


class Rules:
    """A compiled rule set."""

    def __init__(self, plan: Plan, dispatch: Dispatch = Dispatch.AUTO) -> None:
        """`dispatch`: whether rules are found through an index of their values; by default, where that pays."""
        self.plan = plan
        """All that the rules say, as plain data."""
        self.scorer = Scorer(plan, build(plan, dispatch))
        self.layout: Layout = self.scorer.closures.layout
        """Where the compiled functions find their values."""
        self.zone: ZoneInfo = ZoneInfo(plan.timezone)
        schema = plan.schema
        lead_slots = [slot for slot in self.layout.fields if slot.owner == "lead"]
        contact_slots = [slot for slot in self.layout.fields if slot.owner == "contact"]
        of_lead, of_contact = needed_fields(plan, "lead"), needed_fields(plan, "contact")
        self._lead = RecordReader(schema.lead, self.zone, of_lead, lead_slots)
        self._lead_values = EntityReader(schema.lead, self.zone, of_lead)
        contact = schema.contact
        self._contact = None if contact is None else RecordReader(contact, self.zone, of_contact, contact_slots)
        self._contact_values = None if contact is None else EntityReader(contact, self.zone, of_contact)
        self._no_contact: Values = {} if self._contact_values is None else self._contact_values.absent()
        self.events = EventReader(schema, self.layout, self.zone)
        self._read_as = (schema, plan.timezone)
        self._rows = ShapedRows(plan, self.layout, self.events)
        relation = next((each for each in schema.lead.relations.values() if each.to == "contact"), None)
        self._contact_column = None if relation is None else relation.column
        self._count, self._models = self.scorer.count_asked, self.scorer.models
        self._qualifies = bool(plan.qualifications)
        self.counters = counter_names(plan)
        """What the rules count, each by a name that reads as they do, in the plan's order."""
        self._latest: ScoringRun | None = None
        self._frozen = True

    def __setattr__(self, name: str, value: object) -> None:
        """Only construction sets attributes; AttributeError from then on."""
        if getattr(self, "_frozen", False):
            raise AttributeError("rules are immutable")
        super().__setattr__(name, value)

    def __reduce__(self) -> tuple[type["Rules"], tuple[Plan]]:
        """A copy in another process is made of the plan."""
        return Rules, (self.plan,)

    def save(self, path: str | os.PathLike[str]) -> None:
        """Writes the plan to a file (ending in `.json`), from which `load` makes these rules again without a parser.

        ValueError for another ending; OSError if it cannot be written.
        """
        save_plan(self.plan, Path(path))

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
        interactions: Interactions = (),
        contact: object | None = None,
        as_of: datetime.datetime | None = None,
        previous: PreviousStages | None = None,
    ) -> Result:
        """Scores and qualifies one lead.

        `lead` and `contact` are mappings, dataclasses or pydantic models with the schema's fields; `interactions` are
        mappings or objects with `type`, `at`, perhaps `lead_id`, `contact_id`, `id`, and properties; or a history that
        was read from them, or counts of them. `as_of` (with a time zone; default now) is the instant for which the lead
        is scored; `previous` the stages of last time by qualification. Values that cannot be read are missing and named
        in `rejected`. ValueError for an `as_of` without a time zone, TypeError for what is no lead or no time at all.
        """
        session = self._latest
        if session is None or as_of is None or session.given is not as_of:
            session = self.session(as_of)
        kind = type(lead)
        if kind is not dict:
            _check_lead(lead)
        refused: Refused = []
        record = self._lead.read(lead, refused)
        rejected = _rejected("leads", refused) if refused else ()
        if self._contact is not None:
            refused = []
            record += self._contact.absent if contact is None else self._contact.read(contact, refused)
            if refused:
                rejected += _rejected("contacts", refused)
        if type(interactions) is InteractionCounts and interactions.names is self.counters:
            counts = interactions.numbers
        else:
            counts, reported = self._counted(interactions, lead, contact, session)
            rejected += reported
        if self._qualifies:
            inputs = Inputs(record, counts, session.moments)
            known_lead = partial(self._known_lead, lead, contact)
            return self.scorer.qualified(inputs, previous_states(previous), known_lead, rejected)
        models, disqualified_by = self._models(record, counts, session.moments)
        return Result(models, NO_STAGES, disqualified_by, None, None, (), rejected)

    def history(self, interactions: Iterable[object], *, lead: object = None, contact: object = None) -> History:
        """Reads interactions once, to score with them more than once.

        `lead` and `contact` (the same that `score` takes) tell whose those are that name a `lead_id` or a `contact_id`;
        without a lead, all that name one are taken for its. What `score` makes of a history is what it makes of the
        interactions.
        """
        return compact(self._read_history(interactions, lead, contact))

    def count(
        self,
        interactions: Iterable[object] | History,
        *,
        lead: object = None,
        contact: object = None,
        as_of: datetime.datetime | None = None,
    ) -> InteractionCounts:
        """All that the rules count of interactions, as of a time: to be kept, and handed to `score` in their place."""
        session = self.session(as_of)
        counts = self.scorer.counted(self._told(interactions, lead, contact), session.moments)
        return InteractionCounts(self.counters, tuple(counts))

    def counts_of(self, values: Mapping[str, int]) -> InteractionCounts:
        """Counts that were kept elsewhere, by the names of `counters`; those that are not given are 0.

        ValueError for a name that is none of them and for a count below 0, TypeError for what is no whole number.
        """
        points = [name for name, each in zip(self.counters, self.plan.counters, strict=True) if each.yields == "points"]
        return counts_of(self.counters, points, values)

    def explain(
        self,
        lead: object,
        *,
        interactions: Interactions = (),
        contact: object | None = None,
        as_of: datetime.datetime | None = None,
        previous: PreviousStages | None = None,
    ) -> Explanation:
        """The same as `score`, with every rule's tests, the values they saw, and where they stand."""
        session = self.session(as_of)
        read_lead = self.read_lead(lead, interactions, contact)
        return explain(self.scorer, read_lead, session.evaluate(read_lead, previous_states(previous)))

    def session(self, as_of: datetime.datetime | int | None = None) -> ScoringRun:
        """The rules at one `as_of`: a time with a zone, microseconds since 1970 UTC, or None for now."""
        instant = _instant(as_of)
        latest = self._latest
        if latest is not None and latest.as_of == instant:
            return latest
        session = ScoringRun(self.scorer, instant, as_of)
        # What was made last is kept, so that as_of is not worked out for each lead.
        object.__setattr__(self, "_latest", session)
        return session

    def read_lead(self, lead: object, interactions: Interactions = (), contact: object | None = None) -> ReadLead:
        """A lead as the rules see it: its fields in use, its contact's, and both's interactions."""
        _check_lead(lead)
        rejected: list[Rejected] = []
        values = self._lead_values.from_object(lead, _Report("leads", rejected))
        contact_values = self._no_contact
        if contact is not None and self._contact_values is not None:
            contact_values = self._contact_values.from_object(contact, _Report("contacts", rejected))
        told = self._told(interactions, lead, contact)
        key = read_key(value_of(lead, self.plan.schema.lead.key))
        return ReadLead(key, values, contact_values, told, (*rejected, *told.rejected))

    def _told(self, interactions: Interactions, lead: object, contact: object) -> KnownInteractions:
        """The interactions of a call, as these rules count them."""
        if type(interactions) is History and interactions.layout is self.layout:
            return interactions
        if isinstance(interactions, InteractionCounts):
            if interactions.names != self.counters:
                raise ValueError("these counts were made for other rules: make them anew with rules.counts_of(…)")
            return interactions
        if isinstance(interactions, History):
            if interactions.layout != self.layout or interactions.read_as != self._read_as:
                raise ValueError("this history was read for other rules: make it anew with rules.history(…)")
            return interactions
        return self._read_history(interactions, lead, contact)

    def _counted(
        self, interactions: Interactions, lead: object, contact: object, session: ScoringRun
    ) -> tuple[Counts, tuple[Rejected, ...]]:
        """The counts as far as rules ask for them, and what could not be read."""
        if isinstance(interactions, list):
            rejected: list[Rejected] = []
            rows, report = cast(object, interactions), _Report("interactions", rejected)
            shaped = self._rows.read(rows, partial(self._keys, lead, contact), contact is not None, report)
            if shaped is not None:
                bounds = session.times if self._rows.keeps_times else session.moments
                return self.scorer.closures.count_asked(*shaped, bounds), tuple(rejected)
        told = self._told(cast(Interactions, interactions), lead, contact)
        counts = told.numbers if isinstance(told, InteractionCounts) else self._count(told, session.moments)
        return counts, told.rejected

    def _read_history(self, interactions: Iterable[object], lead: object, contact: object) -> History:
        rejected: list[Rejected] = []
        events = self.events.from_objects(
            interactions, lambda: self._keys(lead, contact), contact is not None, _Report("interactions", rejected)
        )
        return arranged(self.layout, events, rejected, self._read_as)

    def _keys(self, lead: object, contact: object) -> Keys:
        """The key of the lead, and that of its contact: its own, or else the one that the lead names."""
        schema = self.plan.schema
        key = None if lead is None else read_key(value_of(lead, schema.lead.key))
        contact_key = None
        if schema.contact is not None and contact is not None:
            contact_key = read_key(value_of(contact, schema.contact.key))
        if contact_key is None and self._contact_column is not None and lead is not None:
            contact_key = read_key(value_of(lead, self._contact_column))
        return key, contact_key

    def _known_lead(self, lead: object, contact: object) -> KnownLead:
        """The lead as actions speak of it."""
        values = self._lead_values.from_object(lead, _ignored)
        contact_values = self._no_contact
        if contact is not None and self._contact_values is not None:
            contact_values = self._contact_values.from_object(contact, _ignored)
        return KnownLead(read_key(value_of(lead, self.plan.schema.lead.key)), values, contact_values)


def _rejected(table: str, refused: Refused) -> tuple[Rejected, ...]:
    return tuple(Rejected(table, column, value, reason) for column, value, reason in refused)


class _Report:
    """Collects the values of one table that could not be read."""

    def __init__(self, table: str, rejected: list[Rejected]) -> None:
        self._table, self._rejected = table, rejected

    def __call__(self, column: str, value: str, reason: str) -> None:
        self._rejected.append(Rejected(self._table, column, value, reason))


def _check_lead(lead: object) -> None:
    if lead is None or isinstance(lead, _NO_LEADS):
        raise TypeError(
            f"a lead is a mapping, a dataclass or a pydantic model, not a {type(cast(object, lead)).__name__}"
        )


def _ignored(column: str, value: str, reason: str) -> None:
    """Takes no notice of what has been reported already."""


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
        instant = instant_of_datetime(as_of, ZoneInfo("UTC"))
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
