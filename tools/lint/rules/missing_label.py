"""W209: a rule without a label among rules that have one."""

from collections.abc import Iterator

from scoreline.dsl.messages import say
from scoreline.tools.lint.lints import Finding, hint
from scoreline.tools.lint.project import ProjectView


def find(project: ProjectView) -> Iterator[Finding]:
    """Rules without a label in models where at least as many have one."""
    for model in project.models:
        bare = [rule for rule in model.rules if rule.node.label is None]
        if not bare or 2 * len(bare) > len(model.rules):
            continue
        for rule in bare:
            yield Finding(
                rule.place,
                say("this rule has no label, but other rules of `{model}` have one", model=model.made.name),
                say(
                    'add `as "…"`: without a label, results call the rule `{rule}`, and '
                    "that changes when the rule moves",
                    rule=rule.made.id,
                ),
            )


LINT = hint("W209", find)
