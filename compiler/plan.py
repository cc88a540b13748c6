"""The plan: a rule set as plain data, the one thing that all backends read.

Everything is explicit: texts are trimmed and folded, `not` is pushed down to the tests, windows and decays are
bounds to compare with, equal tests and counters are one. A plan goes to JSON and back without loss; a published
rule set is such a plan, and needs neither rule files nor a parser.

Conventions. A day is `datetime.date.toordinal()`; an instant is microseconds since 1970-01-01T00:00Z.
`nodes` is a table in which every node stands behind the nodes it refers to, so that nothing needs to
recurse. A node is two-valued: a test holds only if what it asks for is known; a negated test asks for "known,
and does not hold" (Kleene's logic without a third value).
"""

from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import Discriminator
from scoreline.compiler.operators import OperatorName
from scoreline.compiler.schema import Schema

VERSION = 1
Owner = Literal["lead", "contact", "interaction"]
Origin = Literal["lead", "contact", "both"]
Period = Literal["day", "week", "month", "year"]
Operator = Literal["==", "!=", "<", "<=", ">", ">="]

# Operands


@dataclass(frozen=True, slots=True)
class Field:
    """The value of a field (texts and choices folded), or missing."""

    owner: Owner
    name: str
    kind: Literal["field"] = "field"


@dataclass(frozen=True, slots=True)
class DayOf:
    """The calendar day, in the project's time zone, of a datetime field."""

    owner: Owner
    name: str
    kind: Literal["day of"] = "day of"


@dataclass(frozen=True, slots=True)
class Number:
    """A 64-bit float."""

    value: float
    kind: Literal["number"] = "number"


@dataclass(frozen=True, slots=True)
class Text:
    """A folded text."""

    value: str
    kind: Literal["text"] = "text"


@dataclass(frozen=True, slots=True)
class YesNo:
    """Yes or no."""

    value: bool
    kind: Literal["yes/no"] = "yes/no"


@dataclass(frozen=True, slots=True)
class Day:
    """A calendar day."""

    value: int
    kind: Literal["day"] = "day"


@dataclass(frozen=True, slots=True)
class Instant:
    """An instant."""

    value: int
    kind: Literal["instant"] = "instant"


@dataclass(frozen=True, slots=True)
class MomentRef:
    """A bound that is computed from `as_of`: an index into `moments`."""

    index: int
    kind: Literal["moment"] = "moment"


@dataclass(frozen=True, slots=True)
class CountRef:
    """A count: an index into `counters`, of one that yields a count. Never missing."""

    index: int
    kind: Literal["count"] = "count"


@dataclass(frozen=True, slots=True)
class Score:
    """The score of a model, or missing outside its audience."""

    model: str
    kind: Literal["score"] = "score"


@dataclass(frozen=True, slots=True)
class Grade:
    """The grade of a model, folded, or missing."""

    model: str
    kind: Literal["grade"] = "grade"


@dataclass(frozen=True, slots=True)
class Stage:
    """The stage of the lead, folded, or missing (in examples)."""

    kind: Literal["stage"] = "stage"


@dataclass(frozen=True, slots=True)
class Sum:
    """A weighted sum; missing if a part is."""

    parts: tuple[tuple[int, Annotated[CountRef | Score, Discriminator("kind")]], ...]
    kind: Literal["sum"] = "sum"


Constant = Annotated[Number | Text | YesNo | Day | Instant, Discriminator("kind")]
Operand = Annotated[
    Field | DayOf | Number | Text | YesNo | Day | Instant | MomentRef | CountRef | Score | Grade | Stage | Sum,
    Discriminator("kind"),
]

# Nodes


@dataclass(frozen=True, slots=True)
class Compare:
    """Both are known, and `left operator right`."""

    left: Operand
    operator: Operator
    right: Operand
    kind: Literal["compare"] = "compare"


@dataclass(frozen=True, slots=True)
class OneOf:
    """Known, and one (`negated`: none) of the values."""

    left: Operand
    values: tuple[Constant, ...]
    negated: bool = False
    kind: Literal["one of"] = "one of"


@dataclass(frozen=True, slots=True)
class Match:
    """A known text of which a text operator holds with one of the needles (`negated`: with none of them).

    A needle that is a field must be known too; then it is the only needle.
    """

    left: Operand
    how: OperatorName
    needles: tuple[Operand, ...]
    negated: bool = False
    kind: Literal["match"] = "match"


