"""A plan as one query: one row for each lead, with the columns that `score -o` writes.

The steps have the names of what they hold: `lead`, `contact`, `interaction`, the counts of each, `features` (all that
rules compare, in one row), `rules` (which fire), `scores`, `models` (grades too), `stages`, and the result. `Relations`
give the first of them, so that the same query runs over a warehouse and over files that an engine has read.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from scoreline.compiler import plan
from scoreline.compiler.backends.query import folding, names, stages, terms
from scoreline.compiler.backends.query.context import Context
from scoreline.compiler.backends.query.counting import PlainCounts
from scoreline.compiler.backends.query.features import counting, features
from scoreline.compiler.backends.query.relations import CONTACT, FEATURES, LEAD, Relations, Step
from scoreline.compiler.backends.query.scores import scoring
from scoreline.compiler.backends.query.terms import Expr
from sqlglot import exp


@dataclass(frozen=True)
class Query:
    """All that makes a query: the plan in a dialect, where the data are, and whether the counts are `counted` already,
    in tables of the names that the steps would have."""

    context: Context
    relations: Relations
    counted: bool = False

    def result(self) -> exp.Select:
        """The whole query."""
        made = exp.select(*result_columns(self.context.whole)).from_(terms.table(self.last), copy=False)
        return with_steps(made, self.steps())

    @property
    def last(self) -> str:
        """The last step, which has all that `result_columns` names."""
        return "stages" if self.context.whole.qualifications else "models"

    def steps(self) -> list[Step]:
        """Every step, in order."""
        context = self.context
        made = folding.steps(context.dialect)
        made.append((LEAD, self.relations.leads()))
        if context.has_contacts:
            made.append((CONTACT, self.relations.contacts()))
        if not self.counted:
            made.extend(counting(context, self.relations, PlainCounts(context)))
        if context.quick is not None:
            made.extend(context.quick.steps())
        made.append((FEATURES, features(context)))
        made.extend(scoring(context))
        made.extend(stages.qualifying(context))
        return made


def with_steps(query: exp.Select, steps: list[Step]) -> exp.Select:
    """A query behind the steps that it begins with."""
    for name, step in steps:
        query = query.with_(terms.name(name), as_=step, copy=False)
    return query


def steps_to(name: str, steps: Sequence[Step]) -> list[Step]:
    """A step behind all that it is made of, in order."""
    needed = {name}
    for each, step in reversed(steps):
        if each in needed:
            needed.update(source.name for source in step.find_all(exp.Table))
    return [(each, step) for each, step in steps if each in needed]


def result_columns(whole: plan.Plan) -> list[Expr]:
    """The columns of the result, as `score -o` names them."""
    made: list[Expr] = [terms.called(terms.column(names.LEAD), whole.schema.lead.key)]
    for model in whole.models:
        made.extend(
            terms.called(terms.column(names.of_model(model.name, what)), f"{model.name}_{what}")
            for what in ("score", "grade", "rules")
        )
    for each in whole.qualifications:
        now = terms.column(names.of_model(each.name, "now"))
        made.append(terms.called(stages.stage_name(each, now), f"{each.name}_stage"))
        made.append(terms.called(stages.entered(each, now.copy()), f"{each.name}_entered"))
    made.append(terms.called(terms.column(names.DISQUALIFIED), "disqualified"))
    made.append(terms.called(terms.column(names.DISQUALIFIED_BY), "disqualified_by"))
    return made
