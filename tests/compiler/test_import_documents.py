"""Opening the files to import: every way in which a file can be no use is told, with its place."""

from pathlib import Path

import pytest
from scoreline.compiler.schema.imports.described import ImportUnusable
from scoreline.compiler.schema.imports.documents import documents
from scoreline.compiler.schema.imports.raw import as_number, as_text, as_value


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "`{}` is not JSON: line 1, column 1 cannot be read"),
        (b'{\n  "a": 1,\n}', "`{}` is not JSON: line 3, column 1 cannot be read"),
        (b'{"a\xff": 1}', "`{}` is not UTF-8 text (byte 4)"),
        (b"[" * 200_000, "`{}` is nested too deeply to be read"),
    ],
)
def test_what_is_no_json_is_told(tmp_path: Path, content: bytes, message: str) -> None:
    path = tmp_path / "x.json"
    path.write_bytes(content)
    with pytest.raises(ImportUnusable) as refused:
        documents([path])
    assert refused.value.message == message.format(path)
    assert refused.value.help


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-32"])
def test_what_a_shell_has_written_in_another_encoding_is_read(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "lead.json"
    path.write_text('{"label": "Größe"}\r\n', encoding=encoding, newline="")
    [found] = documents([path])
    assert found.content == {"label": "Größe"}


def test_what_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(ImportUnusable, match="there is no file"):
        documents([tmp_path / "none.json"])
    with pytest.raises(ImportUnusable, match="has no file that ends in `.cdm.json`".replace(".", r"\.")):
        documents([tmp_path], ".cdm.json")


def test_a_folder_stands_for_its_files_but_for_older_editions(tmp_path: Path) -> None:
    for name in ("a/Lead.cdm.json", "a/Lead.1.0.cdm.json", "a/b/Other.cdm.json", "a/notes.json"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text('\ufeff{"x": 1e999}', encoding="utf-8")
    found = documents([tmp_path, tmp_path / "a" / "Lead.cdm.json"], ".cdm.json")
    assert [Path(each.name).name for each in found] == ["Lead.cdm.json", "Other.cdm.json"]
    old = documents([tmp_path / "a" / "Lead.1.0.cdm.json"], ".cdm.json")
    assert len(old) == 1


def test_a_number_of_any_length_is_read(tmp_path: Path) -> None:
    path = tmp_path / "x.json"
    path.write_text(f'{{"maximum": {"9" * 10_000}}}', encoding="utf-8")
    [found] = documents([path])
    assert found.content == {"maximum": float("inf")}


def test_texts_and_numbers_are_taken_as_they_are_or_not_at_all() -> None:
    assert as_text(" a\ud83d ") == "a�"
    assert [as_text(each) for each in ("", " \t", 3, None, True)] == [None] * 5
    assert [as_value(each) for each in (3, 3.0, "x", True, 2.5, None, [])] == ["3", "3", "x", None, "2.5", None, None]
    assert [as_number(each) for each in (3, "2.5", "x", True, float("nan"), "1e999", 10**400)] == [3, 2.5, *[None] * 5]
