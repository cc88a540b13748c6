"""W206: a list that says one value twice, or in several spellings that are the same to the language."""

from collections.abc import Callable, Iterator

from scoreline.compiler.folding import fold, trim
from scoreline.compiler.schema.labels import spellings
from scoreline.dsl import nodes
from scoreline.dsl.diagnostics import Label
from scoreline.dsl.messages import say
from scoreline.tools.lint.edits import without_item
from scoreline.tools.lint.lints import Finding, warning
from scoreline.tools.lint.project import Project, Written
from scoreline.tools.lint.resolved import field_of
from scoreline.tools.lint.rules.ambiguous_number import look_like_one
from scoreline.tools.lint.texts import written


def find(project: Project) -> Iterator[Finding]:
    """Every item that equals an earlier one of its list."""
    for at, listed in project.written(nodes.List):
        if len(listed.items) > 1:
            yield from _repeated(project, at, listed)


def _repeated(project: Project, at: Written, listed: nodes.List) -> Iterator[Finding]:
    source, value = at.file.parsed.source, _reading(project, at, listed)
    first: dict[object, nodes.LiteralValue] = {}
    for index, item in enumerate(listed.items):
        earlier = first.setdefault(value(item), item)
        if earlier is item:
            continue
        unclear = index > 0 and look_like_one(source, listed.items[index - 1], item)
        yield Finding(
            source.at(item.span),
            _message(written(source, item), None if item == earlier else written(source, earlier)),
            _why(item, earlier),
            (Label(source.at(earlier.span), say("here")),),
            () if unclear else without_item(source, listed.items, index),
        )


def _why(item: nodes.LiteralValue, earlier: nodes.LiteralValue) -> str | None:
    """Why two items are the same that are not written in the same way."""
    if item == earlier:
        return None
    if not isinstance(item, nodes.Text) or not isinstance(earlier, nodes.Text):
        return say("both are the same number")
    if fold(trim(item.value)) != fold(trim(earlier.value)):
        return say("one is the value, the other what the schema calls it")
    if fold(item.value) != fold(earlier.value):
        return say("white space at the ends does not count here")
    return say("upper and lower case are the same here")


def _reading(project: Project, at: Written, listed: nodes.List) -> Callable[[nodes.LiteralValue], object]:
    """How items are read: white space counts where texts are looked for, and choices have labels."""
    around = project.around(listed)
    among = isinstance(around, nodes.In)
    test = around if among or around is None else project.around(around)
    test = project.around(test) if isinstance(test, nodes.Match | nodes.In) else None
    field = field_of(project.test(Written(at.file, test))) if isinstance(test, nodes.Test) else None
    choice = field is not None and field.spec.type in ("choice", "choices")
    values = spellings(field.spec) if field is not None and choice else {}

    def read(item: nodes.LiteralValue) -> object:
        if not isinstance(item, nodes.Text):
            return item.value
        text = fold(trim(item.value) if among or choice else item.value)
        return fold(values.get(text, text))

    return read


def _message(item: str, earlier: str | None) -> str:
    if earlier is None:
        return say("`{item}` is in this list already", item=item)
    return say("`{item}` is in this list already, as `{earlier}`", item=item, earlier=earlier)


LINT = warning("W206", find, local=True)
