"""Qualifications as columns: which one a lead falls under, the stage it is in, how often one was entered."""

from collections.abc import Sequence

from scoreline.compiler import plan
from scoreline.compiler.backends.sql import terms
from scoreline.compiler.backends.sql.conditions import Conditions
from scoreline.compiler.backends.sql.folding import folded, trimmed
from scoreline.compiler.backends.sql.terms import Expr
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


def before(qualification: plan.Qualification, previous: Expr, dialect: str) -> Expr:
    """The number of the stage of last time; 0 for none, and for one that no longer exists."""
    name = folded(trimmed(previous), dialect)
    named = [(terms.text(fold(each.name)), n) for n, each in enumerate(qualification.stages, 1)]
    return terms.case([(exp.EQ(this=name.copy(), expression=one), terms.whole(n)) for one, n in named], terms.whole(0))


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
    return terms.case(
        [
            (exp.EQ(this=number.copy(), expression=terms.whole(n)), terms.text(each.name))
            for n, each in enumerate(qualification.stages, 1)
        ],
        exp.cast(terms.null(), exp.DataType.build("TEXT")),
    )
