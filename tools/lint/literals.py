"""The texts that rules compare fields with, each with its field."""

from collections.abc import Container, Iterator
from typing import NamedTuple

from scoreline.compiler import checked
from scoreline.dsl import nodes
from scoreline.tools.lint.project import Project, Written
from scoreline.tools.lint.resolved import field_of

_WITH_TEXTS = (nodes.Is, nodes.In, nodes.Match)


class Literal(NamedTuple):
    """A text as it is written, the field that it is compared with, and whether the whole value is."""

    at: Written
    text: nodes.Text
    field: checked.Field
    whole: bool


def literals(project: Project) -> tuple[Literal, ...]:
    """Every text that stands in a test beside its field; those of list lets are not among them."""
    return project.once(_literals)


def text_literals(project: Project) -> tuple[Literal, ...]:
    """Those beside a field of text."""
    return project.once(_text_literals)


def _literals(project: Project) -> tuple[Literal, ...]:
    return tuple(_each_literal(project, ("text", "choice", "choices")))


def _text_literals(project: Project) -> tuple[Literal, ...]:
    return tuple(_each_literal(project, ("text",)))


def _each_literal(project: Project, types: Container[str]) -> Iterator[Literal]:
    for written, test, known in project.tested:
        field = field_of(known) if isinstance(test.comparison, _WITH_TEXTS) else None
        if field is None or field.spec.type not in types:
            continue
        match test.comparison:
            case nodes.Is(value=nodes.Text() as text):
                yield Literal(Written(written.file, text), text, field, whole=True)
            case nodes.In(values=nodes.List(items=items)):
                yield from _of_list(written, items, field, whole=True)
            case nodes.Match(argument=nodes.Text() as text):
                yield Literal(Written(written.file, text), text, field, whole=False)
            case nodes.Match(argument=nodes.AnyOf(values=nodes.List(items=items))):
                yield from _of_list(written, items, field, whole=False)
            case nodes.Match(argument=nodes.AllOf(values=nodes.List(items=items))):
                yield from _of_list(written, items, field, whole=False)
            case _:
                pass


def _of_list(
    written: Written, items: tuple[nodes.LiteralValue, ...], field: checked.Field, *, whole: bool
) -> Iterator[Literal]:
    for item in items:
        if isinstance(item, nodes.Text):
            yield Literal(Written(written.file, item), item, field, whole)
