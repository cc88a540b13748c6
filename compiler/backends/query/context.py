"""What every step of a query needs to know: the plan at one `as_of`, the dialect, and where values stand."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from zoneinfo import ZoneInfo

from scoreline.compiler import plan
from scoreline.compiler.backends.duckdb.coded import Coding
from scoreline.compiler.backends.query import names, terms
from scoreline.compiler.backends.query.conditions import Conditions, Named
from scoreline.compiler.backends.query.terms import Expr
from scoreline.compiler.plan_parts import fields_in_use


@dataclass(frozen=True)
class Context:
    """A plan, the values of its moments, the dialect; and the codes of fields, where tests ask codes."""

    whole: plan.Plan
    moments: Sequence[int]
    dialect: str
    coding: Coding | None = None

    @cached_property
    def zone(self) -> ZoneInfo:
        """Where days begin."""
        return ZoneInfo(self.whole.timezone)

    @cached_property
    def counter_columns(self) -> tuple[str, ...]:
        """The column of each counter."""
        return names.counter_columns(self.whole)

    @cached_property
    def rule_columns(self) -> tuple[tuple[str, ...], ...]:
        """The columns of each model's rules."""
        return names.rule_columns(self.whole.models)

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
        return Conditions(self.whole, self.moments, self.dialect, self.value_of, self.coding)
