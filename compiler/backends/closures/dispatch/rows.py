"""Conditions taken apart: a condition becomes rows of which exactly one holds if it does.

A row joins tests of single variables, each as the set of values that it accepts, at most one look into each text, and
what is left, as nodes. `a or b` becomes the rows `a` and `b unless a`, so that no rule fires twice.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from scoreline.compiler import plan
from scoreline.compiler.backends.closures.dispatch.accepted import Accepted, Variable, joined, known, of_node
from scoreline.compiler.schema import Schema

MOST_ROWS = 8
"""A condition of more alternatives than this is asked as it stands."""

Part = tuple[plan.How | None, str]
"""What a text is searched for, and how; None: a value among `choices`."""


@dataclass(frozen=True, slots=True)
class Test:
    """A test of one variable: the values it accepts, and the nodes that say the same."""

    accepted: Accepted
    nodes: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Search:
    """A look into a text, or into `choices`: it holds if any part is found. `node` says the same."""

    parts: tuple[Part, ...]
    node: int


@dataclass(frozen=True, slots=True)
class Row:
    """Tests by variable, searches by field, nodes that must hold too (`left`), and nodes that must not (`unless`)."""

    tests: Mapping[Variable, Test]
    searches: Mapping[plan.Field, Search]
    left: tuple[int, ...] = ()
    unless: tuple[int, ...] = ()

    @property
    def test_alone(self) -> tuple[Variable, Test] | None:
        """The one test, if there is nothing else."""
        if len(self.tests) != 1 or self.searches or self.left or self.unless:
            return None
        return next(iter(self.tests.items()))

    @property
    def search_alone(self) -> tuple[plan.Field, Search] | None:
        """The one search, if there is nothing else."""
        if len(self.searches) != 1 or self.tests or self.left or self.unless:
            return None
        return next(iter(self.searches.items()))

    def only(self, variables: Iterable[Variable], fields: Iterable[plan.Field]) -> "Row":
        """The same row with only tests of these variables, and searches of these fields; the others are left over."""
        tests = {each: self.tests[each] for each in variables if each in self.tests}
        searches = {each: self.searches[each] for each in fields if each in self.searches}
        left = [node for variable, test in self.tests.items() if variable not in tests for node in test.nodes]
        left.extend(search.node for field, search in self.searches.items() if field not in searches)
        return replace(self, tests=tests, searches=searches, left=(*left, *self.left))


class Rows:
    """Takes the conditions of one plan apart."""

    def __init__(self, nodes: tuple[plan.Node, ...], schema: Schema) -> None:
        self._nodes, self._schema = nodes, schema
        self._about: dict[int, tuple[Variable, Accepted] | None] = {}
        self._searched: dict[int, tuple[plan.Field, tuple[Part, ...]] | None] = {}
        for index, node in enumerate(nodes):
            self._about[index] = self._variable(node)
            self._searched[index] = self._search(node)

    def of(self, root: int) -> tuple[Row, ...]:
        """The rows of a condition; none if it cannot be taken apart."""
        node = self._nodes[root]
        if not isinstance(node, plan.AnyOf) or self._about[root] or self._searched[root]:
            return tuple(each for each in (self._row(root),) if each.tests or each.searches)
        if len(node.nodes) > MOST_ROWS:
            return ()
        rows = [replace(self._row(child), unless=node.nodes[:n]) for n, child in enumerate(node.nodes)]
        return tuple(rows) if all(row.tests or row.searches for row in rows) else ()

    def _row(self, root: int) -> Row:
        tests: dict[Variable, Test] = {}
        searches: dict[plan.Field, Search] = {}
        left: list[int] = []
        for index in self._conjuncts(root):
            about, searched = self._about[index], self._searched[index]
            if about is not None:
                variable, accepted = about
                before = tests.get(variable, Test(accepted, ()))
                tests[variable] = Test(joined((before.accepted, accepted), True), (*before.nodes, index))
            elif searched is not None and searched[0] not in searches:
                searches[searched[0]] = Search(searched[1], index)
            else:
                left.append(index)
        return Row(tests, searches, tuple(left))

    def _conjuncts(self, root: int) -> Iterator[int]:
        """The nodes that must all hold, each once, down to those that are about one variable."""
        waiting, seen = [root], set[int]()
        while waiting:
            index = waiting.pop()
            node = self._nodes[index]
            if index in seen:
                continue
            seen.add(index)
            if isinstance(node, plan.AllOf) and not self._about[index]:
                waiting.extend(reversed(node.nodes))
            else:
                yield index

    def _variable(self, node: plan.Node) -> tuple[Variable, Accepted] | None:
        match node:
            case plan.AllOf() | plan.AnyOf():
                return self._joined(node)
            case plan.IsKnown(plan.Field() | plan.DayOf() as variable, negated):
                listed = self._listed(variable)
                return None if listed is None else (variable, known(listed, negated))
            case _:
                found = of_node(node)
                return None if found is None or _of_interaction(found[0]) else found

    def _joined(self, node: plan.AllOf | plan.AnyOf) -> tuple[Variable, Accepted] | None:
        """What nodes of one and the same variable accept together."""
        parts: list[Accepted] = []
        first: Variable | None = None
        for child in node.nodes:
            about = self._about[child]
            if about is None or (first is not None and about[0] != first):
                return None
            first = about[0]
            parts.append(about[1])
        return None if first is None else (first, joined(parts, isinstance(node, plan.AllOf)))

    def _listed(self, variable: plan.Field | plan.DayOf) -> bool | None:
        """Whether a field's values have no order; None for one that no table is made of."""
        fields = {"lead": self._schema.lead.fields, "contact": self._schema.contact_fields}.get(variable.owner)
        if fields is None or fields[variable.name].type == "choices":
            return None
        return isinstance(variable, plan.Field) and fields[variable.name].type in ("text", "choice", "yes/no")

    def _search(self, node: plan.Node) -> tuple[plan.Field, tuple[Part, ...]] | None:
        match node:
            case plan.Match(plan.Field() as field, how, needles, False):
                texts = tuple(each.value for each in needles if isinstance(each, plan.Text))
                whole = len(texts) == len(needles) and field.owner != "interaction"
                return (field, tuple((how, text) for text in texts)) if whole else None
            case plan.Has(plan.Field() as field, plan.Text(value), False) if field.owner != "interaction":
                return field, ((None, value),)
            case plan.AnyOf():
                return self._either(node)
            case _:
                return None

    def _either(self, node: plan.AnyOf) -> tuple[plan.Field, tuple[Part, ...]] | None:
        """Searches of one field, of which any is enough."""
        found = [self._searched[child] for child in node.nodes]
        searches = [each for each in found if each is not None]
        if len(searches) != len(found) or len({field for field, _ in searches}) != 1:
            return None
        parts = dict.fromkeys(part for _, several in searches for part in several)
        return searches[0][0], tuple(parts)


def _of_interaction(variable: Variable) -> bool:
    return isinstance(variable, plan.Field | plan.DayOf) and variable.owner == "interaction"
