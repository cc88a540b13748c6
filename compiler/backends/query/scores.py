"""The steps from features to the models' results: which rules fire, what the models score, which grades that gives."""

from collections.abc import Sequence
from dataclasses import dataclass

from scoreline.compiler import plan
from scoreline.compiler.backends.duckdb import chunked
from scoreline.compiler.backends.query import lists, models, names, terms
from scoreline.compiler.backends.query.context import Context
from scoreline.compiler.backends.query.relations import FEATURES, Step, table
from scoreline.compiler.backends.query.terms import Expr
from scoreline.compiler.folding import fold
from scoreline.compiler.plan_parts import operands
from sqlglot import exp


def scoring(context: Context) -> list[Step]:
    """The steps, in order."""
    return [("rules", _rules(context)), ("scores", _scores(context)), ("models", _models(context))]


def _rules(context: Context) -> exp.Select:
    """Which rules fire, with each as a comment; and whether the lead is inside a model's audience."""
    columns: list[Expr] = [exp.Star()]
    for model, own in zip(context.whole.models, context.rule_columns, strict=True):
        if model.audience is not None:
            columns.append(terms.called(context.conditions.holds(model.audience), _inside(model)))
        if context.coding is not None:
            columns.extend(chunked.bits(context, model))
            continue
        for rule, name in zip(model.rules, own, strict=True):
            fires = terms.called(models.fires(rule, context.conditions, context.counted), name)
            columns.append(terms.with_comment(fires, _told(rule)))
    return exp.select(*columns).from_(table(FEATURES), copy=False)


def _told(rule: plan.Rule) -> str:
    label = "" if rule.label is None else f"{rule.label}: "
    return f"{label}{rule.text} ({rule.place.file}:{rule.place.line})"


@dataclass
class _Disqualifying:
    """Conditions of which one holds for whoever is disqualified, and what the list of ids is made of."""

    conditions: list[Expr]
    named: list[tuple[Expr, str]]
    texts: list[Expr]


def _scores(context: Context) -> exp.Select:
    """Scores, lists of the rules that fired, and who is disqualified by which."""
    columns: list[Expr] = [exp.Star()]
    found = _Disqualifying([], [], [])
    for model, own in zip(context.whole.models, context.rule_columns, strict=True):
        score, listed = (_quickly if context.coding is not None else _readably)(context, model, own, found)
        columns.append(terms.called(_if_inside(model, score), names.of_model(model.name, "score")))
        columns.append(terms.called(_if_inside(model, listed), names.of_model(model.name, "rules")))
    quick = context.coding is not None
    by = lists.in_one_text(found.texts) if quick else lists.those_that(found.named, context.dialect)
    columns.append(terms.called(terms.any_of(found.conditions), names.DISQUALIFIED))
    columns.append(terms.called(by, names.DISQUALIFIED_BY))
    return exp.select(*columns).from_(table("rules"), copy=False)


def _readably(context: Context, model: plan.Model, own: Sequence[str], found: _Disqualifying) -> tuple[Expr, Expr]:
    """The score and the list of rules, from a column for each rule."""
    fired = [terms.column(each) for each in own]
    paid = [models.paid(rule, each, context.counted) for rule, each in zip(model.rules, fired, strict=True)]
    named = [(each.copy(), rule.id) for each, rule in zip(fired, model.rules, strict=True)]
    for number in _disqualifying(model):
        disqualified = terms.all_of([fired[number].copy(), *_if_any(model)])
        found.conditions.append(disqualified)
        found.named.append((disqualified.copy(), model.rules[number].id))
    score = models.score(model, [each for each in paid if each is not None])
    return score, lists.those_that(named, context.dialect)


def _quickly(context: Context, model: plan.Model, own: Sequence[str], found: _Disqualifying) -> tuple[Expr, Expr]:
    """The same from a column for several rules; the list is one text (`chunked.fired`)."""
    numbers = _disqualifying(model)
    found.conditions.extend(terms.all_of([each, *_if_any(model)]) for each in chunked.any_fired(model, numbers))
    texts = chunked.fired(model, numbers) if numbers else []
    found.texts.extend(terms.or_else(_if_inside(model, each), terms.text("")) for each in texts)
    return models.score(model, list(chunked.paid(context, model))), lists.in_one_text(chunked.fired(model))


def _disqualifying(model: plan.Model) -> list[int]:
    """The numbers of the rules that disqualify."""
    return [n for n, rule in enumerate(model.rules) if isinstance(rule, plan.WhenRule) and rule.points is None]


def _if_any(model: plan.Model) -> list[Expr]:
    """That the lead is inside the audience, if there is one."""
    return [] if model.audience is None else [terms.column(_inside(model))]


def _models(context: Context) -> exp.Select:
    """Grades, and folded those that qualifications compare."""
    columns: list[Expr] = [exp.Star()]
    compared = _grades_compared(context.whole)
    for model in context.whole.models:
        score = terms.column(names.of_model(model.name, "score"))
        columns.append(terms.called(models.grade(model, score), names.of_model(model.name, "grade")))
        if model.name in compared:
            columns.append(terms.called(models.grade(model, score, fold), names.of_model(model.name, "grade folded")))
    return exp.select(*columns).from_(table("scores"), copy=False)


def _grades_compared(whole: plan.Plan) -> set[str]:
    """The models whose grades are compared."""
    asked = (operand for node in whole.nodes for operand in operands(node))
    return {operand.model for operand in asked if isinstance(operand, plan.Grade)}


def _inside(model: plan.Model) -> str:
    return f"inside {model.name}"


def _if_inside(model: plan.Model, value: Expr) -> Expr:
    return value if model.audience is None else terms.case([(terms.column(_inside(model)), value)])
