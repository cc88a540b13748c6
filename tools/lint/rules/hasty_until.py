"""W217: an `until` that holds already for leads that just enter the stage."""

from collections.abc import Iterator

from scoreline.dsl import nodes
from scoreline.dsl.diagnostics import Fix, Label
from scoreline.dsl.messages import say
from scoreline.tools.lint.bounds import interval
from scoreline.tools.lint.edits import offer, put
from scoreline.tools.lint.lints import Finding, warning
from scoreline.tools.lint.project import ProjectView
from scoreline.tools.lint.stages import StageView, stages
from scoreline.tools.lint.texts import written


def find(project: ProjectView) -> Iterator[Finding]:
    """Stages whose `when` and `until` are about one score and overlap."""
    for listed in stages(project):
        for stage in listed:
            ends = interval(stage.made.until)
            if stage.from_ is None or ends is None or ends[0] != stage.from_.subject or stage.node.until is None:
                continue
            until = ends[1]
            if until.high > stage.from_.least[0] or (until.holds(stage.from_.least[0]) and not stage.from_.least[1]):
                yield Finding(
                    stage.at(stage.node.until),
                    say(
                        "a lead can enter stage `{stage}` while its `until` holds, and then leaves it again",
                        stage=stage.made.name,
                    ),
                    say("let `until` begin at a lower score than `when`"),
                    labels=(Label(stage.at(stage.node.when), say("a lead enters here")),),
                    fixes=_fixes(stage),
                )


def _fixes(stage: StageView) -> tuple[Fix, ...]:
    when, until = stage.node.when, stage.node.until
    if not isinstance(when, nodes.Test) or not isinstance(until, nodes.Test):
        return ()
    asked, ends = when.comparison, until.comparison
    if not isinstance(asked, nodes.Compare) or not isinstance(ends, nodes.Compare):
        return ()
    sign = "<" if asked.operator == ">=" else "<="
    text = f"{sign} {written(stage.source, asked.value)}"
    return (offer(say("write `{text}`", text=text), put(ends, text)),)


LINT = warning("W217", find)
