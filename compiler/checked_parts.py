"""The parts of checked statements: their conditions, the tests in those, and the operands of a test.

Promises text order. Conditions inside `where (…)` are included unless a function says otherwise. A `let` is filled in
where it is used, so its tests come once for each use. `dsl/walk.py` does the walking.
"""

from collections.abc import Iterator, Sequence

from scoreline.compiler import checked
from scoreline.dsl.source import Place
from scoreline.dsl.walk import descend


def placed_conditions(statements: checked.Checked) -> Iterator[tuple[Place, checked.Condition]]:
    """The whole conditions of rules, audiences and stages, each with the place of what it belongs to."""
    for model in statements.models:
        if model.audience is not None:
            yield model.place, model.audience
        yield from ((rule.place, rule.condition) for rule in model.rules if rule.condition is not None)
    for qualification in statements.qualifications:
        if qualification.audience is not None:
            yield qualification.place, qualification.audience
        for stage in qualification.stages:
            yield stage.place, stage.when
            if stage.until is not None:
                yield stage.place, stage.until


def conditions_of(statements: checked.Checked) -> Iterator[checked.Condition]:
    """The whole conditions of rules, audiences and stages."""
    return (condition for _, condition in placed_conditions(statements))


def tests_in(condition: checked.Condition) -> Iterator[checked.Test]:
    """The tests of a condition."""
    for each in descend(condition, _inside):
        if not isinstance(each, checked.Not | checked.And | checked.Or):
            yield each


def conjuncts(condition: checked.Condition) -> list[checked.Condition]:
    """The conditions that hold together where a condition holds, `and` in `and` included, `where (…)` not."""
    found = descend(condition, lambda each: each.conditions if isinstance(each, checked.And) else ())
    return [each for each in found if not isinstance(each, checked.And)]


def negated_in(condition: checked.Condition) -> frozenset[int]:
    """The identities of a condition's tests that hold where what is written does not: those below an odd number of
    negations. A condition inside `where (…)` begins anew."""
    found = descend((condition, False), _inside_negated)
    return frozenset(id(each) for each, negated in found if negated and not isinstance(each, _JOINING))


_JOINING = (checked.Not, checked.And, checked.Or)


def _inside_negated(each: tuple[checked.Condition, bool]) -> Sequence[tuple[checked.Condition, bool]]:
    condition, negated = each
    joins = isinstance(condition, _JOINING)
    return [(part, joins and negated != isinstance(condition, checked.Not)) for part in _inside(condition)]


def _inside(condition: checked.Condition) -> Sequence[checked.Condition]:
    """The conditions that a condition directly holds."""
    match condition:
        case checked.Not():
            return (condition.condition,)
        case checked.And() | checked.Or():
            return condition.conditions
        case _:
            counts = (each for each in compared_in(condition) if isinstance(each, checked.Count))
            return [each.where for each in counts if each.where is not None]


def counts_in(test: checked.Test) -> Iterator[checked.Count]:
    """The counts that a test compares."""
    return (part for part in compared_in(test) if isinstance(part, checked.Count))


def compared_in(test: checked.Test) -> Iterator[checked.Operand]:
    """The operands of a test; of a sum, its parts too."""
    for operand in operands(test):
        yield operand
        if isinstance(operand, checked.Sum):
            yield from (part for _, part in operand.parts)


def operands(test: checked.Test) -> tuple[checked.Operand, ...]:
    """The operands of a test."""
    match test:
        case checked.Comparing():
            return (test.left, test.right)
        case checked.Ranging():
            return (test.subject, test.low, test.high)
        case checked.Among():
            return (test.subject, *test.values)
        case checked.Knowing():
            return (test.subject,)
        case checked.Matching():
            return (test.field, *test.arguments)
        case checked.InWindow():
            return (test.field,)
        case checked.Disqualified() | checked.Fired():
            return ()


def models_in(condition: checked.Condition) -> Iterator[str]:
    """The models whose score, grade or rules a condition uses."""
    for test in tests_in(condition):
        if isinstance(test, checked.Fired):
            yield test.model
        yield from (each.model for each in compared_in(test) if isinstance(each, checked.Score | checked.Grade))


def field_of(test: checked.Test | None) -> checked.Field | None:
    """The field that a test is about; None if it is about something else."""
    match test:
        case checked.Comparing(left=checked.Field() as field):
            return field
        case None | checked.Comparing() | checked.Disqualified() | checked.Fired():
            return None
        case checked.Matching(field=field) | checked.InWindow(field=field):
            return field
        case checked.Among(subject=subject) | checked.Ranging(subject=subject) | checked.Knowing(subject=subject):
            return subject if isinstance(subject, checked.Field) else None
