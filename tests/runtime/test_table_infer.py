"""A schema guessed from a file of leads."""

import json
from pathlib import Path

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scoreline.compiler.schema import FieldSpec, Schema
from scoreline.compiler.schema.reading import read_schema
from scoreline.dsl.source import Source
from scoreline.runtime.infer.guess import guess
from scoreline.runtime.infer.schema import infer_schema
from scoreline.runtime.table.read.files import TableUnusable

LEADS = Path(__file__).parents[3] / "shared" / "data" / "xeducation" / "leads.csv"


def read(text: str) -> Schema:
    schema, diagnostics = read_schema(Source("guessed.toml", text))
    assert [each.message for each in diagnostics] == []
    assert schema is not None
    return schema


def inferred(path: Path, key: str | None = None) -> Schema:
    return read(infer_schema(path, key=key))


def fields(path: Path) -> dict[str, FieldSpec]:
    return dict(inferred(path).lead.fields)


def write_csv(tmp_path: Path, header: str, rows: list[str]) -> Path:
    path = tmp_path / "leads.csv"
    path.write_text("\n".join([header, *rows]) + "\n", encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("values", "type_"),
    [
        (["Yes", "No", "no"], "yes/no"),
        (["No"] * 5, "yes/no"),
        (["0", "1"], "yes/no"),
        (["0", "0"], "number"),
        (["1", "2.5", "-3e2"], "number"),
        (["1", "none", "3"], "number"),
        (["01234", "12345"], "text"),
        (["2026-01-31", "2026-02-01"], "date"),
        (["2026-01-31", "2026-02-01 10:00"], "datetime"),
        (["Ann", "Bob", "Cleo"], "text"),
        (["A", "B", "a"] * 3, "choice"),
        (["AI;Cloud", "AI", "Cloud;AI"] * 2, "choices"),
        (['["AI"]', '["AI", "Cloud"]', '["Cloud"]'] * 2, "choices"),
        (["", " "], "text"),
    ],
)
def test_the_values_tell_the_type(values: list[str], type_: str):
    assert guess("x", {value: values.count(value) for value in values}).type == type_


def test_codes_are_no_numbers():
    assert guess("Phone", {"4930901820": 1, "4930901821": 1}).type == "text"
    assert guess("ZipCode", {"10115": 1, "10117": 1}).type == "text"
    assert guess("zipped", {"10115": 1, "10117": 1}).type == "number"


def test_the_most_frequent_value_and_spelling_come_first():
    assert guess("x", {"google": 3, "Google": 9, "Bing": 4}).values == ("Google", "Bing")


def test_a_few_values_that_do_not_fit_are_told():
    found = guess("x", {**{str(number): 1 for number in range(200)}, "about 5": 1})
    assert (found.type, found.odd) == ("number", ("about 5",))


def test_a_csv_file_becomes_a_schema_that_reads_back(tmp_path: Path):
    rows = [f"{n};EMEA;new;{n}.5;Select;Ü{n}" for n in range(9)]
    path = write_csv(tmp_path, "\ufefflead_id;business_unit;stage;Größe (m);Größe (M);2nd", rows)
    schema = inferred(path)
    assert (schema.lead.key, schema.lead.unit) == ("lead_id", "business_unit")
    assert {name: (spec.type, spec.column, spec.missing) for name, spec in schema.lead.fields.items()} == {
        "business_unit": ("choice", None, ()),
        "deal_stage": ("choice", "stage", ()),
        "größe_m": ("number", "Größe (m)", ()),
        "größe_m_2": ("text", "Größe (M)", ("Select",)),
        "lead_2nd": ("text", "2nd", ()),
    }


def test_typed_files_tell_their_types(tmp_path: Path):
    rows = [
        {
            "id": n,
            "when": f"2026-01-0{n} 10:00:00",
            "ok": n % 2 == 0,
            "topics": ["AI", "Cloud"][: n % 3],
            "note": f"n{n}",
        }
        for n in range(1, 10)
    ]
    lines = tmp_path / "leads.jsonl"
    lines.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    parquet = tmp_path / "leads.parquet"
    duckdb.sql(f"copy (select * from read_json('{lines.as_posix()}')) to '{parquet.as_posix()}' (format parquet)")
    for path in (lines, parquet):
        found = {name: spec.type for name, spec in fields(path).items()}
        assert found == {"lead_when": "datetime", "ok": "yes/no", "topics": "choices", "note": "text"}


def test_the_key_can_be_told(tmp_path: Path):
    path = write_csv(tmp_path, "a,b", ["1,x", "2,y"])
    assert inferred(path).lead.key == "a"
    assert inferred(path, key="b").lead.key == "b"
    with pytest.raises(TableUnusable, match="has no column `c`"):
        infer_schema(path, key="c")


def test_a_file_that_is_no_table_is_told_and_not_raised_through(tmp_path: Path):
    for name, content in (
        ("a.parquet", b"no"),
        ("b.csv", b""),
        ("c.jsonl", b"{"),
        ("d.txt", b""),
        ("e.csv", b"caf\xe9\n"),
    ):
        (tmp_path / name).write_bytes(content)
        with pytest.raises(TableUnusable):
            infer_schema(tmp_path / name)
    with pytest.raises(TableUnusable):
        infer_schema(tmp_path / "nothing.csv")


cells = st.text(st.characters(exclude_categories=["Cs"], exclude_characters='"\r\n,\x00'), max_size=12)


@settings(max_examples=40, deadline=None)
@given(st.lists(cells, min_size=1, max_size=4), st.lists(st.lists(cells, min_size=4, max_size=4), max_size=8))
def test_whatever_the_columns_are_called_the_schema_reads_back(
    tmp_path_factory: pytest.TempPathFactory, header: list[str], rows: list[list[str]]
):
    path = tmp_path_factory.mktemp("drawn") / "leads.csv"
    lines = [header, *(row[: len(header)] for row in rows)]
    text = "".join(",".join(f'"{cell}"' for cell in line) + "\n" for line in (["key", *line] for line in lines))
    path.write_text(text, encoding="utf-8")
    read(infer_schema(path))


@pytest.mark.skipif(not LEADS.exists(), reason="the leads of X Education are not on this machine")
def test_real_leads_get_a_schema_a_marketer_would_write():
    schema = inferred(LEADS)
    found = schema.lead.fields
    assert schema.lead.key == "Prospect ID"
    assert found["lead_profile"].missing == ("Select",)
    assert found["lead_source"].column == "Lead Source"
    assert found["lead_source"].values[0] == "Google"
    assert {name for name, spec in found.items() if spec.type == "text"} == set()
    assert [found[name].type for name in ("converted", "total_visits", "city")] == ["yes/no", "number", "choice"]
