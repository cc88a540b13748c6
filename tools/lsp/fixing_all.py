"""A document with every safe fix: what an editor does when it saves, if it is told to.

Promises that no text comes out with more mistakes than it had, and that a diagnostic is fixed only if exactly one of
its fixes is safe. Fixes that overlap wait for the next pass.
"""

from collections.abc import Callable, Iterable
from itertools import chain

from scoreline.dsl.diagnostics import Diagnostic, Edit, Severity
from scoreline.dsl.source import Source

_MOST_PASSES = 10

Tell = Callable[[str], tuple[Source, tuple[Diagnostic, ...]]]
"""What there is to say of the document if it held a text, and the source in which its places count."""


def with_all_fixes(text: str, tell: Tell) -> str | None:
    """The text with every safe fix; None if there is none."""
    now = text
    source, told = tell(now)
    for _ in range(_MOST_PASSES):
        later = _edited(source, now, _chosen(source, told))
        source, after = tell(later)
        if later == now or _errors(after) > _errors(told):
            break
        now, told = later, after
    return None if now == text else now


def _errors(told: Iterable[Diagnostic]) -> int:
    return sum(each.severity is Severity.ERROR for each in told)


def _chosen(source: Source, told: Iterable[Diagnostic]) -> list[Edit]:
    """The edits of safe fixes, none over another."""
    chosen: list[Edit] = []
    for diagnostic in told:
        edits = diagnostic.safe_fix.edits if diagnostic.safe_fix else ()
        apart = all(_apart(source, one, other) for one in edits for other in chain(chosen))
        chosen += edits if apart else ()
    return chosen


def _apart(source: Source, one: Edit, other: Edit) -> bool:
    first, second = sorted((_place(source, one), _place(source, other)))
    return first[1] < second[0]


def _place(source: Source, edit: Edit) -> tuple[tuple[int, int], tuple[int, int]]:
    return source.position(edit.span.start), source.position(edit.span.end)


def _edited(source: Source, text: str, edits: list[Edit]) -> str:
    written = source.written
    ends = "\r\n" if "\r\n" in text else "\n"
    for edit in sorted(edits, key=lambda each: _place(source, each), reverse=True):
        start, end = (written.offset(source.position(each)) for each in edit.span)
        text = text[:start] + edit.text.replace("\r\n", "\n").replace("\n", ends) + text[end:]
    return text
