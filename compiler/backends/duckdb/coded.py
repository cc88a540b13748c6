"""Values as small numbers, so that every test on one field is one step of arithmetic: the quick way of tests.

A field that tests compare with constants has a code: which of the values that rules name it is, or between which of
their borders it lies, or another, or none. A code is one bit of a 64-bit word where there are few enough, else a small
number. Then a test (and a node that joins tests of one field) is `code & mask <> 0`, and is never unknown. A condition
that is not about one such field, or of which `accepted.py` does not know what it accepts, is declined.
"""

import math
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import cast

from scoreline.compiler import plan
from scoreline.compiler.accepted import Accepted, Atom, Listed, Ranges, joined, known, of_node
from scoreline.compiler.backends.query import names, terms
from scoreline.compiler.backends.query.context import Values
from scoreline.compiler.backends.query.relations import Step
from scoreline.compiler.backends.query.terms import Expr
from sqlglot import exp

Named = plan.Field | plan.DayOf
About = tuple[Named, Accepted]

_BITS = 62
"""So many codes are bits of one word."""

_MISSING, _OTHER = 0, 1
_FEWEST = 2
"""A field that fewer different conditions ask about is compared as it is."""


@dataclass(frozen=True)
class _ListedCode:
    """The codes of a text or a yes/no: 0 where missing, 1 for a value that no rule names, then those that are named."""

    values: tuple[Atom, ...]

    @property
    def size(self) -> int:
        """How many codes there are."""
        return len(self.values) + 2

    def accepted(self, accepted: Listed) -> list[int]:
        """The codes that a set accepts."""
        found = [_MISSING] if accepted.missing else []
        found += [_OTHER] if accepted.others else []
        return found + [at for at, value in enumerate(self.values, 2) if (value in accepted.values) != accepted.others]


@dataclass(frozen=True)
class _RangeCode:
    """The codes of an ordered value: 0 where missing, then the regions between the borders."""

    borders: tuple[float, ...]

    @property
    def size(self) -> int:
        """How many codes there are."""
        return len(self.borders) + 2

    def accepted(self, accepted: Ranges) -> list[int]:
        """The codes that a set accepts."""
        found = [_MISSING] if accepted.missing else []
        for low, high in accepted.intervals:
            first = 1 if low == -math.inf else bisect_left(self.borders, low) + 2
            behind = len(self.borders) + 2 if high == math.inf else bisect_left(self.borders, high) + 2
            found.extend(range(first, behind))
        return found


_Code = _ListedCode | _RangeCode


