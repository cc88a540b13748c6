"""Stages: which one a lead is in, given the one it was in.

A stage once reached is kept when the scores fall, unless its `until` holds; then the lead falls to the highest
stage that holds now. A pure function of the truth of each stage's conditions and of the previous state.
"""

from collections.abc import Sequence
from typing import NamedTuple

from scoreline.compiler import plan
from scoreline.compiler.folding import fold, trim
from scoreline.runtime.results import StageState


class Standing(NamedTuple):
    """The stage by its index (None: none), how often one was entered so far, and whether this one was just now."""

    stage: int | None
    entered: int
    newly: bool


def stand(
    stages: Sequence[plan.StagePlan], holds: Sequence[bool], lost: Sequence[bool], previous: StageState
) -> Standing:
    """The standing of a lead in the audience. `holds` and `lost` are the truth of each stage's `when` and `until`."""
    highest = max((index for index, held in enumerate(holds) if held), default=None)
    before = _index(stages, previous.stage)
    kept = None if before is None or lost[before] else before
    now = max((each for each in (kept, highest) if each is not None), default=None)
    newly = now is not None and now != before
    return Standing(now, previous.entered + newly, newly)


def _index(stages: Sequence[plan.StagePlan], name: str | None) -> int | None:
    """The stage of a name, case or not; None for a name that no longer exists."""
    if name is None:
        return None
    wanted = fold(trim(name))
    return next((index for index, stage in enumerate(stages) if fold(stage.name) == wanted), None)


def falls_under(qualifications: Sequence[plan.Qualification], unit: str | None) -> int | None:
    """The qualification that a lead of a unit (folded; None: unknown) falls under: the unit's own, or else the one
    without a unit."""
    for index, each in enumerate(qualifications):
        if each.unit is not None and each.unit == unit:
            return index
    return next((index for index, each in enumerate(qualifications) if each.unit is None), None)
