"""The tables of a search: which parts rules look for in a text, and what it means for them if a part is found.

A rule that looks for one part hangs on it with its points; a rule that looks for any of several is noted once for each
part found and settled afterwards, so that it fires once.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from scoreline.compiler import plan
from scoreline.compiler.backends.closures.dispatch.choice import Number, Sheet
from scoreline.compiler.backends.closures.dispatch.rows import Part

Finding = tuple[int, tuple[Number, ...], tuple[Number, ...], int]
"""Points, rules that fire, rules of which any part is enough, joined rows that this keeps."""

FEW_NEEDLES = 64
"""Up to so many needles are looked for one by one, which C does faster than Python can look up pieces of the text."""

_PIECE = 3


@dataclass(frozen=True)
class Searches:
    """What is looked for in one field. `kept` are the joined rows that do not depend on it."""

    findings: Mapping[Part, Finding]
    kept: int

    def of(self, how: plan.How | None) -> dict[str, Finding]:
        """The parts that are looked for in one way."""
        return {text: finding for (each, text), finding in self.findings.items() if each == how}


def searches(sheet: Sheet, worth: Sequence[int]) -> dict[plan.Field, Searches]:
    """What is looked for in each field of a sheet."""
    rows: dict[plan.Field, list[tuple[int, tuple[Part, ...]]]] = {}
    for place, (_, row) in enumerate(sheet.joined):
        for field, search in row.searches.items():
            rows.setdefault(field, []).append((1 << place, search.parts))
    all_rows = (1 << len(sheet.joined)) - 1
    fields = sorted({*sheet.searched, *rows}, key=repr)
    return {field: _searches(sheet.searched.get(field, []), rows.get(field, []), worth, all_rows) for field in fields}


def _searches(
    searched: Iterable[tuple[Number, tuple[Part, ...]]],
    rows: Sequence[tuple[int, tuple[Part, ...]]],
    worth: Sequence[int],
    all_rows: int,
) -> Searches:
    alone: dict[Part, list[Number]] = {}
    several: dict[Part, list[Number]] = {}
    kept: dict[Part, int] = {}
    for number, parts in searched:
        for part in dict.fromkeys(parts):
            (alone if len(parts) == 1 else several).setdefault(part, []).append(number)
    for bit, parts in rows:
        for part in parts:
            kept[part] = kept.get(part, 0) | bit
    findings = {
        part: (
            sum(worth[number] for number in alone.get(part, ())),
            tuple(alone.get(part, ())),
            tuple(several.get(part, ())),
            kept.get(part, 0),
        )
        for part in dict.fromkeys((*alone, *several, *kept))
    }
    return Searches(findings, all_rows & ~sum(bit for bit, _ in rows))


def scan(needles: Mapping[str, Finding]) -> Callable[[str], list[Finding]]:
    """Finds all needles in a text at once: by a piece of three letters of each, the rarest among all of them."""
    short = [(needle, finding) for needle, finding in needles.items() if len(needle) < _PIECE]
    by_piece: dict[str, list[tuple[str, Finding]]] = {}
    common: dict[str, int] = {}
    for needle in needles:
        for piece in _pieces(needle):
            common[piece] = common.get(piece, 0) + 1
    for needle, finding in needles.items():
        if len(needle) >= _PIECE:
            rarest = min(sorted(_pieces(needle)), key=common.__getitem__)
            by_piece.setdefault(rarest, []).append((needle, finding))

    def found(text: str) -> list[Finding]:
        pieces = by_piece.keys() & _pieces(text)
        hits = [finding for piece in pieces for needle, finding in by_piece[piece] if needle in text]
        if short:
            hits += [finding for needle, finding in short if needle in text]
        return hits

    return found


def _pieces(text: str) -> set[str]:
    return {text[place : place + _PIECE] for place in range(len(text) - _PIECE + 1)}
