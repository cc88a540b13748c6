"""Trying an engine in a process of its own, under a limit of time: what it costs, or why it cannot be measured.

An engine whose core is compiled can be stopped by nothing but the end of its process, and may end it itself. So each
engine is tried once in a child, and measured in the main process only if that went well.
"""

import multiprocessing
import time
from collections.abc import Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection

from benchmarks.contract import Case, Engine
from benchmarks.workload import Rule

_SCORED_SHARE = 1 / 30  # of the limit: enough leads to tell what one costs


@dataclass(frozen=True)
class Trial:
    """The result of a trial: the times to get ready and to score a lead, or the reason why there are none."""

    ready_seconds: float = 0.0
    lead_seconds: float = 0.0
    reason: str | None = None


def tried(engine: Engine, rules: Sequence[Rule], cases: Sequence[Case], limit: float) -> Trial:
    """How an engine does with these rules within so many seconds."""
    context = multiprocessing.get_context("fork")  # rules and leads are there already in the child
    ours, theirs = context.Pipe(duplex=False)
    process = context.Process(target=_try, args=(engine, rules, cases, limit, theirs), daemon=True)
    process.start()
    theirs.close()
    try:
        if not ours.poll(limit):
            return Trial(reason=f"not ready, or one lead not scored, after {limit:.0f} s")
        return ours.recv()
    except EOFError:
        process.join()
        return Trial(reason=f"its process ended with {process.exitcode}")
    finally:
        process.kill()
        process.join()


def _try(engine: Engine, rules: Sequence[Rule], cases: Sequence[Case], limit: float, answer: Connection) -> None:
    try:
        answer.send(_timed(engine, rules, cases, limit * _SCORED_SHARE))
    except Exception as error:  # whatever an engine raises is told in its row
        answer.send(Trial(reason=f"{type(error).__name__}: {str(error)[:200]}"))


def _timed(engine: Engine, rules: Sequence[Rule], cases: Sequence[Case], enough: float) -> Trial:
    started = time.perf_counter()
    prepared = engine.prepare(rules, cases)
    ready = time.perf_counter()
    scored = 0
    for each in prepared.inputs:
        prepared.run(each)
        scored += 1
        if time.perf_counter() - ready > enough:
            break
    return Trial(ready - started, (time.perf_counter() - ready) / scored)
