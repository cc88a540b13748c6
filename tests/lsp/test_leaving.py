"""How the server ends, and that it says nothing on the side: editors show what comes there as an error."""

import json
import subprocess
import sys

import pytest

START = [
    {"id": 1, "method": "initialize", "params": {"capabilities": {}, "processId": None, "rootUri": None}},
    {"method": "initialized", "params": {}},
    {"method": "workspace/didChangeConfiguration", "params": {"settings": {}}},
    {"method": "$/cancelRequest", "params": {"id": 77}},
]


def frame(message: dict) -> bytes:
    body = json.dumps({"jsonrpc": "2.0", **message}).encode()
    return b"Content-Length: %d\r\n\r\n%b" % (len(body), body)


@pytest.mark.parametrize(
    ("messages", "code"),
    [([{"id": 2, "method": "shutdown"}, {"method": "exit"}], 0), ([{"method": "exit"}], 1), ([], 1)],
    ids=["asked for a shutdown", "left", "gone"],
)
def test_the_code_tells_whether_the_editor_said_good_bye(messages, code):
    program = [sys.executable, "-c", "from scoreline.tools.cli.main import run; run()", "lsp"]
    ended = subprocess.run(program, input=b"".join(map(frame, START + messages)), capture_output=True, timeout=60)
    assert (ended.returncode, ended.stderr) == (code, b"")
