"""One lead, one result: the compiled functions, put together.

A session is a rule set at one `as_of`: all bounds of time are computed once. Nothing here reads raw data; readers
(`leads.py`, `events.py`) have made known values and events of it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from scoreline.compiler.backends.closures.build import Closures, Counts, Record
from scoreline.compiler.calendar import moment_values
from scoreline.compiler.folding import fold
from scoreline.compiler.plan import GradeStep, Plan
from scoreline.runtime.actions import ActionMaker
from scoreline.runtime.events import Events
from scoreline.runtime.leads import RecordBuilder, Values
from scoreline.runtime.qualify import falls_under, stand
from scoreline.runtime.results import Action, ModelResult, Rejected, Result, StageState
from scoreline.runtime.zones import zone_of

Previous = Mapping[str, StageState]
_NOWHERE = StageState(None, 0)


@dataclass(frozen=True, slots=True)
class Subject:
    """A lead as scoring sees it: its key, its and its contact's known values, and both's events."""

    key: str | None
    lead: Values
    contact: Values
    events: Events
    rejected: tuple[Rejected, ...] = ()


@dataclass(frozen=True, slots=True)
class Seen:
    """What the compiled functions see of a lead, and the models' verdicts: what qualifications go on."""

    record: Record
    counts: Counts
    moments: Sequence[int]
    models: Mapping[str, ModelResult]
    grades: Mapping[str, str | None]
    disqualified_by: list[str]


@dataclass(frozen=True, slots=True)
class Judged:
    """A result, and what led to it: for explanations."""

    result: Result
    seen: Seen
    before: StageState


@dataclass(frozen=True, slots=True)
class _Qualified:
    """Where a lead stands: the qualification that it falls under, its state in every one, and what is to be done."""

    states: Mapping[str, StageState]
    qualification: str | None = None
    stage: str | None = None
    actions: tuple[Action, ...] = ()


class Engine:
    """A plan and its compiled functions."""

    def __init__(self, plan: Plan, closures: Closures) -> None:
        self.plan, self.closures = plan, closures
        zone = zone_of(plan.timezone)
        schema = plan.schema
        self._records = RecordBuilder(closures.layout, schema, zone)
        self._actions = ActionMaker(schema, zone)

    def judge(self, subject: Subject, moments: Sequence[int], previous: Previous) -> Judged:
        """Scores and qualifies a lead."""
        seen = self._score(subject, moments)
        found = self._qualify(subject, seen, previous)
        result = Result(
            dict(seen.models),
            dict(found.states),
            seen.disqualified_by,
            found.qualification,
            found.stage,
            found.actions,
            subject.rejected,
        )
        return Judged(result, seen, previous.get(found.qualification or "", _NOWHERE))

    def _score(self, subject: Subject, moments: Sequence[int]) -> Seen:
        record = self._records.record(subject.lead, subject.contact)
        counts = self.closures.count(subject.events, moments)
        models: dict[str, ModelResult] = {}
        disqualified_by: list[str] = []
        for model, function in zip(self.plan.models, self.closures.models, strict=True):
            verdict = function(record, counts, moments)
            if verdict is None:
                models[model.name] = ModelResult(None, None, [])
                continue
            score, fired, refused = verdict
            models[model.name] = ModelResult(score, grade_of(model.grades, score), fired)
            disqualified_by.extend(refused)
        grades = {name: None if each.grade is None else fold(each.grade) for name, each in models.items()}
        return Seen(record, counts, moments, models, grades, disqualified_by)

    def _qualify(self, subject: Subject, seen: Seen, previous: Previous) -> _Qualified:
        qualifications = self.plan.qualifications
        states = {each.name: StageState(None, previous.get(each.name, _NOWHERE).entered) for each in qualifications}
        index = falls_under(qualifications, self._unit(subject.lead))
        if index is None:
            return _Qualified(states)
        scores = {name: result.score for name, result in seen.models.items()}
        verdict = self.closures.qualifications[index](seen.record, seen.counts, seen.moments, scores, seen.grades)
        if verdict is None:
            return _Qualified(states)
        qualification = qualifications[index]
        name = qualification.name
        if seen.disqualified_by:
            return _Qualified(states, name)
        standing = stand(qualification.stages, *verdict, previous.get(name, _NOWHERE))
        stage = None if standing.stage is None else qualification.stages[standing.stage]
        states[name] = StageState(None if stage is None else stage.name, standing.entered)
        if stage is None:
            return _Qualified(states, name)
        actions: tuple[Action, ...] = ()
        if standing.newly:
            values = (subject.lead, subject.contact)
            actions = self._actions.actions(qualification, stage, standing.entered, subject.key, values, seen.moments)
        return _Qualified(states, name, stage.name, actions)

    def _unit(self, lead: Values) -> str | None:
        name = self.plan.schema.lead.unit
        unit = None if name is None else lead.get(name)
        return fold(unit) if isinstance(unit, str) else None


class Session:
    """A rule set at one `as_of` (microseconds since 1970 UTC)."""

    def __init__(self, engine: Engine, as_of: int) -> None:
        self._engine = engine
        self.as_of = as_of
        self.moments = moment_values(engine.plan.moments, as_of, zone_of(engine.plan.timezone))

    def judge(self, subject: Subject, previous: Previous) -> Judged:
        """The result for one lead, and what led to it."""
        return self._engine.judge(subject, self.moments, previous)

    def score(self, subject: Subject, previous: Previous) -> Result:
        """The result for one lead."""
        return self._engine.judge(subject, self.moments, previous).result


def grade_of(steps: Sequence[GradeStep], score: int) -> str | None:
    """The grade of a score: of the highest threshold at or below it; the steps stand from the highest down."""
    for step in steps:
        if step.threshold is None or score >= step.threshold:
            return step.name
    return None
