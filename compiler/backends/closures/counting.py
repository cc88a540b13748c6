"""The function that counts: all counters of a plan, over the columns of interactions that rules name.

    count(a, p, m) → (counter 0, counter 1, …)

`a` has the instants of each column of the layout, in ascending order, `p` the properties that go with them. In a sorted
column a window is two bisections, and only counters that look at properties, calendar units or ages go through its
interactions; those after `as_of` do not exist yet.

There are two such functions. `count` is exact. `count_asked` may give 0 for a count below the lowest one that any rule
distinguishes from 0: the third newest mail alone shows whether three mails were opened in a week.
"""

import ast
import math
import sys
from collections.abc import Iterator, Mapping, Sequence
from typing import assert_never

from scoreline.compiler import plan
from scoreline.compiler.accepted import Ranges, of_node
from scoreline.compiler.backends.closures import tree
from scoreline.compiler.backends.closures.expressions import Expressions
from scoreline.compiler.backends.closures.layout import FieldSlot, InteractionColumn, Layout
from scoreline.compiler.plan_parts import below, counters_in, moments_of, operands

_NEVER = sys.maxsize
# Windows nest no deeper than this within each other, for the sake of Python's compiler.
_DEEPEST = 16
_Numbered = tuple[int, plan.Counter]


def counting_function(whole: plan.Plan, layout: Layout, name: str, least: Mapping[int, int]) -> ast.FunctionDef:
    """The function as a tree. `least` are the lowest counts that matter, by counter; 1 where there is none."""
    body: list[ast.stmt] = [tree.assign(f"m{index}", tree.item("m", index)) for index in _moments(whole)]
    simple = [f"c{index}" for index, counter in enumerate(whole.counters) if not counter.keyed]
    if simple:
        body.append(ast.Assign([ast.Name(each, ast.Store()) for each in simple], tree.constant(0)))
    body.extend(tree.assign(f"c{index}", ast.Dict([], [])) for index, each in enumerate(whole.counters) if each.keyed)
    for place, column in enumerate(layout.columns):
        body.extend(_column(whole, layout, place, column, least))
    body.extend(_total(index, counter) for index, counter in enumerate(whole.counters) if counter.keyed)
    body.append(ast.Return(tree.tuple_of(tree.name(f"c{index}") for index in range(len(whole.counters)))))
    return tree.function(name, ("a", "p", "m"), body)


def least_asked(whole: plan.Plan) -> dict[int, int]:
    """The lowest count above 0 that tests distinguish from 0, for each counter that only such tests read."""
    least: dict[int, int] = {}
    exact: set[int] = set()
    for rule in (rule for model in whole.models for rule in model.rules if isinstance(rule, plan.EachRule)):
        exact.update(each for each in (rule.count, rule.decayed) if each is not None)
    for node in whole.nodes:
        about = of_node(node)
        if about is not None and isinstance(about[0], plan.CountRef) and isinstance(about[1], Ranges):
            index = about[0].index
            borders = [end for interval in about[1].intervals for end in interval if 0 < end < math.inf]
            least[index] = min([math.ceil(border) for border in borders] + [least.get(index, _NEVER)])
        else:
            exact.update(counters_in(node))
    return {index: lowest for index, lowest in least.items() if index not in exact}


def _moments(whole: plan.Plan) -> Iterator[int]:
    """The moments that counting compares with: `as_of`, the bounds of windows, decays and tests on properties."""
    used = {0} if whole.counters else set[int]()
    for counter in whole.counters:
        used.update(moments_of(counter))
        used.update(_moments_below(whole, counter.where))
    yield from sorted(used)


def _moments_below(whole: plan.Plan, root: int | None) -> Iterator[int]:
    if root is None:
        return
    for index in below(whole, root):
        for operand in operands(whole.nodes[index]):
            if isinstance(operand, plan.MomentRef):
                yield operand.index


def _looks(counter: plan.Counter) -> bool:
    """Whether a counter looks at every interaction, and a difference of two places in the column does not do."""
    return counter.keyed or counter.where is not None or counter.yields != "count"


