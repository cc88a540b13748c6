"""`python -m benchmarks`: measures everything, prints the tables, and writes docs/benchmarks.* anew.

A part run (fewer sizes, forms or engines, or `--quick`) prints its tables and writes nothing: no page mixes two runs.
"""

import argparse
import dataclasses
from collections.abc import Sequence

from benchmarks import surroundings
from benchmarks.engines import FORMS, Form
from benchmarks.machine import machine
from benchmarks.measuring import Measured, Settings, measure
from benchmarks.page import DOCS
from benchmarks.plotting import plot
from benchmarks.reporting import table, write

_SIZES = (10, 100, 1_000, 10_000)
_QUICK = Settings(leads=50, rounds=3, limit=10.0)
_PLOTTED = "counts"


def main() -> None:
    """Reads the command line, measures, prints and writes."""
    options = _options()
    settings = _QUICK if options.quick else Settings(limit=options.limit)
    sizes = options.sizes or (_SIZES[:3] if options.quick else _SIZES)
    forms = [_chosen(form, options.only) for form in FORMS if form.name in options.forms]
    results = {form.name: _measured(form, sizes, settings) for form in forms}
    for form in forms:
        print(f"\n{form.name}\n\n{table(form, results[form.name])}")
    partial = options.quick or options.only or tuple(sizes) != _SIZES or len(forms) < len(FORMS)
    if options.no_write or partial:
        return
    write(results, forms, machine(engine for form in forms for engine in form.engines), surroundings.measured())
    for form in forms:
        if form.name == _PLOTTED:
            plot(form, results[form.name], DOCS / "benchmarks" / "cost.svg")


def _measured(form: Form, sizes: Sequence[int], settings: Settings) -> list[Measured]:
    return [each for size in sizes for each in measure(form.engines, size, settings)]


def _chosen(form: Form, only: Sequence[str]) -> Form:
    """The reference stays: without it there is no ratio."""
    kept = tuple(each for each in form.engines if not only or each is form.reference or each.name in only)
    return dataclasses.replace(form, engines=kept)


def _options() -> argparse.Namespace:
    names = [form.name for form in FORMS]
    engines = sorted({engine.name for form in FORMS for engine in form.engines})
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description="Measures what scoring a lead costs.")
    parser.add_argument("--sizes", type=_numbers, help="numbers of rules, as 10,100 (default: 10,100,1000,10000)")
    parser.add_argument("--forms", type=lambda text: text.split(","), default=names, help=f"of {','.join(names)}")
    parser.add_argument("--only", nargs="+", metavar="NAME", choices=engines, default=[], help="engines by name")
    parser.add_argument("--quick", action="store_true", help="fewer leads, rounds and sizes; nothing is written")
    parser.add_argument("--limit", type=float, default=Settings.limit, help="seconds an engine may take at a size")
    parser.add_argument("--no-write", action="store_true", help="print the tables only")
    options = parser.parse_args()
    unknown = set(options.forms) - set(names)
    if unknown:
        parser.error(f"no such form: {', '.join(sorted(unknown))}")
    return options


def _numbers(text: str) -> tuple[int, ...]:
    return tuple(int(part) for part in text.split(","))


if __name__ == "__main__":
    main()
