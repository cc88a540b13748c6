"""Models, qualifications and examples to their plans."""

import datetime
from zoneinfo import ZoneInfo

from scoreline.compiler import checked, plan
from scoreline.compiler.folding import fold, trim
from scoreline.compiler.lower.conditions import ConditionLowering, constant, one_line, place
from scoreline.compiler.lower.tables import PlanTables
from scoreline.compiler.schema import Schema
from scoreline.dsl import nodes
from scoreline.dsl.source import Place


def lower(statements: checked.Checked, schema: Schema, zone: ZoneInfo) -> plan.Plan:
    """The plan of a project without mistakes."""
    lowering = _Lowering(zone)
    models = tuple(lowering.model(model) for model in statements.models)
    qualifications = tuple(lowering.qualification(each) for each in statements.qualifications)
    examples = tuple(lowering.example(each) for each in statements.examples)
    tables = lowering.tables
    return plan.Plan(
        schema, zone.key, tuple(tables.moments), tuple(tables.counters), tuple(tables.nodes),
        models, qualifications, examples,
    )  # fmt: skip


class _Lowering:
    def __init__(self, zone: ZoneInfo) -> None:
        self.tables = PlanTables()
        self._conditions = ConditionLowering(self.tables, zone)

    def model(self, model: checked.Model) -> plan.Model:
        lowest, highest = model.clamp or (None, None)
        stepped = sorted((grade for grade in model.grades if grade[1] is not None), key=lambda grade: -(grade[1] or 0))
        otherwise = [grade for grade in model.grades if grade[1] is None]
        audience, tests = (None, ()) if model.audience is None else self._conditions.lower(model.audience)
        return plan.Model(
            model.name,
            model.title,
            audience,
            lowest,
            highest,
            tuple(plan.Group(each.title, each.best_only, each.at_most, each.at_least) for each in model.groups),
            tuple(self._rule(rule) for rule in model.rules),
            tuple(plan.GradeStep(*grade) for grade in (*stepped, *otherwise)),
            place(model.place),
            tests,
        )

    def _rule(self, rule: checked.Rule) -> plan.WhenRule | plan.EachRule:
        text = one_line(rule.place)
        if rule.count is not None:
            decayed = None
            if rule.decay is not None:
                decayed = self._conditions.count(rule.count, steps(self.tables, rule.points or 0, rule.decay))
            return plan.EachRule(
                rule.id, rule.label, rule.group, self._conditions.count(rule.count), rule.points or 0, decayed,
                rule.cap, text, place(rule.place),
            )  # fmt: skip
        if rule.condition is None:
            raise AssertionError("a rule has a condition or a count")
        node, tests = self._conditions.lower(rule.condition)
        return plan.WhenRule(rule.id, rule.label, rule.group, node, rule.points, text, place(rule.place), tests)

    def qualification(self, item: checked.Qualification) -> plan.Qualification:
        return plan.Qualification(
            item.name,
            item.title,
            None if item.unit is None else fold(item.unit),
            self._conditions.node(item.audience),
            tuple(self._stage(stage) for stage in item.stages),
            place(item.place),
        )

    def _stage(self, stage: checked.Stage) -> plan.StagePlan:
        node, tests = self._conditions.lower(stage.when)
        until, until_tests = (None, ()) if stage.until is None else self._conditions.lower(stage.until)
        actions = tuple(self._action(action) for action in stage.actions)
        return plan.StagePlan(stage.name, node, until, actions, place(stage.place), tests, until_tests)

    def _action(self, action: checked.Action) -> plan.Action:
        match action:
            case checked.CreateTask():
                owner = None if action.owner is None else _template(action.owner)
                due = None if action.due is None else self.tables.instant(action.due, 1)
                return plan.CreateTask(_template(action.title), owner, due)
            case checked.Notify():
                return plan.Notify(action.channel)
            case checked.SetField():
                return plan.SetField(action.field.name, _set_value(action.field, action.value))

    def example(self, example: checked.Example) -> plan.Example:
        return plan.Example(
            example.title,
            place(example.place),
            None if example.today is None else example.today.toordinal(),
            example.previous,
            _facts(example.lead),
            None if example.contact is None else _facts(example.contact),
            tuple(self._happened(each) for each in example.happened),
            tuple(self._expectation(*each) for each in example.expectations),
        )

    def _happened(self, given: checked.GivenInteractions) -> plan.GivenInteractions:
        at = self.tables.as_of if given.ago is None else self.tables.instant(given.ago, -1)
        return plan.GivenInteractions(given.origin, given.type, given.times, at, _facts(given.properties))

    def _expectation(self, condition: checked.Condition, where: Place) -> plan.Expectation:
        node, tests = self._conditions.lower(condition)
        return plan.Expectation(node, one_line(where), place(where), tests)


def _template(parts: checked.Template) -> tuple[str | plan.Field, ...]:
    return tuple(part if isinstance(part, str) else plan.Field(part.owner, part.name) for part in parts)


def _set_value(
    target: checked.Field, value: checked.Constant | checked.Field
) -> plan.Number | plan.Text | plan.YesNo | plan.Day | plan.Field:
    match value:
        case checked.Field():
            return plan.Field(value.owner, value.name)
        case nodes.Text():
            text = trim(value.value)
            spellings = {fold(each): each for each in target.spec.values}
            return plan.Text(spellings.get(fold(text), text))
        case nodes.Number() | nodes.YesNo() | nodes.Date():
            return constant(value)


def _facts(facts: tuple[tuple[str, checked.FactValue], ...]) -> tuple[plan.Fact, ...]:
    return tuple(plan.Fact(name, _fact_value(value)) for name, value in facts)


def _fact_value(
    value: checked.FactValue,
) -> plan.Number | plan.Text | plan.YesNo | plan.Day | plan.Values | None:
    match value:
        case None:
            return None
        case bool():
            return plan.YesNo(value)
        case str():
            return plan.Text(value)
        case tuple():
            return plan.Values(value)
        case datetime.date():
            return plan.Day(value.toordinal())
        case _:
            return plan.Number(value)


_TENTHS = 10


def steps(tables: PlanTables, points: int, decay: nodes.Decay) -> tuple[plan.Step, ...]:
    """The steps of a decay, newest first; beyond the last one an occurrence gives nothing."""
    if isinstance(decay, nodes.Halving):
        return tuple(
            plan.Step(tables.instant(decay.duration, -(index + 1)), value) for index, value in enumerate(halved(points))
        )
    return tuple(
        plan.Step(tables.instant(decay.duration, -1, tenths=index + 1), rounded(points * (_TENTHS - index), _TENTHS))
        for index in range(_TENTHS)
    )


def halved(points: int) -> tuple[int, ...]:
    """The points of each halving, from all of them down to the last that is not 0."""
    values: list[int] = []
    while (value := rounded(points, 2 ** len(values))) != 0:
        values.append(value)
    return tuple(values)


def rounded(points: int, divisor: int) -> int:
    """`points / divisor`, rounded to the nearest whole number, half away from zero."""
    size = (2 * abs(points) + divisor) // (2 * divisor)
    return size if points >= 0 else -size
