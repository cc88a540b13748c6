"""What scoring gives back: plain data that does not change, the same for one lead and for a row of a table.

Which rules fired is kept by their numbers until somebody asks: to sort and name them can cost more than to score.
"""

import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from types import MappingProxyType


class ModelResult:
    """One model's verdict on one lead.

    `score` is in points, None when the lead is outside the model's audience (which is not 0); `grade` is None
    without a score or when no grade is reached; `rules` are the ids of the rules that fired, in text order.
    """

    __slots__ = ("_fired", "_grade", "_ids", "_score")

    def __init__(
        self, score: int | None, grade: str | None, rules: Sequence[str], fired: Iterable[Iterable[int]] | None = None
    ) -> None:
        """`rules` are the ids of the rules that fired; or, with `fired`, of all rules, of which those numbers did, in
        bunches as they come."""
        self._score, self._grade, self._ids, self._fired = score, grade, rules, fired

    @property
    def score(self) -> int | None:
        """The points; None outside the audience."""
        return self._score

    @property
    def grade(self) -> str | None:
        """The grade; None if there is none."""
        return self._grade

    @property
    def rules(self) -> list[str]:
        """The ids of the rules that fired, in text order; a new list each time."""
        ids, fired = self._ids, self._fired
        return list(ids) if fired is None else [ids[number] for number in sorted(chain.from_iterable(fired))]

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, ModelResult):
            return NotImplemented
        return (self.score, self.grade, self.rules) == (other.score, other.grade, other.rules)

    def __hash__(self) -> int:
        return hash((self.score, self.grade, *self.rules))

    def __repr__(self) -> str:
        return f"ModelResult(score={self.score!r}, grade={self.grade!r}, rules={self.rules!r})"


@dataclass(frozen=True, slots=True)
class StageState:
    """Where a lead stands in a qualification: its stage (None: none) and how often it entered one so far."""

    stage: str | None
    entered: int = 0


@dataclass(frozen=True, slots=True)
class Action:
    """Something to do because a stage was entered: data for a workflow, never done by the engine itself.

    `kind` is "create task", "notify" or "set". A task has `title`, and `owner` and `due` (an instant, UTC)
    where the rule tells them; a notification its `channel`; a set its `field` and `value`. `key` makes doing it
    twice avoidable: lead, qualification, stage, the entering's number and the action's place in the stage.
    """

    kind: str
    key: str
    qualification: str
    stage: str
    title: str | None = None
    owner: str | None = None
    due: datetime.datetime | None = None
    channel: str | None = None
    field: str | None = None
    value: str | float | bool | datetime.date | datetime.datetime | None = None


@dataclass(frozen=True, slots=True)
class Rejected:
    """A value that could not be read and was taken for missing: where it stood, what it was, and why not."""

    table: str
    column: str
    value: str
    reason: str


NO_STAGES: Mapping[str, StageState] = {}


class Result:
    """Everything that the rules say of one lead.

    `models` and `qualifications` are in the order of the rule files. `qualification` is the one that the lead falls
    under by its unit and the audience (None: none), `stage` its stage there (None: none); `actions` are those of a
    stage entered just now. `rejected` names the values, of fields that rules use, that could not be read.
    """

    __slots__ = (
        "_actions", "_disqualified_by", "_models", "_qualification", "_qualifications", "_rejected", "_stage",
    )  # fmt: skip

    def __init__(
        self,
        models: Mapping[str, ModelResult],
        qualifications: Mapping[str, StageState] = NO_STAGES,
        disqualified_by: Sequence[str] = (),
        qualification: str | None = None,
        stage: str | None = None,
        actions: tuple[Action, ...] = (),
        rejected: tuple[Rejected, ...] = (),
    ) -> None:
        self._models, self._qualifications, self._disqualified_by = models, qualifications, disqualified_by
        self._qualification, self._stage, self._actions, self._rejected = qualification, stage, actions, rejected

    @property
    def models(self) -> Mapping[str, ModelResult]:
        """Each model's result, by its name."""
        return MappingProxyType(self._models)

    @property
    def qualifications(self) -> Mapping[str, StageState]:
        """Where the lead stands in each qualification, by its name."""
        return MappingProxyType(self._qualifications)

    @property
    def disqualified_by(self) -> list[str]:
        """The ids of the `disqualify` rules that fired, in text order; a new list each time."""
        return list(self._disqualified_by)

    @property
    def disqualified(self) -> bool:
        """Whether a `disqualify` rule fired."""
        return bool(self._disqualified_by)

    @property
    def qualification(self) -> str | None:
        """The qualification that the lead falls under; None: none."""
        return self._qualification

    @property
    def stage(self) -> str | None:
        """The stage in that qualification; None: none."""
        return self._stage

    @property
    def actions(self) -> tuple[Action, ...]:
        """What is to be done because a stage was entered just now."""
        return self._actions

    @property
    def rejected(self) -> tuple[Rejected, ...]:
        """The values that could not be read and were taken for missing."""
        return self._rejected

    def __getitem__(self, model: str) -> ModelResult:
        """The result of one model, by its name; KeyError names the models there are."""
        try:
            return self._models[model]
        except KeyError:
            raise KeyError(f"no model {model!r}; there are {', '.join(self._models) or 'none'}") from None

    def __eq__(self, other: object) -> bool:
        return self._parts() == other._parts() if isinstance(other, Result) else NotImplemented

    def __hash__(self) -> int:
        return hash((self._qualification, self._stage, *self._disqualified_by))

    def __repr__(self) -> str:
        names = ("models", "qualifications", "disqualified_by", "qualification", "stage", "actions", "rejected")
        return f"Result({', '.join(f'{name}={part!r}' for name, part in zip(names, self._parts(), strict=True))})"

    def _parts(self) -> tuple[object, ...]:
        return (
            dict(self._models), dict(self._qualifications), list(self._disqualified_by), self._qualification,
            self._stage, self._actions, self._rejected,
        )  # fmt: skip
