"""JUnit XML: well-formed for any text, a test case a file, failing as the run does."""

from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scoreline.dsl.diagnostics import Diagnostic, Severity
from scoreline.dsl.source import Source
from scoreline.dsl.span import Span
from scoreline.tools.render.findings import Findings
from scoreline.tools.render.junit import junit_xml


def one(message: str, name: str = "b.score", severity: Severity = Severity.ERROR) -> Diagnostic:
    return Diagnostic("E201", message, Source(name, "x").at(Span(0, 1)), "do so", severity=severity)


def test_a_file_is_a_case_and_a_case_fails_once():
    found = Findings((one("first"), one("second")), ("a.score", "b.score"))
    (suite,) = ET.fromstring(junit_xml(found))
    assert {name: suite.get(name) for name in ("tests", "failures", "errors")} == {
        "tests": "2", "failures": "1", "errors": "0",
    }  # fmt: skip
    clean, wrong = suite
    assert (clean.get("name"), len(clean)) == ("a.score", 0)
    (failure,) = wrong
    assert failure.get("message") == "E201 unknown-name: first, and 1 more finding"
    assert failure.text == (
        "b.score:1:1: error: E201 unknown-name: first\n  help: do so\n"
        "b.score:1:1: error: E201 unknown-name: second\n  help: do so"
    )


@pytest.mark.parametrize(
    ("fail_on", "failures"), [(Severity.ERROR, "0"), (Severity.WARNING, "1"), (Severity.HINT, "1")]
)
def test_what_does_not_fail_the_run_stands_in_the_output(fail_on, failures):
    root = ET.fromstring(junit_xml(Findings((one("m", severity=Severity.WARNING),), (), (), fail_on)))
    assert root.get("failures") == failures
    assert [each.tag for each in root[0][0]] == ["failure" if failures == "1" else "system-out"]


@given(st.text(), st.text(max_size=9))
def test_it_is_well_formed_for_any_text(message, name):
    text = junit_xml(Findings((one(message, name),), (name,)))
    assert ET.fromstring(text.encode()).get("tests") == "1"


def test_control_characters_are_shown(project, call):
    (project / "rules" / "a.score").write_bytes(b"when \x00\x1b]0;x\x07 then +1 \xff")
    root = ET.fromstring(call("check", "--format", "junit").out)
    assert root.get("failures") == "1"


def test_ascii_only_is_ascii_and_says_the_same():
    found = Findings((one("„ü“ <&>"),), ("ä.score",))
    text = junit_xml(found, ascii_only=True)
    assert text.isascii()
    assert ET.tostring(ET.fromstring(text.encode())) == ET.tostring(ET.fromstring(junit_xml(found).encode()))
