"""Decay as a finite table of whole points: no engine evaluates a power or a fraction."""

from scoreline.compiler import plan
from scoreline.compiler.lower.tables import Tables
from scoreline.dsl import nodes

_TENTHS = 10


def steps(tables: Tables, points: int, decay: nodes.Decay) -> tuple[plan.Step, ...]:
    """The steps of a decay, newest first; beyond the last one an occurrence gives nothing."""
    if isinstance(decay, nodes.Halving):
        return tuple(
            plan.Step(tables.instant(decay.duration, -(index + 1)), value) for index, value in enumerate(halved(points))
        )
    return tuple(
        plan.Step(tables.instant(decay.duration, -1, tenths=index + 1), rounded(points * (_TENTHS - index), _TENTHS))
        for index in range(_TENTHS)
    )


def halved(points: int) -> tuple[int, ...]:
    """The points of each halving, from all of them down to the last that is not 0."""
    values: list[int] = []
    while (value := rounded(points, 2 ** len(values))) != 0:
        values.append(value)
    return tuple(values)


def rounded(points: int, divisor: int) -> int:
    """`points / divisor`, rounded to the nearest whole number, half away from zero."""
    size = (2 * abs(points) + divisor) // (2 * divisor)
    return size if points >= 0 else -size
