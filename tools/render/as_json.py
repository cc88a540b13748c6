"""Diagnostics as JSON for programs: the shape that `check --format json` promises, version 1.

Lines and columns count from 1, columns in Unicode code points; an edit's `start` and `end` are places of the
same kind in the diagnostic's file. `applicability` is `safe` for a fix that may be applied unasked, else `guess`.
"""

import json
from collections.abc import Iterable

from scoreline.dsl.diagnostics import Diagnostic, Fix
from scoreline.dsl.source import Position, Source

VERSION = 1

Json = dict[str, "Json"] | list["Json"] | str | int | float | bool | None


def diagnostics_json(diagnostics: Iterable[Diagnostic], *, ascii_only: bool = False) -> str:
    """The whole document, with a line end."""
    document: Json = {"version": VERSION, "diagnostics": [_diagnostic(one) for one in diagnostics]}
    return dumped(document, ascii_only=ascii_only)


def dumped(document: Json, *, ascii_only: bool = False) -> str:
    """Any document as indented JSON with a line end; halves of characters are escaped, so that it can be written."""
    text = json.dumps(document, ensure_ascii=ascii_only, indent=2)
    return "".join(f"\\u{ord(c):04x}" if "\ud800" <= c <= "\udfff" else c for c in text) + "\n"


def _diagnostic(diagnostic: Diagnostic) -> Json:
    place = diagnostic.place
    return {
        "code": diagnostic.code,
        "severity": str(diagnostic.severity),
        "message": diagnostic.message,
        "file": place.file,
        "start": _position(place.start),
        "end": _position(place.end),
        "help": diagnostic.help,
        "fixes": [_fix(fix, place.source) for fix in diagnostic.fixes],
    }


def _fix(fix: Fix, source: Source) -> Json:
    edits: list[Json] = [
        {
            "start": _position(source.position(edit.span.start)),
            "end": _position(source.position(edit.span.end)),
            "text": edit.text,
        }
        for edit in fix.edits
    ]
    return {"title": fix.title, "applicability": str(fix.applicability), "edits": edits}


def _position(position: Position) -> Json:
    return {"line": position.line, "column": position.column}
