"""Rules a few at a time, the quick way of rules: which of them fire is one small number. What they pay together, and
their ids as a text, are looked up by it.

A thousand yes-or-no columns, each tested for its points and again for its id, cost more than the rules themselves; and
so do lists of mostly missing texts. A list of ids is one text here, with a comma before each id.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from scoreline.compiler import plan
from scoreline.compiler.backends.query import models, names, terms
from scoreline.compiler.backends.query.context import Context
from scoreline.compiler.backends.query.models import FEWER_THAN_ANY, Paid
from scoreline.compiler.backends.query.terms import Expr
from sqlglot import exp

T = TypeVar("T")

_TOGETHER = 6
_COMMA = ","
"""Ids of rules have no comma."""


@dataclass(frozen=True)
class _Chunk:
    """Rules of one group (or of none) that follow each other, by their numbers, and the column of their bits."""

    numbers: tuple[int, ...]
    column: str


@dataclass(frozen=True)
class ChunkedRules:
    """The rules of each model in chunks."""

    context: Context

    def columns(self, model: plan.Model) -> Iterator[Expr]:
        """A column for each chunk: the rules that fire as bits of a number."""
        conditions, counted = self.context.conditions, self.context.counted
        for chunk in _chunks(model):
            fired = [models.fires(model.rules[number], conditions, counted) for number in chunk.numbers]
            added = [terms.case([(each, terms.whole(1 << bit))], terms.whole(0)) for bit, each in enumerate(fired)]
            yield terms.called(terms.total(added), chunk.column)

    def paid(self, model: plan.Model) -> list[Paid]:
        """What each chunk pays, and each rule whose points depend on counts."""
        return list(self._paid(model))

    def _paid(self, model: plan.Model) -> Iterator[Paid]:
        for chunk in _chunks(model):
            fixed = {bit: rule.points for bit, rule in _rules(model, chunk) if isinstance(rule, plan.WhenRule)}
            worth = {bit: points for bit, points in fixed.items() if points is not None}
            group = model.rules[chunk.numbers[0]].group
            if worth:
                subsets = [_subset(worth, number) for number in range(1 << len(chunk.numbers))]
                points = _looked_up(chunk, [terms.whole(sum(each)) for each in subsets])
                yield Paid(group, _any(chunk, worth), points, _best(model, chunk, subsets))
            for bit, rule in _rules(model, chunk):
                if isinstance(rule, plan.EachRule):
                    yield models.paid_each(rule, _any(chunk, [bit]), self.context.counted)

    def any_fired(self, model: plan.Model, numbers: Sequence[int]) -> list[Expr]:
        """A condition for each chunk."""
        found = ((chunk, [bit for bit, n in enumerate(chunk.numbers) if n in numbers]) for chunk in _chunks(model))
        return [_any(chunk, several) for chunk, several in found if several]

    def ids(self, model: plan.Model, numbers: Sequence[int], inside: Expr | None = None) -> list[Expr]:
        """A text for each chunk."""
        texts: list[Expr] = []
        for chunk in _chunks(model):
            ids = {bit: model.rules[n].id for bit, n in enumerate(chunk.numbers) if n in numbers}
            if ids:
                subsets = (_subset(ids, number) for number in range(1 << len(chunk.numbers)))
                found = ["".join(_COMMA + each for each in several) for several in subsets]
                texts.append(_looked_up(chunk, [terms.text(each) for each in found]))
        return texts if inside is None else [terms.case([(inside.copy(), each)], terms.text("")) for each in texts]

    def as_list(self, parts: Sequence[Expr]) -> Expr:
        """The texts as one."""
        if len(parts) < 2:
            return parts[0] if parts else terms.text("")
        return exp.Anonymous(this="CONCAT", expressions=list(parts))


def _chunks(model: plan.Model) -> list[_Chunk]:
    """The rules of a model in chunks, in the order of the text."""
    runs: list[list[int]] = []
    for number, rule in enumerate(model.rules):
        last = runs[-1] if runs else None
        if last and len(last) < _TOGETHER and model.rules[last[0]].group == rule.group:
            last.append(number)
        else:
            runs.append([number])
    return [_Chunk(tuple(run), names.of_model(model.name, f"bits {at}")) for at, run in enumerate(runs, 1)]


def _best(model: plan.Model, chunk: _Chunk, subsets: Sequence[Sequence[int]]) -> Expr:
    """The most that one rule pays, for a group of which only the best counts; no other group needs it."""
    group = model.rules[chunk.numbers[0]].group
    if group is None or not model.groups[group].best_only:
        return terms.null()
    return _looked_up(chunk, [terms.long(max(each, default=FEWER_THAN_ANY)) for each in subsets])


def _rules(model: plan.Model, chunk: _Chunk) -> Iterator[tuple[int, plan.Rule]]:
    return enumerate(model.rules[number] for number in chunk.numbers)


def _subset(of: Mapping[int, T], number: int) -> list[T]:
    return [each for bit, each in of.items() if number >> bit & 1]


def _any(chunk: _Chunk, several: Iterable[int]) -> Expr:
    """Whether any of some bits is set."""
    return terms.any_bit(terms.column(chunk.column), sum(1 << bit for bit in several))


def _looked_up(chunk: _Chunk, values: Sequence[Expr]) -> Expr:
    place = exp.Add(this=terms.column(chunk.column), expression=terms.whole(1))
    return exp.Anonymous(this="LIST_EXTRACT", expressions=[exp.Array(expressions=list(values)), place])
