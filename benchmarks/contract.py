"""The contract between an engine and a measurement: a name, a few sentences on what the engine is given, and how it is
made ready.

An engine may do anything while it is made ready (parse, compile, put the leads into the shape that it reads fastest).
What is timed afterwards is `for each in prepared.inputs: prepared.run(each)`, and nothing else.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from benchmarks.workload import Lead, Raw, Rule

Kind = Literal["ours", "hand-written", "native", "python"]
FormName = Literal["counts", "rows", "history"]


@dataclass(frozen=True)
class Case:
    """A lead with all the counts that the rules ask for, by their names."""

    number: int
    lead: Lead
    counts: Mapping[str, int]

    @property
    def fields(self) -> Mapping[str, Raw]:
        """The lead's fields."""
        return self.lead.fields


@dataclass(frozen=True)
class Prepared:
    """An engine with its rules and leads: `run(each)` gives the points, for each of the inputs."""

    run: Callable[[Any], float]
    inputs: Sequence[Any]


Prepare = Callable[[Sequence[Rule], Sequence[Case]], Prepared]


@dataclass(frozen=True)
class Engine:
    """An engine in the form it is measured in; `kind` is what it is made of, `package` what it is published as."""

    name: str
    package: str | None
    kind: Kind
    form: str
    prepare: Prepare
