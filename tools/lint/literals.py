"""The texts that rules compare fields with, each with its field."""

from collections.abc import Container, Iterator
from typing import NamedTuple

from scoreline.compiler import checked
from scoreline.compiler.checked_parts import field_of
from scoreline.dsl import nodes
from scoreline.tools.lint.project import ProjectView, Written

_WITH_TEXTS = (nodes.Is, nodes.In, nodes.Match)


class Literal(NamedTuple):
    """A text as it is written, the field that it is compared with, and whether it is compared with the whole value. For
    a text in the list of a let, `how` is the operator of the test that uses the list."""

    at: Written
    text: nodes.Text
    field: checked.Field
    whole: bool
    how: str = ""


def literals(project: ProjectView) -> tuple[Literal, ...]:
    """Every text that stands in a test beside its field; those of list lets are not among them."""
    return project.once(_literals)


def text_literals(project: ProjectView) -> tuple[Literal, ...]:
    """Those beside a field of text."""
    return project.once(_text_literals)


def literals_of_lets(project: ProjectView) -> tuple[Literal, ...]:
    """Every text of a list let beside each field with which rules compare it, whichever rules are looked at."""
    return project.once(_literals_of_lets)


def _literals_of_lets(project: ProjectView) -> tuple[Literal, ...]:
    items = {
        id(item): Written(at.file, item)
        for at, listed in project.written(nodes.List)
        if isinstance(project.around(listed), nodes.Let)
        for item in listed.items
        if isinstance(item, nodes.Text)
    }
    found: dict[tuple[int, str, str, str], Literal] = {}
    for test in project.index.tests.values() if items else ():
        match test:
            case checked.Matching(field=field, how=how, arguments=texts):
                pass
            case checked.Among(subject=checked.Field() as field, values=texts):
                how = ""
            case _:
                continue
        for text in texts:
            at = items.get(id(text))
            if at is not None and isinstance(text, nodes.Text):
                found.setdefault((id(text), *_asked(field, how)), Literal(at, text, field, not how, how))
    return tuple(
        sorted(found.values(), key=lambda each: (each.at.file.name, each.text.span, *_asked(each.field, each.how)))
    )


def _asked(field: checked.Field, how: str) -> tuple[str, str, str]:
    return field.owner, field.name, how


def _literals(project: ProjectView) -> tuple[Literal, ...]:
    return tuple(_each_literal(project, ("text", "choice", "choices")))


def _text_literals(project: ProjectView) -> tuple[Literal, ...]:
    return tuple(_each_literal(project, ("text",)))


def _each_literal(project: ProjectView, types: Container[str]) -> Iterator[Literal]:
    for written, test, known in project.tested:
        field = field_of(known) if isinstance(test.comparison, _WITH_TEXTS) else None
        if field is None or field.spec.type not in types:
            continue
        whole = not isinstance(test.comparison, nodes.Match)
        for value in values_of(test.comparison):
            if isinstance(value, nodes.Text):
                yield Literal(Written(written.file, value), value, field, whole)


def values_of(comparison: nodes.Comparison | None) -> tuple[nodes.Node, ...]:
    """The values that `is`, `in` and the operators on texts compare with: one, or the items of a list."""
    match comparison:
        case nodes.Is(value=value):
            return (value,)
        case (
            nodes.In(values=nodes.List(items=items))
            | nodes.Match(argument=nodes.AnyOf(values=nodes.List(items=items)))
            | nodes.Match(argument=nodes.AllOf(values=nodes.List(items=items)))
        ):
            return items
        case nodes.Match(argument=argument):
            return (argument,)
        case _:
            return ()
