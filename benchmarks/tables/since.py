"""`python -m benchmarks.tables.since FOLDER RULES`: what runs since an earlier one take, beside a run over everything.

The later runs get interactions out of the same mould as the tables': a day's worth (an hundredth of all) one day later,
or an hour's (a two-thousandth) one hour later, each from the same state. Each way has a process of its own.
"""

import argparse
import datetime
import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import asdict, dataclass
from pathlib import Path

import duckdb
from scoreline.compiler.instants import instant_of_datetime
from scoreline.runtime.table.engines.duckdb.run import query_run
from scoreline.runtime.table.read.sources import Tables
from scoreline.runtime.table.state.run import Changes, state_run

from benchmarks.tables.data import new_interactions
from benchmarks.tables.once import compiled, scan_and_group
from benchmarks.workload import AS_OF

WAYS = ("whole", "first", "day", "day, all written", "hour")
_SPAN = {"day": datetime.timedelta(days=1), "hour": datetime.timedelta(hours=1)}
_PART = {"day": 100, "hour": 2000}


@dataclass(frozen=True)
class Took:
    """Seconds for scanning and grouping all interactions and for the run; the highest memory in MB; how many leads
    were scored, and how many results changed."""

    raw: float
    seconds: float
    peak: int
    touched: int
    changed: int


def measured(way: str, folder: Path, rules: int, state: Path) -> Took:
    """One run."""
    made, name = compiled(rules), way.partition(",")[0]
    files = [folder / f"{each}.parquet" for each in ("leads", "contacts", "interactions")]
    as_of = instant_of_datetime(AS_OF + _SPAN.get(name, datetime.timedelta()), datetime.UTC)
    raw = min(scan_and_group(folder, None) for _ in range(2))
    touched = changed = 0
    with tempfile.TemporaryDirectory() as out:
        results, mine = Path(out, "results.parquet"), Path(out, "state")
        if way not in ("whole", "first"):
            shutil.copy(state, mine)
            os.sync()
        start = time.perf_counter()
        if way == "whole":
            with query_run(made, Tables(*files), as_of=as_of) as run:
                run.write(results)
                assert run.summary.leads
        elif way == "first":
            with state_run(made, Changes(*files), state, later=False, as_of=as_of) as run:
                run.write(results)
                assert run.summary.leads
                run.keep()
                touched, changed = run.touched, run.changed
        else:
            new = Changes(interactions=folder / f"{name}.parquet")
            with state_run(made, new, mine, later=True, as_of=as_of) as run:
                run.write_changed(results)
                if way != name:
                    run.write(results)
                assert run.summary.leads
                run.keep()
                touched, changed = run.touched, run.changed
        seconds = time.perf_counter() - start
    return Took(raw, seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024, touched, changed)


def write_news(folder: Path) -> None:
    """The interactions of a day and of an hour after the tables', if they are not there yet."""
    with duckdb.connect() as base:
        query = "select count(*) from read_parquet(?)"
        (leads,) = base.execute(query, [str(folder / "leads.parquet")]).fetchone() or (0,)
        (all_,) = base.execute(query, [str(folder / "interactions.parquet")]).fetchone() or (0,)
    for name, span in _SPAN.items():
        if not (path := folder / f"{name}.parquet").exists():
            new_interactions(path, int(leads), int(all_) // _PART[name], span)


def main() -> None:
    """Prints a row of a table for each way."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.tables.since")
    parser.add_argument("folder", type=Path)
    parser.add_argument("rules", type=int)
    parser.add_argument("--way", choices=WAYS)
    parser.add_argument("--state", type=Path)
    options = parser.parse_args()
    if options.way is not None:
        print(json.dumps(asdict(measured(options.way, options.folder, options.rules, options.state))))
        return
    write_news(options.folder)
    print("| run | seconds | × scan and group | of the whole run | peak MB | leads scored | changed |")
    print("| --- | ---: | ---: | ---: | ---: | ---: | ---: |")
    with tempfile.TemporaryDirectory() as folder:
        whole = 0.0
        for way in WAYS:
            call = [sys.executable, "-m", "benchmarks.tables.since", str(options.folder), str(options.rules)]
            call += ["--way", way, "--state", str(Path(folder, "state"))]
            took = Took(**json.loads(subprocess.run(call, check=True, capture_output=True, text=True).stdout))
            whole = whole or took.seconds
            ratios = f"{took.seconds / took.raw:.2f} | {took.seconds / whole:.2f}"
            print(f"| {way} | {took.seconds:.2f} | {ratios} | {took.peak:,} | {took.touched:,} | {took.changed:,} |")


if __name__ == "__main__":
    main()
