"""The page for the person who sets a project up says nothing that does not happen."""

import contextlib
import datetime
import io
import os
import re
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from docs.guide import ROOT, ZONE, Block, blocks, broken_links, commands
from scoreline.compiler.instants import as_datetime
from scoreline.compiler.project import read_project
from scoreline.compiler.project.shapes import DataTable, LintTable, ProjectTable
from scoreline.compiler.schema import EntitySpec, InteractionsTable, LeadSpec
from scoreline.compiler.schema.fields import FIELD_TYPES, FieldSpec
from scoreline.compiler.schema.reading import read_schema
from scoreline.compiler.values import reader
from scoreline.dsl.source import Source
from scoreline.runtime import RulesInvalid, load
from scoreline.runtime.table.read.files import ENDINGS
from scoreline.tools.cli.main import status

TEXT = (ROOT / "docs" / "schema.md").read_text(encoding="utf-8")
BLOCKS = blocks("schema.md")
WRONG = [each for each in BLOCKS if "wrong" in each.options]
PYTHON = [each for each in BLOCKS if each.language == "python"]
OUTPUT = ("scores.csv", "rejects.csv")


def line_of(value: object) -> str:
    return f"line {value.line}" if isinstance(value, Block) else ""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """The project that the page shows, in a folder `my-rules`."""
    folder = tmp_path / "my-rules"
    for block in BLOCKS:
        if "file" in block.options and block.name not in OUTPUT:
            path = folder / block.name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(block.body, encoding="utf-8")
    return folder


def shown(name: str) -> str:
    [block] = [each for each in BLOCKS if each.name == name]
    return block.body


def section(heading: str) -> str:
    return re.split(rf"^#+ {re.escape(heading)}$", TEXT, flags=re.MULTILINE)[1].split("\n#")[0]


def keys_told(text: str) -> list[str]:
    """The keys in the first column of a table, `[tables]` left out."""
    cells = [line.split("|")[1] for line in text.splitlines() if line.startswith("| `")]
    return [key for cell in cells for key in re.findall(r"`(\w[\w-]*)`", cell)]


def test_the_project_file_is_read(project: Path) -> None:
    found, wrong = read_project(project)
    assert not wrong
    assert found is not None
    assert found.zone == ZoneInfo("Europe/Berlin")
    assert found.channels == {"marketing-automation"}
    assert found.lint_ignore == ("W204",)
    assert found.data.interactions == project / "data" / "interactions.jsonl"


def test_a_run_gives_what_is_shown(project: Path) -> None:
    outputs = [project / name for name in OUTPUT]
    at = ["--as-of", "2026-03-02T09:00", "--project", str(project)]
    assert status(["score", *at, "-o", str(outputs[0]), "--rejects", str(outputs[1])]) == 0
    for path in outputs:
        assert path.read_text(encoding="utf-8").replace(str(project) + os.sep, "") == shown(path.name)


def test_strict_makes_the_run_fail(project: Path) -> None:
    assert status(["score", "--project", str(project), "-o", str(project / "out.csv"), "--strict"]) == 2


