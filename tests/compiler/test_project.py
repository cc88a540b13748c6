"""What `scoreline.toml` says, and what is wrong with it."""

from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from scoreline.compiler.project import find_project, read_project

GOOD = """
[project]
rules = ["rules"]
schema = "crm.schema.toml"
timezone = "Europe/Berlin"

[data]
leads = "data/leads.csv"
interactions = "data/*.jsonl"

[lint]
ignore = ["W204"]
"""
FILES = (
    "rules/b/x.score",
    "rules/a.score",
    "rules/Z.score",
    "rules/é.score",
    "rules/.hidden/y.score",
    "rules/.z.score",
)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for name in (*FILES, "rules/readme.md", "alone.score", "crm.schema.toml"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("", encoding="utf-8")
    return tmp_path


def write(root: Path, text: str) -> Path:
    path = root / "scoreline.toml"
    path.write_text(text, encoding="utf-8")
    return path


def faults(root: Path, text: str) -> list[tuple[str, int, str, str]]:
    project, diagnostics = read_project(write(root, text))
    assert project is None
    return [(each.code, each.place.start.line, each.message, each.help or "") for each in diagnostics]


def rules(root: Path, entries: str) -> list[str]:
    project, diagnostics = read_project(write(root, GOOD.replace('["rules"]', entries)))
    assert diagnostics == ()
    assert project is not None
    return [path.relative_to(root).as_posix() for path in project.rules]


def test_a_project_is_read_whole(root: Path):
    project, diagnostics = read_project(write(root, GOOD))
    assert diagnostics == ()
    assert project is not None
    assert project.root == root
    assert project.schema_path == root / "crm.schema.toml"
    assert project.zone == ZoneInfo("Europe/Berlin")
    assert project.data.leads == root / "data" / "leads.csv"
    assert project.data.interactions == root / "data" / "*.jsonl"
    assert project.data.contacts is None
    assert project.lint_ignore == ("W204",)
    assert project.channels is None


def test_the_folder_stands_for_its_project_file(root: Path):
    assert read_project(write(root, GOOD)) == read_project(root)


def test_the_time_zone_is_utc_if_none_is_told(root: Path):
    project, _ = read_project(write(root, GOOD.replace('timezone = "Europe/Berlin"', "")))
    assert project is not None
    assert project.zone == ZoneInfo("UTC")


def test_rules_are_ordered_by_code_points_and_hidden_ones_left_out(root: Path):
    assert rules(root, '["rules"]') == ["rules/Z.score", "rules/a.score", "rules/b/x.score", "rules/é.score"]


def test_no_rule_file_comes_twice(root: Path):
    entries = '["rules/b", "alone.score", "./rules", "rules/a.score", "rules/b/../a.score"]'
    assert rules(root, entries) == ["alone.score", *rules(root, '["rules"]')]


@pytest.mark.parametrize(
    ("text", "channels"),
    [
        (GOOD.replace("[data]", 'channels = ["sales", " ops "]\n[data]'), {"sales", "ops"}),
        (GOOD + '[channels]\nsales = {}\n"inside sales" = { url = "x" }\n', {"sales", "inside sales"}),
        (GOOD.replace("[data]", "channels = []\n[data]"), set()),
    ],
)
def test_channels_come_from_a_list_or_a_table(root: Path, text: str, channels: set[str]):
    project, diagnostics = read_project(write(root, text))
    assert diagnostics == ()
    assert project is not None
    assert project.channels == channels


def test_all_faults_come_in_one_run_each_at_its_line(root: Path):
    text = """[project]
rules = ["rules", "nope", "../x", "/etc", "crm.schema.toml", ""]
schema = "crm.schma.toml"
timezone = "Europe/Berln"
chanels = ["a"]
[lint]
ignore = ["W204", "x"]
[data]
lead = "x.csv"
contacts = 3
[foo]
"""
    found = faults(root, text)
    assert [each[:2] for each in found] == [
        *(("E319", 2), ("E320", 2), ("E320", 2), ("E319", 2), ("E319", 2), ("E318", 3), ("E321", 4), ("E303", 5)),
        *(("E305", 7), ("E303", 9), ("E305", 10), ("E303", 11)),
    ]
    helps = {code_line[1]: help_ for *code_line, _, help_ in found}
    assert helps[3] == "did you mean `crm.schema.toml`?"
    assert helps[4] == "did you mean `Europe/Berlin`?"
    assert helps[5] == "did you mean `channels`?"
    assert helps[9] == "did you mean `leads`?"


@pytest.mark.parametrize(
    ("text", "code", "message"),
    [
        ("", "E304", "there is no `[project]` in this file"),
        ('[project]\nrules = ["rules"]', "E304", "`project` has no `schema`"),
        ('[project]\nschema = "crm.schema.toml"', "E304", "`project` has no `rules`"),
        ('[project]\nrules = "rules"\nschema = "crm.schema.toml"', "E305", "`rules` takes a list of files or folders"),
        ("project = 3", "E305", "`project` takes a table, not `3`"),
        ('[project]\nrules = ["rules"]\nschema = crm', "E302", "`crm` needs straight double quotes"),
    ],
)
def test_one_mistake_is_told_once(root: Path, text: str, code: str, message: str):
    found = faults(root, text)
    assert [each[0] for each in found] == [code]
    assert message in found[0][2]


@pytest.mark.parametrize("zone", ["", "Mars", "../etc", "Europe", "/etc/passwd", "a\\u0000b"])
def test_what_is_no_time_zone_is_refused(root: Path, zone: str):
    assert [each[0] for each in faults(root, GOOD.replace("Europe/Berlin", zone))] == ["E321"]


def test_a_link_that_leaves_the_project_is_refused(root: Path, tmp_path_factory: pytest.TempPathFactory):
    outside = tmp_path_factory.mktemp("outside")
    try:
        (root / "linked").symlink_to(outside, target_is_directory=True)
    except OSError:
        pytest.skip("this system lets no one make links")
    assert [each[0] for each in faults(root, GOOD.replace('["rules"]', '["linked"]'))] == ["E320"]


def test_a_file_that_is_no_utf8_is_told_at_its_line(root: Path):
    path = root / "scoreline.toml"
    path.write_bytes(b"[project]\n# caf\xe9\n")
    project, diagnostics = read_project(path)
    assert project is None
    assert [(each.code, each.place.start.line) for each in diagnostics] == [("E301", 2)]


def test_a_missing_file_is_told_and_not_raised(root: Path):
    _, diagnostics = read_project(root / "nothing" / "scoreline.toml")
    assert [(each.code, each.message) for each in diagnostics] == [
        ("E301", "`scoreline.toml` cannot be read: there is no such file")
    ]


def test_the_project_is_found_from_below(root: Path):
    path = write(root, GOOD)
    assert find_project(root / "rules" / "b") == path
    assert find_project(root / "rules" / "a.score") == path
    assert find_project(root) == path
    inner = root / "rules" / "scoreline.toml"
    inner.write_text(GOOD, encoding="utf-8")
    assert find_project(root / "rules" / "b") == inner
