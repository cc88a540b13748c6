"""Workflow commands and the job summary: nothing that a rule file holds ends a command or becomes markup."""

import re

from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from scoreline.dsl.diagnostics import Diagnostic, Severity
from scoreline.dsl.source import Source
from scoreline.dsl.span import Span
from scoreline.tools.render.findings import Findings
from scoreline.tools.render.github import github_commands
from scoreline.tools.render.github_summary import job_summary

COMMAND = re.compile(
    r"::(error|warning|notice) file=[^,:\n]*,line=\d+(,col=\d+)?,endLine=\d+(,endColumn=\d+)?"
    r",title=[^,:\n]*::[^\n\r]*\n"
)
PAGE = MarkdownIt("commonmark").enable("table")


def one(message: str, name: str = "a.score", text: str = "x\ny", severity: Severity = Severity.ERROR) -> Diagnostic:
    return Diagnostic("E201", message, Source(name, text).at(Span(0, 1)), severity=severity)


def test_a_command_is_as_github_wants_it():
    assert github_commands([one("100 % `a`, b: c\r\nd", "r,u:l/ä.score")]) == (
        "::error file=r%2Cu%3Al/ä.score,line=1,col=1,endLine=1,endColumn=2,title=E201 unknown-name::"
        "100 %25 `a`, b: c%0Ad\n"
    )


def test_severities_have_their_kinds():
    kinds = [github_commands([one("m", severity=severity)]).split(" ")[0] for severity in Severity]
    assert kinds == ["::error", "::warning", "::notice"]


def test_columns_are_left_out_where_a_finding_spans_lines():
    place = Source("a.score", "x\ny").at(Span(0, 3))
    assert "line=1,endLine=2,title" in github_commands([Diagnostic("E201", "m", place)])


def test_paths_start_from_the_checkout(monkeypatch, tmp_path):
    (tmp_path / "scoring").mkdir()
    monkeypatch.chdir(tmp_path / "scoring")
    monkeypatch.setenv("GITHUB_WORKSPACE", str(tmp_path))
    assert "file=scoring/a.score," in github_commands([one("m")])


@given(st.text(), st.text(max_size=9))
def test_any_text_is_one_command(message, name):
    assert COMMAND.fullmatch(github_commands([one(message, name)]))


@given(st.text(alphabet=st.sampled_from("`*_[]()<>|!#&@:/.\\~-+w1a \n"), max_size=60))
def test_no_text_becomes_markup(text):
    html = PAGE.render(job_summary(Findings((one(text),), ("a.score",))))
    assert set(re.findall(r"<(?!/)([a-z0-9]+)", html)) <= {"h3", "table", "thead", "tbody", "tr", "th", "td", "code"}
    assert html.count("<tr>") == 2


def test_a_summary_is_never_larger_than_github_shows_and_tells_what_it_leaves_out():
    summary = job_summary(Findings(tuple(one("." * 600, "ü" * 300) for _ in range(700)), ("a.score",)))
    assert len(summary.encode()) < 2**20
    shown = summary.count("| ❌")
    assert f"and {700 - shown} more findings" in summary and shown > 200


def test_what_is_in_backticks_is_code():
    assert "<code>a&#42;</code> is none" in job_summary(Findings((one("`a*` is none"),), ()))


def test_the_summary_is_added_where_github_says(project, call, monkeypatch, tmp_path):
    summary = tmp_path / "summary.md"
    summary.write_text("before\n", encoding="utf-8")
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(summary))
    checked = call("check", "--format", "github")
    assert (checked.status, checked.out, checked.err) == (0, "", "no problems in 3 files\n")
    assert summary.read_text(encoding="utf-8") == "before\n### Scoreline: no problems in 3 files\n\n"
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(tmp_path / "none" / "summary.md"))
    told = call("check", "--format", "github")
    assert told.status == 0
    assert "the job summary could not be written" in told.err
