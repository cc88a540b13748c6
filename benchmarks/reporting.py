"""The measurements as tables: printed, put into the page's marked places, and kept in full as JSON.

The page's own sentences stand in the page; only what lies between `<!-- name -->` and `<!-- end -->` is replaced.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict

from benchmarks.contract import Engine, FormName
from benchmarks.engines import Form
from benchmarks.measuring import Measured
from benchmarks.page import DOCS, PAGE, replaced

_RAW = DOCS / "benchmarks.json"
_SORTED_AT = 1_000
_SMALL = 2.0  # milliseconds
_AROUND = ("check", "memory", "imports", "load")

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


def surroundings(parts: Mapping[str, Mapping[str, float]]) -> dict[str, str]:
    """The tables of what surrounds scoring, by the name of their place in the page."""
    check = ["| | Lark's bare parse | whole check | ratio |", "| --- | ---: | ---: | ---: |"]
    memory = ["| | compiled rules | growth by 1,000 leads | by 1,000 more |", "| --- | ---: | ---: | ---: |"]
    for part, figures in parts.items():
        what, _, size = part.partition(" ")
        if what == "check":
            told = f"{int(size):,} rules, {figures['kilobytes']:,.0f} kB"
            seconds = f"{figures['lark']:.2f} s | {figures['check']:.2f} s"
            check.append(f"| {told} | {seconds} | {figures['ratio']:.2f} |")
        elif what == "memory":
            more = (figures["after_2000_leads"] - figures["after_1000_leads"]) / 1000
            built = f"{figures['bytes'] / 1e6:.2f} MB | {figures['after_1000_leads'] / 1000:.1f} kB | {more:.1f} kB"
            memory.append(f"| {int(size):,} rules | {built} |")
    imports = ["| package | milliseconds |", "| --- | ---: |"]
    spent = sorted(parts["imports"].items(), key=lambda each: -each[1])
    small = sum(cost for _, cost in spent if cost < _SMALL)
    imports.extend(f"| {package} | {_figures(cost)} |" for package, cost in spent if cost >= _SMALL)
    imports.append(f"| others, together | {_figures(small)} |")
    imports.extend(f"| {package} | not imported |" for package, cost in spent if not cost)
    load = ["| from | seconds |", "| --- | ---: |"]
    load.append(f"| rule text, checked and compiled | {parts['load text']['seconds']:.2f} |")
    load.append(f"| a saved plan | {parts['load saved']['seconds']:.2f} |")
    return {name: "\n".join(lines) for name, lines in zip(_AROUND, (check, memory, imports, load), strict=True)}


def write(
    results: Results, forms: Sequence[Form], facts: Mapping[str, str], parts: Mapping[str, Mapping[str, float]]
) -> None:
    """Puts tables, forms and facts into the page, and all rounds into the raw results."""
    page = PAGE.read_text(encoding="utf-8")
    for name, text in surroundings(parts).items():
        page = replaced(page, f"table: {name}", text)
    for form in forms:
        page = replaced(page, f"table: {form.name}", table(form, results[form.name]))
        page = replaced(page, f"given: {form.name}", _given(form.engines))
    page = replaced(page, "machine", "\n".join(["| | |", "| --- | --- |", *_rows(facts)]))
    PAGE.write_text(page, encoding="utf-8")
    rounds = {name: [asdict(each) for each in measured] for name, measured in results.items()}
    raw = {"machine": dict(facts), "forms": rounds, "surroundings": parts}
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
