"""Hypothesis strategies for whole valid projects: schema, rule files, leads with their past, and a moment."""

import datetime
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from .drawn_data import DrawnLead, draw_lead
from .drawn_rules import draw_rules
from .drawn_schema import draw_schema
from .drawn_time import draw_moment
from .pen import Pen


@dataclass(frozen=True)
class DrawnProject:
    """A project that checks without errors, and data to score with it. `files` are rule texts by path."""

    schema: str
    files: dict[str, str]
    zone: ZoneInfo
    as_of: datetime.datetime
    leads: tuple[DrawnLead, ...]


def draw_project(seed: int, leads: int = 3) -> DrawnProject:
    """The project of a seed."""
    pen = Pen(seed)
    moment = draw_moment(pen)
    schema = draw_schema(pen, moment)
    rules = draw_rules(pen, schema, moment)
    drawn = tuple(draw_lead(pen, schema, rules.qualifications, moment) for _ in range(leads))
    return DrawnProject(schema.toml, rules.files, moment.zone, moment.as_of, drawn)


def projects(leads: int = 3) -> st.SearchStrategy[DrawnProject]:
    """Whole projects with so many leads each."""
    return st.integers(0, 2**24 - 1).map(lambda seed: draw_project(seed, leads))
