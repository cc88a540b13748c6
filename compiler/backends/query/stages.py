"""Qualifications as columns: which one a lead falls under, the stage it is in, how often one was entered."""

from collections.abc import Sequence

from scoreline.compiler import plan
from scoreline.compiler.backends.query import names, terms
from scoreline.compiler.backends.query.conditions import Conditions
from scoreline.compiler.backends.query.context import Context
from scoreline.compiler.backends.query.dialect import Dialect
from scoreline.compiler.backends.query.folding import folded, trimmed
from scoreline.compiler.backends.query.relations import Step
from scoreline.compiler.backends.query.terms import Expr
from scoreline.compiler.folding import fold
from sqlglot import exp


def falls_under(qualifications: Sequence[plan.Qualification], index: int, unit: Expr | None) -> Expr:
    """Whether a lead's unit (folded; None: leads have none) is the qualification's, or no other's."""
    own = qualifications[index].unit
    if own is not None:
        return terms.yes_no(False) if unit is None else exp.EQ(this=unit, expression=terms.text(own))
    others = [terms.text(each.unit) for each in qualifications if each.unit is not None]
    if unit is None or not others:
        return terms.yes_no(True)
    return terms.any_of([terms.unknown(unit), exp.Not(this=exp.In(this=unit.copy(), expressions=others))])


def concerns(qualification: plan.Qualification, under: Expr, conditions: Conditions) -> Expr:
    """Whether a qualification judges a lead: it falls under it and is of its audience."""
    if qualification.audience is None:
        return under
    return terms.all_of([under, conditions.of(qualification.audience)])


def highest(qualification: plan.Qualification, conditions: Conditions) -> Expr:
    """The number (from 1) of the highest stage that holds now; 0: none."""
    stages = list(enumerate(qualification.stages, 1))
    return terms.case([(conditions.of(each.when), terms.whole(n)) for n, each in reversed(stages)], terms.whole(0))


def before(qualification: plan.Qualification, previous: Expr, dialect: Dialect) -> Expr:
    """The number of the stage of last time; 0 for none, and for one that no longer exists."""
    named = [(terms.text(fold(each.name)), terms.whole(n)) for n, each in enumerate(qualification.stages, 1)]
    ifs = [exp.If(this=name, true=number) for name, number in named]
    return exp.Case(this=folded(trimmed(previous), dialect), ifs=ifs, default=terms.whole(0)) if ifs else terms.whole(0)


def kept(qualification: plan.Qualification, before_column: Expr, conditions: Conditions) -> Expr:
    """The number of the stage of last time unless its `until` holds, else 0."""
    lost = [
        (
            terms.all_of([exp.EQ(this=before_column.copy(), expression=terms.whole(n)), conditions.of(each.until)]),
            terms.whole(0),
        )
        for n, each in enumerate(qualification.stages, 1)
        if each.until is not None
    ]
    return terms.case(lost, before_column.copy())


def stage_name(qualification: plan.Qualification, number: Expr) -> Expr:
    """The name of a stage by its number, missing for 0."""
    named = [(terms.whole(n), terms.text(each.name)) for n, each in enumerate(qualification.stages, 1)]
    if not named:
        return terms.cast(terms.null(), "TEXT")
    return exp.Case(this=number, ifs=[exp.If(this=one, true=name) for one, name in named])


def entered(qualification: plan.Qualification, now: Expr) -> Expr:
    """How often a stage was entered so far: once more if this one was not the one of last time."""
    before = terms.column(names.of_model(qualification.name, "before"))
    newly = [exp.NEQ(this=now, expression=terms.whole(0)), exp.NEQ(this=now.copy(), expression=before)]
    once_more = terms.case([(terms.all_of(newly), terms.whole(1))], terms.whole(0))
    return exp.Add(this=terms.column(names.entered_before(qualification)), expression=once_more)


def qualifying(context: Context) -> list[Step]:
    """The steps from the models' results to stages; none where there is no qualification."""
    qualifications = context.whole.qualifications
    if not qualifications:
        return []
    judged: list[Expr] = [exp.Star()]
    reached: list[Expr] = [exp.Star()]
    now: list[Expr] = [exp.Star()]
    for index, each in enumerate(qualifications):
        concerned, most, earlier, best, current = (
            names.of_model(each.name, what) for what in ("concerned", "highest", "before", "reached", "now")
        )
        judged.append(terms.called(_concerned(context, index), concerned))
        judged.append(terms.called(highest(each, context.conditions), most))
        stage = terms.column(names.stage_before(each))
        judged.append(terms.called(before(each, stage, context.dialect), earlier))
        still = kept(each, terms.column(earlier), context.conditions)
        reached.append(terms.called(terms.at_least(still, terms.column(most)), best))
        eligible = terms.all_of([terms.column(concerned), exp.Not(this=terms.column(names.DISQUALIFIED))])
        now.append(terms.called(terms.case([(eligible, terms.column(best))], terms.whole(0)), current))
    return [
        ("judged", exp.select(*judged).from_(terms.table("models"), copy=False)),
        ("reached", exp.select(*reached).from_(terms.table("judged"), copy=False)),
        ("stages", exp.select(*now).from_(terms.table("reached"), copy=False)),
    ]


def _concerned(context: Context, index: int) -> Expr:
    """Whether a qualification judges a lead, as yes or no."""
    unit = context.whole.schema.lead.unit
    own = None if unit is None else terms.column(unit)
    under = falls_under(context.whole.qualifications, index, own)
    concerned = concerns(context.whole.qualifications[index], under, context.conditions)
    return concerned if isinstance(concerned, exp.Boolean) else terms.or_else(concerned, terms.yes_no(False))
