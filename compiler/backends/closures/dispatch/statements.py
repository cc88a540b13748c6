"""The statements that look into the tables of a model, sheet by sheet.

They add to `total` the points of rules outside of bounded groups, and to `fired` the numbers of the rules that fire, in
bunches as they come.
A joined row fires if every table that it hangs on leaves its bit in `alive`, and what it asks beyond tables holds too.
"""

import ast
from collections.abc import Iterator, Mapping, Sequence
from typing import TypeAlias, assert_never

from scoreline.compiler import plan
from scoreline.compiler.accepted import Variable
from scoreline.compiler.backends.closures import tree
from scoreline.compiler.backends.closures.dispatch.choice import Number, RuleChoice, Sheet
from scoreline.compiler.backends.closures.dispatch.rows import RuleRow
from scoreline.compiler.backends.closures.dispatch.searches import (
    FEW_NEEDLES,
    FieldSearches,
    Finding,
    by_end,
    one_mark,
    scan,
    searches,
)
from scoreline.compiler.backends.closures.dispatch.tables import ByCount, ByRange, ByValue, Table, tables
from scoreline.compiler.backends.closures.frame import FunctionFrame
from scoreline.compiler.backends.closures.groups import group_of, settling
from scoreline.compiler.backends.closures.layout import Layout
from scoreline.compiler.operators import Position

Names: TypeAlias = dict[str, object]
"""What functions find under a name that is ours: tables, and functions that look into them."""


