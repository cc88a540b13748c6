"""What a run over a table comes to: counts, and no lead by name."""

import datetime
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from scoreline.compiler.plan import Plan
from scoreline.runtime.results import Result
from scoreline.runtime.table.rejects import Reject, place_of


@dataclass(frozen=True, slots=True)
class ModelSummary:
    """How a model's leads spread: `grades` from the highest down, each with its number of leads.

    `ungraded` have a score and no grade, `outside` have no score. `lowest`, `mean` and `highest` are points, None
    if no lead has a score.
    """

    name: str
    title: str | None
    grades: Mapping[str, int]
    ungraded: int
    outside: int
    lowest: int | None
    mean: float | None
    highest: int | None


@dataclass(frozen=True, slots=True)
class QualificationSummary:
    """How many of the leads that fall under it stand in each stage, from the lowest up, and how many in none."""

    name: str
    title: str | None
    stages: Mapping[str, int]
    none: int

    @property
    def leads(self) -> int:
        """How many leads fall under it: those of its unit, if it has one."""
        return sum(self.stages.values()) + self.none


@dataclass(frozen=True, slots=True)
class Summary:
    """A whole run. `rejects` counts by (table, column, reason); types of interactions are counted by name."""

    leads: int
    as_of: datetime.datetime
    models: tuple[ModelSummary, ...]
    qualifications: tuple[QualificationSummary, ...]
    disqualified: int
    rejects: Mapping[tuple[str, str | None, str], int]
    unknown_types: Mapping[str, int]
    unused_types: Mapping[str, int]

    @property
    def rejected(self) -> int:
        """How many values and rows could not be used."""
        return sum(self.rejects.values())


@dataclass(slots=True)
class Tally:
    """Counts results as they come; the one mutable part of a run."""

    leads: int = 0
    disqualified: int = 0
    grades: Counter[tuple[str, str | None]] = field(default_factory=Counter[tuple[str, str | None]])
    stages: Counter[tuple[str, str | None]] = field(default_factory=Counter[tuple[str, str | None]])
    scores: dict[str, "Spread"] = field(default_factory=dict[str, "Spread"])
    rejects: Counter[tuple[str, str | None, str]] = field(default_factory=Counter[tuple[str, str | None, str]])

    def add(self, result: Result) -> None:
        """Counts one lead, and where it stands in the qualification that it falls under."""
        self.leads += 1
        self.disqualified += result.disqualified
        for name, model in result.models.items():
            if model.score is not None:
                self.grades[name, model.grade] += 1
                self.scores.setdefault(name, Spread()).add(model.score)
        if result.qualification is not None:
            self.stages[result.qualification, result.stage] += 1

    def reject(self, reject: Reject) -> None:
        """Counts one reject."""
        self.rejects[reject.table, reject.column, reject.reason] += 1

    def summary(
        self, plan: Plan, as_of: datetime.datetime, unknown_types: Mapping[str, int], types: Mapping[str, int]
    ) -> Summary:
        """What was counted, in the order of the rule files; `types` are those that the schema names."""
        used = {counter.type for counter in plan.counters}
        return Summary(
            self.leads,
            as_of,
            tuple(self._model(plan, index) for index in range(len(plan.models))),
            tuple(self._qualification(plan, index) for index in range(len(plan.qualifications))),
            self.disqualified,
            dict(sorted(self.rejects.items(), key=lambda item: (-item[1], place_of(*item[0])))),
            _by_count(unknown_types),
            _by_count({name: count for name, count in types.items() if name not in used}),
        )

    def _model(self, plan: Plan, index: int) -> ModelSummary:
        model = plan.models[index]
        spread = self.scores.get(model.name, Spread())
        grades = {step.name: self.grades[model.name, step.name] for step in model.grades}
        return ModelSummary(
            model.name,
            model.title,
            grades,
            self.grades[model.name, None],
            self.leads - spread.count,
            spread.lowest,
            spread.total / spread.count if spread.count else None,
            spread.highest,
        )

    def _qualification(self, plan: Plan, index: int) -> QualificationSummary:
        qualification = plan.qualifications[index]
        stages = {stage.name: self.stages[qualification.name, stage.name] for stage in qualification.stages}
        none = self.stages[qualification.name, None]
        return QualificationSummary(qualification.name, qualification.title, stages, none)


@dataclass(slots=True)
class Spread:
    """The number, sum and ends of a model's scores, in points."""

    count: int = 0
    total: int = 0
    lowest: int | None = None
    highest: int | None = None

    def add(self, score: int) -> None:
        """Counts one score."""
        self.count += 1
        self.total += score
        self.lowest = score if self.lowest is None or score < self.lowest else self.lowest
        self.highest = score if self.highest is None or score > self.highest else self.highest


def _by_count(counts: Mapping[str, int]) -> dict[str, int]:
    return dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))
