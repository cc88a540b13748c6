"""Points that grow less with age (meaning 6), in exact fractions."""

import datetime
from fractions import Fraction
from zoneinfo import ZoneInfo

from scoreline.dsl import nodes

from .instants import MICROSECOND, step


def half_away_from_zero(value: Fraction) -> int:
    """The nearest whole number; of two equally near, the one farther from zero."""
    size = abs(value)
    whole = size.numerator // size.denominator
    if size - whole >= Fraction(1, 2):
        whole += 1
    return whole if value >= 0 else -whole


def decayed(
    points: int, at: datetime.datetime, decay: nodes.Decay | None, as_of: datetime.datetime, zone: ZoneInfo
) -> int:
    """What an occurrence at `at` still gives at `as_of`."""
    if decay is None:
        return points
    if isinstance(decay, nodes.Halving):
        return _halved(points, at, decay.duration, as_of, zone)
    return _faded(points, at, decay.duration, as_of, zone)


def _halved(
    points: int, at: datetime.datetime, duration: nodes.Duration, as_of: datetime.datetime, zone: ZoneInfo
) -> int:
    times = 0
    while half_away_from_zero(Fraction(points, 2**times)) != 0:
        if step(as_of, duration, zone, -(times + 1)) < at:
            return half_away_from_zero(Fraction(points, 2**times))
        times += 1
    return 0


def _faded(
    points: int, at: datetime.datetime, duration: nodes.Duration, as_of: datetime.datetime, zone: ZoneInfo
) -> int:
    length = (as_of - step(as_of, duration, zone, -1)) // MICROSECOND
    age = (as_of - at) // MICROSECOND
    for tenth in range(10):
        if Fraction(tenth, 10) * length <= age < Fraction(tenth + 1, 10) * length:
            return half_away_from_zero(Fraction(points * (10 - tenth), 10))
    return 0
