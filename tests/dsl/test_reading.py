"""Rule files from disk, whatever their bytes."""

from pathlib import Path

import pytest
from scoreline.dsl.reading import read_source


def read(folder: Path, data: bytes) -> tuple[str, tuple[str, int, int] | None]:
    path = folder / "x.score"
    path.write_bytes(data)
    source, wrong = read_source(path, "rules/x.score")
    assert source.name == "rules/x.score"
    return source.text, None if wrong is None else (wrong.code, *wrong.place.start)


@pytest.mark.parametrize("text", ["", "a\r\nb\rc", "größe \U0001f600", "a\0b"])
def test_utf_8_is_read_as_it_stands(tmp_path: Path, text: str):
    assert read(tmp_path, text.encode()) == (text, None)


def test_a_byte_order_mark_at_the_start_is_no_part_of_the_text(tmp_path: Path):
    assert read(tmp_path, "\ufeffmodel".encode()) == ("model", None)
    assert read(tmp_path, "\ufeff\ufeffmodel".encode()) == ("\ufeffmodel", None)


@pytest.mark.parametrize(
    ("data", "position"),
    [
        (b"\xff\xfem\0", (1, 1)),  # UTF-16
        (b"a\nGr\xfc\xdfe", (2, 3)),  # Latin-1
        ("é\r\n\U0001f600".encode() + b"\xe2\x82", (2, 2)),  # cut in the middle of a character
        (b"a\xed\xa0\x80", (1, 2)),  # half a pair
        (b"\xc0\xaf", (1, 1)),  # longer than need be
    ],
)
def test_the_first_bad_byte_is_told_with_its_place(tmp_path: Path, data: bytes, position: tuple[int, int]):
    text, wrong = read(tmp_path, data)
    assert "\ufffd" in text
    assert wrong == ("E120", *position)


def test_a_file_that_is_not_there_is_left_to_the_caller(tmp_path: Path):
    with pytest.raises(FileNotFoundError):
        read_source(tmp_path / "nope.score", "nope.score")
