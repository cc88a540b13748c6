"""Measures the engines of a form at one number of rules: first all results must be right, then the clock starts.

Every round runs all engines, in an order drawn anew, so that a disturbance of the machine affects all of them; a figure
is the median of the rounds. A round lasts so long that the contents of the caches at its start no longer matter. The
garbage collector is off while an engine is timed.
"""

import gc
import random
import statistics
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass, field

from benchmarks import naive, workload
from benchmarks.contract import Case, Engine, Prepared
from benchmarks.handwritten import counters, name_of
from benchmarks.trial import Trial, tried
from benchmarks.workload import SEED, Rule

_FEWEST_LEADS = 3
_ROUND_SECONDS = 0.03


class WrongPointsError(Exception):
    """An engine gave other points than the rules mean."""


@dataclass(frozen=True)
class Settings:
    """How many leads and rounds, and how many seconds an engine may take at a size: once to be tried, once timed."""

    leads: int = 300
    rounds: int = 7
    limit: float = 60.0


@dataclass(frozen=True)
class Measured:
    """The cost of an engine at a size: microseconds a lead in every round, or the reason why there is none."""

    engine: str
    rules: int
    leads: int = 0
    ready_seconds: float = 0.0
    rounds: tuple[float, ...] = ()
    reason: str | None = None

    @property
    def microseconds(self) -> float | None:
        """The median of the rounds."""
        return statistics.median(self.rounds) if self.rounds else None


@dataclass(frozen=True)
class _Runner:
    engine: Engine
    prepared: Prepared
    ready_seconds: float
    passes: int
    rounds: list[float] = field(default_factory=list)


def measure(engines: Sequence[Engine], size: int, settings: Settings) -> list[Measured]:
    """All engines at this number of rules; raises `WrongPointsError` before anything is timed."""
    rules = workload.rules(size)
    cases = _cases(rules, settings.leads)
    wanted = [naive.points(rules, case.lead) for case in cases]
    runners: list[_Runner] = []
    measured: list[Measured] = []
    for engine in engines:
        trial = tried(engine, rules, cases, settings.limit)
        leads, reason = _affordable(trial, settings)
        _tell(f"{size:>6} rules  {engine.name}: {reason or f'{leads} leads'}")
        if reason:
            measured.append(Measured(engine.name, size, reason=reason))
        else:
            runners.append(_ready(engine, rules, cases[:leads], trial))
    for runner in runners:
        _check(runner, size, wanted)
    _time(runners, size, settings.rounds)
    return [*measured, *(_outcome(runner, size) for runner in runners)]


def _cases(rules: Sequence[Rule], number: int) -> list[Case]:
    asked = counters(rules)
    return [
        Case(position, lead, {name_of(count): naive.happened(count, lead) for count in asked})
        for position, lead in enumerate(workload.leads(number))
    ]


def _affordable(trial: Trial, settings: Settings) -> tuple[int, str | None]:
    """How many leads can be scored within the limit, or why none; the check counts as a round."""
    if trial.reason is not None:
        return 0, trial.reason
    passes = settings.rounds + 1
    leads = min(settings.leads, int((settings.limit - trial.ready_seconds) / (passes * trial.lead_seconds)))
    if leads < min(_FEWEST_LEADS, settings.leads):
        took = f"{trial.ready_seconds:.1f} s to get ready, {trial.lead_seconds:.2f} s a lead"
        return 0, f"too slow for {settings.rounds} rounds of {_FEWEST_LEADS} leads in {settings.limit:.0f} s: {took}"
    return leads, None


def _ready(engine: Engine, rules: Sequence[Rule], cases: Sequence[Case], trial: Trial) -> _Runner:
    started = time.perf_counter()
    prepared = engine.prepare(rules, cases)
    passes = max(1, round(_ROUND_SECONDS / (len(cases) * trial.lead_seconds)))
    return _Runner(engine, prepared, time.perf_counter() - started, passes)


def _check(runner: _Runner, size: int, wanted: Sequence[int]) -> None:
    for number, each in enumerate(runner.prepared.inputs):
        points, right = runner.prepared.run(each), wanted[number]
        if points != right:
            raise WrongPointsError(
                f"{runner.engine.name}, {size} rules, lead {number}: {points} points, but the rules mean {right}"
            )


def _time(runners: Sequence[_Runner], size: int, rounds: int) -> None:
    gc.collect()
    for number in range(rounds):
        order = list(runners)
        random.Random(f"{SEED} {size} {number}").shuffle(order)
        for runner in order:
            runner.rounds.append(_microseconds(runner.prepared, runner.passes))


def _microseconds(prepared: Prepared, passes: int) -> float:
    run, inputs = prepared.run, prepared.inputs
    gc.disable()
    try:
        started = time.perf_counter_ns()
        for _ in range(passes):
            for each in inputs:
                run(each)
        took = time.perf_counter_ns() - started
    finally:
        gc.enable()
    return took / 1000 / len(inputs) / passes


def _outcome(runner: _Runner, size: int) -> Measured:
    return Measured(runner.engine.name, size, len(runner.prepared.inputs), runner.ready_seconds, tuple(runner.rounds))


def _tell(text: str) -> None:
    print(text, file=sys.stderr, flush=True)
