"""Walks through trees, for all rooms. Nothing here recurses, so no depth of nesting can exhaust a stack."""

import datetime
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, fields
from typing import Generic, TypeVar, cast

from scoreline.dsl import nodes

T = TypeVar("T")
R = TypeVar("R")
_PLAIN = (str, int, bool, datetime.date, nodes.Unit)


class _Slots(dict[type[nodes.Node], tuple[str, ...]]):
    """The names of a node's parts that may be nodes, found once a kind."""

    def __missing__(self, kind: type[nodes.Node]) -> tuple[str, ...]:
        self[kind] = tuple(each.name for each in fields(kind) if each.name != "span" and each.type not in _PLAIN)
        return self[kind]


_SLOTS = _Slots()


def descend(root: T, held: Callable[[T], Sequence[T]]) -> Iterator[T]:
    """A thing and everything below it, outer ones first, in text order; `held` gives what a thing directly holds.

    Whoever must know more of a thing than the thing itself, such as whether it is negated, walks through pairs.
    """
    waiting = [root]
    while waiting:
        current = waiting.pop()
        yield current
        waiting.extend(held(current)[::-1])


@dataclass(frozen=True, slots=True)
class Parts(Generic[T, R]):
    """What a thing is made of, in text order, and how what these come to is joined."""

    parts: Sequence[T]
    join: Callable[[list[R]], R]


def assembled(root: T, expand: Callable[[T], "R | Parts[T, R]"]) -> R:
    """What a thing comes to: what `expand` makes of it, or joined of what its parts come to; in text order."""
    made: list[R] = []
    begun: list[Parts[T, R]] = []
    waiting: list[tuple[T] | None] = [(root,)]  # None: the parts of what was begun last are made
    while waiting:
        task = waiting.pop()
        if task is None:
            whole = begun.pop()
            first = len(made) - len(whole.parts)
            made[first:] = [whole.join(made[first:])]
        elif isinstance(found := expand(*task), Parts):
            whole = cast("Parts[T, R]", found)
            begun.append(whole)
            waiting += [None, *((part,) for part in reversed(whole.parts))]
        else:
            made.append(found)
    return made[0]


def parts(node: nodes.Node) -> list[nodes.Node]:
    """The nodes that a node directly holds, in text order."""
    held: list[nodes.Node] = []
    for name in _SLOTS[type(node)]:
        value = getattr(node, name)
        if isinstance(value, nodes.Node):
            held.append(value)
        elif value.__class__ is tuple:
            held += value
    return held


def within(node: nodes.Node) -> Iterator[nodes.Node]:
    """A node and everything below it, outer ones first, in text order."""
    return descend(node, parts)


def conditions_in(condition: nodes.Condition) -> Iterator[nodes.Condition]:
    """A condition and all conditions in it, those inside `where (…)` too; quicker than a walk through all nodes."""
    return descend(condition, _inside)


def _inside(condition: nodes.Condition) -> Sequence[nodes.Condition]:
    match condition:
        case nodes.And() | nodes.Or():
            return condition.conditions
        case nodes.Not():
            return (condition.condition,)
        case nodes.No(happening=happening):
            return () if happening.where is None else (happening.where,)
        case nodes.Test(subject=subject):
            return [term.where for term in subject.terms if term.where is not None]


def conjuncts(condition: nodes.Condition) -> list[nodes.Condition]:
    """The conditions that hold together where a condition holds, `and` in `and` included."""
    found = descend(condition, lambda each: each.conditions if isinstance(each, nodes.And) else ())
    return [each for each in found if not isinstance(each, nodes.And)]
