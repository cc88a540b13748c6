"""Which rules of a model are found through the index, and which are asked one by one.

A table costs one look-up however many rules hang on it, so it pays from a few rules on; what has no table to hang on,
and every `for each`, is asked as it stands. Of very many joined rows, each sheet of tables takes so many, that memory
grows with the rules only.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import TypeVar

from scoreline.compiler import plan
from scoreline.compiler.accepted import Accepted, Variable
from scoreline.compiler.backends.closures.dispatch.rows import Part, Rows, RuleRow


class Dispatch(Enum):
    """Whether rules are dispatched: where it pays, wherever it can be done, or not at all."""

    AUTO = "auto"
    ALWAYS = "always"
    NEVER = "never"


# From so many rules on a look-up is cheaper than asking each, as measured on the workload of `benchmarks`.
_FEWEST_TESTS = 4
_FEWEST_SEARCHES = 8
_FEWEST_JOINED = 64
_MOST_JOINED = 4096

Key = TypeVar("Key")
Number = int
"""The place of a rule in its model, from 0."""


@dataclass(frozen=True)
class Sheet:
    """Rules of one set of tables: by one variable, by one search, and joined ones."""

    tested: dict[Variable, list[tuple[Number, Accepted]]] = field(default_factory=dict)
    searched: dict[plan.Field, list[tuple[Number, tuple[Part, ...]]]] = field(default_factory=dict)
    joined: list[tuple[Number, RuleRow]] = field(default_factory=list)

    @property
    def full(self) -> bool:
        """Whether the next rule belongs on another sheet."""
        return len(self.joined) >= _MOST_JOINED

    @property
    def numbers(self) -> frozenset[Number]:
        """The rules on the sheet."""
        lists = (*self.tested.values(), *self.searched.values(), self.joined)
        return frozenset(number for each in lists for number, _ in each)

    def add(self, number: Number, rows: Iterable[RuleRow]) -> None:
        """Puts a rule where it belongs."""
        for row in rows:
            if alone := row.test_alone:
                self.tested.setdefault(alone[0], []).append((number, alone[1].accepted))
            elif searched := row.search_alone:
                self.searched.setdefault(searched[0], []).append((number, searched[1].parts))
            else:
                self.joined.append((number, row))


@dataclass(frozen=True)
class RuleChoice:
    """The sheets of a model, and the rules that are asked one by one."""

    sheets: tuple[Sheet, ...]
    asked: tuple[Number, ...]


def choose(model: plan.Model, taken_apart: Rows, dispatch: Dispatch) -> RuleChoice:
    """Decides for a whole model."""
    everything = tuple(range(len(model.rules)))
    if dispatch is Dispatch.NEVER:
        return RuleChoice((), everything)
    rows = {
        number: found
        for number, rule in enumerate(model.rules)
        if isinstance(rule, plan.WhenRule) and (found := taken_apart.of(rule.condition))
    }
    if dispatch is Dispatch.AUTO:
        rows = _worth_it(rows)
    sheets: list[Sheet] = []
    for number, found in rows.items():
        if not sheets or sheets[-1].full:
            sheets.append(Sheet())
        sheets[-1].add(number, found)
    return RuleChoice(tuple(sheets), tuple(number for number in everything if number not in rows))


def _worth_it(rows: Mapping[Number, tuple[RuleRow, ...]]) -> dict[Number, tuple[RuleRow, ...]]:
    """The rules all of whose tests are of variables and fields that many rules ask about."""
    several = [row for found in rows.values() for row in found]
    variables = _frequent((each for row in several for each in row.tests), _FEWEST_TESTS)
    fields = _frequent((row.search_alone[0] for row in several if row.search_alone), _FEWEST_SEARCHES)
    kept = {number: tuple(row.only(row.tests, fields) for row in found) for number, found in rows.items()}
    kept = {number: found for number, found in kept.items() if all(_can_hang(row, variables) for row in found)}
    if sum(_is_joined(row) for found in kept.values() for row in found) < _FEWEST_JOINED:
        kept = {number: found for number, found in kept.items() if not any(map(_is_joined, found))}
    return kept


def _frequent(keys: Iterable[Key], fewest: int) -> frozenset[Key]:
    return frozenset(key for key, times in Counter(keys).items() if times >= fewest)


def _can_hang(row: RuleRow, variables: frozenset[Variable]) -> bool:
    return bool(row.tests or row.searches) and row.tests.keys() <= variables


def _is_joined(row: RuleRow) -> bool:
    return row.test_alone is None and row.search_alone is None