@dataclass(frozen=True)
class Codes:
    """The codes of the fields of one plan, for conditions among some nodes."""

    whole: plan.Plan
    nodes: Sequence[int]
    """In ascending order: a node behind those that it joins."""

    @cached_property
    def _abouts(self) -> dict[int, About | None]:
        found: dict[int, About | None] = {}
        for index in self.nodes:
            node = self.whole.nodes[index]
            if isinstance(node, plan.AllOf | plan.AnyOf):
                found[index] = _together([found[each] for each in node.nodes], isinstance(node, plan.AllOf))
            else:
                found[index] = self._of_test(node)
        return found

    def _of_test(self, node: plan.Node) -> About | None:
        if isinstance(node, plan.IsKnown) and isinstance(node.operand, plan.Field) and self._has_code(node.operand):
            return node.operand, known(self._is_listed(node.operand), node.negated)
        about = of_node(node)
        if about is None or not isinstance(about[0], plan.Field | plan.DayOf) or not self._has_code(about[0]):
            return None
        return about[0], about[1]

    def _type(self, field: Named) -> str:
        schema = self.whole.schema
        fields = schema.lead.fields if field.owner == "lead" else schema.contact_fields
        return "date" if isinstance(field, plan.DayOf) else fields[field.name].type

    def _has_code(self, field: Named) -> bool:
        return field.owner != "interaction" and self._type(field) != "choices"

    def _is_listed(self, field: Named) -> bool:
        return self._type(field) in ("text", "choice", "yes/no")

    @cached_property
    def codes(self) -> dict[Named, _Code]:
        """The code of each field that has one."""
        sets: dict[Named, list[Accepted]] = {}
        for about in self._abouts.values():
            if about is not None:
                sets.setdefault(about[0], []).append(about[1])
        return {field: _code(several) for field, several in sets.items() if len(set(several)) >= _FEWEST}

    def _about(self, index: int) -> About | None:
        """The one field with a code that a condition is about, and what it accepts; None: it is declined."""
        about = self._abouts.get(index)
        return None if about is None or about[0] not in self.codes else about

    def takes(self, index: int) -> bool:
        """Whether a condition is about one field with a code."""
        return self._about(index) is not None

    def condition(self, index: int) -> Expr:
        """The condition of a node that it takes."""
        about = self._about(index)
        assert about is not None, "asked only for what it takes"
        return self._test(about)

    def grouped(self, nodes: Iterable[int], together: bool) -> tuple[list[Expr], list[int]]:
        """The tests of each field with a code as one; and the nodes that are declined."""
        sets: dict[Named, list[Accepted]] = {}
        declined: list[int] = []
        for index in nodes:
            if (about := self._about(index)) is None:
                declined.append(index)
            else:
                sets.setdefault(about[0], []).append(about[1])
        return [self._test((field, joined(several, together))) for field, several in sets.items()], declined

    def _test(self, about: About) -> Expr:
        code = self.codes[about[0]]
        accepted = _accepted(code, about[1])
        column = terms.column(code_column(about[0]))
        if code.size <= _BITS:
            return terms.any_bit(column, sum(1 << each for each in accepted))
        return terms.any_of([_within(column, first, last) for first, last in _runs(accepted)])

    def steps(self) -> Iterator[Step]:
        """A small table for each text's code."""
        for field, code in self.codes.items():
            if isinstance(code, _ListedCode) and self._has_table(field, code):
                rows = [[terms.text(cast(str, value)), _number(code, at)] for at, value in enumerate(code.values, 2)]
                yield _table_name(field), terms.rows(["value", "code"], rows)

    def columns(self, values: Values) -> Iterator[Expr]:
        """The codes as columns."""
        for field, code in self.codes.items():
            value = values[field]
            missing = (terms.unknown(value.copy()), _number(code, _MISSING))
            if isinstance(code, _RangeCode):
                made = terms.case([missing], self._region(field, code, value, 0, len(code.borders)))
            elif self._type(field) == "yes/no":
                named = [
                    (value.copy() if v else exp.Not(this=value.copy()), _number(code, at))
                    for at, v in enumerate(code.values, 2)
                ]
                made = terms.case([missing, *named], _number(code, _OTHER))
            elif not self._has_table(field, code):
                made = terms.case([missing], _number(code, _OTHER))
            else:
                found = terms.column("code", _table_name(field))
                made = terms.or_else(found, terms.case([missing], _number(code, _OTHER)))
            yield terms.called(made, code_column(field))

    def joined(self, query: exp.Select, values: Values) -> exp.Select:
        """The query with the tables of codes joined to it."""
        for name, field in {_table_name(each): each for each in self.codes}.items():
            if self._has_table(field, self.codes[field]):
                query = terms.left_join(query, name, terms.equal(values[field].copy(), terms.column("value", name)))
        return query

    def _has_table(self, field: Named, code: _Code) -> bool:
        """Whether codes are looked up: those of texts of which rules name any."""
        return isinstance(code, _ListedCode) and bool(code.values) and self._type(field) != "yes/no"

    def _region(self, field: Named, code: _RangeCode, value: Expr, low: int, high: int) -> Expr:
        """The code of a known value, by halving the borders from `low` up to `high`."""
        if low == high:
            return _number(code, low + 1)
        middle = (low + high) // 2
        border = self._constant(field, code.borders[middle])
        if border is None:
            below_all = code.borders[middle] > 0
            return self._region(field, code, value, *((low, middle) if below_all else (middle + 1, high)))
        reached = exp.GTE(this=value.copy(), expression=border)
        later = self._region(field, code, value, middle + 1, high)
        return terms.case([(reached, later)], self._region(field, code, value, low, middle))

    def _constant(self, field: Named, border: float) -> Expr | None:
        """A border as a constant; None for a day beyond the calendar."""
        match self._type(field):
            case "number":
                return terms.number(float(border))
            case "date":
                return terms.day(int(border)) if terms.is_day(int(border)) else None
            case _:
                return terms.instant(int(border))


def code_column(field: Named) -> str:
    """The column of a field's code."""
    return f"code of {names.field_column(field)}"


def _table_name(field: Named) -> str:
    return f"codes of {names.field_column(field)}"


def _together(parts: Sequence[About | None], all_of_them: bool) -> About | None:
    fields = {None if each is None else each[0] for each in parts}
    if None in fields or len(fields) != 1:
        return None
    sets = [each[1] for each in parts if each is not None]
    (field,) = fields
    return None if field is None else (field, joined(sets, all_of_them))


def _code(sets: Sequence[Accepted]) -> _Code:
    if isinstance(sets[0], Listed):
        listed = [each for each in sets if isinstance(each, Listed)]
        return _ListedCode(tuple(sorted({value for each in listed for value in each.values}, key=str)))
    ranges = [each for each in sets if isinstance(each, Ranges)]
    ends = {end for each in ranges for interval in each.intervals for end in interval}
    return _RangeCode(tuple(sorted(end for end in ends if not math.isinf(end))))


def _accepted(code: _Code, accepted: Accepted) -> list[int]:
    if isinstance(code, _ListedCode):
        assert isinstance(accepted, Listed)
        return code.accepted(accepted)
    assert isinstance(accepted, Ranges)
    return code.accepted(accepted)


def _number(code: _Code, at: int) -> Expr:
    """A code as it stands in its column."""
    kind = "BIGINT" if code.size <= _BITS else "INT"
    return terms.cast(terms.whole(1 << at if code.size <= _BITS else at), kind)


def _runs(codes: Sequence[int]) -> list[tuple[int, int]]:
    """Codes as runs from one to another, both included."""
    runs: list[tuple[int, int]] = []
    for each in sorted(codes):
        if runs and runs[-1][1] == each - 1:
            runs[-1] = (runs[-1][0], each)
        else:
            runs.append((each, each))
    return runs


def _within(column: Expr, first: int, last: int) -> Expr:
    if first == last:
        return exp.EQ(this=column.copy(), expression=terms.whole(first))
    return exp.Between(this=column.copy(), low=terms.whole(first), high=terms.whole(last))
