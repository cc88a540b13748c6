"""One run in a process of its own, so that its memory is its own: prints what it took as JSON."""

import argparse
import json
import resource
import tempfile
import time
from dataclasses import asdict, dataclass
from pathlib import Path

from scoreline.compiler.schema.reading import read_schema
from scoreline.dsl.source import Source
from scoreline.runtime import Rules, from_texts
from scoreline.runtime.table.engines.duckdb.run import Limits, query_run
from scoreline.runtime.table.read.parquet_rows import connection
from scoreline.runtime.table.read.sources import Tables

from benchmarks.rule_text import MODEL, rule_text, schema_text
from benchmarks.workload import AS_OF, rules

_RELATION = 'relations = { contact = { to = "contact", column = "contact_id" } }'
_CONTACT = '[contact]\nkey = "contact_id"\n'
_GRADES = ('  grade "A" from 60', '  grade "B" from 20', '  grade "C" otherwise')
_STAGES = (
    "qualification Sales",
    f'  stage "Marketing qualified" when {MODEL} >= 40',
    f'  stage "Ready for sales" when {MODEL} >= 80 and email.opened >= 2 until {MODEL} < 10',
)


@dataclass(frozen=True)
class Once:
    """Seconds for merely scanning and grouping the interactions by lead, and for the whole run up to the written
    Parquet file; the highest memory of the process in MB."""

    raw: float
    seconds: float
    peak: int


def compiled(number: int) -> Rules:
    """So many rules with grades and stages."""
    text = schema_text().replace("[lead.fields]", f"{_RELATION}\n[lead.fields]", 1) + _CONTACT
    schema, problems = read_schema(Source("crm.schema.toml", text))
    assert schema is not None, problems
    text = "\n".join([rule_text(rules(number)), *_GRADES, *_STAGES, ""])
    return from_texts({"fit.score": text}, schema)


def scan_and_group(folder: Path, threads: int | None) -> float:
    """The least that any engine has to do."""
    with connection() as base:
        if threads is not None:
            base.execute("set threads = ?", [threads])
        start = time.perf_counter()
        grouped = "select lead_id, count(*) as n from read_parquet(?) group by lead_id"
        base.execute(f"select count(*), sum(n) from ({grouped})", [str(folder / "interactions.parquet")]).fetchall()
        return time.perf_counter() - start


def main() -> None:
    """Scores the tables of a folder once."""
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("rules", type=int)
    parser.add_argument("--memory")
    parser.add_argument("--threads", type=int)
    options = parser.parse_args()
    made = compiled(options.rules)
    tables = Tables(*(options.folder / f"{name}.parquet" for name in ("leads", "contacts", "interactions")))
    raw = min(scan_and_group(options.folder, options.threads) for _ in range(2))
    with tempfile.TemporaryDirectory() as out:
        start = time.perf_counter()
        limits = Limits(options.memory, options.threads)
        with query_run(made, tables, as_of=AS_OF, limits=limits) as run:
            run.write(Path(out) / "results.parquet")
            assert run.summary.leads
        seconds = time.perf_counter() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(json.dumps(asdict(Once(raw, seconds, peak))))


if __name__ == "__main__":
    main()
