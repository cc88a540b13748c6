"""The set of values that a condition over one variable accepts has a value in it exactly if the condition holds."""

import math
import operator
import sys
from collections.abc import Callable
from dataclasses import dataclass

from hypothesis import given
from hypothesis import strategies as st
from scoreline.compiler import plan
from scoreline.compiler.accepted import Accepted, Listed, Variable, joined, known, of_node
from scoreline.compiler.backends.closures.dispatch.rows import Rows
from scoreline.compiler.schema import Schema
from scoreline.compiler.schema.fields import FieldSpec
from scoreline.compiler.schema.shapes import EntitySpec, LeadSpec

Value = str | bool | float | int | None
Tree = plan.Node | tuple[bool, list["Tree"]]
"""A test; or whether all (else any) of some trees are to hold."""

OPERATORS: dict[plan.Operator, Callable[[Value, Value], bool]] = {
    "==": operator.eq, "!=": operator.ne, "<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge,
}  # fmt: skip
MOST = sys.float_info.max
LEAD = plan.Field("lead", "x")
CONTACT = plan.Field("contact", "x")


@dataclass(frozen=True)
class Kind:
    """A kind of variable: the constants that it is compared with, and the values that it can have beside those."""

    type: str
    variables: tuple[Variable, ...]
    constants: st.SearchStrategy[plan.Constant]
    operators: tuple[plan.Operator, ...]
    beside: Callable[[Value], tuple[Value, ...]]
    missing: bool = True


def beside_float(value: float) -> tuple[Value, ...]:
    near = (math.nextafter(value, math.inf), math.nextafter(value, -math.inf), -value, 0.0, -0.0, MOST, -MOST)
    return tuple(each for each in near if math.isfinite(each))


def beside_count(value: float) -> tuple[Value, ...]:
    whole = int(value)
    return tuple(each for each in (0, 1, whole - 1, whole, whole + 1, 10**18) if each >= 0)


def beside_whole(value: int) -> tuple[Value, ...]:
    return value - 1, value + 1, -value, 0


FLOATS = st.sampled_from((0.0, -0.0, 1.0, 2.0, 2.5, 5e-324, -5e-324, 0.3, 0.1 + 0.2, 2.0**53, MOST, -MOST))
WHOLE = st.integers(-3, 3) | st.integers(10**15, 10**15 + 2) | st.just(-(10**15))
ORDERED = tuple(OPERATORS)
EQUALITY: tuple[plan.Operator, ...] = ("==", "!=")
KINDS = (
    Kind("text", (LEAD, CONTACT), st.sampled_from("abß").map(plan.Text), EQUALITY, lambda value: ("a", "", "other")),
    Kind("yes/no", (LEAD,), st.booleans().map(plan.YesNo), EQUALITY, lambda value: (True, False)),
    Kind(
        "number",
        (LEAD, CONTACT),
        (FLOATS | st.floats(allow_nan=False, allow_infinity=False)).map(plan.Number),
        ORDERED,
        beside_float,
    ),
    Kind("date", (LEAD,), WHOLE.map(plan.Day), ORDERED, beside_whole),
    Kind("datetime", (LEAD, CONTACT), WHOLE.map(plan.Instant), ORDERED, beside_whole),
    Kind("datetime", (plan.DayOf("lead", "x"),), WHOLE.map(plan.Day), ORDERED, beside_whole),
    Kind(
        "number",
        (plan.CountRef(0),),
        (st.integers(-3, 4) | st.sampled_from((255, 256, 257, 10**12, 0.5, 2.5, -0.5, -0.0))).map(
            lambda number: plan.Number(float(number))
        ),
        ORDERED,
        beside_count,
        missing=False,
    ),
)


@dataclass(frozen=True)
class Drawn:
    """A condition over one variable, and values worth asking it about."""

    kind: Kind
    variable: Variable
    tree: Tree
    values: tuple[Value, ...]


@st.composite
def conditions(draw: st.DrawFn) -> Drawn:
    """Trees over few constants, so that borders meet."""
    kind = draw(st.sampled_from(KINDS))
    variable = draw(st.sampled_from(kind.variables))
    constants = draw(st.lists(kind.constants, min_size=1, max_size=4))
    one = st.sampled_from(constants)
    compared = st.builds(plan.Compare, st.just(variable), st.sampled_from(kind.operators), one)
    among = st.builds(plan.OneOf, st.just(variable), st.lists(one, min_size=1, max_size=4).map(tuple), st.booleans())
    tests = compared | among
    if kind.missing:
        tests |= st.builds(plan.IsKnown, st.just(variable), st.booleans())
    trees = st.recursive(
        tests, lambda inner: st.tuples(st.booleans(), st.lists(inner, min_size=1, max_size=4)), max_leaves=9
    )
    own = [constant.value for constant in constants]
    values = (*own, *(near for value in own for near in kind.beside(value)))
    if not kind.missing:
        values = tuple(value for value in values if value >= 0 and value == int(value))
    return Drawn(kind, variable, draw(trees), (*values, None) if kind.missing else values)


def holds(tree: Tree, value: Value) -> bool:
    """What the language says, for one value."""
    match tree:
        case (together, parts):
            return (all if together else any)(holds(part, value) for part in parts)
        case plan.IsKnown(_, negated):
            return (value is None) == negated
        case plan.Compare(_, sign, right):
            return value is not None and OPERATORS[sign](value, right.value)
        case plan.OneOf(_, values, negated):
            return value is not None and any(value == each.value for each in values) != negated
    raise AssertionError(tree)


def contains(accepted: Accepted, value: Value) -> bool:
    """Whether a value is in a set, by what the two kinds of sets are said to be."""
    if value is None:
        return accepted.missing
    if isinstance(accepted, Listed):
        return (value in accepted.values) != accepted.others
    return any(low <= value < high for low, high in accepted.intervals)


def accepted_by(tree: Tree, listed: bool) -> Accepted:
    match tree:
        case (together, parts):
            return joined([accepted_by(part, listed) for part in parts], together)
        case plan.IsKnown(_, negated):
            return known(listed, negated)
    about = of_node(tree)
    assert about is not None
    return about[1]


@given(conditions())
def test_a_value_is_accepted_exactly_if_the_condition_holds(drawn: Drawn) -> None:
    accepted = accepted_by(drawn.tree, drawn.kind.type in ("text", "yes/no"))
    for value in drawn.values:
        assert contains(accepted, value) == holds(drawn.tree, value), value


@given(conditions())
def test_a_condition_over_one_variable_is_one_test_however_it_nests(drawn: Drawn) -> None:
    """A table of nodes gives the set that its parts do."""
    table: list[plan.Node] = []
    root = add(drawn.tree, table)
    whole = plan.Plan(schema(drawn.kind.type), "UTC", (), (), tuple(table), (), (), ())
    (row,) = Rows(whole).of(root)
    assert row.test_alone is not None
    variable, test = row.test_alone
    assert variable == drawn.variable
    for value in drawn.values:
        assert contains(test.accepted, value) == holds(drawn.tree, value), value


def add(tree: Tree, table: list[plan.Node]) -> int:
    """Puts a tree into a table of nodes, each behind those that it refers to; gives its place."""
    if isinstance(tree, tuple):
        together, parts = tree
        places = tuple(add(part, table) for part in parts)
        table.append(plan.AllOf(places) if together else plan.AnyOf(places))
    else:
        table.append(tree)
    return len(table) - 1


def schema(kind: str) -> Schema:
    fields = {"x": FieldSpec(type=kind)}
    return Schema(lead=LeadSpec(key="id", fields=fields), contact=EntitySpec(key="id", fields=fields))
