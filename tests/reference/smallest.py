"""The smallest project on which something still goes wrong: for reading, when a drawn one shows a difference.

Lines, interactions and values are taken away as long as the fault stays. A project that no longer checks has no fault,
so the caller's `wrong` keeps this from going astray.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace

from .strategies import DrawnProject

_JOINTS = re.compile(r"( and | or | \+ |, )")


def smallest(project: DrawnProject, wrong: Callable[[DrawnProject], bool]) -> DrawnProject:
    """A project that is still `wrong`, and none of its pieces can be left out."""
    assert wrong(project)
    found = True
    while found:
        found = False
        for smaller in _smaller(project):
            if wrong(smaller):
                project, found = smaller, True
                break
    return project


def _smaller(project: DrawnProject) -> Iterator[DrawnProject]:
    for place in range(len(project.leads)):
        yield replace(project, leads=project.leads[:place] + project.leads[place + 1 :])
    for name, text in project.files.items():
        for shorter in _shorter(text):
            yield replace(project, files=project.files | {name: shorter})
    for place, lead in enumerate(project.leads):
        before, after = project.leads[:place], project.leads[place + 1 :]
        for size in (8, 4, 2, 1):
            for first in range(0, len(lead.interactions), size):
                rest = lead.interactions[:first] + lead.interactions[first + size :]
                yield replace(project, leads=(*before, replace(lead, interactions=rest), *after))
        for row in (lead.lead, lead.contact, lead.previous, *lead.interactions):
            for key in row or ():
                less = {name: value for name, value in (row or {}).items() if name != key}
                fields = {
                    name: less if value is row else tuple(less if one is row else one for one in value)
                    for name in ("lead", "contact", "previous", "interactions")
                    if (value := getattr(lead, name)) is row or (name == "interactions" and row in value)
                }
                yield replace(project, leads=(*before, replace(lead, **fields), *after))
    for shorter in _shorter(project.schema):
        yield replace(project, schema=shorter)


def _shorter(text: str) -> Iterator[str]:
    """The text without some of its lines, or without a part of one between two joints."""
    lines = text.splitlines(keepends=True)
    for size in (16, 4, 2, 1):
        for first in range(0, len(lines), size):
            yield "".join(lines[:first] + lines[first + size :])
    for place, line in enumerate(lines):
        parts = _JOINTS.split(line)
        for part in range(0, len(parts), 2):
            rest = parts[: max(part - 1, 0)] + parts[part + (1 if part else 2) :]
            if rest:
                yield "".join([*lines[:place], "".join(rest).rstrip() + "\n", *lines[place + 1 :]])
