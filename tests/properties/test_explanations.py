"""Explanations look again at everything that scoring decided, and come to the same."""

from hypothesis import Phase, given, settings
from reference.strategies import DrawnLead, DrawnProject, projects
from scoreline.compiler import plan
from scoreline.compiler.schema.reading import read_schema
from scoreline.dsl.source import Source
from scoreline.runtime import Rules, from_texts
from scoreline.runtime.evaluate import Evaluator
from scoreline.runtime.explain import ModelSeen
from scoreline.runtime.rules import previous_states


def rules_of(project: DrawnProject) -> Rules:
    schema, problems = read_schema(Source("crm.schema.toml", project.schema))
    assert schema is not None, problems
    return from_texts(project.files, schema, project.zone)


@settings(phases=[Phase.generate])
@given(projects())
def test_the_evaluator_and_the_compiled_functions_agree_on_every_condition(project: DrawnProject) -> None:
    rules = rules_of(project)
    session = rules.session(project.as_of)
    for lead in project.leads:
        evaluated = session.evaluate(rules.read_lead(lead.lead, lead.interactions, lead.contact), previous_states(None))
        evaluator = Evaluator(rules.plan, rules.layout, evaluated)
        for model in rules.plan.models:
            result = evaluated.result.models[model.name]
            assert (result.score is not None) == (model.audience is None or evaluator.holds(model.audience))
            if result.score is not None:
                held = [each.id for each in model.rules if holds(evaluator, each)]
                assert held == result.rules


def holds(evaluator: Evaluator, rule: plan.WhenRule | plan.EachRule) -> bool:
    if isinstance(rule, plan.WhenRule):
        return evaluator.holds(rule.condition)
    return bool(evaluator.evaluated.inputs.counts[rule.count])


@settings(phases=[Phase.generate])
@given(projects())
def test_the_points_that_an_explanation_shows_add_up_to_the_score(project: DrawnProject) -> None:
    rules = rules_of(project)
    for lead in project.leads:
        for model in explained(project, rules, lead):
            if model.score is None or model.sum is None:
                continue
            lone = sum(rule.points for rule in model.rules if rule.group is None)
            assert model.sum == lone + sum(group.points for group in model.groups)
            low = model.sum if model.lowest is None else max(model.sum, model.lowest)
            assert model.score == (low if model.highest is None else min(low, model.highest))
            for index, group in enumerate(model.groups):
                counted = [rule.points for rule in model.rules if rule.group == index and rule.counted]
                assert group.sum == sum(counted)


def explained(project: DrawnProject, rules: Rules, lead: DrawnLead) -> tuple[ModelSeen, ...]:
    return rules.explain(lead.lead, interactions=lead.interactions, contact=lead.contact, as_of=project.as_of).models
