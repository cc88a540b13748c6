"""A rule file in its one canonical form: the same tree, the same comments, laid out anew.

Promises to prove itself each time: what it returns says the same as what it was given, has the same comments in the
same order, and would not be changed by formatting it again; otherwise it raises `FormatFault` and returns nothing.
A file with a syntax error is not formatted. Writing files is left to the callers, other languages to `translate.py`.
"""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import NamedTuple, cast

from scoreline.dsl import nodes
from scoreline.dsl.arranging import arranged
from scoreline.dsl.canonical import canonical
from scoreline.dsl.diagnostics import Diagnostic
from scoreline.dsl.outline import outline
from scoreline.dsl.parse import Parsed, parse
from scoreline.dsl.source import Source
from scoreline.dsl.trivia import Dressed, comments, dressed


@dataclass(frozen=True)
class Formatted:
    """The canonical text of a file, or (None) the syntax errors for which there is none; `named` tells that it is only
    names that stand in the way of another language."""

    text: str | None
    diagnostics: tuple[Diagnostic, ...] = ()
    named: bool = False


class FormatFault(Exception):  # noqa: N818 (it is a fault of ours, and never the writer's error)
    """The formatter has a fault: its result does not hold what it promises. `broken` tells which promise."""

    def __init__(self, broken: str) -> None:
        super().__init__(broken)
        self.broken = broken


class _Read(NamedTuple):
    """A text that has been read: its tree, and its tokens with their comments."""

    parsed: Parsed
    pieces: tuple[Dressed, ...]


def formatted(source: Source) -> Formatted:
    """The canonical form of a source, proven."""
    before = _read(source)
    if before.parsed.diagnostics:
        return Formatted(None, before.parsed.diagnostics)
    text = _written(before)
    _prove(before, text)
    return Formatted(text)


def _read(source: Source) -> _Read:
    parsed = parse(source)
    return _Read(parsed, () if parsed.diagnostics else dressed(source))


def _written(read: _Read) -> str:
    statements = outline(read.parsed.file, [piece.token.start for piece in read.pieces])
    pieces = tuple(canonical(read.pieces, read.parsed.source.language))
    return "".join(f"{line}\n" for line in arranged(statements, pieces))


def same_rules(first: nodes.Node, second: nodes.Node) -> bool:
    """Whether two trees are equal. Trees may be nested more deeply than Python compares, hence the stack."""
    waiting: list[tuple[object, object]] = [(first, second)]
    while waiting:
        one, other = waiting.pop()
        if type(one) is not type(other):
            return False
        parts = _parts(one), _parts(other)
        if len(parts[0]) != len(parts[1]) or (not parts[0] and one != other):
            return False
        waiting += zip(*parts, strict=True)
    return True


def _prove(before: _Read, text: str) -> None:
    after = _read(Source(before.parsed.source.name, text))
    if after.parsed.diagnostics:
        raise FormatFault("what it would write has a syntax error")
    if not same_rules(before.parsed.file, after.parsed.file):
        raise FormatFault("what it would write says something else")
    if list(comments(before.pieces)) != list(comments(after.pieces)):
        raise FormatFault("a comment would get lost or change its place")
    if _written(after) != text:
        raise FormatFault("formatting twice would give another result than formatting once")


def _parts(value: object) -> Sequence[object]:
    """What a node or a tuple consists of; nothing, if it is neither."""
    if isinstance(value, nodes.Node):
        return [getattr(value, each.name) for each in fields(value) if each.compare]
    return cast("tuple[object, ...]", value) if isinstance(value, tuple) else ()
