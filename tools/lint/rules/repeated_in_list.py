"""W206: a list that says one value twice, or in several spellings that are the same to the language."""

from collections.abc import Iterator

from scoreline.compiler.folding import fold, trim
from scoreline.dsl import nodes
from scoreline.dsl.diagnostics import Label
from scoreline.dsl.messages import say
from scoreline.tools.lint.edits import without_item
from scoreline.tools.lint.lints import Finding, warning
from scoreline.tools.lint.project import Project
from scoreline.tools.lint.rules.ambiguous_number import look_like_one
from scoreline.tools.lint.texts import written


def find(project: Project) -> Iterator[Finding]:
    """Every item that equals an earlier one of its list."""
    for at, listed in project.written(nodes.List):
        trimmed = isinstance(project.around(listed), nodes.In)
        first: dict[object, nodes.LiteralValue] = {}
        for index, item in enumerate(listed.items):
            earlier = first.setdefault(_value(item, trimmed=trimmed), item)
            if earlier is item:
                continue
            source = at.file.parsed.source
            same = item == earlier
            unclear = index > 0 and look_like_one(source, listed.items[index - 1], item)
            yield Finding(
                source.at(item.span),
                _message(written(source, item), None if same else written(source, earlier)),
                None if same else say("upper and lower case are the same here"),
                (Label(source.at(earlier.span), say("here")),),
                () if unclear else without_item(source, listed.items, index),
            )


def _message(item: str, earlier: str | None) -> str:
    if earlier is None:
        return say("`{item}` is in this list already", item=item)
    return say("`{item}` is in this list already, as `{earlier}`", item=item, earlier=earlier)


def _value(item: nodes.LiteralValue, *, trimmed: bool) -> object:
    match item:
        case nodes.Text():
            return fold(trim(item.value) if trimmed else item.value)
        case nodes.Number() | nodes.Date() | nodes.YesNo():
            return item.value


LINT = warning("W206", find, local=True)