@pytest.mark.parametrize("block", PYTHON, ids=line_of)
def test_python_prints_what_is_shown(block: Block, project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(project.parent)
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        exec(compile(block.body, "schema.md", "exec"), {"__name__": "page"})
    assert printed.getvalue() == block.shown


@pytest.mark.parametrize("block", WRONG, ids=line_of)
def test_every_mistake_is_told_as_shown(block: Block) -> None:
    codes, lines = told_of_schema(block)
    assert codes == [block.options["wrong"]]
    assert lines == block.shown.splitlines()


def told_of_schema(block: Block) -> tuple[list[str], list[str]]:
    _, wrong = read_schema(Source("crm.schema.toml", block.body))
    lines = [line for each in wrong for line in (each.message, *([f"  help: {each.help}"] if each.help else []))]
    return [each.code for each in wrong], lines


# The tables to look things up in


def test_all_keys_of_the_project_file_are_told() -> None:
    shapes = (ProjectTable, DataTable, LintTable)
    names = [field.validation_alias or name for shape in shapes for name, field in shape.model_fields.items()]
    assert sorted(keys_told(section("The project file"))) == sorted(map(str, names))


def test_all_keys_of_the_schema_are_told() -> None:
    keys = set(keys_told(section("The tables")))
    assert keys == {*LeadSpec.model_fields, "interactions", "interactions-table"}
    assert set(EntitySpec.model_fields) == {"key", "title", "fields"}
    last = section("The tables").strip().splitlines()[-1]
    assert set(re.findall("`(\\w+)`", last)) == set(InteractionsTable.model_fields)


def test_all_keys_of_a_field_are_told() -> None:
    assert sorted(keys_told(section("Fields"))) == sorted(FieldSpec.model_fields)


def test_all_types_are_told_and_their_defaults_are_taken() -> None:
    rows = re.findall(r"^\| `([^`]+)` \| [^|]* \| `([^`]+)` \|$", section("Types"), re.MULTILINE)
    assert [name for name, _ in rows] == list(FIELD_TYPES)
    for name, default in rows:
        values = ', values = ["AI", "Cloud"]' if name.startswith("choice") else ""
        text = f'[lead]\nkey = "id"\n[lead.fields]\nx = {{ type = "{name}"{values}, default = {default} }}\n'
        schema, wrong = read_schema(Source("s.toml", text))
        assert schema is not None, wrong
        assert schema.lead.fields["x"].default is not None


READ = re.findall(r"^\| ([\w/]+) \| `(.*?)` \| (.*) \|$", section("How values are read"), re.MULTILINE)


@pytest.mark.parametrize(("kind", "written", "expected"), READ)
def test_values_are_read_as_told(kind: str, written: str, expected: str) -> None:
    values = ("AI", "Cloud", "Security") if kind.startswith("choice") else ()
    spec = FieldSpec.model_validate({"type": kind, "values": values})
    reasons: list[str] = []
    known = reader(spec, ZONE)(written, lambda value, reason: reasons.append(reason))
    bad = [f"bad: {reason}" for reason in reasons]
    seen = [] if known is None and bad else [as_written(kind, known)]
    assert ", and ".join(seen + bad) == expected


def as_written(kind: str, known: object) -> str:
    match known:
        case None:
            return "missing"
        case bool():
            return "`yes`" if known else "`no`"
        case tuple():
            return f"`{';'.join(known)}`"
        case int() if kind == "datetime":
            return f"`{as_datetime(known):%Y-%m-%dT%H:%M:%SZ}`"
        case int():
            return f"`{as_datetime((known - 719163) * 86_400_000_000):%Y-%m-%d}`"
        case float():
            return f"`{known:g}`"
        case _:
            return f"`{known}`"


def test_enough_values_are_shown() -> None:
    assert {kind for kind, _, _ in READ} == set(FIELD_TYPES)
    assert len(READ) >= 30


# What is said in words alone


@pytest.mark.parametrize("page", ["language.md", "schema.md"])
def test_every_command_that_is_named_is_there(page: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert commands(page)
    for command in commands(page):
        assert status([*command, "--help"]) == 0, command
        assert capsys.readouterr().out


def test_every_link_leads_somewhere() -> None:
    assert broken_links("schema.md") == []


def test_all_endings_of_data_files_are_told() -> None:
    assert sorted(re.findall(r"`(\.[a-z]+)`", section("Formats"))) == sorted(ENDINGS)


def test_every_block_is_of_a_kind_that_is_tried() -> None:
    kinds = {each.language for each in BLOCKS if "file" not in each.options}
    assert kinds == {"text", "toml", "python"}
    assert all("wrong" in each.options for each in BLOCKS if each.language == "toml" and "file" not in each.options)
    assert len(WRONG) >= 7
    assert len(PYTHON) == 2


def test_a_bad_lead_in_python_is_told_in_the_result(project: Path) -> None:
    result = load(project).score({"lead_id": "7", "employees": "1,200", "email": "a@b.example"})
    assert [(each.column, each.reason) for each in result.rejected] == [("employees", "is not a number")]


def test_as_of_needs_a_time_zone(project: Path) -> None:
    with pytest.raises(ValueError, match="time zone"):
        load(project).score({}, as_of=datetime.datetime(2026, 1, 1))


def test_rules_with_mistakes_do_not_load_and_tell_them_all(project: Path) -> None:
    (project / "rules" / "bad.score").write_text("model Bad for lead\nwhen industri then +1\nwhen x then 5\n", "utf-8")
    with pytest.raises(RulesInvalid) as found:
        load(project)
    assert [(str(each.place), each.code) for each in found.value.diagnostics] == [
        ("rules/bad.score:2", "E201"),
        ("rules/bad.score:3", "E201"),
        ("rules/bad.score:3", "E110"),
    ]


@pytest.mark.parametrize(
    ("fields", "more", "code"),
    [
        ('Name = "text"\nname = "text"', "", "E309"),
        ("", 'relations = { email = { to = "contact", column = "c" } }', "E310"),
        ('budget = "number"', 'unit = "budget"', "E313"),
        ("", 'unit = "business_unit"', None),
        ('"größe" = "number"', "", None),
        ('_x = "text"', "", "E308"),
    ],
)
def test_names_are_judged_as_told(fields: str, more: str, code: str | None) -> None:
    text = f'[lead]\nkey = "id"\n{more}\n[lead.fields]\n{fields}\n[contact]\nkey = "c"\n[interactions."email.opened"]\n'
    _, wrong = read_schema(Source("s.toml", text))
    assert [each.code for each in wrong] == ([] if code is None else [code])


@pytest.mark.parametrize("entry", ["../elsewhere", "/etc"])
def test_rules_outside_the_project_are_refused(project: Path, entry: str) -> None:
    (project.parent / "elsewhere").mkdir()
    settings = project / "scoreline.toml"
    settings.write_text(f'[project]\nrules = ["{entry}"]\nschema = "crm.schema.toml"\n', encoding="utf-8")
    _, wrong = read_project(project)
    assert [each.code for each in wrong] == ["E320"]


def test_hidden_rules_are_left_out_and_folders_searched_to_the_bottom(project: Path) -> None:
    for name in ("rules/a/b/deep.score", "rules/.hidden.score", "rules/.old/x.score", "rules/notes.txt"):
        (project / name).parent.mkdir(parents=True, exist_ok=True)
        (project / name).write_text("", encoding="utf-8")
    found, _ = read_project(project)
    assert found is not None
    assert [path.relative_to(project).as_posix() for path in found.rules] == ["rules/a/b/deep.score", "rules/fit.score"]


def test_a_key_that_there_is_not_is_refused_and_the_nearest_offered(project: Path) -> None:
    settings = project / "scoreline.toml"
    settings.write_text(shown("scoreline.toml").replace("timezone", "timezon"), encoding="utf-8")
    _, wrong = read_project(project)
    assert [each.code for each in wrong] == ["E303"]
    assert "timezone" in (wrong[0].help or "")
