"""Why a lead has its score: every rule with its points and the values it saw, and how groups and bounds led on.

An explanation looks at everything, fired or not, and is plain frozen data; how it is shown is left to the doors.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import assert_never
from zoneinfo import ZoneInfo

from scoreline.compiler import plan
from scoreline.compiler.folding import fold, trim
from scoreline.compiler.plan_parts import below, operands
from scoreline.runtime.evaluate import Evaluator
from scoreline.runtime.results import Result
from scoreline.runtime.scoring import Evaluated, ReadLead, Scorer
from scoreline.runtime.wording import known_text


@dataclass(frozen=True, slots=True)
class SeenValue:
    """A value that a test saw: the name by which rules know it, and the value as text (None: unknown)."""

    name: str
    value: str | None


@dataclass(frozen=True, slots=True)
class TestSeen:
    """A test as it is written, where it stands, whether it holds, and what it saw."""

    text: str
    holds: bool
    seen: tuple[SeenValue, ...]
    place: plan.Place


@dataclass(frozen=True, slots=True)
class RuleSeen:
    """A rule and what it did. `points` are what it gives by itself (after `up to` and decay), 0 if it did not fire;
    `counted` is False where `best only` passed it over. `sum` says how a `for each` came to its points."""

    id: str
    label: str | None
    text: str
    place: plan.Place
    fired: bool
    points: int
    disqualifies: bool
    counted: bool
    group: int | None
    tests: tuple[TestSeen, ...]
    sum: str | None = None


@dataclass(frozen=True, slots=True)
class GroupSeen:
    """A group: the points of its rules, and what its bounds make of them."""

    title: str
    best_only: bool
    at_most: int | None
    at_least: int | None
    sum: int
    points: int


@dataclass(frozen=True, slots=True)
class ModelSeen:
    """A model: `sum` are the points before the model's own bounds; all None outside the audience, which `audience`
    tells."""

    name: str
    title: str | None
    score: int | None
    grade: str | None
    sum: int | None
    lowest: int | None
    highest: int | None
    groups: tuple[GroupSeen, ...]
    rules: tuple[RuleSeen, ...]
    place: plan.Place
    audience: tuple[TestSeen, ...]


@dataclass(frozen=True, slots=True)
class StageSeen:
    """A stage of the qualification that the lead falls under: whether its `when` holds, and whether the lead is in it.

    `was`: the lead was in it last time. `ended`: its `until` then ended it, by the tests `until`.
    """

    name: str
    holds: bool
    reached: bool
    tests: tuple[TestSeen, ...]
    place: plan.Place
    was: bool = False
    ended: bool = False
    until: tuple[TestSeen, ...] = ()


@dataclass(frozen=True, slots=True)
class Explanation:
    """Everything that led to a result. `qualification` is the one that the lead falls under, `before` the stage there
    of last time."""

    result: Result
    models: tuple[ModelSeen, ...]
    qualification: str | None
    stages: tuple[StageSeen, ...]
    before: str | None = None


def explain(scorer: Scorer, read_lead: ReadLead, evaluated: Evaluated) -> Explanation:
    """The explanation of a result."""
    explainer = _Explainer(scorer, read_lead, evaluated)
    whole = scorer.plan
    name = evaluated.result.qualification
    found = next((each for each in whole.qualifications if each.name == name), None)
    return Explanation(
        evaluated.result,
        tuple(explainer.model(model) for model in whole.models),
        name,
        () if found is None else tuple(explainer.stage(stage) for stage in found.stages),
        evaluated.before.stage,
    )


def tests_seen(
    scorer: Scorer, read_lead: ReadLead, evaluated: Evaluated, tests: Sequence[plan.TestText]
) -> tuple[TestSeen, ...]:
    """Tests of a condition, whether each holds, and what it saw."""
    return _Explainer(scorer, read_lead, evaluated).tests(tests)


class _Explainer:
    def __init__(self, scorer: Scorer, read_lead: ReadLead, evaluated: Evaluated) -> None:
        self._plan, self._read_lead, self._evaluated = scorer.plan, read_lead, evaluated
        self._zone = ZoneInfo(scorer.plan.timezone)
        self._evaluator = Evaluator(scorer.plan, scorer.closures.layout, evaluated)

    def model(self, model: plan.Model) -> ModelSeen:
        result = self._evaluated.result.models[model.name]
        audience = self.tests(model.audience_tests)
        if result.score is None:
            return ModelSeen(
                model.name, model.title, None, None, None, model.lowest, model.highest, (), (), model.place, audience
            )
        fired = frozenset(result.rules)
        rules = [self._rule(rule, rule.id in fired) for rule in model.rules]
        groups = [_group(group, [rule for rule in rules if rule.group == n]) for n, group in enumerate(model.groups)]
        total = sum(rule.points for rule in rules if rule.group is None) + sum(group.points for group in groups)
        counted = tuple(_counted(rule, rules, model) for rule in rules)
        return ModelSeen(
            model.name, model.title, result.score, result.grade, total, model.lowest, model.highest,
            tuple(groups), counted, model.place, audience,
        )  # fmt: skip

    def stage(self, stage: plan.StagePlan) -> StageSeen:
        reached = self._evaluated.result.stage == stage.name
        holds = self._evaluator.holds(stage.when)
        before = self._evaluated.before.stage
        was = before is not None and fold(trim(before)) == fold(stage.name)
        ended = was and stage.until is not None and self._evaluator.holds(stage.until)
        until = self.tests(stage.until_tests)
        return StageSeen(stage.name, holds, reached, self.tests(stage.tests), stage.place, was, ended, until)

    def tests(self, tests: Sequence[plan.TestText]) -> tuple[TestSeen, ...]:
        return tuple(
            TestSeen(test.text, self._evaluator.holds(test.node), tuple(self._seen_values(test.node)), test.place)
            for test in tests
        )

    def _rule(self, rule: plan.WhenRule | plan.EachRule, fired: bool) -> RuleSeen:
        if isinstance(rule, plan.WhenRule):
            points, disqualifies = rule.points or 0, rule.points is None
            tests = self.tests(rule.tests)
        else:
            points, disqualifies = self._worth(rule), False
            tests = (self._counting(rule, fired),)
        return RuleSeen(
            rule.id, rule.label, rule.text, rule.place, fired, points if fired else 0, disqualifies, True,
            rule.group, tests, self._sum(rule) if fired and isinstance(rule, plan.EachRule) else None,
        )  # fmt: skip

    def _sum(self, rule: plan.EachRule) -> str:
        """How the points of a `for each` came about: `3 × +4`, less by age, up to 10."""
        count = self._evaluated.inputs.counts[rule.count]
        parts = [f"{count} × {rule.points:+}"]
        if rule.decayed is not None:
            parts.append(f"by age {self._evaluated.inputs.counts[rule.decayed]:+}")
        if rule.cap is not None and abs(self._uncapped(rule)) > rule.cap:
            parts.append(f"up to {rule.cap}")
        return ", ".join(parts)

    def _uncapped(self, rule: plan.EachRule) -> int:
        counts = self._evaluated.inputs.counts
        return rule.points * counts[rule.count] if rule.decayed is None else counts[rule.decayed]

    def _worth(self, rule: plan.EachRule) -> int:
        points = self._uncapped(rule)
        return points if rule.cap is None else min(max(points, -rule.cap), rule.cap)

    def _counting(self, rule: plan.EachRule, fired: bool) -> TestSeen:
        counter = self._plan.counters[rule.count]
        seen = SeenValue(counter_name(counter), str(self._evaluated.inputs.counts[rule.count]))
        text = rule.text.partition(" then ")[0]
        return TestSeen(text, fired, (seen,), rule.place)

    def _seen_values(self, root: int) -> Iterator[SeenValue]:
        """The values that the tests below a node saw, each once; bounds and constants are no news."""
        found: dict[str, SeenValue] = {}
        for index in below(self._plan, root):
            for operand in operands(self._plan.nodes[index]):
                seen = self._value(operand)
                if seen is not None:
                    found.setdefault(seen.name, seen)
        yield from found.values()

    def _value(self, operand: plan.Operand) -> SeenValue | None:
        value = self._evaluator.value
        match operand:
            case plan.Field() | plan.DayOf():
                return self._field(operand)
            case plan.CountRef():
                return SeenValue(counter_name(self._plan.counters[operand.index]), str(value(operand)))
            case plan.Score():
                score = value(operand)
                return SeenValue(operand.model, None if score is None else str(score))
            case plan.Grade():
                return SeenValue(f"{operand.model}.grade", self._evaluated.result.models[operand.model].grade)
            case plan.Stage():
                return SeenValue("stage", self._evaluated.result.stage)
            case plan.Number() | plan.Text() | plan.YesNo() | plan.Day() | plan.Instant() | plan.MomentRef():
                return None
            case plan.Sum():
                return None
            case _:
                assert_never(operand)

    def _field(self, field: plan.Field | plan.DayOf) -> SeenValue:
        schema = self._plan.schema
        if field.owner == "contact":
            relation = next((name for name, each in schema.lead.relations.items() if each.to == "contact"), "contact")
            known, fields = self._read_lead.contact.get(field.name), schema.contact_fields
            name = f"{relation}.{field.name}"
        else:
            known, fields, name = self._read_lead.lead.get(field.name), schema.lead.fields, field.name
        return SeenValue(name, None if known is None else known_text(known, fields[field.name], self._zone))


def counter_name(counter: plan.Counter) -> str:
    """What a counter counts, in a few words."""
    if counter.distinct is not None:
        return f"different {counter.type}.{counter.distinct}"
    if counter.period is not None:
        return f"{counter.period}s with {counter.type}"
    name = f"matching {counter.type}" if counter.where is not None else counter.type
    return f"{name} (contact's)" if counter.origin == "contact" else name


def _group(group: plan.Group, rules: Sequence[RuleSeen]) -> GroupSeen:
    points = [rule.points for rule in rules if rule.fired and not rule.disqualifies]
    total = max(points, default=0) if group.best_only else sum(points)
    bounded = total if group.at_most is None else min(total, group.at_most)
    bounded = bounded if group.at_least is None else max(bounded, group.at_least)
    return GroupSeen(group.title, group.best_only, group.at_most, group.at_least, total, bounded)


def _counted(rule: RuleSeen, rules: Sequence[RuleSeen], model: plan.Model) -> RuleSeen:
    """The rule, marked if a better one of its `best only` group stands in its way."""
    if rule.group is None or not model.groups[rule.group].best_only or not rule.fired or rule.disqualifies:
        return rule
    rivals = [each for each in rules if each.group == rule.group and each.fired and not each.disqualifies]
    best = max(rivals, key=lambda each: each.points)
    if best.id == rule.id:
        return rule
    return replace(rule, counted=False)
