"""The quick ways of DuckDB behind one door: a condition goes the first way that takes it. What all of them decline goes
the plain way.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from scoreline.compiler import plan
from scoreline.compiler.backends.duckdb.chunked import ChunkedRules
from scoreline.compiler.backends.duckdb.coded import Codes
from scoreline.compiler.backends.duckdb.searched import SearchedTexts
from scoreline.compiler.backends.query.context import Context, Values
from scoreline.compiler.backends.query.relations import Step
from scoreline.compiler.backends.query.terms import Expr
from scoreline.compiler.plan_parts import below
from sqlglot import exp


def quick_ways(whole: plan.Plan) -> "DuckdbWays":
    """The quick ways for the conditions that a plan asks of leads."""
    nodes = sorted({index for root in _roots(whole) for index in below(whole, root)})
    return DuckdbWays(Codes(whole, nodes), SearchedTexts(whole, nodes))


def _roots(whole: plan.Plan) -> Iterator[int]:
    for model in whole.models:
        yield from (rule.condition for rule in model.rules if isinstance(rule, plan.WhenRule))
        if model.audience is not None:
            yield model.audience
    for each in whole.qualifications:
        yield from (stage.when for stage in each.stages)
        yield from (stage.until for stage in each.stages if stage.until is not None)
        if each.audience is not None:
            yield each.audience


@dataclass(frozen=True)
class DuckdbWays:
    """Tests of codes, searches of each different text once, and rules a few at a time."""

    codes: Codes
    searches: SearchedTexts

    def takes(self, index: int) -> bool:
        """Whether one of the ways takes a node."""
        return self.codes.takes(index) or self.searches.takes(index)

    def condition(self, index: int) -> Expr:
        """The condition of a node that one of the ways takes, never unknown."""
        return self.codes.condition(index) if self.codes.takes(index) else self.searches.condition(index)

    def grouped(self, nodes: Sequence[int], together: bool) -> tuple[list[Expr], list[int]]:
        """The tests of each field with a code as one; and the nodes that are left."""
        return self.codes.grouped(nodes, together)

    def steps(self) -> Iterator[Step]:
        """The tables of codes and of searched texts."""
        yield from self.searches.steps()
        yield from self.codes.steps()

    def columns(self, values: Values) -> Iterator[Expr]:
        """The codes, and the words of searches."""
        yield from self.searches.columns(values)
        yield from self.codes.columns(values)

    def joined(self, query: exp.Select, values: Values) -> exp.Select:
        """The query with the tables joined to it."""
        return self.codes.joined(self.searches.joined(query, values), values)

    def rules(self, context: Context) -> ChunkedRules:
        """The rules in chunks."""
        return ChunkedRules(context)
