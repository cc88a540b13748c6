"""What scoring gives back: plain frozen data, the same for one lead and for a row of a table."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class ModelResult:
    """One model's verdict on one lead.

    `score` is in points, None when the lead is outside the model's audience (which is not 0); `grade` is None
    without a score or when no grade is reached; `rules` are the ids of the rules that fired, in text order.
    """

    score: int | None
    grade: str | None
    rules: list[str]


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


@dataclass(frozen=True, slots=True)
class Result:
    """Everything that the rules say of one lead.

    `models` and `qualifications` are in the order of the rule files. `qualification` is the one that the lead falls
    under by its unit and the audience (None: none), `stage` its stage there (None: none); `actions` are those of a
    stage entered just now. `rejected` names the values, of fields that rules use, that could not be read.
    """

    models: Mapping[str, ModelResult]
    qualifications: Mapping[str, StageState] = field(default_factory=dict[str, StageState])
    disqualified_by: list[str] = field(default_factory=list[str])
    qualification: str | None = None
    stage: str | None = None
    actions: tuple[Action, ...] = ()
    rejected: tuple[Rejected, ...] = ()

    @property
    def disqualified(self) -> bool:
        """Whether a `disqualify` rule fired."""
        return bool(self.disqualified_by)

    def __getitem__(self, model: str) -> ModelResult:
        """The result of one model, by its name; KeyError names the models there are."""
        try:
            return self.models[model]
        except KeyError:
            raise KeyError(f"no model {model!r}; there are {', '.join(self.models) or 'none'}") from None
