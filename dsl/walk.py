"""Walks through trees, for all rooms. Nothing here recurses, so no depth of nesting can exhaust a stack."""

import datetime
from collections.abc import Callable, Iterator, Sequence
from dataclasses import fields
from typing import TypeVar

from scoreline.dsl import nodes

T = TypeVar("T")
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
        waiting.extend(reversed(held(current)))


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


def conjuncts(condition: nodes.Condition) -> list[nodes.Condition]:
    """The conditions that hold together where a condition holds, `and` in `and` included."""
    found = descend(condition, lambda each: each.conditions if isinstance(each, nodes.And) else ())
    return [each for each in found if not isinstance(each, nodes.And)]
