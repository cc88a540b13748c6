"""What an editor waits for while somebody types: `python -m benchmarks.editing` prints ratios to Lark's bare parse.

One rule file, drawn as in `workload.py`. Each turn edits one line in the middle and asks for everything that is wrong
with the file (form, names, types, lints), then for what could stand behind a few words; Lark parses the whole file in
the same turn, so that whatever disturbs the machine disturbs all of them.
"""

import datetime
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from importlib import resources

from lark import Lark
from scoreline.compiler.pipeline import Drafts, text_reader
from scoreline.compiler.schema import Schema
from scoreline.compiler.schema.reading import read_schema
from scoreline.dsl.source import Source
from scoreline.tools.lint.engine import lint
from scoreline.tools.lint.memory import Memory
from scoreline.tools.lint.settings import Settings

from benchmarks import workload
from benchmarks.rule_text import rule_text, schema_text

_NAME = "fit.score"
_TURNS = 15
_SETTINGS = Settings(datetime.date(2026, 3, 1))


def edits(text: str) -> Iterator[str]:
    """The text with one rule after the other given one more point, each from the text as it was."""
    lines = text.split("\n")
    for at in range(len(lines) // 2, len(lines)):
        if "then +" in lines[at]:
            yield "\n".join([*lines[:at], lines[at].replace("then +", "then +1"), *lines[at + 1 :]])


def measured(rules: int) -> dict[str, float]:
    """Milliseconds of Lark's parse, of a first check and of a check after an edit, lints included: medians."""
    text, schema = rule_text(workload.rules(rules)), _schema()
    bare = Lark(
        resources.files("scoreline.grammar").joinpath("rules.lark").read_text(encoding="utf-8"),
        parser="lalr",
        start="file",
    )
    drafts, memory = Drafts(), Memory()

    def told(now: str) -> object:
        compiled = drafts.check([_NAME], text_reader({_NAME: now}), schema)
        return compiled.diagnostics, lint(compiled, schema, _SETTINGS, memory)

    first = _milliseconds(lambda: told(text))
    turns = [
        (_milliseconds(lambda: bare.parse(text)), _milliseconds(lambda now=now: told(now)))
        for now, _ in zip(edits(text), range(_TURNS), strict=False)
    ]
    lark, again = (statistics.median(each) for each in zip(*turns, strict=True))
    return {"lark": lark, "first": first, "again": again}


def _schema() -> Schema:
    schema, _ = read_schema(Source("crm.schema.toml", schema_text()))
    assert schema is not None
    return schema


def _milliseconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return (time.perf_counter() - start) * 1000


def main(sizes: tuple[int, ...]) -> None:
    """Measures and prints a table."""
    print("| | Lark's bare parse | first check | after an edit | ratio |\n| --- | ---: | ---: | ---: | ---: |")
    for size in sizes:
        found = measured(size)
        ratio = found["again"] / found["lark"]
        cells = " | ".join(f"{found[each]:.0f} ms" for each in ("lark", "first", "again"))
        print(f"| {size:,} rules | {cells} | {ratio:.2f} |")


if __name__ == "__main__":
    main(tuple(map(int, sys.argv[1:])) or (100, 1_000, 10_000))