def _column(
    whole: plan.Plan, layout: Layout, place: int, column: InteractionColumn, least: Mapping[int, int]
) -> list[ast.stmt]:
    """All counters of a column; none of them counts anything where the column is empty."""
    counters = [
        (index, counter)
        for index, counter in enumerate(whole.counters)
        if (counter.type, counter.origin) == (column.type, column.origin)
    ]
    plain = [each for each in counters if not _looks(each[1])]
    looking = [each for each in counters if _looks(each[1])]
    body: list[ast.stmt] = []
    if plain:
        body.extend(_end())
        body.extend(_differences(whole, plain, least))
    if looking:
        body.append(_loop(whole, layout, place, looking))
    return [tree.assign("at", tree.item("a", place)), tree.if_(tree.name("at"), *body)]


def _end() -> list[ast.stmt]:
    """`end`: how many interactions there are up to `as_of`."""
    exist = tree.call(tree.name("len"), tree.name("at"))
    newest = ast.Subscript(tree.name("at"), tree.constant(-1), ast.Load())
    future = tree.compare(newest, ast.Gt(), tree.name("m0"))
    return [tree.assign("end", exist), tree.if_(future, tree.assign("end", _place_of(tree.name("m0"))))]


def _place_of(bound: ast.expr, *within: ast.expr) -> ast.expr:
    """How many interactions are not later than a bound."""
    return tree.call(tree.name("bisect"), tree.name("at"), bound, *within)


def _differences(whole: plan.Plan, counters: Sequence[_Numbered], least: Mapping[int, int]) -> Iterator[ast.stmt]:
    """Each count as the difference of two places. A bound computed from `as_of` never lies behind `end`."""
    windows: list[_Numbered] = []
    for index, counter in counters:
        if counter.after is not None and counter.until == 0:
            windows.append((index, counter))
            continue
        last: ast.expr = tree.name("end") if counter.until == 0 else _place_of(tree.name(f"m{counter.until}"))
        if counter.after is not None:
            yield tree.assign(f"c{index}", ast.BinOp(last, ast.Sub(), _place_of(tree.name(f"m{counter.after}"))))
        elif counter.since is not None:
            first = _place_of(tree.constant(counter.since - 1), tree.constant(0), tree.name("end"))
            yield tree.assign(f"c{index}", ast.BinOp(last, ast.Sub(), first))
        else:
            yield tree.assign(f"c{index}", last)
    yield from _nested(whole, windows, least)


def _nested(whole: plan.Plan, windows: Sequence[_Numbered], least: Mapping[int, int]) -> list[ast.stmt]:
    """The longest window first, and those that surely lie within it only if enough does."""
    longest_first = sorted(windows, key=lambda each: _shortest(_moment(whole, each[1])), reverse=True)
    made: list[ast.stmt] = []
    lowest_of_all = _NEVER
    reach = depth = 0
    for index, counter in reversed(longest_first):
        moment = _moment(whole, counter)
        around = depth < _DEEPEST and reach <= _shortest(moment)
        own = least.get(index, 1)
        lowest_of_all = min(lowest_of_all, own)
        bound = tree.name(f"m{counter.after}")
        count = tree.assign(f"c{index}", ast.BinOp(tree.name("end"), ast.Sub(), _place_of(bound)))
        test = tree.if_(_so_many_after(lowest_of_all if around else own, bound), count, *(made if around else ()))
        made = [test] if around else [test, *made]
        depth += around
        reach = max(reach, _longest(moment))
    return made


def _so_many_after(lowest: int, bound: ast.expr) -> ast.expr:
    """Whether so many interactions are later than a bound: the last of them is, counted from the newest."""
    there = tree.compare(tree.name("end"), ast.GtE(), tree.constant(lowest))
    last = ast.Subscript(tree.name("at"), ast.BinOp(tree.name("end"), ast.Sub(), tree.constant(lowest)), ast.Load())
    return tree.all_of([there, tree.compare(last, ast.Gt(), bound)])


def _moment(whole: plan.Plan, counter: plan.Counter) -> plan.Moment:
    assert counter.after is not None
    return whole.moments[counter.after]


def _shortest(back: plan.Moment) -> int:
    """The shortest that a window can be, in seconds; a month has at least 28 days, and clocks are put forward."""
    return -back.seconds - back.months * 28 * 86_400 - (86_400 if back.months else 0)


