"""What surrounds scoring: checking rule text, loading rules, importing, memory. Each in a process of its own.

Run as `python -m benchmarks.surroundings PART …` it measures one part and prints it as JSON; `measured` starts such
processes and gives all parts.
"""

import gc
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
import tracemalloc
from collections.abc import Callable, Sequence
from importlib import resources
from pathlib import Path
from zoneinfo import ZoneInfo

from benchmarks import workload
from benchmarks.by_hand import rows
from benchmarks.rule_text import rule_text, schema_text

_ROUNDS = 5
_SIZES = (1_000, 10_000)
_KEPT_OUT = ("lark", "duckdb", "rich", "typer", "pygments", "click")

Figures = dict[str, float]


def measured() -> dict[str, Figures]:
    """Every part, by its name."""
    parts = [["check", str(size)] for size in _SIZES] + [["memory", str(size)] for size in _SIZES]
    parts += [["imports"], ["load", "text"], ["load", "saved"]]
    return {" ".join(part): _in_a_process(part) for part in parts}


def _in_a_process(part: Sequence[str]) -> Figures:
    command = [sys.executable, "-m", "benchmarks.surroundings", *part]
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return json.loads(subprocess.run(command, capture_output=True, text=True, check=True, env=environment).stdout)


def _check(size: int) -> Figures:
    """Seconds for Lark's bare LALR parse of a rule file, and for the whole check of the same file, in turns."""
    from lark import Lark
    from scoreline.compiler.pipeline import compile_rules, text_reader
    from scoreline.compiler.schema.reading import read_schema
    from scoreline.dsl.source import Source

    text = rule_text(workload.rules(size))
    schema, _ = read_schema(Source("crm.schema.toml", schema_text()))
    assert schema is not None
    grammar = resources.files("scoreline.grammar").joinpath("rules.lark").read_text(encoding="utf-8")
    bare = Lark(grammar, parser="lalr", start="file")

    def check() -> object:
        return compile_rules(["fit.score"], text_reader({"fit.score": text}), schema, ZoneInfo("UTC"))

    turns = [(_seconds(lambda: bare.parse(text)), _seconds(check)) for _ in range(_ROUNDS)]
    lark, whole = (statistics.median(each) for each in zip(*turns, strict=True))
    return {"kilobytes": len(text.encode()) / 1000, "lark": lark, "check": whole, "ratio": whole / lark}


def _memory(size: int) -> Figures:
    """Bytes of compiled rules, beside the plan that they are made of; and how they grow while leads are scored."""
    from scoreline.runtime import Rules

    from benchmarks.ours import compiled

    plan = compiled(workload.rules(size)).plan
    leads = [(lead.fields, rows(lead)) for lead in workload.leads(2_000)]
    gc.collect()
    tracemalloc.start()
    rules = Rules(plan)
    gc.collect()
    built = tracemalloc.get_traced_memory()[0]
    grown: list[int] = []
    for part in (leads[:1_000], leads[1_000:]):
        for fields, interactions in part:
            rules.score(fields, interactions=interactions, as_of=workload.AS_OF)
        gc.collect()
        grown.append(tracemalloc.get_traced_memory()[0] - built)
    return {"bytes": built, "after_1000_leads": grown[0], "after_2000_leads": grown[1]}


def _imports() -> Figures:
    """The times that `python -X importtime -c "import scoreline.runtime"` prints: milliseconds in the modules of each
    package, the standard library under one name; 0 for a package that is not imported."""
    command = [sys.executable, "-X", "importtime", "-c", "import scoreline.runtime"]
    turns: list[Figures] = []
    for _ in range(_ROUNDS):
        told = subprocess.run(command, capture_output=True, text=True, check=True).stderr
        spent: Figures = dict.fromkeys(_KEPT_OUT, 0.0)
        for line in told.splitlines()[1:]:
            own, _, name = line.removeprefix("import time:").split("|")
            package = name.strip().partition(".")[0]
            package = "standard library" if package in sys.stdlib_module_names else package
            spent[package] = spent.get(package, 0.0) + int(own) / 1000
        turns.append(spent)
    return {package: statistics.median(turn.get(package, 0.0) for turn in turns) for package in turns[-1]}


def _load(what: str) -> Figures:
    """Seconds from the start of Python to the first score of 1,000 rules, from rule text or from a saved plan."""
    from benchmarks.ours import compiled

    rules = workload.rules(1_000)
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        (home / "fit.score").write_text(rule_text(rules), encoding="utf-8")
        (home / "crm.schema.toml").write_text(schema_text(), encoding="utf-8")
        compiled(rules).save(home / "fit.json")
        given = f"{str(home / 'fit.score')!r}, schema={str(home / 'crm.schema.toml')!r}"
        given = given if what == "text" else repr(str(home / "fit.json"))
        code = f"from scoreline.runtime import load; load({given}).score({{'employees': 10}})"
        command = [sys.executable, "-c", code]
        return {"seconds": statistics.median(_seconds(_runner(command)) for _ in range(_ROUNDS))}


def _runner(command: Sequence[str]) -> Callable[[], object]:
    return lambda: subprocess.run(command, check=True)


def _seconds(work: Callable[[], object]) -> float:
    gc.collect()
    started = time.perf_counter()
    done = work()
    took = time.perf_counter() - started
    del done
    return took


def _main(part: str, *how: str) -> None:
    parts: dict[str, Callable[[], Figures]] = {
        "check": lambda: _check(int(how[0])),
        "memory": lambda: _memory(int(how[0])),
        "imports": _imports,
        "load": lambda: _load(how[0]),
    }
    print(json.dumps(parts[part]()))


if __name__ == "__main__":
    _main(*sys.argv[1:])
