"""One lead, one result: the compiled functions, put together.

A session is a rule set at one `as_of`: all bounds of time are computed once. Nothing here reads raw data; readers
(`leads.py`, `events.py`) have made records, known values and history of it.
"""

import datetime
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from zoneinfo import ZoneInfo

from scoreline.compiler.backends.closures.build import Closures, Counts, Record
from scoreline.compiler.calendar import moment_values
from scoreline.compiler.instants import as_datetime
from scoreline.compiler.plan import Field, Model, Plan, WhenRule
from scoreline.runtime.actions import ActionMaker
from scoreline.runtime.counts import InteractionCounts
from scoreline.runtime.history import History
from scoreline.runtime.leads import RecordBuilder, Values
from scoreline.runtime.qualify import falls_under, stand
from scoreline.runtime.results import Action, ModelResult, Rejected, Result, StageState

Previous = Mapping[str, StageState]
_NOWHERE = StageState(None, 0)
KnownInteractions = History | InteractionCounts
"""A lead's interactions as they were read, or counts that stand for them."""

Models = dict[str, ModelResult]
_OUTSIDE = ModelResult(None, None, ())


@dataclass(frozen=True, slots=True)
class KnownLead:
    """A lead as actions speak of it: its key, its and its contact's known values."""

    key: str | None
    lead: Values
    contact: Values


@dataclass(frozen=True, slots=True)
class ReadLead:
    """A lead and its history, read whole: for explanations and tables."""

    key: str | None
    lead: Values
    contact: Values
    interactions: KnownInteractions
    rejected: tuple[Rejected, ...] = ()


@dataclass(frozen=True, slots=True)
class Inputs:
    """What the compiled functions see of a lead: the values of its fields, its counts, the bounds of time."""

    record: Record
    counts: Counts
    moments: Sequence[int]


@dataclass(frozen=True, slots=True)
class Evaluated:
    """A result, and what led to it: for explanations."""

    result: Result
    inputs: Inputs
    before: StageState


