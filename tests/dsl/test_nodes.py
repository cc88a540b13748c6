"""Spans, and what makes nodes equal."""

import dataclasses
from pathlib import Path

import pytest
from golden.forms import FRAMES, every_node, inside, read_as
from hypothesis import given, settings
from reference.strategies import DrawnProject, projects
from scoreline.dsl import nodes
from scoreline.dsl.parse import parse
from scoreline.dsl.source import Source

RULES = sorted((Path(__file__).parent.parent / "conformance").glob("*/*.score"))


def file_of(text: str) -> nodes.File:
    parsed = parse(Source("x.score", text))
    assert parsed.diagnostics == ()
    return parsed.file


def spans_hold(text: str) -> int:
    """Every node lies in its parent, in order, and says again what it says when its text is read by itself."""
    seen = 0
    for node in every_node(file_of(text)):
        assert 0 <= node.span.start <= node.span.end <= len(text)
        previous = node.span.start
        for part in inside(node):
            assert previous <= part.span.start <= part.span.end <= node.span.end, (node, part)
            previous = part.span.end
        written = text[node.span.start : node.span.end]
        if isinstance(node, nodes.Name):  # `grade` and `stage` are names in their own places only
            assert node.text == written
        else:
            assert read_as(type(node).__name__, written)[:1] == [node]
        seen += 1
    return seen


@pytest.mark.parametrize("path", RULES, ids=lambda path: path.parent.name)
def test_the_text_of_a_node_reads_as_the_node(path: Path):
    assert spans_hold(path.read_text(encoding="utf-8")) > 0


@pytest.mark.parametrize("condition", ["not (a or b)", "(a or b) and c", "c and (a or b)", "((a))", "(a) or (b)"])
def test_parentheses_belong_to_what_they_hold_together(condition: str):
    file = file_of(f"let x = {condition}")
    (let,) = file.items
    assert isinstance(let, nodes.Let)
    assert let.value is not None
    assert tuple(let.value.span) == (8, 8 + len(condition))


@settings(max_examples=8)
@given(projects(leads=0))
def test_the_text_of_a_node_reads_as_the_node_in_drawn_files(project: DrawnProject):
    for text in project.files.values():
        if text.strip():
            spans_hold(text)


@settings(max_examples=60)
@given(projects(leads=0))
def test_place_and_layout_are_no_part_of_equality(project: DrawnProject):
    for text in project.files.values():
        loose = "# a comment\n\n" + text.replace("\n", "\r\n\t ")
        there, here = file_of(loose), file_of(text)
        assert there == here
        assert hash(there) == hash(here)
        if here.items:
            assert there.span != here.span


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("when x is 1 then +1", "when x is yes then +1"),  # 1 == True in Python
        ("when x is 0 then +1", "when x is no then +1"),
        ("when x is 1 then +1", 'when x is "1" then +1'),
        ("when x is y then +1", 'when x is "y" then +1'),
        ("when x is 2026 then +1", 'when x is "2026" then +1'),
        ("when x then +1", "when x then -1"),
        ("when x then +1", 'when x then +1 as "x"'),
        ("when x.y within 1 day then +1", "when x.y within the next 1 day then +1"),
        ("when x.y then +1", "for each x.y then +1"),
        ("for each x.y then +1 halving every 1 day", "for each x.y then +1 fading over 1 day"),
    ],
)
def test_what_says_something_else_is_not_equal(one: str, other: str):
    assert file_of(f"model M for lead {one}") != file_of(f"model M for lead {other}")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("when x = 1 then +1", "when x is 1 then +1"),
        ("when x != 1 then +1", "when x is not 1 then +1"),
        ("when x is not known then +1", "when x is unknown then +1"),
        ("when (x) and ((y)) then +1", "when x and y then +1"),
        ("when x in [1, 2,] then +1", "when x in [1, 2] then +1"),
        ("when x.y within the last 1 days then +1", "when x.y within 1 day then +1"),
        ("when x > 12_000 then +1_0", "when x > 12000 then +10"),
        ("when x +1 * y > 2 then +1", "when x + 1 * y > 2 then +1"),
    ],
)
def test_two_ways_to_say_a_thing_are_equal(one: str, other: str):
    assert file_of(f"model M for lead {one}") == file_of(f"model M for lead {other}")


def test_every_class_of_nodes_can_be_read_by_itself():
    kinds = {
        name
        for name, kind in vars(nodes).items()
        if isinstance(kind, type) and issubclass(kind, nodes.Node) and kind is not nodes.Node
    }
    assert set(FRAMES) == kinds


def test_nodes_are_frozen():
    file = file_of("let x = y")
    with pytest.raises(dataclasses.FrozenInstanceError):
        file.items = ()  # pyright: ignore[reportAttributeAccessIssue]
