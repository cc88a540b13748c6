"""What `check` makes of lints: which files it looks at, what the project file leaves out, in which order it is told."""

import pytest
from lint.linting import linted
from scoreline.compiler.project import read_project
from scoreline.dsl.diagnostics import Applicability
from scoreline.tools.cli.checking import check_project

MODEL = "model Fit for lead\n  when newsletter then +0\n"
LEADS = '[lead]\nkey = "id"\n[lead.fields]\nnewsletter = "yes/no"\nsize = "number"\n'


def project(folder, lint: str = "", **files: str):
    (folder / "scoreline.toml").write_text(f'[project]\nrules = ["rules"]\nschema = "crm.schema.toml"\n{lint}')
    (folder / "crm.schema.toml").write_text(LEADS)
    (folder / "rules").mkdir()
    for name, text in files.items():
        (folder / "rules" / f"{name}.score").write_text(text)
    return folder / "scoreline.toml"


def told(folder, **files: str) -> list[tuple[str, str]]:
    checked = check_project(project(folder, **files))
    return [(each.code, each.place.file.rsplit("/", 1)[-1]) for each in checked.diagnostics]


def test_lints_come_by_file_and_place_and_not_from_files_with_errors(tmp_path):
    other = "model Other for lead\n  when size is 1 or size is 2 then +1\n"
    wrong = "model Wrong for lead\n  when size is 1 or size is 2 then +1\n  when sice > 1 then +1\n"
    assert told(tmp_path, b=wrong, c=other) == [("E201", "b.score"), ("W224", "c.score")]


def test_the_project_file_leaves_lints_out(tmp_path):
    file = project(tmp_path, '[lint]\nignore = ["W236", "W220"]\n', a=MODEL)
    assert check_project(file).diagnostics == ()


def settings_told(folder, lint: str) -> list[tuple[str, str]]:
    _, wrong = read_project(project(folder, lint))
    return [(each.code, f"{each.message} | {each.help}") for each in wrong]


def test_codes_that_there_are_not_are_told_with_the_nearest(tmp_path):
    ((code, text),) = settings_told(tmp_path, '[lint]\nignore = ["W2044"]\n')
    assert code == "E305" and "is not a code" in text


def test_unknown_codes_and_errors_cannot_be_ignored(tmp_path):
    (first, second) = settings_told(tmp_path, '[lint]\nignore = ["W298", "E201"]\n')
    assert first[0] == "E305" and "there is no code `W298`" in first[1] and "did you mean `W2" in first[1]
    assert second[0] == "E305" and "cannot be ignored" in second[1]


def test_how_long_data_is_kept_is_a_number_of_days(tmp_path):
    ((code, text),) = settings_told(tmp_path, "[lint]\ndata-kept-days = 0\n")
    assert code == "E305" and "`data-kept-days`" in text


def test_settings_reach_the_lints(tmp_path):
    found, _ = read_project(project(tmp_path, "[lint]\ndata-kept-days = 90\nmost-tests = 3\n"))
    assert found is not None and (found.lint_kept_days, found.lint_most_tests) == (90, 3)


def test_the_order_is_that_of_the_text():
    found = linted({"b.score": MODEL, "a.score": MODEL.replace("Fit", "Other")})
    assert [(each.place.file, each.code) for each in found] == [
        ("a.score", "W236"), ("a.score", "W220"), ("b.score", "W236"), ("b.score", "W220"),
    ]  # fmt: skip


UNASKED = {
    "  when newsletter then +1  # scoreline: ignore W220 (until June)\n": True,
    "  when newsletter then +1  # scoreline: ignore W22O (until June)\n": False,
    "  when newsletter then +1  # scoreline: ignore W999 (until June)\n": False,
    "  when newsletter then +1  # scoreline: ignore E201 (until June)\n": False,
    "  when newsletter then +1  # scoreline: disable W220 (until June)\n": False,
    "  # scoreline: ignore W220 (until June)\n  when newsletter then +0\n": False,
}


@pytest.mark.parametrize("rules", UNASKED)
def test_reasons_are_taken_away_only_with_a_code_that_was_of_use_once(rules: str):
    (told,) = (each for each in linted({"a.score": f"model Fit for lead\n{rules}"}) if each.code == "W253")
    assert [fix.applicability is Applicability.SAFE for fix in told.fixes] == [UNASKED[rules]]


ABOVE = {
    "": True,
    "let big = employees in new  # who\n": True,
    "# who decides\n\n": True,
    "# who decides\n": False,
    "# who\n# decides\n": False,
    "\n\n": True,
}


@pytest.mark.parametrize("above", ABOVE)
def test_a_let_below_a_comment_is_left_out_on_demand_only(above: str):
    text = f"let new = [2]\n{above}let old = [1]\nmodel Fit for lead\n  when employees in new then +1\n"
    text += "  when big then +2\n" if "big" in above else ""
    (told,) = (each for each in linted({"a.score": text}) if each.code == "W208")
    assert [fix.applicability is Applicability.SAFE for fix in told.fixes] == [ABOVE[above]]


def test_the_line_that_names_a_language_is_no_comment_about_a_let():
    text = "# language: de\nsei alt = [1]\nmodell Fit für lead\n  wenn employees > 5 dann +1\n"
    (told,) = (each for each in linted({"a.score": text}) if each.code == "W208")
    assert [fix.applicability for fix in told.fixes] == [Applicability.SAFE]
