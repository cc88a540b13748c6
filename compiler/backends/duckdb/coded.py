"""Values as small numbers, so that every test on one field is one step of arithmetic: the quick way on one machine.

A field that tests compare with constants has a code: which of the values that rules name it is, or between which of
their borders it lies, or another, or none. A code is one bit of a 64-bit word where there are few enough, else a small
number. Then a test (and whatever joins tests of one field) is `code & mask <> 0`, and is never unknown.
"""

import math
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import cast

from scoreline.compiler import plan
from scoreline.compiler.accepted import Accepted, Atom, Listed, Ranges, joined, known, of_node
from scoreline.compiler.backends.duckdb.searched import Searches
from scoreline.compiler.backends.query import names, terms
from scoreline.compiler.backends.query.relations import Step
from scoreline.compiler.backends.query.terms import Expr
from scoreline.compiler.plan_parts import below
from sqlglot import exp

Named = plan.Field | plan.DayOf
About = tuple[Named, Accepted]

_BITS = 62
"""So many codes are bits of one word."""

_MISSING, _OTHER = 0, 1
_FEWEST = 2
"""A field that fewer different conditions ask about is compared as it is."""


@dataclass(frozen=True)
class ListedCode:
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
class RangeCode:
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


Code = ListedCode | RangeCode


class Coding:
    """The codes of the fields of one plan, for the conditions below some nodes."""

    def __init__(self, whole: plan.Plan, roots: Sequence[int]) -> None:
        self._whole = whole
        self._nodes = sorted({index for root in roots for index in below(whole, root)})
        self._searches = Searches(whole, self._nodes)

    def about(self, index: int) -> About | None:
        """The one field that a condition is about and what it accepts, if it is about one."""
        return self._abouts.get(index)

    @cached_property
    def _abouts(self) -> dict[int, About | None]:
        found: dict[int, About | None] = {}
        for index in self._nodes:
            node = self._whole.nodes[index]
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
        schema = self._whole.schema
        fields = schema.lead.fields if field.owner == "lead" else schema.contact_fields
        return "date" if isinstance(field, plan.DayOf) else fields[field.name].type

    def _has_code(self, field: Named) -> bool:
        return field.owner != "interaction" and self._type(field) != "choices"

    def _is_listed(self, field: Named) -> bool:
        return self._type(field) in ("text", "choice", "yes/no")

    @cached_property
    def codes(self) -> dict[Named, Code]:
        """The code of each field that has one."""
        sets: dict[Named, list[Accepted]] = {}
        for about in self._abouts.values():
            if about is not None:
                sets.setdefault(about[0], []).append(about[1])
        return {field: _code(several) for field, several in sets.items() if len(set(several)) >= _FEWEST}

    def test(self, index: int) -> Expr | None:
        """A condition that is about one field with a code, or searches one; None for any other."""
        about = self.about(index)
        if about is None or about[0] not in self.codes:
            return self._searches.test(index)
        return self._test(about)

    def is_coded(self, index: int) -> bool:
        """Whether `test` gives a condition."""
        about = self.about(index)
        return (about is not None and about[0] in self.codes) or self._searches.test(index) is not None

    def grouped(self, nodes: Sequence[int], together: bool) -> tuple[list[Expr], list[int]]:
        """The tests of each field with a code as one; and the nodes that are left."""
        sets: dict[Named, list[Accepted]] = {}
        left: list[int] = []
        for index in nodes:
            about = self.about(index)
            if about is None or about[0] not in self.codes:
                left.append(index)
            else:
                sets.setdefault(about[0], []).append(about[1])
        return [self._test((field, joined(several, together))) for field, several in sets.items()], left

    def _test(self, about: About) -> Expr:
        code = self.codes[about[0]]
        accepted = _accepted(code, about[1])
        column = terms.column(code_column(about[0]))
        if code.size <= _BITS:
            mask = sum(1 << each for each in accepted)
            masked = exp.BitwiseAnd(this=column, expression=terms.whole(mask))
            return exp.NEQ(this=exp.Paren(this=masked), expression=terms.whole(0))
        return terms.any_of([_within(column, first, last) for first, last in _runs(accepted)])

    def steps(self) -> Iterator[Step]:
        """A small table for each text's code, and one of the texts that are searched."""
        yield from self._searches.steps()
        for field, code in self.codes.items():
            if isinstance(code, ListedCode) and self._has_table(field, code):
                rows = [
                    exp.Tuple(expressions=[terms.text(cast(str, value)), _number(code, at)])
                    for at, value in enumerate(code.values, 2)
                ]
                columns = [terms.name("value"), terms.name("code")]
                values = exp.Values(expressions=rows, alias=exp.TableAlias(this=terms.name("rows"), columns=columns))
                yield _table_name(field), exp.select(exp.Star()).from_(values)

    def columns(self, value_of: dict[Named, Expr]) -> Iterator[Expr]:
        """The codes as columns, of values that `value_of` has; and what searches found."""
        yield from self._searches.columns()
        for field, code in self.codes.items():
            value = value_of[field]
            missing = (terms.unknown(value.copy()), _number(code, _MISSING))
            if isinstance(code, RangeCode):
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

    def joined(self, query: exp.Select, value_of: dict[Named, Expr]) -> exp.Select:
        """The query with the tables of codes and searched texts joined to it."""
        query = self._searches.joined(query, value_of)
        for name, field in {_table_name(each): each for each in self.codes}.items():
            if self._has_table(field, self.codes[field]):
                same = exp.EQ(this=value_of[field].copy(), expression=terms.column("value", name))
                query = query.join(exp.Table(this=terms.name(name)), on=same, join_type="left", copy=False)
        return query

    def _has_table(self, field: Named, code: Code) -> bool:
        """Whether codes are looked up: those of texts of which rules name any."""
        return isinstance(code, ListedCode) and bool(code.values) and self._type(field) != "yes/no"

    def _region(self, field: Named, code: RangeCode, value: Expr, low: int, high: int) -> Expr:
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


def _code(sets: Sequence[Accepted]) -> Code:
    if isinstance(sets[0], Listed):
        listed = [each for each in sets if isinstance(each, Listed)]
        return ListedCode(tuple(sorted({value for each in listed for value in each.values}, key=str)))
    ranges = [each for each in sets if isinstance(each, Ranges)]
    ends = {end for each in ranges for interval in each.intervals for end in interval}
    return RangeCode(tuple(sorted(end for end in ends if not math.isinf(end))))


def _accepted(code: Code, accepted: Accepted) -> list[int]:
    if isinstance(code, ListedCode):
        assert isinstance(accepted, Listed)
        return code.accepted(accepted)
    assert isinstance(accepted, Ranges)
    return code.accepted(accepted)


def _number(code: Code, at: int) -> Expr:
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
