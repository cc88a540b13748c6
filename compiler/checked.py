"""What the checker knows to be true: every name resolved, every type right, every let filled in.

Still the sugar of the language (`between`, `is not`, `not`), no longer its names. `lower` turns it into a plan.
Text literals are as written; trimming and folding are lowering's.
"""

import datetime
from dataclasses import dataclass
from typing import Literal

from scoreline.compiler.schema.fields import FieldSpec
from scoreline.dsl import nodes
from scoreline.dsl.source import Place

Owner = Literal["lead", "contact", "interaction"]
Origin = Literal["lead", "contact", "both"]
Period = Literal["day", "week", "month", "year"]

# Operands: what tests compare


@dataclass(frozen=True, slots=True)
class Field:
    """A field of the lead, of its contact, or a property of the interaction at hand."""

    owner: Owner
    name: str
    spec: FieldSpec


@dataclass(frozen=True, slots=True)
class Count:
    """How many interactions, or, with `distinct` or `period`, how many different values or calendar units."""

    origin: Origin
    type: str
    where: "Condition | None" = None
    window: nodes.Window | None = None
    distinct: str | None = None
    period: Period | None = None


@dataclass(frozen=True, slots=True)
class Score:
    """The score of a model, in points; missing outside its audience."""

    model: str


@dataclass(frozen=True, slots=True)
class Grade:
    """The grade of a model; `values` are the grades it has."""

    model: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class StageNow:
    """In an example: the stage that the lead is in."""

    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sum:
    """A weighted sum of counts or of scores."""

    parts: tuple[tuple[int, Count | Score], ...]


Constant = nodes.Text | nodes.Number | nodes.Date | nodes.YesNo
Subject = Field | Count | Score | Grade | StageNow | Sum
Operand = Field | Count | Score | Grade | StageNow | Sum | nodes.Text | nodes.Number | nodes.Date | nodes.YesNo

# Conditions


@dataclass(frozen=True, slots=True)
class Comparing:
    """`left` compared with `right`."""

    left: Subject
    operator: Literal["is", "<", "<=", ">", ">="]
    right: Operand
    place: Place


@dataclass(frozen=True, slots=True)
class Among:
    """`subject in [...]`"""

    subject: Subject
    values: tuple[Constant, ...]
    place: Place


@dataclass(frozen=True, slots=True)
class Ranging:
    """`subject between low and high`"""

    subject: Subject
    low: Operand
    high: Operand
    place: Place


@dataclass(frozen=True, slots=True)
class Knowing:
    """`subject is known`"""

    subject: Subject
    place: Place


@dataclass(frozen=True, slots=True)
class Matching:
    """A text of which a text operator, `how`, holds with `any` or `all` of the arguments; choices that contain them."""

    field: Field
    how: str
    quantifier: Literal["any", "all"]
    arguments: tuple[nodes.Text | Field, ...]
    place: Place


@dataclass(frozen=True, slots=True)
class InWindow:
    """A date or datetime that lies in a window."""

    field: Field
    window: nodes.Window
    place: Place


@dataclass(frozen=True, slots=True)
class Disqualified:
    """In an example: whether the lead is disqualified."""

    place: Place


@dataclass(frozen=True, slots=True)
class Fired:
    """In an example: whether a rule fired; `rule` is its whole id."""

    model: str
    rule: str
    place: Place


@dataclass(frozen=True, slots=True)
class Not:
    """Not; `apart` if the word stands before the test (`not x is 1`) and not in it (`x is not 1`)."""

    condition: "Condition"
    apart: bool = False


@dataclass(frozen=True, slots=True)
class And:
    """All of them."""

    conditions: "tuple[Condition, ...]"


@dataclass(frozen=True, slots=True)
class Or:
    """Any of them."""

    conditions: "tuple[Condition, ...]"


Test = Comparing | Among | Ranging | Knowing | Matching | InWindow | Disqualified | Fired
Condition = Comparing | Among | Ranging | Knowing | Matching | InWindow | Disqualified | Fired | Not | And | Or

# Statements


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule, which fires if its `condition` holds or its `count` is not 0; `points` is None for `disqualify`."""

    id: str
    number: int
    label: str | None
    group: int | None
    place: Place
    condition: Condition | None
    count: Count | None
    points: int | None
    cap: int | None = None
    decay: nodes.Decay | None = None


@dataclass(frozen=True, slots=True)
class Group:
    """A group's bounds, in points."""

    title: str
    best_only: bool
    at_most: int | None
    at_least: int | None


@dataclass(frozen=True, slots=True)
class Model:
    """A scoring model; `grades` are (name, threshold in points or None for `otherwise`)."""

    name: str
    title: str | None
    place: Place
    audience: Condition | None
    clamp: tuple[int, int] | None
    groups: tuple[Group, ...]
    rules: tuple[Rule, ...]
    grades: tuple[tuple[str, int | None], ...]


Template = tuple[str | Field, ...]


@dataclass(frozen=True, slots=True)
class CreateTask:
    """A follow-up task."""

    title: Template
    owner: Template | None
    due: nodes.Duration | None


@dataclass(frozen=True, slots=True)
class Notify:
    """A notification to a channel."""

    channel: str


@dataclass(frozen=True, slots=True)
class SetField:
    """A field of the lead to be set."""

    field: Field
    value: Constant | Field


Action = CreateTask | Notify | SetField


@dataclass(frozen=True, slots=True)
class Stage:
    """A stage of a qualification."""

    name: str
    place: Place
    when: Condition
    until: Condition | None
    actions: tuple[Action, ...]


@dataclass(frozen=True, slots=True)
class Qualification:
    """A qualification, its stages from lowest to highest."""

    name: str
    title: str | None
    place: Place
    unit: str | None
    audience: Condition | None
    stages: tuple[Stage, ...]


FactValue = str | float | bool | datetime.date | tuple[str, ...] | None


@dataclass(frozen=True, slots=True)
class GivenInteractions:
    """Interactions that an example gives: `times` of them, `ago` before its `as_of`."""

    origin: Literal["lead", "contact"]
    type: str
    times: int
    ago: nodes.Duration | None
    properties: tuple[tuple[str, FactValue], ...]


@dataclass(frozen=True, slots=True)
class Example:
    """An example: what is given, and what is expected."""

    title: str
    place: Place
    today: datetime.date | None
    previous: str | None
    lead: tuple[tuple[str, FactValue], ...]
    contact: tuple[tuple[str, FactValue], ...] | None
    happened: tuple[GivenInteractions, ...]
    expectations: tuple[tuple[Condition, Place], ...]


@dataclass(frozen=True, slots=True)
class Checked:
    """Everything that a project's rule files say, in the order of the files, then of the text."""

    models: tuple[Model, ...]
    qualifications: tuple[Qualification, ...]
    examples: tuple[Example, ...]
