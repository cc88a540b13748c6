"""The SARIF of `check`: valid by the standard's own schema whatever was found, and true about places."""

import json
from pathlib import Path

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scoreline.dsl.diagnostics import Diagnostic, Edit, Fix, Label, Severity, replacement
from scoreline.dsl.source import Source
from scoreline.dsl.span import Span
from scoreline.tools.render import pages
from scoreline.tools.render.findings import Findings
from scoreline.tools.render.sarif import FINGERPRINT, sarif_log

SCHEMA = json.loads((Path(__file__).parent / "schemas" / "sarif-2.1.0.json").read_text(encoding="utf-8"))
VALIDATOR = jsonschema.Draft202012Validator(SCHEMA)
TEXT = "model Fit for lead\n  when x then 5\n"


def run_of(*diagnostics: Diagnostic, notes: tuple[str, ...] = ()) -> dict:
    document = json.loads(sarif_log(Findings(diagnostics, ("a.score",), notes)).encode())
    VALIDATOR.validate(document)
    (run,) = document["runs"]
    return run


def test_the_schema_itself_refuses():
    with pytest.raises(jsonschema.ValidationError):
        VALIDATOR.validate({"version": "2.1.0", "runs": [{"tool": {}}]})


def test_an_empty_run_is_valid():
    assert run_of(notes=("syntax only",))["results"] == []


def test_a_finding_with_everything():
    source, other = Source("rules/ä b.score", TEXT), Source("crm.schema.toml", "[lead]\n")
    place = source.at(Span(33, 34))
    one = Diagnostic(
        "E110", "no sign", place, "write a sign", (Label(other.at(Span(0, 6)), "told here"),),
        (replacement("write `+5`", place.span, "+5"),), Severity.WARNING,
    )  # fmt: skip
    run = run_of(one)
    assert run["columnKind"] == "unicodeCodePoints"
    (result,) = run["results"]
    region = {"startLine": 2, "startColumn": 15, "endLine": 2, "endColumn": 16}
    physical = result["locations"][0]["physicalLocation"]
    assert physical["artifactLocation"] == {"uri": "rules/%C3%A4%20b.score", "uriBaseId": "%SRCROOT%"}
    assert physical["region"] == region
    assert (result["ruleId"], result["level"]) == ("E110", "warning")
    assert result["message"]["text"] == "no sign\nwrite a sign"
    assert result["relatedLocations"][0]["message"]["text"] == "told here"
    (change,) = result["fixes"][0]["artifactChanges"]
    assert change["replacements"] == [{"deletedRegion": region, "insertedContent": {"text": "+5"}}]
    (rule,) = run["tool"]["driver"]["rules"]
    assert rule["help"]["markdown"].startswith("# E110 missing-sign")
    assert rule["fullDescription"]["text"].startswith("Points")
    assert "%SRCROOT%" in run["originalUriBaseIds"]


def test_a_page_has_an_address_once_the_package_tells_where_its_documentation_is(monkeypatch):
    class Told:
        def get_all(self, _name):
            return ["Documentation, https://docs.example.com/scoreline/"]

    monkeypatch.setattr(pages, "metadata", lambda _name: Told())
    run = run_of(Diagnostic("E110", "m", Source("a.score", "x").at(Span(0, 1))))
    assert run["tool"]["driver"]["rules"][0]["helpUri"] == "https://docs.example.com/scoreline/codes/E110.md"


def fingerprints(text: str, word: str) -> list[str]:
    source = Source("a.score", text)
    starts = [at for at in range(len(text)) if text.startswith(word, at)]
    found = [Diagnostic("E201", "m", source.at(Span(at, at + len(word)))) for at in starts]
    return [result["partialFingerprints"][FINGERPRINT] for result in run_of(*found)["results"]]


def test_a_finding_keeps_its_fingerprint_when_lines_move():
    before = fingerprints("when x then +1\nwhen x then +1\n", "x")
    assert fingerprints("# more\n\n  when x   then +1\r\nwhen x then +1\n", "x") == before
    assert len(set(before)) == 2
    assert fingerprints("when x then +2\n", "x")[0] not in before


def test_a_message_makes_no_links_and_no_places_to_fill_in():
    run = run_of(Diagnostic("E101", "`[a](1)` and {0} and {first_name}", Source("a.score", "x").at(Span(0, 1))))
    assert run["results"][0]["message"]["text"] == "`[a] (1)` and { 0} and {first_name}"


@given(
    st.text(max_size=30), st.text(max_size=30), st.text(max_size=12), st.integers(0, 40), st.integers(0, 40), st.data()
)
def test_it_is_valid_for_any_text(text, message, name, one, other, data):
    source = Source(name, text)
    place = source.at(Span(min(one, other), max(one, other)))
    edits = data.draw(st.sampled_from([(), (Edit(place.span, message),)]))
    severity = data.draw(st.sampled_from(list(Severity)))
    code = data.draw(st.sampled_from(["E101", "E120", "W299"]))
    labels = (Label(place, message),)
    run_of(Diagnostic(code, message, place, None, labels, (Fix(message, edits),), severity), notes=(message,))


@pytest.mark.parametrize("data", [b"", b"\xff\xfe\x00", b"model", b"\xef\xbb\xbf(((", b"when \xe2\x80\x9c\r x then 5"])
def test_it_is_valid_for_files_that_cannot_be_read(project, call, data):
    (project / "rules" / "a%20[b]:ü.score").write_bytes(data)
    document = json.loads(call("check", "--format", "sarif").out)
    VALIDATOR.validate(document)
    uris = {
        each["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] for each in document["runs"][0]["results"]
    }
    assert uris <= {"rules/a%2520%5Bb%5D%3A%C3%BC.score"}
    assert bool(uris) is bool(data)


def test_it_is_valid_for_a_broken_project(project, call):
    (project / "scoreline.toml").write_text("[project\n")
    document = json.loads(call("check", "--format", "sarif").out)
    VALIDATOR.validate(document)
    assert document["runs"][0]["results"]


def test_paths_start_from_the_top_of_the_repository(project, call, monkeypatch):
    (project.parent / ".git").mkdir()
    (project / "rules" / "a.score").write_text("when")
    monkeypatch.chdir(project / "rules")
    (result, *_) = json.loads(call("check", "--format", "sarif").out)["runs"][0]["results"]
    place = result["locations"][0]["physicalLocation"]["artifactLocation"]
    assert place == {"uri": "my-rules/rules/a.score", "uriBaseId": "%SRCROOT%"}
