"""W216: a stage that no lead is ever in, since every lead that reaches it reaches a later one too."""

from collections.abc import Iterator

from scoreline.compiler import checked
from scoreline.dsl.diagnostics import Edit, Fix, Label
from scoreline.dsl.messages import say
from scoreline.tools.lint.edits import offer
from scoreline.tools.lint.lints import Finding, warning
from scoreline.tools.lint.project import ProjectView
from scoreline.tools.lint.stages import StageView, stages
from scoreline.tools.lint.texts import written


def find(project: ProjectView) -> Iterator[Finding]:
    """Stages that need at least as high a score as a later stage that needs nothing else."""
    for listed in stages(project):
        lowest: dict[checked.Subject, StageView] = {}
        following: StageView | None = None
        for stage in reversed(listed):
            if stage.from_ is not None:
                later = lowest.get(stage.from_.subject)
                if later is not None and later.from_ is not None and later.from_.least <= stage.from_.least:
                    yield _finding(stage, later, following)
                else:
                    lowest[stage.from_.subject] = stage
            following = stage


def _finding(stage: StageView, later: StageView, following: StageView | None) -> Finding:
    return Finding(
        stage.at(stage.node.when),
        say(
            "no lead is in stage `{stage}`: a lead that reaches it reaches the later stage `{later}` too",
            stage=stage.made.name,
            later=later.made.name,
        ),
        say("list the stages from the lowest to the highest: the last one that matches counts"),
        labels=(Label(later.at(later.node.when), say("asks for the same or less")),),
        fixes=_fixes(stage, later) if later is following else (),
    )


def _fixes(stage: StageView, later: StageView) -> tuple[Fix, ...]:
    if stage.from_ is None or later.from_ is None or later.from_.least == stage.from_.least:
        return ()
    source = stage.source
    edits = (Edit(stage.node.span, written(source, later.node)), Edit(later.node.span, written(source, stage.node)))
    return (offer(say("swap them"), *edits),)


LINT = warning("W216", find)
