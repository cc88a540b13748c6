"""The statements of a file in order, flat: how deep each stands, and which tokens it is made of.

A heading (of a model, a group, an example) is a statement of its own, one level above those that belong to it.
"""

from bisect import bisect_left
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple, assert_never

from scoreline.dsl import nodes

Statement = nodes.FileItem | nodes.ModelItem | nodes.Stage | nodes.Given | nodes.Expect


class Stated(NamedTuple):
    """A statement, its level (0 for those of the file), and its tokens: from `start` up to, not including, `end`."""

    node: Statement
    level: int
    start: int
    end: int


def outline(file: nodes.File, starts: list[int]) -> list[Stated]:
    """The statements of a file whose tokens start at these offsets; the last of them is the text's end."""
    found = list(_levels(file))
    begins = [bisect_left(starts, node.span.start) for node, _ in found]
    ranges = pairwise([*begins, len(starts) - 1])
    return [Stated(node, level, start, end) for (node, level), (start, end) in zip(found, ranges, strict=True)]


def _levels(file: nodes.File) -> Iterator[tuple[Statement, int]]:
    for item in file.items:
        yield item, 0
        match item:
            case nodes.Model():
                yield from _of_model(item)
            case nodes.Qualification():
                yield from ((stage, 1) for stage in item.stages)
            case nodes.Example():
                yield from ((statement, 1) for statement in item.statements)
            case nodes.Use() | nodes.Let():
                pass
            case _:
                assert_never(item)


def _of_model(model: nodes.Model) -> Iterator[tuple[Statement, int]]:
    """A rule below a group's heading belongs to the group, until a group, a grade or the model's end."""
    inside = False
    for item in model.items:
        if isinstance(item, nodes.Group | nodes.Grade):
            inside = isinstance(item, nodes.Group)
        yield item, 2 if inside and isinstance(item, nodes.When | nodes.ForEach) else 1
