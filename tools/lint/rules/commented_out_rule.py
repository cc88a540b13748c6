"""W240: a rule that somebody switched off by making it a comment."""

import re
from collections.abc import Iterator

from scoreline.dsl.diagnostics import Edit
from scoreline.dsl.parse import Parsed, parse
from scoreline.dsl.source import Source
from scoreline.dsl.span import Span
from scoreline.tools.lint.edits import offer
from scoreline.tools.lint.lints import Finding, hint
from scoreline.tools.lint.project import Project

_FIRST = re.compile(r"^[ \t]*#[ \t]*(?:when|for each)\b", re.MULTILINE)
_LINES = re.compile(r"[ \t]*#[^\r\n]*(?:\r?\n[ \t]*#[^\r\n]*){0,4}")
_SIGN = re.compile(r"^[ \t]*#", re.MULTILINE)


def find(project: Project) -> Iterator[Finding]:
    """Comments on lines of their own that can be read as a whole rule."""
    for file in project.files.own:
        yield from _of_file(file.parsed)


def _of_file(parsed: Parsed) -> Iterator[Finding]:
    source = parsed.source
    for start, end in source.live:
        for match in _FIRST.finditer(source.text, start, end):
            block = _LINES.match(source.text, match.start())
            lines = block[0].splitlines(keepends=True) if block else []
            for count in range(1, len(lines) + 1):
                text = "".join(lines[:count])
                if "then" in text and _is_rule(text):
                    yield _finding(source, match.start(), text)
                    break


def _is_rule(text: str) -> bool:
    return parse(Source("", f"model M for lead\n{_SIGN.sub('', text)}")).diagnostics == ()


def _finding(source: Source, start: int, text: str) -> Finding:
    body = text.rstrip("\r\n")
    lead = len(body) - len(body.lstrip())
    whole = Span(start, source.line_end(start + len(body)))
    return Finding(
        source.at(Span(start + lead, start + len(body))),
        "this comment is a rule that is switched off",
        "leave it out: what the rules were before is in the history of the file",
        (),
        (offer("leave it out", Edit(whole, "")),),
    )


LINT = hint("W240", find, local=True)
