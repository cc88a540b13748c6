"""A statement as a stream for the layout: where its line may break, and what is kept together.

In the order in which room is looked for: first between the clauses of a statement (`then`, `until`, `where`), then
before `and` and `or`, the outermost first, then before the signs of a sum and inside the brackets of a list.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import fields
from typing import NamedTuple, cast

from scoreline.dsl import nodes
from scoreline.dsl.layout import Choice, Close, Element, Gap, Open
from scoreline.dsl.outline import Statement
from scoreline.dsl.spelling import brackets, clings, depths, neighbours, spelled
from scoreline.dsl.trivia import Dressed
from scoreline.grammar.lexicon import Terminal

STEP = 2
_CLAUSES: dict[type[nodes.Node], frozenset[str]] = {
    nodes.When: frozenset({Terminal.THEN}),
    nodes.ForEach: frozenset({Terminal.THEN}),
    nodes.Stage: frozenset({Terminal.WHEN, Terminal.UNTIL, Terminal.THEN}),
    nodes.Model: frozenset({Terminal.WHERE}),
    nodes.Qualification: frozenset({Terminal.FOR, Terminal.WHERE}),
    nodes.Occurrence: frozenset({Terminal.WHERE}),
}
"""The words with which the clauses of a statement begin, but for the first one."""
_PARTS = frozenset({Terminal.UP, Terminal.HALVING, Terminal.FADING, Terminal.AS, Terminal.FOR, Terminal.DUE})
"""The words before which a clause that begins with `then` may break."""
_CELLS: dict[type[nodes.Node], frozenset[str]] = {
    nodes.When: frozenset({Terminal.THEN}),
    nodes.ForEach: frozenset({Terminal.THEN}),
    nodes.Stage: frozenset({Terminal.WHEN}),
    nodes.Grade: frozenset({Terminal.FROM, Terminal.OTHERWISE}),
    nodes.Let: frozenset({Terminal.EQ}),
}
"""The words that stand in one column where such statements follow each other, a line each."""
_HEADINGS = nodes.Model | nodes.Qualification | nodes.Group | nodes.Example


class Phrase(NamedTuple):
    """A statement's stream, and where in it the columns of a table begin (nowhere, if it is none's row)."""

    stream: tuple[Element, ...]
    columns: tuple[int, ...]


def phrase(statement: Statement, pieces: Sequence[Dressed]) -> Phrase:
    """The stream of a statement that is made of these tokens."""
    marks = _Marks(pieces)
    marks.clauses(statement)
    marks.brackets(statement)
    marks.chains(statement)
    return marks.phrase(_cell_starts(statement, pieces))


class _Marks:
    """What stands round each token, by its index: groups that open (before it, or inside the bracket that it is),
    groups that close behind it, and the gap before it."""

    def __init__(self, pieces: Sequence[Dressed]) -> None:
        self._pieces = pieces
        self._words = spelled(pieces)
        self._depths = depths(pieces)
        self._last = len(pieces) - 1
        self._opens: dict[int, list[Open]] = defaultdict(list)
        self._inside: dict[int, Open] = {}
        self._closes: dict[int, int] = defaultdict(int)
        pairs = enumerate(neighbours(pieces), 1)
        self._gaps = {at: Gap.TIGHT if clings(before, token) else Gap.SPACE for at, (before, token) in pairs}
        self._at_start = {piece.token.start: at for at, piece in enumerate(pieces)}
        self._at_end = {piece.token.end: at for at, piece in enumerate(pieces)}

    def clauses(self, statement: Statement) -> None:
        """A group for the whole statement, and one for each of its clauses but the first."""
        starts = list(_clause_starts(statement, self._pieces))
        indent = 2 * STEP if isinstance(statement, _HEADINGS) else STEP
        long = isinstance(statement, nodes.Stage) and len(starts) > 1
        self._group(0, self._last, Open(indent, Choice.ALWAYS if long else Choice.FIT))
        ends = [*(start - 1 for start in starts[1:]), self._last][: len(starts)]
        if long:  # `stage "…" when …` keeps to one line although its other clauses have lines of their own
            self._group(0, ends[0], Open(0))
        for start, end in zip(starts, ends, strict=True):
            self._gaps[start] = Gap.LINE
            self._group(start, end, Open(STEP))
            if self._pieces[start].token.type == Terminal.THEN:
                for at in range(start + 1, end + 1):
                    if self._pieces[at].token.type in _PARTS:
                        self._gaps[at] = Gap.FILL

    def brackets(self, statement: Statement) -> None:
        """What stands in brackets is indented; the items of a list fill its lines, or have one each where there are
        comments behind them."""
        alone = isinstance(statement, nodes.Let) and not isinstance(statement.value, nodes.And | nodes.Or)
        for first, last in brackets(self._pieces):
            items = [at for at in range(first + 1, last) if at in self._words]
            if not items:
                continue
            self._inside[first] = Open(STEP, Choice.OUTER)
            self._closes[items[-1]] += 1
            if self._pieces[first].token.type == Terminal.LSQB:
                gap = Gap.LINE if any(self._words[at].after for at in items) else Gap.FILL
                self._group(first, last, Open(-STEP if alone else 0))
                self._gaps |= dict.fromkeys(items, gap) | {items[0]: Gap.SOFT, last: Gap.SOFT}

    def chains(self, statement: Statement) -> None:
        """What is joined by `and`, `or` or `+` is broken before each of these, or nowhere; one chain in another is
        indented more, as brackets are anyway."""
        waiting = [(node, -1) for node in _conditions(statement)]
        while waiting:
            node, outer = waiting.pop()
            parts = _joined(node)
            if parts:
                start, end = self._at_start[parts[0].span.start], self._at_end[parts[-1].span.end]
                depth = self._depths[start]
                self._group(start, end, Open(STEP if outer == depth else 0))
                outer = depth
                for part in parts[1:]:
                    at = self._at_start[part.span.start]
                    self._gaps[at if self._pieces[at].token.type == Terminal.PLUS_INT else at - 1] = Gap.LINE
            waiting += [(child, outer) for child in _children(node)]

    def phrase(self, columns: Sequence[int]) -> Phrase:
        words = self._words
        stream: list[Element] = []
        starts: list[int] = []
        for at in range(len(self._pieces)):
            if at in words:
                if at > 0:
                    stream.append(self._gaps[at])
                if at in columns:
                    starts.append(len(stream))
                stream += [*self._opens[at], words[at]]
                stream += [self._inside[at]] if at in self._inside else []
            stream += [Close()] * self._closes[at]
        return Phrase(tuple(stream), tuple(starts))

    def _group(self, first: int, last: int, opened: Open) -> None:
        self._opens[first].append(opened)
        self._closes[last] += 1


def _clause_starts(statement: Statement, pieces: Sequence[Dressed]) -> Iterator[int]:
    of = statement.fact if isinstance(statement, nodes.Given) else statement
    words = _CLAUSES.get(type(of), frozenset())
    for at, piece in _outside_brackets(pieces):
        if at > 0 and piece.token.type in words:
            if piece.token.type == Terminal.FOR and pieces[at + 1].token.type == Terminal.NAME:
                continue
            yield at


def _cell_starts(statement: Statement, pieces: Sequence[Dressed]) -> tuple[int, ...]:
    words = _CELLS.get(type(statement), frozenset())
    first = next((at for at, piece in _outside_brackets(pieces) if at > 0 and piece.token.type in words), None)
    if first is None:
        return ()
    labelled = [piece.token.type for piece in pieces[first + 1 : first + 3]] in (
        [Terminal.PLUS_INT, Terminal.AS],
        [Terminal.MINUS_INT, Terminal.AS],
    )
    return (first, first + 2) if labelled else (first,)


def _outside_brackets(pieces: Sequence[Dressed]) -> Iterator[tuple[int, Dressed]]:
    yield from ((at, piece) for at, (piece, depth) in enumerate(zip(pieces, depths(pieces), strict=True)) if depth == 0)


def _joined(node: nodes.Node) -> Sequence[nodes.Node]:
    match node:
        case nodes.And() | nodes.Or():
            return node.conditions
        case nodes.Subject() if len(node.terms) > 1:
            return node.terms
        case _:
            return ()


def _conditions(statement: Statement) -> Iterator[nodes.Node]:
    """The parts of a statement in which something may be joined: not the statements below a heading."""
    if isinstance(statement, nodes.Model | nodes.Qualification):
        if statement.where is not None:
            yield statement.where
    elif not isinstance(statement, nodes.Example):
        yield statement


def _children(node: nodes.Node) -> Iterator[nodes.Node]:
    for each in fields(node):
        value = cast(object, getattr(node, each.name))
        children = cast("tuple[object, ...]", value) if isinstance(value, tuple) else (value,)
        yield from (child for child in children if isinstance(child, nodes.Node))
