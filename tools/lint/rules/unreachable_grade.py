"""W214: a grade that no lead can get."""

import math
from collections.abc import Iterator

from scoreline.dsl import nodes
from scoreline.dsl.messages import say
from scoreline.tools.lint.arithmetic import of_model
from scoreline.tools.lint.lints import Finding, warning
from scoreline.tools.lint.project import ProjectView


def find(project: ProjectView) -> Iterator[Finding]:
    """Grades above all points together, and grades below the lowest score that there is."""
    for model in project.models:
        if not model.rules:
            continue
        points = of_model(model.made, project.schema)
        above = math.inf
        for grade in sorted(model.items(nodes.Grade), key=_threshold, reverse=True):
            threshold = _threshold(grade)
            place = model.at(grade.threshold or grade.name)
            name = grade.name.value
            if threshold > points.high:
                message = say(
                    "no lead gets grade `{grade}`: the highest score is {score:.0f}", grade=name, score=points.high
                )
                yield Finding(place, message, say("lower the threshold, or raise the points or their limits"))
            elif above <= points.low:
                message = say(
                    "no lead gets grade `{grade}`: the lowest score is {score:.0f}, which has a better grade",
                    grade=name,
                    score=points.low,
                )
                yield Finding(place, message, say("raise the thresholds above it, or remove the grade"))
            above = threshold


def _threshold(grade: nodes.Grade) -> float:
    return -math.inf if grade.threshold is None else grade.threshold.value


LINT = warning("W214", find)
