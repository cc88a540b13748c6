"""The steps from features to the models' results: which rules fire, what the models score, which grades that gives."""

from scoreline.compiler import plan
from scoreline.compiler.backends.sql import lists, models, names, terms
from scoreline.compiler.backends.sql.context import Context
from scoreline.compiler.backends.sql.folding import folded
from scoreline.compiler.backends.sql.relations import FEATURES, Step, table
from scoreline.compiler.backends.sql.terms import Expr
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
        for rule, name in zip(model.rules, own, strict=True):
            fires = terms.called(models.fires(rule, context.conditions, context.counted), name)
            columns.append(terms.with_comment(fires, f"{rule.place.file}:{rule.place.line} {rule.text}"))
    return exp.select(*columns).from_(table(FEATURES))


def _scores(context: Context) -> exp.Select:
    """Scores, lists of the rules that fired, and who is disqualified by which."""
    columns: list[Expr] = [exp.Star()]
    disqualifying: list[tuple[Expr, str]] = []
    for model, own in zip(context.whole.models, context.rule_columns, strict=True):
        fired = [terms.column(each) for each in own]
        paid = [models.pays(rule, f, context.counted) for rule, f in zip(model.rules, fired, strict=True)]
        named = [(f.copy(), rule.id) for f, rule in zip(fired, model.rules, strict=True)]
        score, listed = models.score(model, fired, paid), lists.those_that(named, context.dialect)
        columns.append(terms.called(_if_inside(model, score), names.of_model(model.name, "score")))
        columns.append(terms.called(_if_inside(model, listed), names.of_model(model.name, "rules")))
        inside = [] if model.audience is None else [terms.column(_inside(model))]
        disqualifying.extend(
            (terms.all_of([f.copy(), *(each.copy() for each in inside)]), rule.id)
            for rule, f, points in zip(model.rules, fired, paid, strict=True)
            if points is None
        )
    columns.append(terms.called(terms.any_of([each.copy() for each, _ in disqualifying]), names.DISQUALIFIED))
    columns.append(terms.called(lists.those_that(disqualifying, context.dialect), names.DISQUALIFIED_BY))
    return exp.select(*columns).from_(table("rules"))


def _models(context: Context) -> exp.Select:
    """Grades, and folded those that qualifications compare."""
    columns: list[Expr] = [exp.Star()]
    compared = {each.model for each in _grades_compared(context.whole)}
    for model in context.whole.models:
        grade = models.grade(model, terms.column(names.of_model(model.name, "score")))
        columns.append(terms.called(grade, names.of_model(model.name, "grade")))
        if model.name in compared:
            columns.append(
                terms.called(folded(grade.copy(), context.dialect), names.of_model(model.name, "grade folded"))
            )
    return exp.select(*columns).from_(table("scores"))


def _grades_compared(whole: plan.Plan) -> list[plan.Grade]:
    found: list[plan.Grade] = []
    for node in whole.nodes:
        match node:
            case plan.Compare(left=plan.Grade() as grade) | plan.OneOf(left=plan.Grade() as grade):
                found.append(grade)
            case plan.IsKnown(operand=plan.Grade() as grade) | plan.Match(left=plan.Grade() as grade):
                found.append(grade)
            case _:
                pass
    return found


def _inside(model: plan.Model) -> str:
    return f"inside {model.name}"


def _if_inside(model: plan.Model, value: Expr) -> Expr:
    return value if model.audience is None else terms.case([(terms.column(_inside(model)), value)])
