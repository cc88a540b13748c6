"""How long an editor waits while its user types: `python -m benchmarks.editing` prints ratios to Lark's bare parse.

One rule file, drawn as in `workload.py`. Each turn edits one line in the middle and asks for everything that is wrong
with the file (form, names, types, lints), then for the possible words after a few others. Lark parses the whole file in
the same turn, so that a disturbance of the machine affects all of them.
"""

import datetime
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from importlib import resources
from pathlib import Path

from lark import Lark
from lsprotocol.types import Position
from scoreline.compiler.pipeline import Drafts, text_reader
from scoreline.compiler.schema import Schema
from scoreline.compiler.schema.reading import read_schema
from scoreline.dsl.source import Source
from scoreline.tools.lint.engine import lint
from scoreline.tools.lint.memory import LintMemory
from scoreline.tools.lint.settings import LintSettings
from scoreline.tools.lsp.document_view import DocumentView
from scoreline.tools.lsp.features.completion import completion
from scoreline.tools.lsp.workshop import Workshop

from benchmarks import workload
from benchmarks.page import write_place
from benchmarks.rule_text import rule_text, schema_text

_NAME = "fit.score"
_TURNS = 15
_SIZES = (100, 1_000, 10_000)
_SETTINGS = LintSettings(datetime.date(2026, 3, 1))


def edits(text: str) -> Iterator[str]:
    """The text with one rule after the other given one more point, each from the text as it was."""
    lines = text.split("\n")
    for at in range(len(lines) // 2, len(lines)):
        if "then +" in lines[at]:
            yield "\n".join([*lines[:at], lines[at].replace("then +", "then +1"), *lines[at + 1 :]])


def measured(rules: int) -> dict[str, float]:
    """Milliseconds of Lark's parse, a first check, a check after an edit (lints included), proposals: medians."""
    text, schema = rule_text(workload.rules(rules)), _schema()
    bare = Lark(
        resources.files("scoreline.grammar").joinpath("rules.lark").read_text(encoding="utf-8"),
        parser="lalr",
        start="file",
    )
    drafts, memory = Drafts(), LintMemory()

    def told(now: str) -> object:
        compiled = drafts.check([_NAME], text_reader({_NAME: now}), schema)
        return compiled.diagnostics, lint(compiled, schema, _SETTINGS, memory)

    first = _milliseconds(lambda: told(text))
    propose = _proposing(text)
    turns = [
        (
            _milliseconds(lambda: bare.parse(text)),
            _milliseconds(lambda now=now: told(now)),
            _milliseconds(lambda now=now: propose(now)),
        )
        for now, _ in zip(edits(text), range(_TURNS), strict=False)
    ]
    lark, again, proposed = (statistics.median(each) for each in zip(*turns, strict=True))
    return {"lark": lark, "first": first, "again": again, "proposed": proposed}


def _proposing(text: str) -> Callable[[str], object]:
    """Asks for what could stand behind the `when` of a new rule in the middle, as the language server does."""
    folder = Path(tempfile.mkdtemp())
    (folder / "crm.schema.toml").write_text(schema_text(), encoding="utf-8")
    project = f'[project]\nrules = ["{_NAME}"]\nschema = "crm.schema.toml"\n'
    (folder / "scoreline.toml").write_text(project, encoding="utf-8")
    file = folder / _NAME
    file.write_text(text, encoding="utf-8")
    shop = Workshop()
    view = shop.view(shop.documents.open(file.as_uri(), text, 1))

    def propose(now: str) -> object:
        lines = now.split("\n")
        middle = next(at for at in range(len(lines) // 2, len(lines)) if lines[at].lstrip().startswith("when"))
        new = "\n".join([*lines[:middle], "  when ", *lines[middle:]])
        document = shop.documents.open(file.as_uri(), new, 2)
        found = completion(
            DocumentView(view, document, shop.documents.encoding, shop.documents.address), Position(middle, 7)
        )
        assert len(found) > len(view.schema.lead.fields if view.schema else ())
        return found

    return propose


def _schema() -> Schema:
    schema, _ = read_schema(Source("crm.schema.toml", schema_text()))
    assert schema is not None
    return schema


def _milliseconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return (time.perf_counter() - start) * 1000


def table(sizes: Sequence[int]) -> str:
    """Measures, and gives a Markdown table."""
    lines = [
        "| | Lark's bare parse | first check | after an edit | ratio | proposals | ratio |",
        "| --- | ---: | ---: | ---: | ---: | ---: | ---: |",
    ]
    for size in sizes:
        found = measured(size)
        cells = " | ".join(f"{found[each]:.0f} ms" for each in ("lark", "first", "again"))
        edit, proposed = found["again"] / found["lark"], found["proposed"] / found["lark"]
        lines.append(f"| {size:,} rules | {cells} | {edit:.2f} | {found['proposed']:.1f} ms | {proposed:.3f} |")
    return "\n".join(lines)


def main(arguments: Sequence[str]) -> None:
    """Prints the table for these numbers of rules; with `--write` puts that of the usual ones into the page."""
    if arguments == ["--write"]:
        write_place("table: editing", table(_SIZES))
    else:
        print(table([int(each) for each in arguments] or _SIZES))


if __name__ == "__main__":
    main(sys.argv[1:])
