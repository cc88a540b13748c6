"""Where each form of the language can stand: a text around it, by the name of its node's class.

With it a piece of a rule file can be read by itself, as the docstrings of the nodes show them.
"""

import dataclasses
from collections.abc import Iterator

from scoreline.dsl import nodes
from scoreline.dsl.parse import parse
from scoreline.dsl.source import Source

_MODEL = "model M for lead {}"
_WHEN = "model M for lead when {} then +1"
_LEFT = "model M for lead when {} >= 1 then +1"
_BEHIND = "model M for lead when x {} then +1"
_RIGHT = "model M for lead when x is {} then +1"
_MATCHED = "model M for lead when x contains {} then +1"
_ACTION = 'qualification Q stage "S" when x then {}'
FRAMES: dict[str, str] = {
    **dict.fromkeys(("Name", "Path", "Test", "No", "Not", "And", "Or"), _WHEN),
    **dict.fromkeys(("Text", "Number", "Date", "YesNo"), _RIGHT),
    **dict.fromkeys(("Term", "Subject"), _LEFT),
    **dict.fromkeys(("Compare", "Is", "Knowing", "Between", "In", "Match", "Within", "Since", "MoreThan"), _BEHIND),
    **dict.fromkeys(("AnyOf", "AllOf"), _MATCHED),
    **dict.fromkeys(("Include", "Clamp", "Group", "When", "ForEach", "Grade"), _MODEL),
    **dict.fromkeys(("CreateTask", "Notify", "SetField"), _ACTION),
    **dict.fromkeys(("Use", "Let", "Model", "Qualification", "Example", "File"), "{}"),
    "Int": 'model M for lead grade "A" from {}',
    "List": "let x = {}",
    "Duration": "model M for lead when x within {} then +1",
    "Happening": "model M for lead when no {} then +1",
    "GroupBound": 'model M for lead group "G" {}',
    "Points": "model M for lead when x then {}",
    "Disqualify": "model M for lead when x then {}",
    "Halving": "model M for lead for each x then +1 {}",
    "Fading": "model M for lead for each x then +1 {}",
    "Stage": "qualification Q {}",
    "Occurrence": 'example "E" given {}',
    "Given": 'example "E" {}',
    "Expect": 'example "E" {}',
}


def inside(node: nodes.Node) -> Iterator[nodes.Node]:
    """The nodes that a node holds directly."""
    for field in dataclasses.fields(node):
        value = getattr(node, field.name)
        for part in value if isinstance(value, tuple) else (value,):
            if isinstance(part, nodes.Node):
                yield part


def every_node(node: nodes.Node) -> Iterator[nodes.Node]:
    """A node and all below it."""
    waiting = [node]
    while waiting:
        current = waiting.pop()
        yield current
        waiting.extend(inside(current))


def read_as(kind: str, form: str) -> list[nodes.Node]:
    """The nodes of a kind that stand for exactly this text, read where it can stand. It must be free of mistakes."""
    before, after = FRAMES[kind].split("{}")
    source = Source("form.score", before + form + after)
    parsed = parse(source)
    assert parsed.diagnostics == (), (source.text, parsed.diagnostics)
    place = (len(before), len(before) + len(form))
    return [each for each in every_node(parsed.file) if type(each).__name__ == kind and tuple(each.span) == place]
