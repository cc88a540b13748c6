"""W210: an `up to` that the first occurrence exceeds already."""

from collections.abc import Iterator

from scoreline.dsl.messages import say
from scoreline.tools.lint.edits import offer, put
from scoreline.tools.lint.lints import Finding, warning
from scoreline.tools.lint.project import ProjectView


def find(project: ProjectView) -> Iterator[Finding]:
    """`for each` rules that never give the points that they promise."""
    for _, rule, node in project.for_each_rules:
        if node.cap is None:
            continue
        points, cap = node.points.value, node.cap.value
        if cap < abs(points):
            text = f"{'-' if points < 0 else '+'}{cap}"
            yield Finding(
                rule.at(node.cap),
                say(
                    "`up to {cap}` is less than the {points} points that count each time",
                    cap=cap,
                    points=abs(points),
                ),
                say("`up to` limits the points of all times together: write a multiple of the points"),
                (offer(say("give {points} each time", points=text), put(node.points, text)),),
            )


LINT = warning("W210", find, local=True)
