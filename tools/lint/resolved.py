"""Walks through checked conditions. Nothing here recurses, so no depth of nesting can exhaust a stack."""

from collections.abc import Iterator

from scoreline.compiler import checked


def tests_of(statements: checked.Checked) -> Iterator[checked.Test]:
    """Every test of the models and qualifications, those inside `where (…)` too; a test of a let once a use."""
    for condition in conditions_of(statements):
        yield from tests_in(condition)
    for model in statements.models:
        for rule in model.rules:
            if rule.count is not None and rule.count.where is not None:
                yield from tests_in(rule.count.where)


def conditions_of(statements: checked.Checked) -> Iterator[checked.Condition]:
    """The whole conditions of rules, audiences and stages."""
    for model in statements.models:
        if model.audience is not None:
            yield model.audience
        yield from (rule.condition for rule in model.rules if rule.condition is not None)
    for qualification in statements.qualifications:
        if qualification.audience is not None:
            yield qualification.audience
        for stage in qualification.stages:
            yield stage.when
            if stage.until is not None:
                yield stage.until


def tests_in(condition: checked.Condition) -> Iterator[checked.Test]:
    """The tests of a condition, and of the conditions inside its `where (…)`."""
    waiting = [condition]
    while waiting:
        current = waiting.pop()
        match current:
            case checked.Not():
                waiting.append(current.condition)
            case checked.And() | checked.Or():
                waiting.extend(current.conditions)
            case _:
                yield current
                waiting.extend(count.where for count in counts_in(current) if count.where is not None)


def negated_in(condition: checked.Condition) -> frozenset[int]:
    """The identities of a condition's tests that hold where what is written does not: those below an odd number of
    negations. What is in `where (…)` is asked by itself."""
    found: set[int] = set()
    waiting = [(condition, False)]
    while waiting:
        current, negated = waiting.pop()
        match current:
            case checked.Not():
                waiting.append((current.condition, not negated))
            case checked.And() | checked.Or():
                waiting.extend((each, negated) for each in current.conditions)
            case _:
                if negated:
                    found.add(id(current))
                waiting.extend((count.where, False) for count in counts_in(current) if count.where is not None)
    return frozenset(found)


def counts_in(test: checked.Test) -> Iterator[checked.Count]:
    """The counts that a test compares."""
    for operand in operands(test):
        match operand:
            case checked.Count():
                yield operand
            case checked.Sum():
                yield from (part for _, part in operand.parts if isinstance(part, checked.Count))
            case _:
                pass


def operands(test: checked.Test) -> tuple[checked.Operand, ...]:
    """What a test compares with each other."""
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
    """The models whose score, grade or rules a condition asks for."""
    for test in tests_in(condition):
        if isinstance(test, checked.Fired):
            yield test.model
        for operand in operands(test):
            match operand:
                case checked.Score() | checked.Grade():
                    yield operand.model
                case checked.Sum():
                    yield from (part.model for _, part in operand.parts if isinstance(part, checked.Score))
                case _:
                    pass


def field_of(test: checked.Test | None) -> checked.Field | None:
    """The field that a test asks about; None if it asks about something else."""
    match test:
        case checked.Comparing(left=checked.Field() as field):
            return field
        case checked.Among(subject=checked.Field() as field):
            return field
        case checked.Ranging(subject=checked.Field() as field):
            return field
        case checked.Knowing(subject=checked.Field() as field):
            return field
        case checked.Matching(field=field):
            return field
        case checked.InWindow(field=field):
            return field
        case _:
            return None
