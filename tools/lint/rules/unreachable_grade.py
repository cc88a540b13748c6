"""W214: a grade that no lead can get."""

import math
from collections.abc import Iterator

from scoreline.dsl import nodes
from scoreline.tools.lint.arithmetic import of_model
from scoreline.tools.lint.lints import Finding, warning
from scoreline.tools.lint.project import Project


def find(project: Project) -> Iterator[Finding]:
    """Grades above all points together, and grades below the lowest score that there is."""
    for model in project.models:
        if not model.rules:
            continue
        points = of_model(model.made)
        grades = [item for item in model.node.items if isinstance(item, nodes.Grade)]
        above = math.inf
        for grade in sorted(grades, key=_threshold, reverse=True):
            threshold = _threshold(grade)
            place = model.at(grade.threshold or grade.name)
            name = f"grade `{grade.name.value}`"
            if threshold > points.high:
                message = f"no lead gets {name}: the highest score is {points.high:.0f}"
                yield Finding(place, message, "lower the threshold, or raise the points or what bounds them")
            elif above <= points.low:
                message = f"no lead gets {name}: the lowest score is {points.low:.0f}, which is a better one"
                yield Finding(place, message, "raise the thresholds above it, or leave the grade out")
            above = threshold


def _threshold(grade: nodes.Grade) -> float:
    return -math.inf if grade.threshold is None else grade.threshold.value


LINT = warning("W214", find)
