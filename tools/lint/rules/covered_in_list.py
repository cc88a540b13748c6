"""W207: a text to look for that a shorter one of the same list fits as well.

Of `contains` only whole words count: that `CTO` is found in `Director` is an accident, and W230 tells of it.
"""

import re
from collections.abc import Iterator

from scoreline.compiler.checked_parts import field_of
from scoreline.compiler.folding import fold
from scoreline.compiler.operators import TextOperator, text_operator
from scoreline.dsl import nodes
from scoreline.dsl.diagnostics import Label
from scoreline.dsl.messages import say
from scoreline.tools.lint.edits import without_item
from scoreline.tools.lint.lints import Finding, hint
from scoreline.tools.lint.project import ProjectView
from scoreline.tools.lint.texts import written

_LONGEST = 300  # beyond, comparing each with each would take longer than it is worth


def find(project: ProjectView) -> Iterator[Finding]:
    """Items of an `any of [...]` that change nothing because of another item."""
    for at, test, known in project.tested:
        match test.comparison:
            case nodes.Match(how=how, argument=nodes.AnyOf(values=nodes.List(items=items))):
                pass
            case _:
                continue
        field = field_of(known)
        if field is None or field.spec.type != "text" or len(items) > _LONGEST:
            continue
        source = at.source
        for index, covering in _covered(items, text_operator(how)):
            item = items[index]
            yield Finding(
                source.at(item.span),
                say(
                    "`{item}` changes nothing: `{shorter}` matches everything that it matches",
                    item=written(source, item),
                    shorter=written(source, covering),
                ),
                say("remove it, or remove the shorter text if that one matches too much"),
                labels=(Label(source.at(covering.span), say("matches more")),),
                fixes=without_item(source, items, index),
            )


def _covered(items: tuple[nodes.LiteralValue, ...], operator: TextOperator) -> Iterator[tuple[int, nodes.LiteralValue]]:
    """The index of each item that another one covers, and the first that does."""
    texts = [fold(item.value) if isinstance(item, nodes.Text) else None for item in items]
    for index, text in enumerate(texts):
        for item, other in zip(items, texts, strict=True):
            if text is not None and other is not None and other != text and _covers(operator, text, other):
                yield index, item
                break


def _covers(operator: TextOperator, text: str, other: str) -> bool:
    """Whether the operator matches `other` wherever it matches `text`. Inside a text only whole words count, since an
    author who lists "sales" beside "presales" may want both."""
    if operator.position == "anywhere":
        return re.search(rf"\b{re.escape(other)}\b", text) is not None
    return operator.covers(text, other)


LINT = hint("W207", find, local=True)
