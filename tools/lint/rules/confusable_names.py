"""W238: two names that differ in one letter."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from scoreline.dsl import nodes
from scoreline.dsl.diagnostics import Label
from scoreline.dsl.messages import say
from scoreline.dsl.source import Place
from scoreline.tools.lint.lints import Finding, hint
from scoreline.tools.lint.project import ProjectView

_SHORTEST = 5


def find(project: ProjectView) -> Iterator[Finding]:
    """Lets, and models and qualifications, whose names look alike at a quick glance."""
    named: dict[bool, list[tuple[str, Place]]] = {True: [], False: []}
    for file, item in project.items(nodes.Node, used=True):
        if isinstance(item, nodes.Let | nodes.Model | nodes.Qualification):
            named[isinstance(item, nodes.Let)].append((item.name.text, file.parsed.source.at(item.name.span)))
    yield from _alike(named[True])
    yield from _alike(named[False])


def _alike(named: Iterable[tuple[str, Place]]) -> Iterator[Finding]:
    """Each name that becomes an earlier one by one letter more, less or another; found by what is left without it."""
    seen: dict[str, list[tuple[str, Place]]] = defaultdict(list)
    for name, place in named:
        keys = {name, *(_without(name, at) for at in range(len(name)))} if len(name) >= _SHORTEST else set[str]()
        near = (each for key in keys for each in seen[key] if _one_letter(each[0], name))
        first = min(near, key=lambda each: (each[1].file, each[1].span), default=None)
        if first is not None:
            yield Finding(
                place,
                say("`{name}` and `{other}` are easily confused", name=name, other=first[0]),
                say("give them names that show what is different"),
                labels=(Label(first[1], say("the other one")),),
            )
        for key in keys:
            seen[key].append((name, place))


def _without(name: str, at: int) -> str:
    return name[:at] + name[at + 1 :]


def _one_letter(first: str, second: str) -> bool:
    """Whether two names differ in exactly one letter; a digit, or a single letter between `_`, keeps names apart."""
    if first == second or abs(len(first) - len(second)) > 1:
        return False
    at = next((i for i, (a, b) in enumerate(zip(first, second, strict=False)) if a != b), min(len(first), len(second)))
    longer, shorter = (first, second) if len(first) >= len(second) else (second, first)
    if len(first) == len(second) and first[at + 1 :] != second[at + 1 :]:
        return False
    if len(first) != len(second) and _without(longer, at) != shorter:
        return False
    apart = {first[at : at + 1], second[at : at + 1]} if len(first) == len(second) else {longer[at]}
    alone = longer[max(at - 1, 0) : at] in ("_", "") and longer[at + 1 : at + 2] in ("_", "")
    return not alone and all(letter.isalpha() and letter.islower() for letter in apart)


LINT = hint("W238", find)
