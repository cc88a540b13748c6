"""Walks through trees. Nothing here recurses, so no depth of nesting can exhaust a stack."""

import datetime
from collections.abc import Iterator
from dataclasses import fields

from scoreline.dsl import nodes

_PLAIN = (str, int, bool, datetime.date, nodes.Unit)


class _Slots(dict[type[nodes.Node], tuple[str, ...]]):
    """The names of a node's parts that may be nodes, found once a kind."""

    def __missing__(self, kind: type[nodes.Node]) -> tuple[str, ...]:
        self[kind] = tuple(each.name for each in fields(kind) if each.name != "span" and each.type not in _PLAIN)
        return self[kind]


_SLOTS = _Slots()


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
    waiting = [node]
    while waiting:
        current = waiting.pop()
        yield current
        waiting.extend(reversed(parts(current)))
