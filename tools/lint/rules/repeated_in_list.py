"""W206: a list that names one value twice, or in several spellings that mean the same to the language."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace

from scoreline.compiler.checked_parts import field_of
from scoreline.compiler.folding import fold, trim
from scoreline.compiler.schema.labels import spellings
from scoreline.dsl import nodes
from scoreline.dsl.diagnostics import Applicability, Fix, Label
from scoreline.dsl.messages import say
from scoreline.tools.lint.edits import without_item
from scoreline.tools.lint.lints import Finding, warning
from scoreline.tools.lint.literals import Literal, literals_of_lets
from scoreline.tools.lint.project import ProjectView, Written
from scoreline.tools.lint.rules.ambiguous_number import look_like_one
from scoreline.tools.lint.texts import written


def find(project: ProjectView) -> Iterator[Finding]:
    """Every item that equals an earlier one of its list."""
    for at, listed in project.written(nodes.List):
        if len(listed.items) > 1:
            yield from _repeated(project, at, listed)


def _repeated(project: ProjectView, at: Written, listed: nodes.List) -> Iterator[Finding]:
    source, value = at.source, _reading(project, at, listed)
    in_let = isinstance(project.around(listed), nodes.Let)
    first: dict[object, nodes.LiteralValue] = {}
    for index, item in enumerate(listed.items):
        earlier = first.setdefault(value(item), item)
        if earlier is item:
            continue
        unclear = index > 0 and look_like_one(source, listed.items[index - 1], item)
        fixes = () if unclear else without_item(source, listed.items, index)
        yield Finding(
            source.at(item.span),
            _message(written(source, item), None if item == earlier else written(source, earlier)),
            _why(item, earlier),
            labels=(Label(source.at(earlier.span), say("here")),),
            fixes=tuple(map(_offered, fixes)) if in_let and not _plainly(item, earlier) else fixes,
        )


def _plainly(item: nodes.LiteralValue, earlier: nodes.LiteralValue) -> bool:
    """Whether two items are the same in every use of a list."""
    if isinstance(item, nodes.Text) and isinstance(earlier, nodes.Text):
        return fold(item.value) == fold(earlier.value)
    return True


def _offered(fix: Fix) -> Fix:
    return replace(fix, applicability=Applicability.UNSAFE)


def _why(item: nodes.LiteralValue, earlier: nodes.LiteralValue) -> str | None:
    """Why two items are the same that are not written in the same way."""
    if item == earlier:
        return None
    if not isinstance(item, nodes.Text) or not isinstance(earlier, nodes.Text):
        return say("both are the same number")
    if fold(trim(item.value)) != fold(trim(earlier.value)):
        return say("one is the value, the other is its label in the schema")
    if fold(item.value) != fold(earlier.value):
        return say("spaces at the ends do not count here")
    return say("upper and lower case are the same here")


def _reading(project: ProjectView, at: Written, listed: nodes.List) -> Callable[[nodes.LiteralValue], object]:
    """How items are read: white space counts where texts are looked for, and choices have labels."""
    around = project.around(listed)
    among = isinstance(around, nodes.In)
    test = around if among or around is None else project.around(around)
    test = project.around(test) if isinstance(test, nodes.Match | nodes.In) else None
    field = field_of(project.test(Written(at.file, test))) if isinstance(test, nodes.Test) else None
    choice = field is not None and field.spec.type in ("choice", "choices")
    values = spellings(field.spec) if field is not None and choice else {}

    trimmed = among or choice or (isinstance(around, nodes.Let) and _compared_whole(project, listed))

    def read(item: nodes.LiteralValue) -> object:
        if not isinstance(item, nodes.Text):
            return item.value
        text = fold(trim(item.value) if trimmed else item.value)
        return fold(values.get(text, text))

    return read


def _compared_whole(project: ProjectView, listed: nodes.List) -> bool:
    """Whether rules compare whole values, or choices, with a list of a let, and look for none of its texts."""
    uses = [each for item in listed.items for each in project.once(_uses).get(id(item), ())]
    return bool(uses) and all(each.whole or each.field.spec.type == "choices" for each in uses)


def _uses(project: ProjectView) -> Mapping[int, Sequence[Literal]]:
    found: dict[int, list[Literal]] = defaultdict(list)
    for each in literals_of_lets(project):
        found[id(each.text)].append(each)
    return found


def _message(item: str, earlier: str | None) -> str:
    if earlier is None:
        return say("`{item}` is in this list already", item=item)
    return say("`{item}` is in this list already, as `{earlier}`", item=item, earlier=earlier)


LINT = warning("W206", find, local=True)
