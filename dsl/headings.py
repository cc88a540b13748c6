"""Headings and what stands below them: a model and its rules, a qualification and its stages, an example and its
statements."""

import re
from dataclasses import replace
from typing import cast

from scoreline.dsl import nodes
from scoreline.dsl.source import Source
from scoreline.dsl.span import Span

_BRACKETS = re.compile(r"(?:(?:\s|#[^\r\n]*+)*+\))+")

Heading = nodes.Model | nodes.Qualification | nodes.Example
Below = nodes.ModelItem | nodes.Stage | nodes.Given | nodes.Expect


def below(item: nodes.FileItem) -> tuple[Below, ...]:
    """The statements that belong to a heading, in text order; none for one that heads nothing."""
    match item:
        case nodes.Model():
            return item.items
        case nodes.Qualification():
            return item.stages
        case nodes.Example():
            return item.statements
        case nodes.Use() | nodes.Let():
            return ()


def heading_span(source: Source, item: nodes.FileItem) -> Span:
    """Where a heading itself stands, without what is below it; for `use` and `let` the whole statement."""
    match item:
        case nodes.Model():
            last = item.subject.span.end
        case nodes.Qualification():
            last = max(each.span.end for each in (item.name, item.title, item.unit) if each is not None)
        case nodes.Example():
            return Span(item.span.start, item.title.span.end)
        case nodes.Use() | nodes.Let():
            return item.span
    if item.where is not None and (closed := _BRACKETS.match(source.text, item.where.span.end)):
        last = closed.end()
    return Span(item.span.start, last)


def with_below(item: Heading, statements: tuple[Below, ...]) -> Heading:
    """A heading with other statements below it."""
    match item:
        case nodes.Model():
            return replace(item, items=cast(tuple[nodes.ModelItem, ...], statements))
        case nodes.Qualification():
            return replace(item, stages=cast(tuple[nodes.Stage, ...], statements))
        case nodes.Example():
            return replace(item, statements=cast(tuple[nodes.Given | nodes.Expect, ...], statements))


def same_heading(one: nodes.FileItem, other: nodes.FileItem) -> bool:
    """Whether two items say the same, whatever stands below their headings."""
    if isinstance(one, Heading) and isinstance(other, Heading):
        return replace(with_below(one, ()), broken=False) == replace(with_below(other, ()), broken=False)
    return one == other
