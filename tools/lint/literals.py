"""The texts that rules compare fields with, each with its field."""

from collections.abc import Iterator
from typing import NamedTuple

from scoreline.compiler import checked
from scoreline.dsl import nodes
from scoreline.tools.lint.project import Project, Written


class Literal(NamedTuple):
    """A text as it is written, the field that it is compared with, and whether the whole value is."""

    at: Written
    text: nodes.Text
    field: checked.Field
    whole: bool


def literals(project: Project) -> tuple[Literal, ...]:
    """Every text that stands in a test beside its field; those of list lets are not among them."""
    return project.once(_literals)


def _literals(project: Project) -> tuple[Literal, ...]:
    return tuple(_each_literal(project))


def _each_literal(project: Project) -> Iterator[Literal]:
    for written, test, known in project.tested:
        field = field_of(known)
        if field is None:
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


def field_of(test: checked.Test | None) -> checked.Field | None:
    """The field that a test asks about; None if it asks about something else."""
    match test:
        case checked.Comparing(left=checked.Field() as field):
            return field
        case checked.Among(subject=checked.Field() as field):
            return field
        case checked.Ranging(subject=checked.Field() as field):
            return field
        case checked.Knowing(subject=checked.Field() as field):
            return field
        case checked.Matching(field=field):
            return field
        case checked.InWindow(field=field):
            return field
        case _:
            return None
