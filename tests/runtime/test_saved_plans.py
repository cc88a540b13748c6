"""A saved plan scores as the rules that saved it, without a parser; whatever is no such plan is told, not guessed."""

import json
import resource
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from properties.comparing import schema_of
from reference.strategies import DrawnProject, projects
from scoreline.compiler.plan import VERSION
from scoreline.compiler.schema.reading import read_schema
from scoreline.dsl.source import Source
from scoreline.runtime import Rules, StageState, from_texts, load

SCHEMA = """
[lead]
key = "lead_id"
unit = "business_unit"
relations = { contact = { to = "contact", column = "contact_id" } }
[lead.fields]
business_unit = "text"
industry = { type = "choice", values = ["Software", "Finance"], default = "Finance" }
employees = { type = "number", min = 0 }
founded_on = { type = "date", default = 2026-01-31 }
[contact]
key = "contact_id"
[contact.fields]
topics = { type = "choices", values = ["AI", "Cloud"] }
[interactions."email.opened".properties]
campaign = { type = "text", missing = ["N/A"], required = true }
[interactions-table]
at = "happened_at"
"""
RULES = """
model Fit "How well it fits" for lead where (employees is known)
  include contact interactions
  score between 0 and 100
  group "Company" at most 25
  when industry is "Software" and founded_on since 2026-01-01 then +20 as "Industry"
  when employees in [100, 2.5] or contact.topics contains "AI" then +15
  group none
  when email.opened where (campaign starts with "pricing") >= 2 within 30 days then disqualify
  for each distinct email.opened.campaign then +5 up to 10 halving every 1 month
  grade "A" from 20
  grade "B" otherwise

qualification Sales for unit "EMEA" where (employees > 1)
  stage "Ready" when Fit + Fit >= 40 until Fit < 10
    then create task "Call {business_unit}" for "Inside" due in 2 days
    then set industry to "finance"

example "A software company"
  given industry is "Software"
  expect Fit is unknown
"""
FORBIDDEN = {"lark", "duckdb", "rich", "typer", "pygments", "click"}
PARSING = ("scoreline.dsl.parse", "scoreline.compiler.check", "scoreline.compiler.schema.reading")


@pytest.fixture(scope="module")
def rules() -> Rules:
    schema, problems = read_schema(Source("crm.schema.toml", SCHEMA))
    assert schema is not None, problems
    return from_texts({"fit.score": RULES}, schema, "Europe/Berlin")


