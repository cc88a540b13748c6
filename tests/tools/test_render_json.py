"""The JSON of `check --format json`, field by field."""

import json

from scoreline.dsl.diagnostics import Diagnostic, replacement
from scoreline.dsl.source import Source
from scoreline.dsl.span import Span
from scoreline.tools.render.as_json import diagnostics_json


def test_the_document_is_as_promised():
    source = Source("rules/fit.score", "a\nwhen x then 5")
    place = source.at(Span(14, 15))
    found = Diagnostic("E110", "no sign", place, "write a sign", fixes=(replacement("write `+5`", place.span, "+5"),))
    assert json.loads(diagnostics_json([found])) == {
        "version": 1,
        "diagnostics": [
            {
                "code": "E110",
                "severity": "error",
                "message": "no sign",
                "file": "rules/fit.score",
                "start": {"line": 2, "column": 13},
                "end": {"line": 2, "column": 14},
                "help": "write a sign",
                "fixes": [
                    {
                        "title": "write `+5`",
                        "applicability": "safe",
                        "edits": [{"start": {"line": 2, "column": 13}, "end": {"line": 2, "column": 14}, "text": "+5"}],
                    }
                ],
            }
        ],
    }


def test_columns_count_code_points():
    place = Source("a.score", "𝒳é x").at(Span(3, 4))
    document = json.loads(diagnostics_json([Diagnostic("E101", "m", place)]))
    assert document["diagnostics"][0]["start"] == {"line": 1, "column": 4}


def test_no_problems_are_an_empty_list():
    assert json.loads(diagnostics_json([])) == {"version": 1, "diagnostics": []}


def test_half_a_character_in_a_message_can_be_written_and_read():
    place = Source("a.score", "x").at(Span(0, 1))
    text = diagnostics_json([Diagnostic("E101", "half \ud800", place)])
    assert json.loads(text.encode())["diagnostics"][0]["message"] == "half \ud800"


def test_ascii_only_is_ascii_and_says_the_same():
    place = Source("ä.score", "x").at(Span(0, 1))
    found = [Diagnostic("E101", "„ü“", place)]
    text = diagnostics_json(found, ascii_only=True)
    assert text.isascii()
    assert json.loads(text) == json.loads(diagnostics_json(found))
