"""`check` finds every problem of every file in one run, and its exit status tells."""

import json

import pytest

MISTAKES = """\
model Extra for lead
  when industri in ["Software"] then +5
  when employees > 10 then 5
  when country is "DE" then +1
  grade "A" otherwise
"""


@pytest.fixture
def mistaken(project):
    (project / "rules" / "extra.score").write_text(MISTAKES)
    return project


def found(called) -> list[tuple[str, str, int, int]]:
    document = json.loads(called.out)
    assert document["version"] == 1
    return [(one["code"], one["file"], one["start"]["line"], one["start"]["column"]) for one in document["diagnostics"]]


def test_a_syntax_error_hides_no_unknown_name(mistaken, call):
    checked = call("check", "--format", "json")
    assert checked.status == 1
    assert found(checked) == [("E201", "rules/extra.score", 2, 8), ("E110", "rules/extra.score", 3, 28)]


def test_text_shows_place_mark_and_count(mistaken, call):
    checked = call("check")
    assert checked.status == 1
    assert " --> rules/extra.score:2:8\n" in checked.out
    assert "  |        ^^^^^^^^\n" in checked.out
    assert checked.out.endswith("2 errors in 4 files\n")
    assert checked.err == ""


def test_named_files_are_judged_with_their_project(mistaken, call):
    assert call("check", "rules/fit.score").status == 0
    assert call("check", "rules/extra.score").status == 1
    assert call("check", "rules").status == 1


def test_the_project_is_found_upwards_and_names_are_written_from_here(mistaken, call, monkeypatch):
    monkeypatch.chdir(mistaken / "rules")
    assert [file for _, file, _, _ in found(call("check", "--format", "json"))] == ["extra.score"] * 2


def test_the_project_can_be_named_from_elsewhere(mistaken, call, monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    files = [file for _, file, _, _ in found(call("check", "--project", "my-rules", "--format", "json"))]
    assert files == ["my-rules/rules/extra.score"] * 2


@pytest.mark.parametrize("arguments", [[], ["."], ["my-rules", "loose.score"]])
def test_from_the_top_of_a_repository_the_projects_below_are_checked(mistaken, call, monkeypatch, tmp_path, arguments):
    (tmp_path / "loose.score").write_text("model Loose for lead\n  when anything is 1 then +1\n")
    monkeypatch.chdir(tmp_path)
    checked = call("check", *arguments, "--format", "json")
    assert [file for _, file, _, _ in found(checked)] == ["my-rules/rules/extra.score"] * 2
    assert checked.err.startswith("note: loose.score: only the syntax was checked")


def test_without_a_project_only_syntax_is_checked_and_it_says_so(tmp_path, call, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "extra.score").write_text(MISTAKES)
    for arguments in ([], ["extra.score"], ["."]):
        checked = call("check", *arguments, "--format", "json")
        assert found(checked) == [("E110", "extra.score", 3, 28)]
        assert checked.err.startswith("note: only the syntax was checked")


def test_with_a_schema_rule_files_need_no_project(project, call, monkeypatch, tmp_path):
    (tmp_path / "alone").mkdir()
    monkeypatch.chdir(tmp_path / "alone")
    (tmp_path / "alone" / "extra.score").write_text(MISTAKES)
    checked = call("check", "extra.score", "--schema", project / "crm.schema.toml", "--format", "json")
    assert [code for code, *_ in found(checked)] == ["E201", "E110"]
    assert checked.err == ""


def test_a_file_that_the_project_does_not_list_is_checked_for_syntax_and_it_says_so(project, call):
    (project / "draft.score").write_text(MISTAKES)
    checked = call("check", "draft.score", "--format", "json")
    assert found(checked) == [("E110", "draft.score", 3, 28)]
    assert "`rules` do not list it" in checked.err


def test_a_broken_project_file_hides_no_mistake_in_a_rule(mistaken, call):
    (mistaken / "scoreline.toml").write_text('[project]\ntimezone = "Europe/Nowhere"\n')
    checked = call("check", "--format", "json")
    assert checked.status == 1
    files = [file for _, file, _, _ in found(checked)]
    assert "scoreline.toml" in files and "rules/extra.score" in files


def test_a_broken_schema_hides_no_mistake_in_a_rule(mistaken, call):
    (mistaken / "crm.schema.toml").write_text('[lead]\nkey = "lead_id"\n[lead.fields]\nx = "txt"\n')
    files = [file for _, file, _, _ in found(call("check", "--format", "json"))]
    assert "crm.schema.toml" in files and "rules/extra.score" in files


@pytest.mark.parametrize("data", [b"\xff\xfe\x00m", b"model \x00", bytes(range(256)), b"\xef\xbb\xbf" + b"(" * 5000])
def test_a_file_that_is_no_text_is_a_finding(project, call, data):
    (project / "rules" / "extra.score").write_bytes(data)
    checked = call("check", "--format", "json")
    assert checked.status == 1
    assert {file for _, file, _, _ in found(checked)} == {"rules/extra.score"}
    assert call("check").status == 1


def test_a_hostile_file_name_is_only_a_name(project, call):
    name = "[red]o'x; $(id) \x1b[31m.score"
    (project / "rules" / name).write_text(MISTAKES)
    assert found(call("check", "--format", "json"))[0][1] == f"rules/{name}"
    text = call("check").out
    assert "\x1b" not in text
    assert "rules/[red]o'x; $(id) ␛[31m.score:2:8" in text


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["none.score"], "there is no file or folder `none.score`"),
        (["data"], "there are no rule files"),
        (["--project", "none"], "there is no folder `none`"),
        (["--project", "data"], "there is no scoreline.toml in `data`"),
        (["--format", "xml"], "`xml`"),
        (["--schema", "none.toml"], "none.toml"),
    ],
)
def test_a_call_that_cannot_be_used_exits_with_2(project, call, arguments, message):
    checked = call("check", *arguments)
    assert checked.status == 2
    assert checked.err.startswith("error: ")
    assert message in checked.err
    assert checked.out == ""
