"""Statements one below the other: indents, blank lines, comments between statements, and tables of rows.

One blank line at most is kept between statements, none below a heading; there is always one round a model, a
qualification and an example, above a group and behind its last rule, and below the line that names the language. A
comment between two statements belongs to the one below it, unless it is indented more: then it is the last of the
block that ends there.
"""

from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise
from typing import NamedTuple

from scoreline.dsl import nodes
from scoreline.dsl.breaks import STEP, phrase
from scoreline.dsl.columns import Row, aligned
from scoreline.dsl.layout import lines_of, on_one_line
from scoreline.dsl.outline import Stated, Statement
from scoreline.dsl.trivia import Comment, Dressed
from scoreline.grammar.language_line import language_line
from scoreline.grammar.lexicon import Terminal

_BLOCKS = nodes.Model | nodes.Qualification | nodes.Example
_RULES = nodes.When | nodes.ForEach


class _Entry(NamedTuple):
    """What stands on lines of its own: a comment, a statement of several lines, or one of one line that may become a
    row of a table, which then has a name. `blank`: a blank line is above."""

    blank: bool
    content: tuple[str, ...] | Row
    table: str = ""
    comment: bool = False


def arranged(statements: Sequence[Stated], pieces: Sequence[Dressed]) -> Iterator[str]:
    """The lines of a file that consists of these statements."""
    lines = _lines(list(_entries(statements, pieces)))
    first = next(lines, "")
    if first:
        yield first
    following = next(lines, None)
    if following and language_line(first)[1]:
        yield ""
    if following is not None:
        yield following
    yield from lines


def _entries(statements: Sequence[Stated], pieces: Sequence[Dressed]) -> Iterator[_Entry]:
    above: list[Stated] = []
    for stated in statements:
        piece = pieces[stated.start]
        ending, own = _shared_out(piece, above, pieces, stated.level)
        yield from ending
        blank = _blank(above[-1] if above else None, stated)
        for comment in own:
            yield _comment(comment, stated.level, comment.blank if blank is None else blank)
            blank = None
        yield _statement(stated, pieces, piece.blank if blank is None else blank)
        above = [each for each in above if each.level < stated.level] + [stated]
    last, own = _shared_out(pieces[-1], above, pieces, 0)
    yield from last
    yield from (_comment(comment, 0, comment.blank) for comment in own)


def _comment(comment: Comment, level: int, blank: bool) -> _Entry:
    return _Entry(blank, (" " * STEP * level + comment.text,), comment=True)


def _blank(before: Stated | None, stated: Stated) -> bool | None:
    """Whether there is a blank line above a statement and its comments; None: as the writer has it."""
    if before is None or before.level < stated.level:
        return False
    top = stated.level == 0
    if isinstance(stated.node, nodes.Group) or (top and isinstance(stated.node, _BLOCKS)):
        return True
    return True if before.level > stated.level or (top and isinstance(before.node, _BLOCKS)) else None


def _shared_out(
    piece: Dressed, above: Sequence[Stated], pieces: Sequence[Dressed], level: int
) -> tuple[list[_Entry], list[Comment]]:
    """The comments above a statement of a level: those that end the blocks before it, and its own."""
    ending: list[_Entry] = []
    for number, comment in enumerate(piece.above):
        place = _level(comment, above, pieces)
        if (
            place <= level
            or (comment.column <= piece.column and piece.token.type != Terminal.END)
            or comment.column == 0
        ):
            return ending, list(piece.above[number:])
        ending.append(_comment(comment, place, comment.blank))
    return ending, []


def _level(comment: Comment, above: Sequence[Stated], pieces: Sequence[Dressed]) -> int:
    """The level of the innermost statement that is indented no more than a comment below it."""
    levels = (each.level for each in above if pieces[each.start].column <= comment.column)
    return max(levels, default=0)


def _statement(stated: Stated, pieces: Sequence[Dressed], blank: bool) -> _Entry:
    own = pieces[stated.start : stated.end]
    said = phrase(stated.node, own)
    indent = STEP * stated.level
    lines = lines_of(said.stream, indent)
    if len(lines) > 1 or not said.columns:
        return _Entry(blank, tuple(lines))
    bounds = (0, *said.columns, len(said.stream))
    parts = tuple(on_one_line(said.stream[start:end]) for start, end in pairwise(bounds))
    return _Entry(blank, Row(indent, parts, own[-1].after), _table(stated.node, indent))


def _table(node: Statement, indent: int) -> str:
    """A name for the table of which a statement is a row: those of one kind that follow each other are one."""
    return f"{'rule' if isinstance(node, _RULES) else type(node).__name__} {indent}"


def _lines(entries: Sequence[_Entry]) -> Iterator[str]:
    for _, run in groupby(_numbered(entries), lambda each: each[0]):
        block = [entry for _, entry in run]
        rows = [entry.content for entry in block if isinstance(entry.content, Row)]
        table = iter(aligned(rows) if rows else ())
        for entry in block:
            if entry.blank:
                yield ""
            yield from (next(table),) if isinstance(entry.content, Row) else entry.content


def _numbered(entries: Sequence[_Entry]) -> Iterator[tuple[int, _Entry]]:
    """The entries, each with the number of its table. A comment ends none, a blank line and other statements do."""
    number, table = 0, ""
    for entry in entries:
        if entry.blank or not (entry.comment or entry.table == table):
            number += 1
            table = "" if entry.comment else entry.table
        yield number, entry
