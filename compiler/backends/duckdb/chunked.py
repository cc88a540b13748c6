"""Rules a few at a time, the quick way on DuckDB: which of them fire is one small number, and what they pay together,
and their ids as a text, are looked up by it.

A thousand yes-or-no columns, each tested for its points and again for its id, cost more than the rules themselves.
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
class Chunk:
    """Rules of one group (or of none) that follow each other, by their numbers, and the column of their bits."""

    numbers: tuple[int, ...]
    column: str


def chunks(model: plan.Model) -> list[Chunk]:
    """The rules of a model in chunks, in the order of the text."""
    runs: list[list[int]] = []
    for number, rule in enumerate(model.rules):
        last = runs[-1] if runs else None
        if last and len(last) < _TOGETHER and model.rules[last[0]].group == rule.group:
            last.append(number)
        else:
            runs.append([number])
    return [Chunk(tuple(run), names.of_model(model.name, f"bits {at}")) for at, run in enumerate(runs, 1)]


def bits(context: Context, model: plan.Model) -> Iterator[Expr]:
    """A column for each chunk: the rules that fire as bits of a number."""
    for chunk in chunks(model):
        fired = [models.fires(model.rules[number], context.conditions, context.counted) for number in chunk.numbers]
        added = [terms.case([(each, terms.whole(1 << bit))], terms.whole(0)) for bit, each in enumerate(fired)]
        yield terms.called(terms.total(added), chunk.column)


def paid(context: Context, model: plan.Model) -> Iterator[Paid]:
    """What each chunk pays, and each rule whose points depend on counts."""
    for chunk in chunks(model):
        fixed = {bit: rule.points for bit, rule in _rules(model, chunk) if isinstance(rule, plan.WhenRule)}
        worth = {bit: points for bit, points in fixed.items() if points is not None}
        group = model.rules[chunk.numbers[0]].group
        if worth:
            subsets = [_subset(worth, number) for number in range(1 << len(chunk.numbers))]
            points = _looked_up(chunk, [terms.whole(sum(each)) for each in subsets])
            yield Paid(group, _any(chunk, worth), points, _best(model, chunk, subsets))
        for bit, rule in _rules(model, chunk):
            if isinstance(rule, plan.EachRule):
                yield models.paid_each(rule, _any(chunk, [bit]), context.counted)


def _best(model: plan.Model, chunk: Chunk, subsets: Sequence[Sequence[int]]) -> Expr:
    """The most that one rule pays, for a group of which the best only counts; no other asks."""
    group = model.rules[chunk.numbers[0]].group
    if group is None or not model.groups[group].best_only:
        return terms.null()
    return _looked_up(chunk, [_long(max(each, default=FEWER_THAN_ANY)) for each in subsets])


def fired(model: plan.Model, only: Sequence[int] | None = None) -> list[Expr]:
    """Texts that hold the ids of the rules that fired (of those numbers only), each behind a comma."""
    texts: list[Expr] = []
    for chunk in chunks(model):
        ids = {bit: model.rules[n].id for bit, n in enumerate(chunk.numbers) if only is None or n in only}
        if ids:
            found = [
                "".join(_COMMA + each for each in _subset(ids, number)) for number in range(1 << len(chunk.numbers))
            ]
            texts.append(_looked_up(chunk, [terms.text(each) for each in found]))
    return texts


def any_fired(model: plan.Model, only: Sequence[int]) -> list[Expr]:
    """Conditions of which one holds if any of these rules fired."""
    found = ((chunk, [bit for bit, n in enumerate(chunk.numbers) if n in only]) for chunk in chunks(model))
    return [_any(chunk, several) for chunk, several in found if several]


def _rules(model: plan.Model, chunk: Chunk) -> Iterator[tuple[int, plan.Rule]]:
    return enumerate(model.rules[number] for number in chunk.numbers)


def _subset(of: Mapping[int, T], number: int) -> list[T]:
    return [each for bit, each in of.items() if number >> bit & 1]


def _any(chunk: Chunk, several: Iterable[int]) -> Expr:
    """Whether any of some bits is set."""
    masked = exp.BitwiseAnd(this=terms.column(chunk.column), expression=terms.whole(sum(1 << bit for bit in several)))
    return exp.NEQ(this=exp.Paren(this=masked), expression=terms.whole(0))


def _looked_up(chunk: Chunk, values: Sequence[Expr]) -> Expr:
    place = exp.Add(this=terms.column(chunk.column), expression=terms.whole(1))
    return exp.Anonymous(this="LIST_EXTRACT", expressions=[exp.Array(expressions=list(values)), place])


def _long(value: int) -> Expr:
    return terms.whole_number(terms.whole(value))
