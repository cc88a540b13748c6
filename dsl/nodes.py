"""The tree of a rule file: one frozen class for each form of the language, and nothing that knows a schema.

A node's place is no part of its equality, so two files that say the same are equal. The first line of each
docstring shows the form as one writes it; tests parse those lines. No node evaluates itself or prints itself:
those are functions of other rooms.
"""

import datetime
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Literal

from scoreline.dsl.span import Span


@dataclass(frozen=True, kw_only=True, slots=True)
class Node:
    """A piece of a rule file, with the place where it stands."""

    span: Span = field(compare=False, repr=False)


# Names and values


@dataclass(frozen=True, slots=True)
class Name(Node):
    """`industry` – one word that somebody chose."""

    text: str


@dataclass(frozen=True, slots=True)
class Path(Node):
    """`contact.email.opened` – names joined by dots. `stage`, `today` and `disqualified` are paths of one part."""

    parts: tuple[Name, ...]

    @property
    def dotted(self) -> str:
        """The path as it is written."""
        return ".".join(part.text for part in self.parts)


@dataclass(frozen=True, slots=True)
class Text(Node):
    """`"Software"` – a text, its escapes already read."""

    value: str


@dataclass(frozen=True, slots=True)
class Number(Node):
    """`12_000`, `2.5`, `-3` – a number, kept as the digits written (without `_`), so that no digit is lost."""

    digits: str

    @property
    def value(self) -> float:
        """The 64-bit float nearest to what is written."""
        return float(self.digits)


@dataclass(frozen=True, slots=True)
class Date(Node):
    """`2026-01-31`"""

    value: datetime.date


@dataclass(frozen=True, slots=True)
class YesNo(Node):
    """`yes` or `no`"""

    value: bool


@dataclass(frozen=True, slots=True)
class Int(Node):
    """`70` – a whole number in a place of its own (a threshold, a bound, a weight)."""

    value: int


LiteralValue = Text | Number | Date | YesNo
Value = Text | Number | Date | YesNo | Path


@dataclass(frozen=True, slots=True)
class List(Node):
    """`["Software", "Finance"]`"""

    items: tuple[LiteralValue, ...]


class Unit(StrEnum):
    """The units of durations; a plural means the same."""

    MINUTE = "minute"
    HOUR = "hour"
    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    YEAR = "year"


@dataclass(frozen=True, slots=True)
class Duration(Node):
    """`30 days`"""

    amount: int
    unit: Unit


# Conditions


@dataclass(frozen=True, slots=True)
class Within(Node):
    """`within 30 days`, `within the next 7 days` (then `ahead`)"""

    duration: Duration
    ahead: bool


@dataclass(frozen=True, slots=True)
class Since(Node):
    """`since 2026-01-31`"""

    date: Date


@dataclass(frozen=True, slots=True)
class MoreThan(Node):
    """`more than 30 days ago`"""

    duration: Duration


Window = Within | Since | MoreThan


@dataclass(frozen=True, slots=True)
class Compare(Node):
    """`>= 3`"""

    operator: Literal[">=", "<=", ">", "<"]
    value: Value


@dataclass(frozen=True, slots=True)
class Is(Node):
    """`is "Software"`, `is not "Software"`, `= 3`, `!= 3`"""

    value: Value
    negated: bool


@dataclass(frozen=True, slots=True)
class Knowing(Node):
    """`is known`, `is unknown` (`is not known` is the same as `is unknown`)"""

    known: bool


@dataclass(frozen=True, slots=True)
class Between(Node):
    """`between 50 and 500`, `not between 50 and 500`"""

    low: Value
    high: Value
    negated: bool


@dataclass(frozen=True, slots=True)
class In(Node):
    """`in ["DE", "AT"]`, `not in dach`"""

    values: List | Path
    negated: bool


@dataclass(frozen=True, slots=True)
class AnyOf(Node):
    """`any of ["Head", "Director"]`"""

    values: List | Path


@dataclass(frozen=True, slots=True)
class AllOf(Node):
    """`all of ["AI", "Cloud"]`"""

    values: List | Path


TextArgument = Text | Number | Date | YesNo | Path | AnyOf | AllOf


@dataclass(frozen=True, slots=True)
class Match(Node):
    """`contains "director"`, `not starts with "Dr"`, `ends with any of [".edu", ".ac.uk"]`"""

    how: str
    argument: TextArgument
    negated: bool


Measure = Literal["distinct"]  # what is asked of the values of a property
Comparison = Compare | Is | Knowing | Between | In | Match


@dataclass(frozen=True, slots=True)
class Term(Node):
    """`email.opened`, `2 * Fit`, `email.clicked where (link contains "pricing")`"""

    weight: Int | None
    path: Path
    where: "Condition | None"


@dataclass(frozen=True, slots=True)
class Subject(Node):
    """`industry`, `Fit + Engagement`, `distinct email.opened.campaign`: what a test is about"""

    measure: Measure | None
    terms: tuple[Term, ...]


@dataclass(frozen=True, slots=True)
class Happening(Node):
    """`webinar.attended where (topic is "AI") within 30 days`"""

    path: Path
    where: "Condition | None"
    window: Window | None


@dataclass(frozen=True, slots=True)
class Test(Node):
    """`industry in ["Software"]`, `email.opened >= 3 within 30 days`"""

    __test__ = False  # no test class, whatever its name suggests to a test runner

    subject: Subject
    comparison: Comparison | None
    window: Window | None


