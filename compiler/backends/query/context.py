"""What every step of a query needs to know: the plan at one `as_of`, the dialect, and where values stand.

An engine may have quick ways for some of it. They say the same as the shared steps, and what they decline goes the
shared way.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol
from zoneinfo import ZoneInfo

from scoreline.compiler import plan
from scoreline.compiler.backends.query import names, terms
from scoreline.compiler.backends.query.conditions import Conditions, Named, QuickTests
from scoreline.compiler.backends.query.dialect import Dialect
from scoreline.compiler.backends.query.models import RuleColumns
from scoreline.compiler.backends.query.relations import Step
from scoreline.compiler.backends.query.terms import Expr
from scoreline.compiler.plan_parts import fields_in_use
from sqlglot import exp

Values = Mapping[plan.Field | plan.DayOf, Expr]
"""The values of fields in the tables that features are joined of."""


class QuickWays(QuickTests, Protocol):
    """The quick ways of an engine: tests, with what they need among the features; and rules."""

    def steps(self) -> Iterator[Step]:
        """The tables that are joined to the features."""
        ...

    def columns(self, values: Values) -> Iterator[Expr]:
        """More columns of the features, made of the values of fields."""
        ...

    def joined(self, query: exp.Select, values: Values) -> exp.Select:
        """The query of the features with the tables joined to it."""
        ...

    def rules(self, context: "Context") -> RuleColumns:
        """How rules become columns."""
        ...


@dataclass(frozen=True)
class Context:
    """A plan, the values of its moments, the dialect, and the quick ways if the engine has any."""

    whole: plan.Plan
    moments: Sequence[int]
    dialect: Dialect
    quick: QuickWays | None = None

    @property
    def as_of(self) -> int:
        """The instant of the run."""
        return self.moments[0]

    @cached_property
    def zone(self) -> ZoneInfo:
        """Where days begin."""
        return ZoneInfo(self.whole.timezone)

    @cached_property
    def counter_columns(self) -> tuple[str, ...]:
        """The column of each counter."""
        return names.counter_columns(self.whole)

    @cached_property
    def rule_columns(self) -> dict[str, tuple[str, ...]]:
        """The columns of each model's rules, by the model's name."""
        columns = names.rule_columns(self.whole.models)
        return {model.name: own for model, own in zip(self.whole.models, columns, strict=True)}

    @cached_property
    def has_contacts(self) -> bool:
        """Whether any field of contacts is compared."""
        return any(each.owner == "contact" for each in fields_in_use(self.whole))

    def counted(self, number: int) -> Expr:
        """A counter's value among the features."""
        return terms.column(self.counter_columns[number])

    def value_of(self, named: Named) -> Expr:
        """The value of whatever has a name, among the features and the models' results."""
        match named:
            case plan.CountRef():
                return self.counted(named.index)
            case plan.Score():
                return terms.column(names.of_model(named.model, "score"))
            case plan.Grade():
                return terms.column(names.of_model(named.model, "grade folded"))
            case plan.Field() | plan.DayOf():
                return terms.column(names.field_column(named))

    @cached_property
    def conditions(self) -> Conditions:
        """Conditions over the features and the models' results."""
        return Conditions(self.whole, self.moments, self.dialect, self.value_of, self.quick)
