"""Offsets and positions: every kind of line end, and characters outside the first plane."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scoreline.dsl.parse import parse
from scoreline.dsl.source import Position, Source
from scoreline.dsl.span import Span

TEXTS = st.text(st.sampled_from("ab \r\n\u2028\x85\x0b\U0001f600é"), max_size=40)


@given(TEXTS)
def test_a_position_leads_back_to_its_offset(text: str):
    source = Source("x", text)
    for offset in range(len(text) + 1):
        line, column = source.position(offset)
        assert source.line_starts[line - 1] + column - 1 == offset


@given(TEXTS)
def test_only_lf_cr_and_both_together_end_a_line(text: str):
    source = Source("x", text)
    lines = re.split(r"\r\n|\n|\r", text)
    assert [source.line_text(number) for number in range(1, len(lines) + 1)] == lines
    assert source.position(len(text)) == (len(lines), len(lines[-1]) + 1)


@pytest.mark.parametrize(
    ("text", "offset", "position"),
    [
        ("", 0, (1, 1)),
        ("a\r\nb", 3, (2, 1)),
        ("a\r\nb", 2, (1, 3)),  # between the two halves of a line end
        ("a\rb", 2, (2, 1)),
        ("a\n\rb", 3, (3, 1)),
        ("\U0001f600x", 1, (1, 2)),  # columns are code points, not UTF-16 units
        ("a\u2028b", 2, (1, 3)),
    ],
)
def test_positions_count_lines_and_code_points_from_one(text: str, offset: int, position: tuple[int, int]):
    assert Source("x", text).position(offset) == Position(*position)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_a_mistake_stands_in_its_line_whatever_ends_lines(end: str):
    source = Source("x", end.join(("# \U0001f600", "model Fit for lead", "  when newsletter then 5", "")))
    (found,) = parse(source).diagnostics
    assert (found.code, found.place.start, found.place.end) == ("E110", (3, 24), (3, 25))
    assert found.place.text == "5"


def test_a_column_counts_an_astral_character_once():
    source = Source("x", 'model Fit for lead when country is "\U0001f600\U0001f600" then 5')
    (found,) = parse(source).diagnostics
    assert found.place.start == (1, source.text.index(" 5") + 2)


def test_a_lone_carriage_return_ends_a_text():
    source = Source("x", 'model Fit for lead\r  when country is "Ger\rmany then +5')
    assert [(each.code, each.place.start.line) for each in parse(source).diagnostics] == [("E105", 2)]


def test_a_byte_order_mark_at_the_start_is_no_part_of_the_rules():
    text = "model Fit for lead when newsletter then +5"
    marked, plain = parse(Source("x", "\ufeff" + text)), parse(Source("x", text))
    assert marked.diagnostics == plain.diagnostics == ()
    assert marked.file == plain.file
    assert marked.file.span.start == 1


def test_a_place_reads_as_file_and_line():
    place = Source("rules/fit.score", "a\nb").at(Span(2, 3))
    assert (str(place), place.text) == ("rules/fit.score:2", "b")