@dataclass(frozen=True, slots=True)
class Has:
    """Known choices with the (known) value among them (`negated`: not among them)."""

    left: Field
    value: Operand
    negated: bool = False
    kind: Literal["has"] = "has"


@dataclass(frozen=True, slots=True)
class IsKnown:
    """There is a value (`negated`: there is none). Never unknown itself."""

    operand: Operand
    negated: bool = False
    kind: Literal["known"] = "known"


@dataclass(frozen=True, slots=True)
class Disqualified:
    """The lead is (`negated`: is not) disqualified (in examples)."""

    negated: bool = False
    kind: Literal["disqualified"] = "disqualified"


@dataclass(frozen=True, slots=True)
class Fired:
    """A rule fired (`negated`: did not, in a model that scored the lead) (in examples)."""

    model: str
    rule: str
    negated: bool = False
    kind: Literal["fired"] = "fired"


@dataclass(frozen=True, slots=True)
class AllOf:
    """All of these nodes (indices, each smaller than this node's own)."""

    nodes: tuple[int, ...]
    kind: Literal["all"] = "all"


@dataclass(frozen=True, slots=True)
class AnyOf:
    """Any of these nodes (indices, each smaller than this node's own)."""

    nodes: tuple[int, ...]
    kind: Literal["any"] = "any"


Test = Compare | OneOf | Match | Has | IsKnown | Disqualified | Fired
Node = Annotated[Compare | OneOf | Match | Has | IsKnown | Disqualified | Fired | AllOf | AnyOf, Discriminator("kind")]

# Times and counts


@dataclass(frozen=True, slots=True)
class Moment:
    """A bound computed from `as_of` once a run.

    An `instant` is `as_of`, a `day` its calendar day in the project's zone; either is moved by `months`
    (calendar steps of wall-clock time) and by `seconds` (for a day: `days`). With `tenths` below 10 it is moved
    by that many tenths of the exact length only.
    """

    of: Literal["instant", "day"]
    months: int = 0
    seconds: int = 0
    days: int = 0
    tenths: int = 10


@dataclass(frozen=True, slots=True)
class Step:
    """A step of a decay: an occurrence later than `after` (and in no newer step) gives `points`."""

    after: int
    points: int


Yield = Literal["count", "points"]
"""What a counter yields: a whole number from 0 on, or points, which may be below 0. Neither is ever missing. A backend
names each that it can make, and takes its plain way, or refuses, for any other."""


@dataclass(frozen=True, slots=True)
class Counter:
    """What is counted of a lead's or a contact's interactions.

    `after` (exclusive) and `until` (inclusive) are indices into `moments`, `since` is an instant (inclusive).
    `where` is a node over the interaction's properties. With `distinct` each different known value of that
    property counts once, with `period` each calendar unit of the project's zone. With `steps` (newest first) it
    is not a count but the sum of points by age, a value's or unit's newest occurrence telling its age.
    """

    origin: Origin
    type: str
    until: int
    after: int | None = None
    since: int | None = None
    where: int | None = None
    distinct: str | None = None
    period: Period | None = None
    steps: tuple[Step, ...] | None = None

    @property
    def yields(self) -> Yield:
        """What the counter yields."""
        return "count" if self.steps is None else "points"

    @property
    def keyed(self) -> bool:
        """Whether it counts different keys (values or calendar units) and not interactions."""
        return self.distinct is not None or self.period is not None