def _longest(back: plan.Moment) -> int:
    """The longest that a window can be, in seconds; a month has at most 31 days, and clocks are put back."""
    return -back.seconds - back.months * 31 * 86_400 + (86_400 if back.months else 0)


def _loop(whole: plan.Plan, layout: Layout, place: int, counters: Sequence[_Numbered]) -> ast.For:
    """One loop for all counters that look at the interactions of a column, up to `as_of`."""
    slots = layout.properties[layout.columns[place].type]

    def variable(operand: plan.Operand) -> str:
        if isinstance(operand, plan.MomentRef):
            return f"m{operand.index}"
        assert isinstance(operand, plan.Field | plan.DayOf)
        return f"p{slots.index(operand)}"

    expressions = Expressions(whole, variable, {})
    later = tree.if_(tree.compare(tree.name("each"), ast.Gt(), tree.name("m0")), ast.Break())
    steps = [each for index, counter in counters for each in _step(index, counter, expressions, slots)]
    one, instants = ast.Name("each", ast.Store()), tree.name("at")
    if not slots:
        return ast.For(one, instants, [later, *steps], [])
    target = ast.Tuple([one, ast.Name("properties", ast.Store())], ast.Store())
    pairs = tree.call(tree.name("zip"), instants, tree.item("p", place))
    names = ast.Tuple([ast.Name(f"p{slot}", ast.Store()) for slot in range(len(slots))], ast.Store())
    return ast.For(target, pairs, [later, ast.Assign([names], tree.name("properties")), *steps], [])


def _step(index: int, counter: plan.Counter, expressions: Expressions, slots: tuple[FieldSlot, ...]) -> list[ast.stmt]:
    """What one interaction adds to one counter."""
    tests: list[ast.expr] = []
    at = tree.name("each")
    if counter.after is not None:
        tests.append(tree.compare(at, ast.Gt(), tree.name(f"m{counter.after}")))
    if counter.since is not None:
        tests.append(tree.compare(at, ast.GtE(), tree.constant(counter.since)))
    if counter.until != 0:
        tests.append(tree.compare(at, ast.LtE(), tree.name(f"m{counter.until}")))
    key: ast.expr | None = None
    if counter.distinct is not None:
        key = tree.name(f"p{slots.index(plan.Field('interaction', counter.distinct))}")
        tests.append(tree.known(key))
    if counter.where is not None:
        tests.append(expressions.condition(counter.where))
    if counter.period is not None:
        key = tree.call(tree.name(f"{counter.period}_of"), at)
    added = _add(index, counter) if key is None else [_newest(index, key)]
    return [*expressions.prepared(), tree.if_(tree.all_of(tests), *added)]


def _newest(index: int, key: ast.expr) -> ast.stmt:
    """Keep the newest interaction of each key: the last one, since they come in the order of time."""
    return ast.Assign([ast.Subscript(tree.name(f"c{index}"), key, ast.Store())], tree.name("each"))


def _add(index: int, counter: plan.Counter) -> list[ast.stmt]:
    match counter.yields:
        case "count":
            return [tree.add_to(f"c{index}", tree.constant(1))]
        case "points":
            return _stepped(index, counter.steps or ())
        case _:
            assert_never(counter.yields)


def _stepped(index: int, steps: tuple[plan.Step, ...]) -> list[ast.stmt]:
    """The points of the step in which the instant lies, newest step first."""
    otherwise: list[ast.stmt] = []
    for step in reversed(steps):
        test = tree.compare(tree.name("each"), ast.Gt(), tree.name(f"m{step.after}"))
        otherwise = [ast.If(test, [tree.add_to(f"c{index}", tree.constant(step.points))], otherwise)]
    return otherwise or [ast.Pass()]


def _total(index: int, counter: plan.Counter) -> ast.stmt:
    """From the newest interaction of each key to a number of keys, or their points."""
    newest = tree.name(f"c{index}")
    match counter.yields:
        case "count":
            total = tree.call(tree.name("len"), newest)
        case "points":
            steps = [(tree.name(f"m{step.after}"), tree.constant(step.points)) for step in counter.steps or ()]
            total = tree.call(tree.name("points_by_age"), newest, tree.tuple_of(map(tree.tuple_of, steps)))
        case _:
            assert_never(counter.yields)
    return tree.assign(f"c{index}", total)
