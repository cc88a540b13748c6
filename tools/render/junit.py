"""Findings as JUnit XML, which most CI services can show: a test case for each file.

Promises well-formed XML whatever files and their names contain: characters that XML does not allow are replaced. A file
fails if one of its findings makes the run fail; the other findings stand in its output.
"""

import re
from collections.abc import Sequence
from xml.etree import ElementTree as ET

from scoreline.dsl.diagnostics import Diagnostic
from scoreline.tools.render.findings import Findings
from scoreline.tools.render.pages import name_of
from scoreline.tools.render.places import repository_path, repository_place
from scoreline.tools.render.terminal import counted, visible

_NAME = "scoreline check"
_NOT_XML = re.compile("[\ufffe\uffff]")


def junit_xml(findings: Findings, *, ascii_only: bool = False) -> str:
    """The whole document, with a line end."""
    found: dict[str, list[Diagnostic]] = {name: [] for name in findings.names}
    for one in findings.diagnostics:
        found.setdefault(one.place.file, []).append(one)
    cases = [_case(name, found[name], findings) for name in sorted(found)]
    failures = sum(case.find("failure") is not None for case in cases)
    counts = {"name": _NAME, "tests": str(len(cases)), "failures": str(failures), "errors": "0"}
    suites = ET.Element("testsuites", counts)
    suite = ET.SubElement(suites, "testsuite", {**counts, "skipped": "0"})
    suite.extend(cases)
    ET.indent(suites)
    body = ET.tostring(suites, encoding="unicode")
    if ascii_only:
        body = body.encode("ascii", "xmlcharrefreplace").decode("ascii")
    return f'<?xml version="1.0" encoding="utf-8"?>\n{body}\n'


def _case(name: str, found: Sequence[Diagnostic], findings: Findings) -> ET.Element:
    path = _clean(repository_path(name))
    case = ET.Element("testcase", {"classname": _NAME, "name": path, "file": path})
    failing = [one for one in found if findings.fails(one)]
    others = [one for one in found if not findings.fails(one)]
    if failing:
        first, more = failing[0], len(failing) - 1
        message = f"{_told(first)}" + (f", and {counted(more, 'more finding')}" if more else "")
        failure = ET.SubElement(case, "failure", {"type": first.code, "message": _clean(message)})
        failure.text = _listed(failing)
    if others:
        ET.SubElement(case, "system-out").text = _listed(others)
    return case


def _listed(diagnostics: Sequence[Diagnostic]) -> str:
    return _clean(
        "\n".join(f"{repository_place(one)}: {one.severity}: {_told(one)}{_help(one)}" for one in diagnostics)
    )


def _told(diagnostic: Diagnostic) -> str:
    return f"{diagnostic.code} {name_of(diagnostic.code)}: {diagnostic.message}"


def _help(diagnostic: Diagnostic) -> str:
    return f"\n  help: {diagnostic.help}" if diagnostic.help else ""


def _clean(text: str) -> str:
    return _NOT_XML.sub("�", visible(text))
