"""The measurements as tables: printed, put into the page's marked places, and kept in full as JSON.

The page's own sentences stand in the page; only what lies between `<!-- name -->` and `<!-- end -->` is replaced.
"""

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path

from benchmarks.contract import Engine, FormName
from benchmarks.engines import Form
from benchmarks.measuring import Measured

DOCS = Path(__file__).parent.parent / "docs"
_PAGE = DOCS / "benchmarks.md"
_RAW = DOCS / "benchmarks.json"
_SORTED_AT = 1_000

Results = Mapping[FormName, Sequence[Measured]]


def table(form: Form, measured: Sequence[Measured]) -> str:
    """A Markdown table: engines by cost, sizes as columns, and below it what needs a word."""
    sizes = sorted({each.rules for each in measured})
    found = {(each.engine, each.rules): each for each in measured}
    names = sorted({each.engine for each in measured}, key=lambda name: _cost(name, sizes, found))
    lines = [
        f"| µs a lead (× hand-written) | {' | '.join(f'{size:,} rules' for size in sizes)} |",
        f"| --- |{' ---: |' * len(sizes)}",
    ]
    for name in names:
        cells = [_cell(found[name, size], found[form.reference.name, size]) for size in sizes]
        lines.append(f"| {name} | {' | '.join(cells)} |")
    notes = _notes(measured)
    return "\n".join([*lines, "", *notes] if notes else lines)


def write(results: Results, forms: Sequence[Form], facts: Mapping[str, str]) -> None:
    """Puts tables, forms and facts into the page, and all rounds into the raw results."""
    page = _PAGE.read_text(encoding="utf-8")
    for form in forms:
        page = _replaced(page, f"table: {form.name}", table(form, results[form.name]))
        page = _replaced(page, f"given: {form.name}", _given(form.engines))
    page = _replaced(page, "machine", "\n".join(["| | |", "| --- | --- |", *_rows(facts)]))
    _PAGE.write_text(page, encoding="utf-8")
    rounds = {name: [asdict(each) for each in measured] for name, measured in results.items()}
    raw = {"machine": dict(facts), "forms": rounds}
    _RAW.write_text(json.dumps(raw, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def _cost(name: str, sizes: Sequence[int], found: Mapping[tuple[str, int], Measured]) -> tuple[bool, float]:
    """What an engine is sorted by: its cost at the usual size, or at the nearest one that was measured."""
    for size in sorted(sizes, key=lambda each: abs(each - _SORTED_AT)):
        cost = found[name, size].microseconds
        if cost is not None:
            return False, cost
    return True, 0.0


def _cell(measured: Measured, reference: Measured) -> str:
    cost, base = measured.microseconds, reference.microseconds
    if cost is None or base is None:
        return "—"
    return f"{_figures(cost)} ({_figures(cost / base)}×)"


def _figures(number: float) -> str:
    """Three figures at most: a noisy machine gives no more."""
    if number >= 100:
        return f"{float(f'{number:.3g}'):,.0f}"
    return f"{number:.1f}" if number >= 10 else f"{number:.2f}"


def _notes(measured: Iterable[Measured]) -> list[str]:
    measured = list(measured)
    most = max(each.leads for each in measured)
    absent = [f"- {each.engine}, {each.rules:,} rules: {each.reason}." for each in measured if each.reason]
    fewer = [each for each in measured if 0 < each.leads < most]
    fewer_notes = [f"- {each.engine}, {each.rules:,} rules: the first {each.leads} leads only." for each in fewer]
    return absent + fewer_notes


def _given(engines: Iterable[Engine]) -> str:
    return "\n".join(f"- **{engine.name}**: {engine.form}" for engine in engines)


def _rows(facts: Mapping[str, str]) -> list[str]:
    return [f"| {name} | {value} |" for name, value in facts.items()]


def _replaced(page: str, marker: str, text: str) -> str:
    pattern = re.compile(rf"(<!-- {re.escape(marker)} -->\n).*?(\n?<!-- end -->)", re.DOTALL)
    if not pattern.search(page):
        raise ValueError(f"{_PAGE.name} has no place marked `<!-- {marker} -->` … `<!-- end -->`")
    return pattern.sub(lambda match: f"{match[1]}\n{text}\n\n<!-- end -->", page, count=1)