@pytest.fixture(scope="module")
def saved(rules: Rules, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("saved") / "plan.json"
    rules.save(path)
    return path


@settings(
    phases=[Phase.generate],
    max_examples=settings.default.max_examples // 6,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(projects())
def test_a_plan_that_is_loaded_scores_as_the_one_that_was_saved(tmp_path: Path, project: DrawnProject) -> None:
    rules, path = from_texts(project.files, schema_of(project), project.zone), tmp_path / "plan.json"
    rules.save(path)
    loaded = load(path)
    assert loaded.plan == rules.plan
    for lead in project.leads:
        previous = {name: StageState(*state) for name, state in lead.previous.items()}
        history = rules.history(lead.interactions, lead=lead.lead, contact=lead.contact)
        counts = rules.count(history, as_of=project.as_of)
        for interactions in (lead.interactions, history, counts):
            about: dict[str, Any] = {"contact": lead.contact, "interactions": interactions, "previous": previous}
            expected = rules.score(lead.lead, **about, as_of=project.as_of)
            assert loaded.score(lead.lead, **about, as_of=project.as_of) == expected


def test_a_saved_plan_takes_the_place_of_an_older_one_and_leaves_nothing_beside(rules: Rules, tmp_path: Path) -> None:
    path = tmp_path / "plan.json"
    path.write_text("older")
    rules.save(str(path))
    assert load(str(path)).plan == rules.plan
    assert [each.name for each in tmp_path.iterdir()] == ["plan.json"]


def modules_after(code: str, *arguments: str) -> set[str]:
    """The modules that a Python of its own has imported after some code."""
    code += "\nimport sys\nprint(*sys.modules, sep='\\n')"
    ended = subprocess.run([sys.executable, "-c", code, *arguments], capture_output=True, text=True, check=False)
    assert ended.returncode == 0, ended.stderr
    return set(ended.stdout.split())


@pytest.mark.parametrize(
    "code",
    [
        "import scoreline.runtime",
        "import sys\nfrom scoreline.runtime import load\n"
        "result = load(sys.argv[1]).score({'employees': 100}, interactions=[])\n"
        "assert result['Fit'].score == 15, result",
    ],
    ids=["imported", "a lead scored"],
)
def test_who_only_scores_imports_no_parser_no_checker_and_no_tool(code: str, saved: Path) -> None:
    found = modules_after(code, str(saved))
    assert "scoreline.runtime.rules" in found
    assert not FORBIDDEN & {name.partition(".")[0] for name in found}
    assert not [name for name in found if any(name == each or name.startswith(f"{each}.") for each in PARSING)]


@pytest.mark.parametrize("name", ["plan", "plan.txt", "plan.json.bak", "plan.toml"])
def test_a_plan_is_saved_under_a_name_that_load_takes_for_one(rules: Rules, tmp_path: Path, name: str) -> None:
    with pytest.raises(ValueError, match=r"ends in \.json"):
        rules.save(tmp_path / name)
    assert not list(tmp_path.iterdir())


def test_a_plan_has_its_own_schema_and_time_zone(rules: Rules, saved: Path) -> None:
    with pytest.raises(ValueError, match="own schema and time zone"):
        load(saved, schema=rules.plan.schema)
    with pytest.raises(ValueError, match="own schema and time zone"):
        load(saved, timezone="UTC")


@pytest.mark.parametrize(
    "text",
    ["", "model Fit for lead", "null", "7", "[]", '["version"]', "{}", '{"models": []}', "[" * 100_000, "\ufeff{}"],
    ids=lambda text: text[:12],
)
def test_what_is_no_plan_is_told(tmp_path: Path, text: str) -> None:
    path = tmp_path / "other.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ValueError, match=r"other\.json is no saved plan"):
        load(path)


def test_bytes_that_are_no_text_are_told_and_so_is_a_file_that_is_not_there(tmp_path: Path) -> None:
    path = tmp_path / "other.json"
    path.write_bytes(b'{"version": 1, "\xff": 1}')
    with pytest.raises(ValueError, match=r"other\.json is no"):
        load(path)
    with pytest.raises(FileNotFoundError, match=r"nothing\.json"):
        load(tmp_path / "nothing.json")


@pytest.mark.parametrize("version", [VERSION - 1, VERSION + 1, "next", 1.5])
def test_a_plan_of_another_version_is_to_be_saved_anew(saved: Path, tmp_path: Path, version: object) -> None:
    path = tmp_path / "plan.json"
    path.write_text(json.dumps({**json.loads(saved.read_bytes()), "version": version}))
    with pytest.raises(ValueError, match=rf"version {version}, and this is version {VERSION}"):
        load(path)


PARTS = (
    *("schema", "timezone", "moments", "counters", "nodes", "models", "qualifications", "examples"),
    *("schema.lead", "schema.lead.key", "schema.lead.fields.industry.type"),
    *("moments.0.of", "counters.0.origin", "nodes.0.operand", "models.0.name", "models.0.rules.1.place.line"),
    *("models.0.rules.3.count", "qualifications.0.stages.0.when", "qualifications.0.stages.0.actions.0.title"),
)


@pytest.mark.parametrize("part", PARTS)
def test_the_part_that_a_plan_lacks_is_named(saved: Path, tmp_path: Path, part: str) -> None:
    whole = inside = json.loads(saved.read_bytes())
    *way, last = part.split(".")
    for key in way:
        inside = inside[int(key) if key.isdigit() else key]
    del inside[last]
    path = tmp_path / "plan.json"
    path.write_text(json.dumps(whole))
    with pytest.raises(ValueError, match=rf"plan\.json is no whole plan: .*\b{last}\)"):
        load(path)


def test_a_save_that_fails_leaves_the_old_file_and_nothing_beside(rules: Rules, tmp_path: Path) -> None:
    path = tmp_path / "plan.json"
    path.write_text("older")
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100, hard))  # as if the disk were full after so many bytes
    try:
        with pytest.raises(OSError, match="too large"):
            rules.save(path)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert path.read_text() == "older"
    assert [each.name for each in tmp_path.iterdir()] == ["plan.json"]


@pytest.mark.parametrize("part", ["nodes", "moments", "timezone"])
def test_a_plan_whose_parts_do_not_fit_together_is_refused(part: str, tmp_path: Path) -> None:
    schema, _ = read_schema(Source("s.toml", '[lead]\nkey = "id"\n[lead.fields]\na = "number"\n[interactions."b.c"]\n'))
    assert schema is not None
    path = tmp_path / "x.json"
    from_texts({"x.score": "model M for lead\n  when a > 1 and b.c within 3 days then +1\n"}, schema).save(path)
    whole = json.loads(path.read_text(encoding="utf-8"))
    path.write_text(json.dumps({**whole, part: "No/Where" if part == "timezone" else []}), encoding="utf-8")
    with pytest.raises(ValueError, match="do not fit together"):
        load(path)
