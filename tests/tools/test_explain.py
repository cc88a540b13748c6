"""`explain` tells of every rule what it saw, and `--why-not` what failed."""

import json

import pytest


def test_each_rule_that_fired_stands_with_points_values_and_place(project, call):
    shown = call("explain", "1001")
    assert (shown.status, shown.err) == (0, "")
    [line] = [line for line in shown.out.splitlines() if "Decision maker" in line]
    assert line.split() == [
        "+30",
        "Decision",
        "maker",
        "job_title:",
        "Director",
        "of",
        "Marketing",
        "rules/fit.score:16",
    ]
    assert "Private address" not in shown.out
    assert "did not fire" not in shown.out


def test_why_not_names_the_tests_that_failed_with_the_values_seen(project, call):
    shown = call("explain", "1002", "--why-not").out
    lines = [line.strip() for line in shown.splitlines()]
    place = lines.index("Mid-market   rules/fit.score:11")
    assert lines[place + 1] == "fails    employees between 50 and 500   employees: 12"
    assert "unknown  phone is known   phone is unknown" in lines


def test_a_group_shows_what_its_bound_took_away(project, call):
    rules = project / "rules" / "fit.score"
    rules.write_text(rules.read_text().replace('"Company" at most 60', '"Company" at most 40'))
    assert "(60, but at most 40)" in call("explain", "1001").out


def test_a_disqualified_lead_says_by_what(project, call):
    shown = call("explain", "1006").out
    assert "disqualified by Fit/competitor" in shown.splitlines()[0]
    assert "(disqualified, so there is no stage)" in shown


def test_json_holds_every_rule_fired_or_not(project, call):
    document = json.loads(call("explain", "1003", "--format", "json").out)
    assert (document["version"], document["lead"], document["disqualified"]) == (1, "1003", False)
    fit = next(model for model in document["models"] if model["name"] == "Fit")
    assert sum(rule["points"] for rule in fit["rules"]) == fit["sum"]
    assert {rule["id"]: rule["fired"] for rule in fit["rules"]}["Fit/large-company"] is True
    rule = next(rule for rule in fit["rules"] if rule["id"] == "Fit/home-market")
    assert (rule["fired"], rule["points"], rule["file"], rule["line"]) == (False, 0, "rules/fit.score", 13)
    assert rule["tests"] == [{"text": "country in dach", "holds": False, "seen": [{"name": "country", "value": "GB"}]}]
    assert document["qualification"]["stage"] == "Marketing qualified"


def test_explain_and_score_agree(project, call):
    call("score", "-o", "out.jsonl", "--as-of", "2026-03-31")
    for line in (project / "out.jsonl").read_text().splitlines():
        row = json.loads(line)
        document = json.loads(call("explain", row["lead_id"], "--as-of", "2026-03-31", "--format", "json").out)
        for model in document["models"]:
            assert model["score"] == row[f"{model['name']}_score"]
            assert [rule["id"] for rule in model["rules"] if rule["fired"]] == row[f"{model['name']}_rules"]


def test_a_stage_that_is_kept_says_so(project, call):
    (project / "before.csv").write_text("lead_id,Funnel_stage,Funnel_entered\n1003,Sales ready,1\n")
    assert "Sales ready  kept from last time" in call("explain", "1003", "--previous", "before.csv").out


def test_values_of_the_lead_that_are_not_used_are_told(project, call):
    leads = project / "data" / "leads.csv"
    leads.write_text(leads.read_text().replace(",DE,120,", ",DE,many,"))
    assert 'not used: employees: "many" is not a number' in call("explain", "1001").out


@pytest.mark.parametrize("key", ["9999", "", "1001\0", "' or 1=1 --", "[red]"])
def test_a_lead_that_is_not_there_is_an_error(project, call, key):
    refused = call("explain", key)
    assert refused.status == 2
    assert "there is no lead `" in refused.err


def test_a_key_in_another_case_is_offered(project, call):
    leads = project / "data" / "leads.csv"
    leads.write_text("lead_id\nAB-1\n")
    refused = call("explain", "ab-1")
    assert refused.status == 2
    assert "did you mean `AB-1`?" in refused.err


def test_a_stage_that_its_until_ended_says_so(project, call):
    (project / "before.csv").write_text("lead_id,Funnel_stage,Funnel_entered\n1002,Sales ready,1\n")
    lines = [line.strip() for line in call("explain", "1002", "--previous", "before.csv").out.splitlines()]
    assert "Sales ready  reached last time, but its `until` holds   rules/qualification.score:5" in lines
    assert lines[lines.index("until") + 1] == "holds    Engagement < 20   Engagement: 0"


def test_a_rule_that_counts_says_how_its_points_came_about(project, call):
    [line] = [line for line in call("explain", "1001").out.splitlines() if "Opens campaigns" in line]
    assert "different email.opened.campaign: 2  = 2 × +5" in line
