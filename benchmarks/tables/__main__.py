"""`python -m benchmarks.tables`: makes the tables, scores each size with each number of rules, and prints what it took.

Every run has a process of its own (`once.py`), so that memory is its own, and is measured against merely scanning and
grouping the same interactions in the same process.
"""

import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks.tables.data import write_tables
from benchmarks.tables.once import Once


def main() -> None:
    """Reads the command line, measures and prints."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.tables", description="Measures scoring whole tables.")
    parser.add_argument("--leads", type=_numbers, default=(1_000, 10_000, 100_000, 1_000_000), metavar="N,N")
    parser.add_argument("--rules", type=_numbers, default=(10, 100, 1_000), metavar="N,N")
    parser.add_argument("--memory", metavar="SIZE", help="the most memory that DuckDB may use, as 1GB")
    options = parser.parse_args()
    print("| leads | rules | seconds | scan and group | × | peak MB |\n| ---: | ---: | ---: | ---: | ---: | ---: |")
    for leads in options.leads:
        with tempfile.TemporaryDirectory() as folder:
            write_tables(Path(folder), leads)
            for rules in options.rules:
                print(_row(leads, rules, _once(folder, rules, options.memory)), flush=True)


def _once(folder: str, rules: int, memory: str | None) -> Once:
    call = [sys.executable, "-m", "benchmarks.tables.once", folder, str(rules)]
    call += [] if memory is None else ["--memory", memory]
    return Once(**json.loads(subprocess.run(call, check=True, capture_output=True, text=True).stdout))


def _row(leads: int, rules: int, took: Once) -> str:
    ratio = took.seconds / took.raw
    return f"| {leads:,} | {rules:,} | {took.seconds:.2f} | {took.raw:.3f} | {ratio:.1f} | {took.peak:,} |"


def _numbers(text: str) -> tuple[int, ...]:
    return tuple(int(part) for part in text.split(","))


if __name__ == "__main__":
    main()
