"""W243: a highest stage in which nothing is done, above stages in which something is."""

from collections.abc import Iterator

from scoreline.dsl.messages import say
from scoreline.tools.lint.lints import Finding, hint
from scoreline.tools.lint.project import ProjectView
from scoreline.tools.lint.stages import stages


def find(project: ProjectView) -> Iterator[Finding]:
    """Qualifications whose lower stages have actions and whose last has none."""
    for listed in stages(project):
        if listed and not listed[-1].node.actions and any(stage.node.actions for stage in listed):
            top = listed[-1]
            yield Finding(
                top.at(top.node.name),
                say("the highest stage, `{stage}`, has no action", stage=top.made.name),
                say('add an action, as in `then create task "Call {{first_name}}" due in 2 days`'),
            )


LINT = hint("W243", find)
