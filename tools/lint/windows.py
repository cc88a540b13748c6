"""The windows in which interactions are counted, apart from those that dates and times lie in."""

from collections.abc import Iterator

from scoreline.compiler import checked
from scoreline.dsl import nodes
from scoreline.tools.lint.project import Project, Written


def on_interactions(project: Project) -> Iterator[tuple[Written, nodes.Window]]:
    """Every window behind an interaction or a sum of them."""
    for at, happening in project.written(nodes.Happening):
        if happening.window is not None:
            yield Written(at.file, happening.window), happening.window
    for at, test, known in project.tested:
        if test.window is not None and isinstance(known, checked.Comparing | checked.Ranging | checked.Among):
            yield Written(at.file, test.window), test.window