class Scorer:
    """A plan and its compiled functions."""

    def __init__(self, plan: Plan, closures: Closures) -> None:
        self.plan, self.closures = plan, closures
        self._count_asked = closures.count_asked
        zone = ZoneInfo(plan.timezone)
        self._records = RecordBuilder(closures.layout, plan.schema, zone)
        self._actions = ActionMaker(plan.schema, zone)
        self._models = [
            (model.name, function, tuple(rule.id for rule in model.rules), _disqualifying(model))
            for model, function in zip(plan.models, closures.models, strict=True)
        ]
        unit = plan.schema.lead.unit
        self._unit = None if unit is None or not plan.qualifications else closures.layout.slot(Field("lead", unit))

    def evaluate(self, read_lead: ReadLead, moments: Sequence[int], previous: Previous) -> Evaluated:
        """Scores and qualifies a lead that was read whole."""
        record = self._records.record(read_lead.lead, read_lead.contact)
        counts = self.counted(read_lead.interactions, moments)
        known_lead = KnownLead(read_lead.key, read_lead.lead, read_lead.contact)
        inputs = Inputs(record, counts, moments)
        result = self.qualified(inputs, previous, lambda: known_lead, read_lead.rejected)
        return Evaluated(result, inputs, previous.get(result.qualification or "", _NOWHERE))

    def counted(self, interactions: KnownInteractions, moments: Sequence[int]) -> Counts:
        """Every count, exactly."""
        if isinstance(interactions, InteractionCounts):
            return interactions.numbers
        return self.closures.count(interactions.instants, interactions.properties, moments)

    def count_asked(self, history: History, moments: Sequence[int]) -> Counts:
        """Every count as far as rules ask for it; see `Closures`."""
        return self._count_asked(history.instants, history.properties, moments)

    def models(self, record: Record, counts: Counts, moments: Sequence[int]) -> tuple[Models, Sequence[str]]:
        """What every model says, by its name, and the ids of the rules that disqualify."""
        models: Models = {}
        disqualified_by: Sequence[str] = ()
        for name, function, ids, disqualifying in self._models:
            verdict = function(record, counts, moments)
            if verdict is None:
                models[name] = _OUTSIDE
                continue
            score, grade, fired = verdict
            models[name] = ModelResult(score, grade, ids, fired)
            if disqualifying and (found := disqualifying.intersection(chain.from_iterable(fired))):
                disqualified_by = (*disqualified_by, *(ids[number] for number in sorted(found)))
        return models, disqualified_by

    def qualified(
        self, inputs: Inputs, previous: Previous, known_lead: Callable[[], KnownLead], rejected: tuple[Rejected, ...]
    ) -> Result:
        """The whole result. `person` is asked only if there are actions to fill in."""
        models, disqualified_by = self.models(inputs.record, inputs.counts, inputs.moments)
        found = self._qualify(inputs, models, bool(disqualified_by), previous, known_lead)
        return Result(
            models, found.states, disqualified_by, found.qualification, found.stage, found.actions, rejected
        )  # fmt: skip

    def _qualify(
        self,
        inputs: Inputs,
        models: Models,
        disqualified: bool,
        previous: Previous,
        known_lead: Callable[[], KnownLead],
    ) -> "_Qualified":
        qualifications = self.plan.qualifications
        states = {each.name: StageState(None, previous.get(each.name, _NOWHERE).entered) for each in qualifications}
        unit = None if self._unit is None else inputs.record[self._unit]
        index = falls_under(qualifications, unit if isinstance(unit, str) else None)
        if index is None:
            return _Qualified(states)
        verdicts = [(each.score, each.grade) for each in models.values()]
        verdict = self.closures.qualifications[index](inputs.record, inputs.counts, inputs.moments, verdicts)
        if verdict is None:
            return _Qualified(states)
        qualification = qualifications[index]
        name = qualification.name
        if disqualified:
            return _Qualified(states, name)
        standing = stand(qualification.stages, *verdict, previous.get(name, _NOWHERE))
        stage = None if standing.stage is None else qualification.stages[standing.stage]
        states[name] = StageState(None if stage is None else stage.name, standing.entered)
        if stage is None:
            return _Qualified(states, name)
        actions: tuple[Action, ...] = ()
        if standing.newly and stage.actions:
            who = known_lead()
            actions = self._actions.actions(
                qualification, stage, standing.entered, who.key, (who.lead, who.contact), inputs.moments
            )
        return _Qualified(states, name, stage.name, actions)


def _disqualifying(model: Model) -> frozenset[int]:
    """The numbers of the rules that disqualify."""
    return frozenset(n for n, rule in enumerate(model.rules) if isinstance(rule, WhenRule) and rule.points is None)


@dataclass(frozen=True, slots=True)
class _Qualified:
    """Where a lead stands: the qualification that it falls under, its state in every one, and what is to be done."""

    states: Mapping[str, StageState]
    qualification: str | None = None
    stage: str | None = None
    actions: tuple[Action, ...] = ()


class ScoringRun:
    """A rule set at one `as_of` (microseconds since 1970 UTC); `given` is that time as the caller gave it."""

    def __init__(self, scorer: Scorer, as_of: int, given: datetime.datetime | int | None = None) -> None:
        self._scorer = scorer
        self.as_of, self.given = as_of, given
        self.moments = moment_values(scorer.plan.moments, as_of, ZoneInfo(scorer.plan.timezone))

    @cached_property
    def times(self) -> tuple[datetime.datetime | int, ...]:
        """The same as `moments`, the instants among them as times in UTC."""
        pairs = zip(self._scorer.plan.moments, self.moments, strict=True)
        return tuple(as_datetime(value) if moment.of == "instant" else value for moment, value in pairs)

    def evaluate(self, read_lead: ReadLead, previous: Previous) -> Evaluated:
        """The result for one lead, and what led to it."""
        return self._scorer.evaluate(read_lead, self.moments, previous)

    def score(self, read_lead: ReadLead, previous: Previous) -> Result:
        """The result for one lead."""
        return self._scorer.evaluate(read_lead, self.moments, previous).result
