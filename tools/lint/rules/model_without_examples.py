"""W236: a model of which no example expects anything."""

from collections.abc import Iterator

from scoreline.compiler import checked
from scoreline.compiler.checked_parts import models_in, operands, tests_in
from scoreline.dsl.messages import say
from scoreline.tools.lint.lints import Finding, hint
from scoreline.tools.lint.project import ProjectView


def find(project: ProjectView) -> Iterator[Finding]:
    """Models that examples mention neither by name, nor by a stage that depends on them, nor by `disqualified`."""
    covered = set(_covered(project.statements))
    for model in project.models:
        if model.rules and model.made.name not in covered:
            yield Finding(
                model.at(model.node.name),
                say("no example tests `{model}`", model=model.made.name),
                say(
                    "write an example for a lead that you know: it shows what else changes when somebody changes a rule"
                ),
            )


def _covered(statements: checked.Checked) -> Iterator[str]:
    expectations = [condition for example in statements.examples for condition, _ in example.expectations]
    tests = [test for condition in expectations for test in tests_in(condition)]
    for condition in expectations:
        yield from models_in(condition)
    if any(isinstance(operand, checked.StageNow) for test in tests for operand in operands(test)):
        for qualification in statements.qualifications:
            for stage in qualification.stages:
                yield from models_in(stage.when)
    if any(isinstance(test, checked.Disqualified) for test in tests):
        yield from (each.name for each in statements.models if any(rule.points is None for rule in each.rules))


LINT = hint("W236", find)
