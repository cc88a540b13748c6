"""Negated tests in a checked condition that do not say what happens with missing values: no test of the field beside
them, or further out, settles that. Lets are filled in, so that a test may be settled, or negated, where the let is
used.

Of negated tests that must hold together only the first is reported. Where one of them is enough, other lints report.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from scoreline.compiler import checked
from scoreline.compiler.checked_parts import field_of, negated_in
from scoreline.dsl.span import Span
from scoreline.dsl.walk import descend

Key = tuple[str, Span]
_Named = tuple[str, str]


@dataclass(eq=False)
class _Group:
    """Conditions that must hold together, or of which one is enough, with those of the same kind inside of them."""

    together: bool
    around: "_Group | None"
    tests: dict[_Named, list["_Leaf"]] = field(default_factory=lambda: defaultdict(list))


@dataclass(eq=False)
class _Leaf:
    """A test of a field, by its turn in the text; negated, if it is in all."""

    test: checked.Test
    group: _Group
    turn: int
    negated: bool


def unsettled(condition: checked.Condition) -> frozenset[Key]:
    """The places of such tests of a condition."""
    if not negated_in(condition):
        return frozenset()
    return frozenset(
        (leaf.test.place.file, leaf.test.place.span)
        for leaf in list(_leaves(condition))
        if leaf.negated and not isinstance(leaf.test, checked.Knowing | checked.InWindow) and not _settled(leaf)
    )


def may_be_missing(asked: checked.Field) -> bool:
    """Whether there are leads, or contacts, without a value of a field."""
    return asked.owner != "interaction" and not asked.spec.required and asked.spec.default is None


def _leaves(condition: checked.Condition) -> Iterator[_Leaf]:
    met = descend((condition, False, _Group(True, None)), _inside)
    for turn, (test, negated, group) in enumerate(met):
        if isinstance(test, checked.Not | checked.And | checked.Or):
            continue
        asked = field_of(test)
        if asked is not None and may_be_missing(asked):
            leaf = _Leaf(test, group, turn, negated)
            group.tests[asked.owner, asked.name].append(leaf)
            yield leaf


def _inside(met: tuple[checked.Condition, bool, _Group]) -> Sequence[tuple[checked.Condition, bool, _Group]]:
    condition, negated, group = met
    match condition:
        case checked.Not():
            return ((condition.condition, not negated, group),)
        case checked.And() | checked.Or():
            together = isinstance(condition, checked.And) != negated
            inside = group if together == group.together else _Group(together, group)
            return [(each, negated, inside) for each in condition.conditions]
        case _:
            return ()


def _settled(leaf: _Leaf) -> bool:
    asked = field_of(leaf.test)
    group: _Group | None = leaf.group
    while asked is not None and group is not None:
        others = (each for each in group.tests.get((asked.owner, asked.name), ()) if each is not leaf)
        if any(not (group.together and _likewise(each, leaf)) or each.turn < leaf.turn for each in others):
            return True
        group = group.around
    return False


def _likewise(each: _Leaf, leaf: _Leaf) -> bool:
    """Whether two tests are both negated, and leave open what is with missing values."""
    return each.negated == leaf.negated and not isinstance(each.test, checked.Knowing)
