"""The steps from features to the models' results: which rules fire, what the models score, which grades that gives."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from scoreline.compiler import plan
from scoreline.compiler.backends.query import models, names, terms
from scoreline.compiler.backends.query.context import Context
from scoreline.compiler.backends.query.models import Paid, RuleColumns
from scoreline.compiler.backends.query.relations import FEATURES, Step
from scoreline.compiler.backends.query.terms import Expr
from scoreline.compiler.folding import fold
from scoreline.compiler.plan_parts import operands
from sqlglot import exp

_TEXTS = exp.DataType.build("ARRAY<TEXT>")


def scoring(context: Context) -> list[Step]:
    """The steps, in order."""
    rules = PlainRules(context) if context.quick is None else context.quick.rules(context)
    return [("rules", _rules(context, rules)), ("scores", _scores(context, rules)), ("models", _models(context))]


def _rules(context: Context, rules: RuleColumns) -> exp.Select:
    """Which rules fire; and whether the lead is inside a model's audience."""
    columns: list[Expr] = [exp.Star()]
    for model in context.whole.models:
        if model.audience is not None:
            columns.append(terms.called(context.conditions.holds(model.audience), _inside(model)))
        columns.extend(rules.columns(model))
    return exp.select(*columns).from_(terms.table(FEATURES), copy=False)


@dataclass(frozen=True)
class PlainRules:
    """A column for each rule, with the rule as a comment; lists are lists of texts."""

    context: Context

    def columns(self, model: plan.Model) -> Iterator[Expr]:
        """Whether each rule fires."""
        for rule, name in zip(model.rules, self.context.rule_columns[model.name], strict=True):
            fires = models.fires(rule, self.context.conditions, self.context.counted)
            yield terms.with_comment(terms.called(fires, name), _described(rule))

    def paid(self, model: plan.Model) -> list[Paid]:
        """What each rule pays."""
        fired = self.any_fired(model, range(len(model.rules)))
        paid = [models.paid(rule, each, self.context.counted) for rule, each in zip(model.rules, fired, strict=True)]
        return [each for each in paid if each is not None]

    def any_fired(self, model: plan.Model, numbers: Sequence[int]) -> list[Expr]:
        """The columns of the rules."""
        return [terms.column(self.context.rule_columns[model.name][number]) for number in numbers]

    def ids(self, model: plan.Model, numbers: Sequence[int], inside: Expr | None = None) -> list[Expr]:
        """The id of each rule, missing if it does not fire."""
        conditions = [] if inside is None else [inside]
        fired = zip(self.any_fired(model, numbers), numbers, strict=True)
        return [
            terms.case([(terms.all_of([each, *conditions]).copy(), terms.text(model.rules[number].id))])
            for each, number in fired
        ]

    def as_list(self, parts: Sequence[Expr]) -> Expr:
        """The ids without the missing ones; an empty list if there are none."""
        if not parts:
            return exp.cast(exp.Array(expressions=[]), _TEXTS.copy())
        return self.context.dialect.without_missing(exp.Array(expressions=list(parts)))


def _described(rule: plan.Rule) -> str:
    label = "" if rule.label is None else f"{rule.label}: "
    return f"{label}{rule.text} ({rule.place.file}:{rule.place.line})"


def _scores(context: Context, rules: RuleColumns) -> exp.Select:
    """Scores, lists of the rules that fired, and who is disqualified by which."""
    columns: list[Expr] = [exp.Star()]
    disqualified: list[Expr] = []
    by: list[Expr] = []
    for model in context.whole.models:
        score = models.score(model, rules.paid(model))
        ids = rules.as_list(rules.ids(model, range(len(model.rules))))
        columns.append(terms.called(_if_inside(model, score), names.of_model(model.name, "score")))
        columns.append(terms.called(_if_inside(model, ids), names.of_model(model.name, "rules")))
        inside = None if model.audience is None else terms.column(_inside(model))
        numbers = _disqualifying(model)
        for fired in rules.any_fired(model, numbers):
            disqualified.append(fired if inside is None else terms.all_of([fired, inside.copy()]))
        by.extend(rules.ids(model, numbers, inside))
    columns.append(terms.called(terms.any_of(disqualified), names.DISQUALIFIED))
    columns.append(terms.called(rules.as_list(by), names.DISQUALIFIED_BY))
    return exp.select(*columns).from_(terms.table("rules"), copy=False)


def _disqualifying(model: plan.Model) -> list[int]:
    """The numbers of the rules that disqualify."""
    return [n for n, rule in enumerate(model.rules) if isinstance(rule, plan.WhenRule) and rule.points is None]


def _models(context: Context) -> exp.Select:
    """Grades, and folded those that qualifications compare."""
    columns: list[Expr] = [exp.Star()]
    compared = _grades_compared(context.whole)
    for model in context.whole.models:
        score = terms.column(names.of_model(model.name, "score"))
        columns.append(terms.called(models.grade(model, score), names.of_model(model.name, "grade")))
        if model.name in compared:
            columns.append(terms.called(models.grade(model, score, fold), names.of_model(model.name, "grade folded")))
    return exp.select(*columns).from_(terms.table("scores"), copy=False)


def _grades_compared(whole: plan.Plan) -> set[str]:
    """The models whose grades are compared."""
    asked = (operand for node in whole.nodes for operand in operands(node))
    return {operand.model for operand in asked if isinstance(operand, plan.Grade)}


def _inside(model: plan.Model) -> str:
    return f"inside {model.name}"


def _if_inside(model: plan.Model, value: Expr) -> Expr:
    return value if model.audience is None else terms.case([(terms.column(_inside(model)), value)])
