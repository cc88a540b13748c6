"""Reading JSON Lines: typed values, rows by line, malformed lines reported."""

import math

import pytest
from scoreline.runtime.table.read.columns import RequestedColumns
from scoreline.runtime.table.read.files import TableUnusable
from scoreline.runtime.table.read.rows import table_rows
from scoreline.runtime.table.rejects import Rejector

BOTH = RequestedColumns(optional=("a", "b"))


@pytest.fixture
def read(tmp_path):
    def reading(data: bytes, columns=BOTH):
        path = tmp_path / "leads.jsonl"
        path.write_bytes(data)
        rejects = []
        rows = list(table_rows(path, columns, Rejector("leads", str(path), rejects.append)))
        return rows, [(one.row, one.column, one.reason) for one in rejects]

    return reading


def test_values_keep_their_types(read):
    line = b'{"a": 12, "b": ["x", "y"], "other": 1}\n{"a": true, "b": null}\n{"a": 1.5, "b": "1.5"}\n'
    assert read(line)[0] == [
        (1, {"a": 12, "b": ["x", "y"]}),
        (2, {"a": True, "b": None}),
        (3, {"a": 1.5, "b": "1.5"}),
    ]


def test_nested_values_stay_whole(read):
    assert read(b'{"a": {"x": [1]}, "b": ["y", {"z": 2}]}')[0] == [(1, {"a": {"x": [1]}, "b": ["y", {"z": 2}]})]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (b'{"a": 1', "not JSON"),
        (b'{"a": 1} {"a": 2}', "not JSON"),
        (b"[1, 2]", "not an object"),
        (b"null", "not an object"),
        (b"{'a': 1}", "not JSON"),
        (b"[" * 100_000, "nested too deeply"),
        (b'{"a": ' * 200_000 + b"1" + b"}" * 200_000, "nested too deeply"),
        (b'{"a": "\\ud800"}', "half a character"),
        (b'{"\\udfff": 1}', "half a character"),
        (b"\0", "not JSON"),
    ],
)
def test_a_line_that_is_no_object_is_reported_and_the_next_one_read(read, line, reason):
    rows, rejects = read(b'{"a": 1}\n' + line + b'\n{"a": 3}\n')
    assert [number for number, _ in rows] == [1, 3]
    assert [row for row, *_ in rejects] == [2]
    assert rejects[0][2].startswith(reason)


def test_numbers_beyond_every_float_stay_as_they_were_written(read):
    digits = "1" * 5_000
    rows, rejects = read(f'{{"a": 1e400, "b": {digits}}}\n{{"a": -1e999, "b": Infinity}}'.encode())
    assert rows == [(1, {"a": "1e400", "b": digits}), (2, {"a": "-1e999", "b": "Infinity"})]
    assert not rejects


def test_nan_is_a_number_that_is_none(read):
    [(_, row)], _ = read(b'{"a": NaN}')
    assert math.isnan(row["a"])


def test_blank_lines_are_no_rows_but_count_in_the_numbers(read):
    assert [number for number, _ in read(b'\xef\xbb\xbf{"a": 1}\r\n\r\n  \n{"a": 2}')[0]] == [1, 4]


def test_separators_inside_texts_end_no_line(read):
    assert read('{"a": "x\u2028y\x85z"}\n'.encode())[0] == [(1, {"a": "x\u2028y\x85z"})]


def test_a_column_that_no_line_has_is_reported_once(read):
    rows, rejects = read(b'{"a": 1}\n{"b": 1}\n', RequestedColumns(wanted=("a", "b", "c")))
    assert len(rows) == 2
    assert [(row, column) for row, column, _ in rejects] == [(None, "c")]


def test_an_empty_file_is_a_table_without_rows(read):
    assert read(b"", RequestedColumns(wanted=("a",))) == ([], [])


def test_bytes_that_are_no_text_make_the_file_unusable(read):
    with pytest.raises(TableUnusable, match="line 2 is not UTF-8"):
        read(b'{"a": 1}\n{"a": "\xff"}\n')
