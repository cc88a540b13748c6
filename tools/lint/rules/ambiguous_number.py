"""W255: a number whose point or comma means something else than in its writer's language."""

import re
from collections.abc import Callable, Iterator

from scoreline.dsl import nodes
from scoreline.dsl.diagnostics import Edit, Fix
from scoreline.dsl.messages import say
from scoreline.dsl.source import Place, Source
from scoreline.dsl.span import Span
from scoreline.dsl.walk import within
from scoreline.grammar.vocabulary import ENGLISH
from scoreline.tools.lint.edits import offer
from scoreline.tools.lint.lints import Finding, warning
from scoreline.tools.lint.project import ProjectView

_THOUSANDS = re.compile(r"-?[1-9][0-9]{0,2}\.[0-9]{3}")
_GROUPED = re.compile(r"-?[1-9][0-9]{0,2}(?:,[0-9]{3})+")
_DECIMAL = re.compile(r"-?[0-9]+,[0-9]+")


def find(project: ProjectView) -> Iterator[Finding]:
    """`10.000` where a comma is the decimal sign, and `[1,500, 2,500]` anywhere."""
    for at, test in project.written(nodes.Test):
        source = at.source
        if source.language != ENGLISH and test.comparison is not None:
            yield from _points(source, test.comparison)
    for at, listed in project.written(nodes.List):
        yield from _commas(at.source, listed.items)


def _points(source: Source, comparison: nodes.Node) -> Iterator[Finding]:
    """The numbers of a comparison together, since both bounds of a range are meant alike."""
    places = [source.at(each.span) for each in within(comparison) if isinstance(each, nodes.Number)]
    suspect = [each for each in places if _THOUSANDS.fullmatch(each.text)]
    if suspect:
        first = suspect[0]
        yield Finding(
            first,
            say(
                "`{number}` is {short} here: the point is the decimal sign", number=first.text, short=_short(first.text)
            ),
            say("write `{whole}` if thousands are meant", whole=_whole(first.text)),
            (_all_instead(source, suspect, _whole), _all_instead(source, suspect, _decimal)),
        )


def _whole(number: str) -> str:
    return number.replace(".", "_")


def _short(number: str) -> str:
    return number.rstrip("0").rstrip(".")


def _decimal(number: str) -> str:
    short = _short(number)
    return short if "." in short else f"{short}.0"


def _all_instead(source: Source, places: list[Place], spelled: Callable[[str], str]) -> Fix:
    shown = source.text[places[0].span.start : places[-1].span.end]
    for each in places:
        shown = shown.replace(each.text, spelled(each.text))
    return offer(say("write `{text}`", text=shown), *(Edit(each.span, spelled(each.text)) for each in places))


def _commas(source: Source, items: tuple[nodes.LiteralValue, ...]) -> Iterator[Finding]:
    """Numbers of a list that touch each other, so that they look like one."""
    start = 0
    for index in range(1, len(items) + 1):
        if index < len(items) and look_like_one(source, items[index - 1], items[index]):
            continue
        place = source.at(Span(items[start].span.start, items[index - 1].span.end)) if items else None
        start = index
        if place is None:
            continue
        if _GROUPED.fullmatch(place.text):
            yield _one_or_several(place, place.text.replace(",", "_"))
        elif source.language != ENGLISH and _DECIMAL.fullmatch(place.text):
            yield _one_or_several(place, place.text.replace(",", "."))


def _one_or_several(place: Place, one: str) -> Finding:
    apart = place.text.replace(",", ", ")
    return Finding(
        place,
        say(
            "`{text}` are {count} numbers: a comma separates the values of a list",
            text=place.text,
            count=place.text.count(",") + 1,
        ),
        say("write `{apart}` if you mean that, or `{one}` if not", apart=apart, one=one),
        (_instead(place, one), _instead(place, apart)),
    )


def look_like_one(source: Source, first: nodes.Node, second: nodes.Node) -> bool:
    """Whether two neighbours of a list are numbers that touch, as in `[1,500]`."""
    between = source.text[first.span.end : second.span.start]
    return between == "," and isinstance(first, nodes.Number) and isinstance(second, nodes.Number)


def _instead(place: Place, text: str) -> Fix:
    return offer(say("write `{text}`", text=text), Edit(place.span, text))


LINT = warning("W255", find, local=True)
