"""Conditions taken apart: a condition becomes rows of which exactly one holds if it does.

A row joins tests of single variables, each as the set of values that it accepts, at most one look into each text, and
what is left, as nodes. `a or b` becomes the rows `a` and `b unless a`, so that no rule fires twice.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import NamedTuple

from scoreline.compiler import plan
from scoreline.compiler.accepted import Accepted, Variable, joined, known, of_node
from scoreline.compiler.operators import Position, text_operator
from scoreline.compiler.plan_parts import below

MOST_ROWS = 8
"""A condition of more alternatives than this is asked as it stands."""

MOST_TESTS = 256
"""So many joined tests of one variable are made one; what lets pile up beyond that is asked as it stands."""

Part = tuple[Position | None, str]
"""What a field is searched for, and where in the text it has to stand; None: a value among `choices`."""


@dataclass(frozen=True, slots=True)
class VariableTest:
    """A test of one variable: the values it accepts, and the nodes that say the same."""

    accepted: Accepted
    nodes: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Search:
    """A look into a text, or into `choices`: it holds if any part is found. `node` says the same."""

    parts: tuple[Part, ...]
    node: int


@dataclass(frozen=True, slots=True)
class RuleRow:
    """Tests by variable, searches by field, nodes that must hold too (`left`), and nodes that must not (`unless`)."""

    tests: Mapping[Variable, VariableTest]
    searches: Mapping[plan.Field, Search]
    left: tuple[int, ...] = ()
    unless: tuple[int, ...] = ()

    @property
    def test_alone(self) -> tuple[Variable, VariableTest] | None:
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

    def only(self, variables: Iterable[Variable], fields: Iterable[plan.Field]) -> "RuleRow":
        """The same row with only tests of these variables, and searches of these fields; the others are left over."""
        tests = {each: self.tests[each] for each in variables if each in self.tests}
        searches = {each: self.searches[each] for each in fields if each in self.searches}
        left = [node for variable, test in self.tests.items() if variable not in tests for node in test.nodes]
        left.extend(search.node for field, search in self.searches.items() if field not in searches)
        return replace(self, tests=tests, searches=searches, left=(*left, *self.left))


class _About(NamedTuple):
    """What a node is about, if about one thing: a variable, or a field that is searched; and in how many tests."""

    variable: Variable | None
    field: plan.Field | None
    tests: int = 1


_NOTHING = _About(None, None)


class Rows:
    """Takes the conditions of one plan apart."""

    def __init__(self, whole: plan.Plan) -> None:
        self._whole, self._nodes, self._schema = whole, whole.nodes, whole.schema
        self._tests: dict[int, Accepted] = {}
        self._searches: dict[int, tuple[Part, ...]] = {}

    def of(self, root: int) -> tuple[RuleRow, ...]:
        """The rows of a condition; none if it cannot be taken apart."""
        node = self._nodes[root]
        if not isinstance(node, plan.AnyOf) or self._kinds[root].variable or self._kinds[root].field:
            return tuple(each for each in (self._row(root),) if each.tests or each.searches)
        if len(node.nodes) > MOST_ROWS:
            return ()
        rows = [replace(self._row(child), unless=node.nodes[:n]) for n, child in enumerate(node.nodes)]
        return tuple(rows) if all(row.tests or row.searches for row in rows) else ()

    def _row(self, root: int) -> RuleRow:
        tests: dict[Variable, VariableTest] = {}
        searches: dict[plan.Field, Search] = {}
        left: list[int] = []
        for index in self._conjuncts(root):
            variable, field, _ = self._kinds[index]
            if variable is not None:
                accepted = self._accepted(index)
                before = tests.get(variable, VariableTest(accepted, ()))
                tests[variable] = VariableTest(joined((before.accepted, accepted), True), (*before.nodes, index))
            elif field is not None and field not in searches:
                searches[field] = Search(self._parts(index), index)
            else:
                left.append(index)
        return RuleRow(tests, searches, tuple(left))

    def _conjuncts(self, root: int) -> list[int]:
        """The nodes that must all hold, each once, down to those that are about one variable."""
        return [index for index in below(self._whole, root, self._held) if not self._held(index)]

    def _held(self, index: int) -> tuple[int, ...]:
        """The nodes that must hold for a node to hold, if it is not one test of one variable."""
        node = self._nodes[index]
        return node.nodes if isinstance(node, plan.AllOf) and not self._kinds[index].variable else ()

    @cached_property
    def _kinds(self) -> list[_About]:
        """The kind of each node, in one walk: every node stands behind those that it refers to."""
        kinds: list[_About] = []
        for index, node in enumerate(self._nodes):
            if isinstance(node, plan.AllOf | plan.AnyOf):
                kinds.append(_joined_kind([kinds[child] for child in node.nodes], isinstance(node, plan.AnyOf)))
            elif about := self._variable(node):
                self._tests[index] = about[1]
                kinds.append(_About(about[0], None))
            elif searched := self._search(node):
                self._searches[index] = searched[1]
                kinds.append(_About(None, searched[0]))
            else:
                kinds.append(_NOTHING)
        return kinds

    def _accepted(self, root: int) -> Accepted:
        """What a node accepts of the variable that it is about."""
        found: dict[int, Accepted] = {}
        for index in below(self._whole, root):
            node = self._nodes[index]
            if isinstance(node, plan.AllOf | plan.AnyOf):
                found[index] = joined([found[child] for child in node.nodes], isinstance(node, plan.AllOf))
            else:
                found[index] = self._tests[index]
        return found[root]

    def _parts(self, root: int) -> tuple[Part, ...]:
        """The parts of which any is enough for a node that searches."""
        searches = (self._searches.get(index, ()) for index in below(self._whole, root))
        return tuple(dict.fromkeys(part for parts in searches for part in parts))

    def _variable(self, node: plan.Node) -> tuple[Variable, Accepted] | None:
        match node:
            case plan.IsKnown(plan.Field() | plan.DayOf() as variable, negated):
                listed = self._listed(variable)
                return None if listed is None else (variable, known(listed, negated))
            case _:
                found = of_node(node)
                return None if found is None or _of_interaction(found[0]) else found

    def _listed(self, variable: plan.Field | plan.DayOf) -> bool | None:
        """Whether a field's values have no order; None for one that no table is made of."""
        fields = {"lead": self._schema.lead.fields, "contact": self._schema.contact_fields}.get(variable.owner)
        if fields is None or fields[variable.name].type == "choices":
            return None
        return isinstance(variable, plan.Field) and fields[variable.name].type in ("text", "choice", "yes/no")

    def _search(self, node: plan.Node) -> tuple[plan.Field, tuple[Part, ...]] | None:
        match node:
            case plan.Match(plan.Field() as field, how, needles, False):
                position = text_operator(how).position
                texts = tuple(each.value for each in needles if isinstance(each, plan.Text))
                if position is None or len(texts) < len(needles) or field.owner == "interaction":
                    return None
                return field, tuple((position, text) for text in texts)
            case plan.Has(plan.Field() as field, plan.Text(value), False) if field.owner != "interaction":
                return field, ((None, value),)
            case _:
                return None


def _joined_kind(parts: Sequence[_About], either: bool) -> _About:
    """The kind of a node that joins others: theirs, if all are about the same, and not too many."""
    first, tests = parts[0], sum(part.tests for part in parts)
    if tests > MOST_TESTS:
        return _About(None, None, tests)
    same_variable = all(part.variable == first.variable for part in parts)
    same_field = either and all(part.field == first.field for part in parts)
    return _About(first.variable if same_variable else None, first.field if same_field else None, tests)


def _of_interaction(variable: Variable) -> bool:
    return isinstance(variable, plan.Field | plan.DayOf) and variable.owner == "interaction"
