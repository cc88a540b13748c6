"""Faults of the server are logged with the request and the place in our code, and never with what somebody typed."""

import json
import os
import subprocess
import sys

import pytest
from lsp.test_leaving import START, frame

SECRET = "umbrella"
URI = "file:///nowhere/fit.score"
OPEN = {
    "method": "textDocument/didOpen",
    "params": {
        "textDocument": {
            "uri": URI,
            "languageId": "scoreline",
            "version": 1,
            "text": f'model Fit for lead\n  when city is "{SECRET}" then +5\n',
        }
    },
}
WHERE = {"textDocument": {"uri": URI}, "position": {"line": 1, "character": 8}}
HOVER = {"id": 2, "method": "textDocument/hover", "params": WHERE}
CHANGE = {
    "method": "textDocument/didChange",
    "params": {"textDocument": {"uri": URI, "version": 2}, "contentChanges": [{"text": SECRET}]},
}
OUTLINE = {"id": 3, "method": "textDocument/documentSymbol", "params": {"textDocument": {"uri": URI}}}
BYE = [{"id": 9, "method": "shutdown"}, {"method": "exit"}]
MALFORMED = {"method": "textDocument/didChange", "params": {"textDocument": SECRET, "contentChanges": SECRET}}
BROKEN = """
def broken(*asked, **named):
    raise ValueError("umbrella")
"""


def served(patch: str, messages: list[dict]) -> tuple[str, str, dict[int, dict]]:
    """What a server logs and sends that has a fault built in, and its answers by number."""
    program = f"{BROKEN}\n{patch}\nfrom scoreline.tools.cli.main import run; run()"
    ended = subprocess.run(
        [sys.executable, "-c", program, "lsp"],
        input=b"".join(map(frame, (*START, OPEN, *messages, *BYE))),
        capture_output=True,
        timeout=60,
        env={**os.environ, "PYTHONWARNINGS": "ignore"},
    )
    sent = ended.stdout.decode()
    bodies = [json.loads(each.split("\r\n\r\n", 1)[1]) for each in sent.split("Content-Length: ")[1:]]
    assert ended.returncode == 0, ended.stderr.decode()
    return ended.stderr.decode(), sent, {each["id"]: each for each in bodies if "id" in each}


@pytest.mark.parametrize(
    ("patch", "message", "request_", "place"),
    [
        ("import scoreline.tools.lsp.serving as m; m.hover = broken", HOVER, "textDocument/hover", "lsp.serving"),
        (
            "import scoreline.tools.lsp.documents as m; m.Documents.change = broken",
            CHANGE,
            "textDocument/didChange",
            "lsp.serving",
        ),
        (
            "import scoreline.compiler.sources as s, scoreline.tools.examining as m; m.gather = broken",
            OUTLINE,
            "check again",
            "lsp.workshop",
        ),
    ],
    ids=["request", "notification", "what is remembered"],
)
def test_a_fault_is_logged_with_its_place_and_without_what_was_typed(patch, message, request_, place):
    logged, sent, _ = served(patch, [message])
    assert f"{request_}: ValueError" in logged
    assert f"scoreline.tools.{place}:" in logged
    assert SECRET not in logged
    assert SECRET not in sent


def test_a_message_that_cannot_be_read_is_logged_without_its_text():
    logged, sent, _ = served("", [MALFORMED])
    assert "json_rpc.structure_message: ClassValidationError" in logged
    assert SECRET not in logged
    assert SECRET not in sent


def test_a_fault_in_one_request_does_not_end_the_next_one():
    _, _, answers = served("import scoreline.tools.lsp.serving as m; m.hover = broken", [HOVER, OUTLINE])
    assert answers[2]["error"]["message"].startswith("textDocument/hover failed: ValueError")
    assert [each["name"] for each in answers[3]["result"]] == ["Fit"]
