"""A plan with some of its models only, or without its examples, and of all else what these need."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import assert_never

from scoreline.compiler import plan
from scoreline.compiler.plan_parts import actions_in, below, counters_in, moments_of, operands


def with_models(whole: plan.Plan, names: Collection[str]) -> plan.Plan:
    """The plan with the models of these names, in its own order.

    Without a model, nothing is left that could judge all models together: qualifications and examples are left out.
    """
    chosen = tuple(model for model in whole.models if model.name in names)
    if len(chosen) == len(whole.models):
        return whole
    counters, nodes = _needed(whole, chosen)
    kept = _Kept({old: new for new, old in enumerate(counters)}, {old: new for new, old in enumerate(nodes)})
    return replace(
        whole,
        models=tuple(map(kept.model, chosen)),
        counters=tuple(kept.counter(whole.counters[each]) for each in counters),
        nodes=tuple(kept.node(whole.nodes[each]) for each in nodes),
        qualifications=(),
        examples=(),
    )


def without_examples(whole: plan.Plan) -> plan.Plan:
    """The plan without its examples, and what they alone added to its tables.

    Examples are lowered last, so theirs are the last entries, and all numbers stay as they are.
    """
    counters, nodes = _needed(whole, whole.models)
    judged = {root for each in whole.qualifications for root in _roots(each)}
    nodes = sorted({*nodes, *(each for root in judged for each in below(whole, root))})
    asked = {each for node in nodes for each in counters_in(whole.nodes[node])}
    most = max({*counters, *asked}, default=-1) + 1
    wheres = (each.where for each in whole.counters[:most] if each.where is not None)
    last = max([*nodes, *wheres], default=-1) + 1
    moments = [*_moments(whole.nodes[:last], whole.counters[:most]), *map(_due, actions_in(whole))]
    return replace(
        whole,
        moments=whole.moments[: max(moments, default=0) + 1],
        counters=whole.counters[:most],
        nodes=whole.nodes[:last],
        examples=(),
    )


def _roots(qualification: plan.Qualification) -> Iterator[int]:
    """The nodes of a qualification."""
    yield from () if qualification.audience is None else (qualification.audience,)
    for stage in qualification.stages:
        yield from (stage.when, *(() if stage.until is None else (stage.until,)))


def _moments(nodes: Iterable[plan.Node], counters: Iterable[plan.Counter]) -> Iterator[int]:
    """The numbers of the moments that nodes and counters name."""
    for node in nodes:
        yield from (each.index for each in operands(node) if isinstance(each, plan.MomentRef))
    for counter in counters:
        yield from moments_of(counter)


def _due(action: plan.Action) -> int:
    """The moment by which something is to be done; `as_of` where nothing is said."""
    return action.due or 0 if isinstance(action, plan.CreateTask) else 0


def _needed(whole: plan.Plan, models: Sequence[plan.Model]) -> tuple[list[int], list[int]]:
    """The numbers of the counters and nodes that models look at."""
    nodes: set[int] = set()
    counters: set[int] = set()

    def see(roots: Iterable[int]) -> None:
        for root in roots:
            nodes.update(below(whole, root))

    for model in models:
        see([] if model.audience is None else [model.audience])
        see(each.node for each in model.audience_tests)
        for rule in model.rules:
            if isinstance(rule, plan.WhenRule):
                see([rule.condition, *(each.node for each in rule.tests)])
            else:
                counters.update([rule.count] if rule.decayed is None else [rule.count, rule.decayed])
    for node in nodes:
        counters.update(counters_in(whole.nodes[node]))
    see(where for each in counters if (where := whole.counters[each].where) is not None)
    return sorted(counters), sorted(nodes)


class _Kept:
    """New numbers in the place of old ones."""

    def __init__(self, counters: dict[int, int], nodes: dict[int, int]) -> None:
        self._counters, self._nodes = counters, nodes

    def model(self, model: plan.Model) -> plan.Model:
        audience = None if model.audience is None else self._nodes[model.audience]
        rules = tuple(map(self._rule, model.rules))
        return replace(model, audience=audience, rules=rules, audience_tests=self._tests(model.audience_tests))

    def counter(self, counter: plan.Counter) -> plan.Counter:
        return counter if counter.where is None else replace(counter, where=self._nodes[counter.where])

    def node(self, node: plan.Node) -> plan.Node:
        match node:
            case plan.AllOf() | plan.AnyOf():
                return replace(node, nodes=tuple(self._nodes[each] for each in node.nodes))
            case plan.Compare():
                return replace(node, left=self._operand(node.left), right=self._operand(node.right))
            case plan.OneOf() | plan.Match():
                return replace(node, left=self._operand(node.left))
            case plan.IsKnown():
                return replace(node, operand=self._operand(node.operand))
            case plan.Has() | plan.Disqualified() | plan.Fired():
                return node

    def _operand(self, operand: plan.Operand) -> plan.Operand:
        match operand:
            case plan.CountRef():
                return self._count(operand)
            case plan.Sum():
                return replace(
                    operand,
                    parts=tuple(
                        (weight, self._count(part) if isinstance(part, plan.CountRef) else part)
                        for weight, part in operand.parts
                    ),
                )
            case plan.Number() | plan.Text() | plan.YesNo() | plan.Day() | plan.Instant() | plan.MomentRef():
                return operand
            case plan.Field() | plan.DayOf() | plan.Score() | plan.Grade() | plan.Stage():
                return operand
            case _:
                assert_never(operand)

    def _count(self, count: plan.CountRef) -> plan.CountRef:
        return plan.CountRef(self._counters[count.index])

    def _tests(self, tests: tuple[plan.TestText, ...]) -> tuple[plan.TestText, ...]:
        return tuple(replace(each, node=self._nodes[each.node]) for each in tests)

    def _rule(self, rule: plan.Rule) -> plan.Rule:
        if isinstance(rule, plan.WhenRule):
            return replace(rule, condition=self._nodes[rule.condition], tests=self._tests(rule.tests))
        decayed = None if rule.decayed is None else self._counters[rule.decayed]
        return replace(rule, count=self._counters[rule.count], decayed=decayed)