class Dispatching:
    """The dispatched part of one model's function.

    `reads` is what it reads; `functions` are those of rows that ask more than tables know, and where they are found;
    `settles` is the name of a function that gives the points of groups, if dispatched rules are in any.
    """

    def __init__(self, whole: plan.Plan, layout: Layout, number: int, choice: RuleChoice, names: Names) -> None:
        self._whole, self._layout, self._model = whole, layout, number
        model = whole.models[number]
        self._worth = tuple(rule.points or 0 if group_of(model, rule) is None else 0 for rule in model.rules)
        self._names, self._prefix = names, f"model_{number}"
        self._sheets = [_Sheet(sheet, self._worth) for sheet in choice.sheets]
        self.functions: list[ast.stmt] = []
        dispatched = frozenset[Number]().union(*(sheet.numbers for sheet in choice.sheets))
        grouped = any(group_of(model, model.rules[each]) is not None for each in dispatched)
        self.settles = self._named("settle", settling(model)) if grouped else None

    @property
    def reads(self) -> list[plan.Operand]:
        """The fields and counters that the tables are about."""
        return [each for sheet in self._sheets for each in (*(one for one, _ in sheet.tables), *sheet.searches)]

    def statements(self, frame: FunctionFrame) -> Iterator[ast.stmt]:
        """All sheets, one after another."""
        for sheet in self._sheets:
            if sheet.joined:
                yield tree.assign("alive", tree.constant((1 << len(sheet.joined)) - 1))
            for variable, table in sheet.tables:
                yield from self._look_up(table, tree.name(frame.variable(variable)), _has_rows(table))
            for field, searched in sheet.searches.items():
                yield from self._search(searched, frame.variable(field), bool(sheet.joined))
            if sheet.joined:
                yield from self._joined(sheet.joined)

    def _named(self, word: str, value: object) -> str:
        """A name of our own for a table or a function."""
        name = f"{self._prefix}_{word}_{len(self._names)}"
        self._names[name] = value
        return name

    def _look_up(self, table: Table, value: ast.expr, joining: bool) -> Iterator[ast.stmt]:
        """Looks up the entry of a value and does what it says."""
        found = tree.assign("found", self._entry(table, value))
        body = [found, *_apply_entry(joining)]
        nothing = _nothing_below(table)
        if nothing:
            yield tree.if_(tree.compare(value, ast.GtE(), tree.constant(nothing)), *body)
        else:
            yield from body

    def _entry(self, table: Table, value: ast.expr) -> ast.expr:
        match table:
            case ByValue(entries, other):
                get = tree.name(self._named("get", entries.get))
                return tree.call(get, value, tree.name(self._named("other", other)))
            case ByCount(entries):
                low = tree.compare(value, ast.Lt(), tree.constant(len(entries)))
                placed = ast.Subscript(tree.name(self._named("counts", entries)), value, ast.Load())
                return ast.IfExp(low, placed, tree.name(self._named("more", entries[-1])))
            case ByRange(borders, entries, missing):
                place = tree.call(tree.name("bisect"), tree.name(self._named("borders", borders)), value)
                placed = ast.Subscript(tree.name(self._named("ranges", entries)), place, ast.Load())
                return ast.IfExp(tree.known(value), placed, tree.name(self._named("missing", missing)))

    def _search(self, searched: FieldSearches, variable: str, joined: bool) -> Iterator[ast.stmt]:
        """Looks for everything that rules look for in a field."""
        several = any(finding[2] for finding in searched.findings.values())
        if several:
            yield tree.assign("several", ast.List([], ast.Load()))
        joined = joined and any(finding[3] for finding in searched.findings.values())
        if joined:
            yield tree.assign("kept", tree.constant(searched.kept))
        looks = [
            look
            for position, parts in searched.by_position().items()
            for look in self._looks(position, parts, variable)
        ]
        yield tree.if_(tree.known(tree.name(variable)), *looks)
        if several:
            worth = tree.name(self._named("worth", self._worth.__getitem__))
            yield tree.if_(tree.name("several"), *_settle_several(worth))
        if joined:
            yield _restrict("alive", tree.name("kept"))

    def _looks(self, position: Position | None, parts: Mapping[str, Finding], variable: str) -> Iterator[ast.stmt]:
        match position:
            case "anywhere":
                return self._needles(parts, variable)
            case "start":
                return self._ends(parts, variable, starts=True)
            case "end":
                return self._ends(parts, variable, starts=False)
            case None:
                return self._members(parts, variable)
            case _:
                assert_never(position)

    def _needles(self, needles: Mapping[str, Finding], variable: str) -> Iterator[ast.stmt]:
        text = tree.name(variable)
        if len(needles) > FEW_NEEDLES:
            found = tree.call(tree.name(self._named("scan", scan(needles))), text)
            yield ast.For(_finding_names(), found, _apply_finding(), [])
            return
        for needle, finding in needles.items():
            inside = tree.compare(tree.constant(needle), ast.In(), text)
            yield tree.if_(inside, *_apply_constant(finding))

    def _ends(self, needles: Mapping[str, Finding], variable: str, *, starts: bool) -> Iterator[ast.stmt]:
        """One look-up by as much of the beginning, or the end, as all have; where several have the same, each is asked.

        Of ends that begin with a mark, the whole end is looked up from the mark on.
        """
        text = tree.name(variable)
        mark = None if starts or len(needles) < 2 else one_mark(needles)
        if mark is not None:
            yield tree.assign("place", tree.method(text, "rfind", tree.constant(mark)))
            there = tree.compare(tree.name("place"), ast.GtE(), tree.constant(0))
            end = ast.Subscript(text, ast.Slice(tree.name("place"), None), ast.Load())
            yield tree.if_(there, *self._found(needles, end))
        else:
            size, bunches = by_end(needles, starts=starts)
            part = ast.Slice(None, tree.constant(size)) if starts else ast.Slice(tree.constant(-size), None)
            get = tree.name(self._named("bunch", bunches.get))
            bunch = tree.call(get, ast.Subscript(text, part, ast.Load()), tree.constant(()))
            asked = tree.method(text, "startswith" if starts else "endswith", tree.name("needle"))
            unpacked = ast.Assign([_finding_names()], tree.name("found"))
            body: list[ast.stmt] = [tree.if_(asked, unpacked, *_apply_finding())]
            yield ast.For(_names("needle", "found"), bunch, body, [])

    def _members(self, members: Mapping[str, Finding], variable: str) -> Iterator[ast.stmt]:
        """One look-up for each value among the choices."""
        body = self._found(members, tree.name("member"))
        yield ast.For(ast.Name("member", ast.Store()), tree.name(variable), list(body), [])

    def _found(self, findings: Mapping[str, Finding], key: ast.expr) -> Iterator[ast.stmt]:
        yield tree.assign("found", tree.call(tree.name(self._named("find", findings.get)), key))
        unpacked = ast.Assign([_finding_names()], tree.name("found"))
        yield tree.if_(tree.known(tree.name("found")), unpacked, *_apply_finding())

    def _joined(self, joined: Sequence[tuple[Number, RuleRow]]) -> Iterator[ast.stmt]:
        """Fires the rows that are alive, from the highest bit down: by `place`, which is the bit's number from 1."""
        alive, place = tree.name("alive"), tree.name("place")
        bits = tree.name(self._named("bits", (0, *(1 << bit for bit in range(len(joined))))))
        bunches = (((), 0), *(((number,), self._worth[number]) for number, _ in joined))
        rows = tree.name(self._named("rows", bunches))
        fire: list[ast.stmt] = [
            tree.fire(tree.name("bunch")),
            tree.add_to("total", tree.name("points")),
        ]
        body: list[ast.stmt] = [
            tree.assign("place", tree.method(alive, "bit_length")),
            ast.AugAssign(ast.Name("alive", ast.Store()), ast.BitXor(), ast.Subscript(bits, place, ast.Load())),
            ast.Assign([_names("bunch", "points")], ast.Subscript(rows, place, ast.Load())),
        ]
        asking = [self._asking(place, row) for place, (_, row) in enumerate(joined, 1) if row.left or row.unless]
        if asking:
            asks = self._named("asks", None)
            more = ast.Dict([tree.constant(at) for at, _ in asking], [tree.name(name) for _, name in asking])
            self.functions.append(tree.assign(asks, more))
            body.append(tree.assign("ask", tree.method(tree.name(asks), "get", place)))
            none = tree.compare(tree.name("ask"), ast.Is(), tree.constant(None))
            holds = tree.call(tree.name("ask"), *map(tree.name, "rcm"))
            body.append(tree.if_(tree.any_of([none, holds]), *fire))
        else:
            body.extend(fire)
        yield ast.While(alive, body, [])

    def _asking(self, place: int, row: RuleRow) -> tuple[int, str]:
        """The function of what a row asks beyond its tables, under a name of our own."""
        name = self._named("asks", None)
        frame = FunctionFrame(self._whole, self._layout, (*row.left, *row.unless))
        parts = [frame.expressions.condition(node) for node in row.left]
        parts.extend(tree.negative(frame.expressions.condition(node)) for node in row.unless)
        body = [*frame.reads(), *frame.expressions.prepared(), ast.Return(tree.all_of(parts))]
        self.functions.append(tree.function(name, ("r", "c", "m"), body))
        return place, name