@dataclass(frozen=True, slots=True)
class No(Node):
    """`no website.visited within 90 days`"""

    happening: Happening


@dataclass(frozen=True, slots=True)
class Not(Node):
    """`not newsletter`"""

    condition: "Condition"


@dataclass(frozen=True, slots=True)
class And(Node):
    """`newsletter and employees >= 50`"""

    conditions: "tuple[Condition, ...]"


@dataclass(frozen=True, slots=True)
class Or(Node):
    """`newsletter or employees >= 50`"""

    conditions: "tuple[Condition, ...]"


Condition = Test | No | Not | And | Or

# Statements of a model


@dataclass(frozen=True, slots=True)
class Include(Node):
    """`include contact interactions`"""

    relation: Name


@dataclass(frozen=True, slots=True)
class Clamp(Node):
    """`score between 0 and 100`"""

    low: Int
    high: Int


@dataclass(frozen=True, slots=True)
class GroupBound(Node):
    """`at most 50`, `at least 0`"""

    side: Literal["most", "least"]
    value: Int


@dataclass(frozen=True, slots=True)
class Group(Node):
    """`group "Company" best only at most 50` – a heading; `title` is None for `group none`"""

    title: Text | None
    best_only: bool
    bounds: tuple[GroupBound, ...]


@dataclass(frozen=True, slots=True)
class Points(Node):
    """`+10`, `-5`"""

    value: int


@dataclass(frozen=True, slots=True)
class Disqualify(Node):
    """`disqualify`"""


@dataclass(frozen=True, slots=True)
class When(Node):
    """`when employees >= 50 then +10 as "Big enough"`"""

    condition: Condition
    outcome: Points | Disqualify
    label: Text | None


@dataclass(frozen=True, slots=True)
class Halving(Node):
    """`halving every 90 days`"""

    duration: Duration


@dataclass(frozen=True, slots=True)
class Fading(Node):
    """`fading over 1 year`"""

    duration: Duration


Decay = Halving | Fading


@dataclass(frozen=True, slots=True)
class ForEach(Node):
    """`for each day with website.visited then +5 up to 20 halving every 30 days as "Visits"`

    `each` tells what is counted: every interaction (None), `distinct` values of the path's last part, or the
    calendar units that have one.
    """

    each: Literal["distinct", "day", "week", "month", "year"] | None
    happening: Happening
    points: Points
    cap: Int | None
    decay: Decay | None
    label: Text | None


@dataclass(frozen=True, slots=True)
class Grade(Node):
    """`grade "A" from 70`, `grade "C" otherwise` (then `threshold` is None)"""

    name: Text
    threshold: Int | None


Rule = When | ForEach
ModelItem = Include | Clamp | Group | When | ForEach | Grade


# Statements of a qualification


@dataclass(frozen=True, slots=True)
class CreateTask(Node):
    """`create task "Call {first_name}" for "Inside sales" due in 2 days`"""

    title: Text
    owner: Text | None
    due: Duration | None


@dataclass(frozen=True, slots=True)
class Notify(Node):
    """`notify "marketing-automation"`"""

    channel: Text


@dataclass(frozen=True, slots=True)
class SetField(Node):
    """`set status to "Qualified"`"""

    field: Name
    value: Value


Action = CreateTask | Notify | SetField


@dataclass(frozen=True, slots=True)
class Stage(Node):
    """`stage "Sales ready" when Fit >= 40 until Fit < 20 then notify "sales"`"""

    name: Text
    when: Condition
    until: Condition | None
    actions: tuple[Action, ...]


# Statements of an example


@dataclass(frozen=True, slots=True)
class Occurrence(Node):
    """`website.visited 2 times 5 days ago where (page is "/pricing")`; no `ago` means at `as_of`"""

    path: Path
    times: Int | None
    ago: Duration | None
    where: Condition | None


@dataclass(frozen=True, slots=True)
class Given(Node):
    """`given industry is "Software"`, `given email.opened 4 times`"""

    fact: Condition | Occurrence


@dataclass(frozen=True, slots=True)
class Expect(Node):
    """`expect Fit is 55`"""

    condition: Condition


# Statements of a file


@dataclass(frozen=True, slots=True)
class Use(Node):
    """`use "shared/regions.score"`; `broken` if the path could not be read"""

    path: Text
    broken: bool = False


@dataclass(frozen=True, slots=True)
class Let(Node):
    """`let dach = ["DE", "AT", "CH"]`, `let big = employees >= 500`; a broken one has no value"""

    name: Name
    value: "List | Condition | None"


@dataclass(frozen=True, slots=True)
class Model(Node):
    """`model Fit "Ideal customer fit" for lead where (status is "Open")`; `broken` if its heading could not be read"""

    name: Name
    title: Text | None
    subject: Name
    where: Condition | None
    items: tuple[ModelItem, ...]
    broken: bool = False


@dataclass(frozen=True, slots=True)
class Qualification(Node):
    """`qualification B2B "Marketing to sales" for unit "EMEA"`; `broken` if its heading could not be read"""

    name: Name
    title: Text | None
    unit: Text | None
    where: Condition | None
    stages: tuple[Stage, ...]
    broken: bool = False


@dataclass(frozen=True, slots=True)
class Example(Node):
    """`example "A director qualifies"`"""

    title: Text
    statements: tuple[Given | Expect, ...]
    broken: bool = False


FileItem = Use | Let | Model | Qualification | Example


@dataclass(frozen=True, slots=True)
class File(Node):
    """A whole rule file, in text order."""

    items: tuple[FileItem, ...]
