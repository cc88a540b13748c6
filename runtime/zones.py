"""Time zones by name, each made once."""

from functools import cache
from zoneinfo import ZoneInfo


@cache
def zone_of(name: str) -> ZoneInfo:
    """The IANA zone of a plan; it was checked when the plan was made."""
    return ZoneInfo(name)