class _Sheet:
    """A sheet with its tables."""

    def __init__(self, sheet: Sheet, worth: Sequence[int]) -> None:
        self.joined = sheet.joined
        self.tables: list[tuple[Variable, Table]] = tables(sheet, worth)
        self.searches: Mapping[plan.Field, FieldSearches] = searches(sheet, worth)


def _nothing_below(table: Table) -> int:
    """The first count that means anything; 0 where there is no such."""
    if not isinstance(table, ByCount):
        return 0
    return next((count for count, entry in enumerate(table.entries) if entry), 0)


def _has_rows(table: Table) -> bool:
    """Whether the entries of a table name joined rows."""
    entry = table.other if isinstance(table, ByValue) else table.entries[-1]
    return len(entry) > 2


def _restrict(variable: str, to: ast.expr) -> ast.stmt:
    return ast.AugAssign(ast.Name(variable, ast.Store()), ast.BitAnd(), to)


def _names(*names: str) -> ast.Tuple:
    return ast.Tuple([ast.Name(each, ast.Store()) for each in names], ast.Store())


def _apply_entry(joined: bool) -> list[ast.stmt]:
    """What the entry of a value means."""
    parts = ("points", "numbers", "rows") if joined else ("points", "numbers")
    gives = [tree.add_to("total", tree.name("points")), tree.fire(tree.name("numbers"))]
    unpacked = ast.Assign([_names(*parts)], tree.name("found"))
    if not joined:
        return [tree.if_(tree.name("found"), unpacked, *gives)]
    return [unpacked, tree.if_(tree.name("numbers"), *gives), _restrict("alive", tree.name("rows"))]


def _finding_names() -> ast.Tuple:
    return _names("points", "numbers", "some", "rows")


def _apply_finding() -> list[ast.stmt]:
    """What a finding means that is known only when it is found."""
    gives = tree.add_to("total", tree.name("points"))
    return [
        tree.if_(tree.name("numbers"), gives, tree.fire(tree.name("numbers"))),
        tree.if_(tree.name("some"), tree.add_to("several", tree.name("some"))),
        tree.if_(tree.name("rows"), ast.AugAssign(ast.Name("kept", ast.Store()), ast.BitOr(), tree.name("rows"))),
    ]


def _apply_constant(finding: Finding) -> Iterator[ast.stmt]:
    """What a finding means that is known beforehand."""
    points, numbers, several, rows = finding
    if points:
        yield tree.add_to("total", tree.constant(points))
    if numbers:
        yield tree.fire(tree.constant(numbers))
    if several:
        yield tree.add_to("several", tree.constant(several))
    if rows:
        yield ast.AugAssign(ast.Name("kept", ast.Store()), ast.BitOr(), tree.constant(rows))


def _settle_several(worth: ast.expr) -> list[ast.stmt]:
    """Each rule of which any part was found fires once."""
    once = ast.Set([ast.Starred(tree.name("several"), ast.Load())])
    gives = tree.call(tree.name("sum"), tree.call(tree.name("map"), worth, tree.name("several")))
    return [tree.assign("several", once), tree.fire(tree.name("several")), tree.add_to("total", gives)]
