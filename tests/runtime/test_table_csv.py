"""Reading CSV: every row is given or reported, with the number a spreadsheet shows."""

import pytest
from scoreline.runtime.table.read.columns import RequestedColumns
from scoreline.runtime.table.read.files import TableUnusable
from scoreline.runtime.table.read.rows import table_rows
from scoreline.runtime.table.rejects import Rejector

BOTH = RequestedColumns(optional=("a", "b"))


@pytest.fixture
def read(tmp_path):
    """Writes bytes as a CSV file; gives its rows and its rejects as (row, column, reason)."""

    def reading(data: bytes, columns=BOTH, name="leads.csv"):
        path = tmp_path / name
        path.write_bytes(data)
        rejects = []
        rows = list(table_rows(path, columns, Rejector("leads", str(path), rejects.append)))
        return rows, [(one.row, one.column, one.reason) for one in rejects]

    return reading


@pytest.mark.parametrize("delimiter", [b",", b";", b"\t"])
@pytest.mark.parametrize("bom", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("end", [b"\n", b"\r\n", b"\r"])
def test_delimiter_bom_and_line_ends_make_no_difference(read, delimiter, bom, end):
    data = bom + b"a,b\n1,x\n2,y\n".replace(b",", delimiter).replace(b"\n", end)
    assert read(data) == ([(2, {"a": "1", "b": "x"}), (3, {"a": "2", "b": "y"})], [])


def test_the_header_tells_the_delimiter_by_the_columns_that_are_sought(read):
    columns = RequestedColumns(required=("a", "b"))
    assert read(b"a;b;Price, net, in EUR, rounded\n1;2;3,5\n", columns)[0] == [(2, {"a": "1", "b": "2"})]


def test_every_cell_is_text_as_it_stands(read):
    assert read(b'a,b\n 007 ,""\n"1,5",NULL\n')[0] == [(2, {"a": " 007 ", "b": ""}), (3, {"a": "1,5", "b": "NULL"})]


def test_a_quoted_cell_may_hold_delimiters_quotes_and_lines(read):
    rows, rejects = read(b'a,b\n"x,""y""\r\nz",1\n2,3\n')
    assert rows == [(2, {"a": 'x,"y"\r\nz', "b": "1"}), (3, {"a": "2", "b": "3"})]
    assert not rejects


def test_text_behind_a_closing_quote_is_kept(read):
    assert read(b'a,b\n"x"y,1\n')[0] == [(2, {"a": "xy", "b": "1"})]


def test_a_last_row_without_a_line_end_counts(read):
    assert read(b'a,b\n1,"2"')[0] == [(2, {"a": "1", "b": "2"})]


def test_blank_lines_are_no_rows_but_count_in_the_numbers(read):
    assert read(b"a,b\n\n1,2\n\n\n3,4\n")[0] == [(3, {"a": "1", "b": "2"}), (6, {"a": "3", "b": "4"})]


def test_rows_with_too_many_or_too_few_cells_are_reported_and_the_rest_is_read(read):
    rows, rejects = read(b"a,b\n1\n2,3\n4,5,6\n7,8\n")
    assert [number for number, _ in rows] == [3, 5]
    assert rejects == [
        (2, None, "too few cells: the header has 2, this row 1"),
        (4, None, "too many cells: the header has 2, this row 3"),
    ]


def test_an_unclosed_quote_is_reported_with_what_it_swallowed(read):
    rows, rejects = read(b'a,b\n1,2\n3,"4\n5,6\n7,8\n')
    assert [number for number, _ in rows] == [2]
    assert rejects == [(3, None, 'a quote (") is opened and never closed, up to the end of the file (lines 3 to 5)')]


def test_a_long_cell_is_one_cell_whatever_stands_in_it(read):
    text = "x" * 200_000 + "\nphantom,9\n"
    rows, rejects = read(f'a,b\n1,"{text}"\n3,4\n'.encode())
    assert rows == [(2, {"a": "1", "b": text}), (3, {"a": "3", "b": "4"})]
    assert not rejects


def test_header_names_are_trimmed(read):
    assert read(b" a ,\tb\n1,2\n")[0] == [(2, {"a": "1", "b": "2"})]


def test_a_name_that_is_sought_with_its_spaces_is_found(read):
    assert read(b" a ,b\n1,2\n", RequestedColumns(required=(" a ",)))[0] == [(2, {" a ": "1"})]


def test_other_columns_are_ignored_even_twice(read):
    assert read(b"a,x,x,,b\n1,2,3,4,5\n")[0] == [(2, {"a": "1", "b": "5"})]


def test_a_wanted_column_that_is_lacking_is_reported_once(read):
    rows, rejects = read(b"a\n1\n2\n", RequestedColumns(required=("a",), wanted=("b",), optional=("c",)))
    assert len(rows) == 2
    assert rejects == [(None, "b", "the file has no such column, so it is missing in every row")]


def test_hostile_headers_are_only_names(read):
    hostile = ('a"; drop table x; --', "__import__('os')", "{a}", "%s", "=cmd()", "a\nb", "\0")
    header = ",".join('"' + name.replace('"', '""') + '"' for name in hostile)
    cells = ",".join(str(number) for number in range(len(hostile)))
    rows, rejects = read(f"{header}\n{cells}\n".encode(), RequestedColumns(required=hostile))
    assert rows == [(2, {name: str(number) for number, name in enumerate(hostile)})]
    assert not rejects


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "is empty"),
        (b"\n\r\n\n", "is empty"),
        (b"\xef\xbb\xbf", "is empty"),
        (b"a,a\n1,2\n", "two columns named `a`"),
        (b"x,y\n1,2\n", "no column `a`"),
        (b"a,b\n1,2\nK\xf6ln,3\n", "line 3 is not UTF-8 text (byte 0xf6)"),
        ("a,b\n1,2\n".encode("utf-16"), "UTF-16"),
        (bytes(range(256)) * 100, "not UTF-8 text"),
        (b"\0" * 200_000, "no column `a`"),
        (b"PK\x03\x04" + b"\0" * 50, "no column `a`"),
    ],
)
def test_a_file_that_is_no_table_says_why(read, data, message):
    with pytest.raises(TableUnusable) as caught:
        read(data, RequestedColumns(required=("a",)))
    assert message in caught.value.message


def test_a_lacking_key_names_the_nearest_column(read):
    with pytest.raises(TableUnusable) as caught:
        read(b"Lead_ID,x\n1,2\n", RequestedColumns(required=("lead_id",)))
    assert caught.value.help is not None and "`Lead_ID`" in caught.value.help


def test_a_header_alone_is_a_table_without_rows(read):
    assert read(b"a,b\n") == ([], [])
    assert read(b"a,b") == ([], [])
