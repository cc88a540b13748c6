"""The stages of qualifications, and from which score on each holds."""

import math
from dataclasses import dataclass
from typing import NamedTuple

from scoreline.compiler import checked
from scoreline.compiler.sources import RuleFile
from scoreline.dsl import nodes
from scoreline.dsl.span import Span
from scoreline.tools.lint.bounds import interval
from scoreline.tools.lint.project import InFile, ProjectView


class From(NamedTuple):
    """A score, or a sum of scores, and the least that it must be (and whether it must be more than that)."""

    subject: checked.Subject
    least: tuple[float, bool]


@dataclass(frozen=True, slots=True)
class StageView(InFile):
    """A stage as it is written and as it is checked. `from_` is there if its `when` is one bound below a score."""

    node: nodes.Stage
    made: checked.Stage
    from_: From | None


def stages(project: ProjectView) -> list[list[StageView]]:
    """The stages of each qualification, from the lowest to the highest."""
    made = {
        (stage.place.file, stage.place.span): stage for q in project.statements.qualifications for stage in q.stages
    }
    return [
        [view for node in item.stages if (view := _view(file, node, made)) is not None]
        for file, item in project.items(nodes.Qualification)
    ]


def _view(file: RuleFile, node: nodes.Stage, made: "dict[tuple[str, Span], checked.Stage]") -> StageView | None:
    stage = made.get((file.name, node.span)) or made.get((file.name, node.name.span))
    return None if stage is None else StageView(file, node, stage, _from(stage.when))


def _from(condition: checked.Condition) -> From | None:
    asked = interval(condition)
    if asked is None or not math.isinf(asked[1].high):
        return None
    return From(asked[0], (asked[1].low, not asked[1].with_low))
