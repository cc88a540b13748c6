"""Findings as SARIF 2.1.0, the format in which code hosts and editors take the findings of any checker.

Promises a document that is valid whatever was found, also in files that cannot be read: every region lies within
what was read, every address is percent-encoded, and places count as the document says (lines as our sources end
them, columns in code points). A finding keeps its fingerprint when lines above it come and go.
"""

import os
import re
from importlib.metadata import version
from pathlib import Path
from urllib.parse import quote

from scoreline.dsl.diagnostics import Diagnostic, Fix, Label, Severity
from scoreline.dsl.source import Place, Source
from scoreline.dsl.span import Span
from scoreline.tools.render.as_json import Json, dumped
from scoreline.tools.render.findings import Findings
from scoreline.tools.render.fingerprints import numbered
from scoreline.tools.render.pages import address_of, name_of, page_of, reason_of, title_of
from scoreline.tools.render.places import repository_path

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
FINGERPRINT = "scorelineFinding/v1"
_ROOT = "%SRCROOT%"
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.HINT: "note"}
_LEVELS_OF_CODES = {"E": "error", "W": "warning"}
# In a message, SARIF takes `[text](1)` for a link and `{0}` for a place to fill in.
_LINK = re.compile(r"\](?=\()")
_TO_FILL_IN = re.compile(r"\{(?=[0-9]+\})")


def sarif_log(findings: Findings, *, ascii_only: bool = False) -> str:
    """The whole document, with a line end."""
    codes = sorted({one.code for one in findings.diagnostics})
    document: Json = {"$schema": SCHEMA, "version": "2.1.0", "runs": [_run(findings, codes)]}
    return dumped(document, ascii_only=ascii_only)


def _run(findings: Findings, codes: list[str]) -> Json:
    numbers = {code: number for number, code in enumerate(codes)}
    marks = numbered(findings.diagnostics)
    return {
        "tool": {"driver": _driver(codes)},
        "invocations": [_invocation(findings)],
        "originalUriBaseIds": {_ROOT: {"description": _message("the folder that the paths start from")}},
        "columnKind": "unicodeCodePoints",
        "newlineSequences": ["\r\n", "\n", "\r"],
        "results": [
            _result(one, numbers[one.code], mark) for one, mark in zip(findings.diagnostics, marks, strict=True)
        ],
    }


def _driver(codes: list[str]) -> Json:
    release = version("scoreline")
    return {
        "name": "Scoreline",
        "version": release,
        "semanticVersion": release,
        "rules": [_rule(code) for code in codes],
    }


def _rule(code: str) -> Json:
    page, address = page_of(code), address_of(code)
    rule: dict[str, Json] = {
        "id": code,
        "name": name_of(code),
        "shortDescription": {"text": title_of(code)},
        "fullDescription": {"text": reason_of(code)},
        "help": {"text": page, "markdown": page} if page else {"text": title_of(code)},
        "defaultConfiguration": {"level": _LEVELS_OF_CODES.get(code[:1], "warning")},
    }
    if address:
        rule["helpUri"] = address
    return rule


def _invocation(findings: Findings) -> Json:
    notes: list[Json] = [{"level": "note", "message": _message(note)} for note in findings.notes]
    return {"executionSuccessful": True, "toolExecutionNotifications": notes}


def _result(diagnostic: Diagnostic, rule: int, mark: str) -> Json:
    text = f"{diagnostic.message}\n{diagnostic.help}" if diagnostic.help else diagnostic.message
    result: dict[str, Json] = {
        "ruleId": diagnostic.code,
        "ruleIndex": rule,
        "level": _LEVELS[diagnostic.severity],
        "message": _message(text),
        "locations": [{"physicalLocation": _physical(diagnostic.place)}],
        "partialFingerprints": {FINGERPRINT: mark},
    }
    if diagnostic.labels:
        result["relatedLocations"] = [_related(label, number) for number, label in enumerate(diagnostic.labels, 1)]
    fixes = [_fix(fix, diagnostic.place) for fix in diagnostic.fixes if fix.edits]
    if fixes:
        result["fixes"] = fixes
    return result


def _related(label: Label, number: int) -> Json:
    return {"id": number, "physicalLocation": _physical(label.place), "message": _message(label.message)}


def _fix(fix: Fix, place: Place) -> Json:
    replacements: list[Json] = [
        {"deletedRegion": _region(place.source, edit.span), "insertedContent": {"text": edit.text}}
        for edit in sorted(fix.edits, key=lambda edit: edit.span)
    ]
    change: Json = {"artifactLocation": _artifact(place.file), "replacements": replacements}
    return {"description": _message(fix.title), "artifactChanges": [change]}


def _physical(place: Place) -> Json:
    return {"artifactLocation": _artifact(place.file), "region": _region(place.source, place.span)}


def _artifact(name: str) -> Json:
    path = repository_path(name)
    if Path(path).is_absolute() or path.startswith(".."):
        return {"uri": Path(os.path.normpath(Path(path).absolute())).as_uri()}
    return {"uri": quote(Path(path).as_posix(), errors="surrogateescape"), "uriBaseId": _ROOT}


def _region(source: Source, span: Span) -> Json:
    """The lines and columns of a span, from 1; the end is the place behind the last character."""
    length = len(source.text)
    start, end = source.position(min(span.start, length)), source.position(min(max(span), length))
    return {"startLine": start.line, "startColumn": start.column, "endLine": end.line, "endColumn": end.column}


def _message(text: str) -> Json:
    return {"text": _TO_FILL_IN.sub("{ ", _LINK.sub("] ", text))}
