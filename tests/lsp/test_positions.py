"""Positions go to the editor and back, in every encoding, whatever the characters."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lsprotocol.types import Position, Range, TextDocumentContentChangePartial
from pygls.workspace.position_codec import PositionCodec
from scoreline.dsl.source import Source
from scoreline.tools.lsp.documents import Documents
from scoreline.tools.lsp.positions import PositionEncoding

TEXTS = st.text(st.sampled_from("ab\n\r\t é😀𝒳\u2028\x0c"), max_size=40)
ENCODINGS = st.sampled_from(["utf-8", "utf-16", "utf-32"])


def in_line(source, offset):
    """Whether a place is not between the two characters of a line's end."""
    line, column = source.position(offset)
    return column <= len(source.line_text(line)) + 1


@given(TEXTS, ENCODINGS)
def test_every_place_comes_back(text, encoding):
    source, columns = Source("x", text), PositionEncoding(encoding)
    for offset in range(len(text) + 1):
        if in_line(source, offset):
            assert columns.offset(source, columns.shown(source, source.position(offset))) == offset


@given(st.text(st.sampled_from("abé😀𝒳"), max_size=30), ENCODINGS)
def test_columns_are_those_of_the_protocol(line, encoding):
    columns, codec = PositionEncoding(encoding), PositionCodec(encoding)
    for column in range(len(line) + 1):
        shown = columns.shown(Source("x", line), Source("x", line).position(column))
        assert shown.character == codec.client_num_units(line[:column])


@given(TEXTS, st.integers(0, 60), st.integers(0, 60), TEXTS, ENCODINGS)
def test_an_edit_by_positions_is_the_edit_by_offsets(text, start, end, new, encoding):
    documents = Documents()
    documents.encoding = PositionEncoding(encoding)
    documents.open("file:///x.score", text, 1)
    source = Source("x", text)
    places = [at for at in range(len(text) + 1) if in_line(source, at)]
    first, last = sorted((places[start % len(places)], places[end % len(places)]))
    shown = [documents.encoding.shown(source, source.position(each)) for each in (first, last)]
    change = TextDocumentContentChangePartial(Range(*shown), new)
    assert documents.change("file:///x.score", [change], 2).text == text[:first] + new + text[last:]


@pytest.mark.parametrize("position", [Position(0, 99), Position(9, 0), Position(9, 9)])
def test_a_place_behind_the_end_is_the_end(position):
    source = Source("x", "ab")
    assert PositionEncoding().offset(source, position) == 2


def test_within_a_pair_of_units_is_before_its_character():
    assert PositionEncoding().offset(Source("x", "a😀b"), Position(0, 2)) == 1