# Statements


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands in the rule files: lines and columns from 1, columns in code points."""

    file: str
    line: int
    column: int
    end_line: int
    end_column: int


@dataclass(frozen=True, slots=True)
class TestText:
    """A test of a rule as it is written, and the node that decides it."""

    text: str
    node: int
    place: Place


@dataclass(frozen=True, slots=True)
class WhenRule:
    """Fires if `condition` holds; gives `points`, or disqualifies if there are none."""

    id: str
    label: str | None
    group: int | None
    condition: int
    points: int | None
    text: str
    place: Place
    tests: tuple[TestText, ...]
    kind: Literal["when"] = "when"


@dataclass(frozen=True, slots=True)
class EachRule:
    """Fires if counter `count` is not 0; gives `points` for each of them, or, with a decay, what the counter
    `decayed` gives; `cap` bounds the absolute value."""

    id: str
    label: str | None
    group: int | None
    count: int
    points: int
    decayed: int | None
    cap: int | None
    text: str
    place: Place
    kind: Literal["each"] = "each"


Rule = Annotated[WhenRule | EachRule, Discriminator("kind")]


@dataclass(frozen=True, slots=True)
class Group:
    """The bounds of a group, in points: first `best_only`, then the bounds."""

    title: str
    best_only: bool
    at_most: int | None
    at_least: int | None


@dataclass(frozen=True, slots=True)
class GradeStep:
    """A grade and the score from which it is reached (None: `otherwise`)."""

    name: str
    threshold: int | None


@dataclass(frozen=True, slots=True)
class Model:
    """A scoring model; `grades` from the highest threshold down, `otherwise` last. `audience` is a node, its tests as
    they are written are `audience_tests`."""

    name: str
    title: str | None
    audience: int | None
    lowest: int | None
    highest: int | None
    groups: tuple[Group, ...]
    rules: tuple[Rule, ...]
    grades: tuple[GradeStep, ...]
    place: Place
    audience_tests: tuple[TestText, ...] = ()


@dataclass(frozen=True, slots=True)
class CreateTask:
    """A follow-up task; parts of texts are texts or fields; `due` is an index into `moments`."""

    title: tuple[str | Field, ...]
    owner: tuple[str | Field, ...] | None
    due: int | None
    kind: Literal["create task"] = "create task"


@dataclass(frozen=True, slots=True)
class Notify:
    """A notification to a channel of the project file."""

    channel: str
    kind: Literal["notify"] = "notify"


@dataclass(frozen=True, slots=True)
class SetField:
    """A field of the lead to set, to a text as written, a number, yes or no, a day, or another field's value."""

    field: str
    value: Annotated[Number | Text | YesNo | Day | Field, Discriminator("kind")]
    kind: Literal["set"] = "set"


Action = Annotated[CreateTask | Notify | SetField, Discriminator("kind")]


@dataclass(frozen=True, slots=True)
class StagePlan:
    """A stage: reached if `when` holds, lost if `until` does (nodes); the tests of both as they are written."""

    name: str
    when: int
    until: int | None
    actions: tuple[Action, ...]
    place: Place
    tests: tuple[TestText, ...]
    until_tests: tuple[TestText, ...] = ()


@dataclass(frozen=True, slots=True)
class Qualification:
    """A qualification for the leads of `unit` (folded; None: of every unit that no other names)."""

    name: str
    title: str | None
    unit: str | None
    audience: int | None
    stages: tuple[StagePlan, ...]
    place: Place


@dataclass(frozen=True, slots=True)
class Values:
    """The values of a `choices` field that an example gives."""

    values: tuple[str, ...]
    kind: Literal["values"] = "values"


@dataclass(frozen=True, slots=True)
class Fact:
    """A field's value in an example, texts as written; None: missing."""

    field: str
    value: Annotated[Number | Text | YesNo | Day | Values, Discriminator("kind")] | None


@dataclass(frozen=True, slots=True)
class GivenInteractions:
    """Interactions that an example gives: `times` of them, `at` (an index into `moments`)."""

    origin: Literal["lead", "contact"]
    type: str
    times: int
    at: int
    properties: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class Expectation:
    """What an example expects: a node, and how it is written."""

    node: int
    text: str
    place: Place
    tests: tuple[TestText, ...]


@dataclass(frozen=True, slots=True)
class Example:
    """A lead and what is expected of it. `today` is a day; `contact` is None where there is none."""

    title: str
    place: Place
    today: int | None
    previous: str | None
    lead: tuple[Fact, ...]
    contact: tuple[Fact, ...] | None
    happened: tuple[GivenInteractions, ...]
    expectations: tuple[Expectation, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """A whole rule set. `moments[0]` is `as_of` itself."""

    schema: Schema
    timezone: str
    moments: tuple[Moment, ...]
    counters: tuple[Counter, ...]
    nodes: tuple[Node, ...]
    models: tuple[Model, ...]
    qualifications: tuple[Qualification, ...]
    examples: tuple[Example, ...]
    version: int = VERSION
