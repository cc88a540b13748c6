"""W240: a rule that was switched off by making it a comment."""

import re
from collections.abc import Iterator

from scoreline.dsl.diagnostics import Edit
from scoreline.dsl.messages import code, said_in, say
from scoreline.dsl.parse import Parsed, parse
from scoreline.dsl.source import Source
from scoreline.dsl.span import Span
from scoreline.grammar.lexicon import Terminal
from scoreline.tools.lint.edits import offer
from scoreline.tools.lint.lints import Finding, hint
from scoreline.tools.lint.project import ProjectView
from scoreline.tools.lint.texts import spellings

_LINES = re.compile(r"[ \t]*#[^\r\n]*(?:\r?\n[ \t]*#[^\r\n]*){0,4}")
_SIGN = re.compile(r"^[ \t]*#", re.MULTILINE)


def find(project: ProjectView) -> Iterator[Finding]:
    """Comments on lines of their own that can be read as a whole rule."""
    for file in project.files.own:
        yield from _of_file(file.parsed)


def _of_file(parsed: Parsed) -> Iterator[Finding]:
    source = parsed.source.document
    when, for_, each = (spellings(source, word) for word in (Terminal.WHEN, Terminal.FOR, Terminal.EACH))
    first = re.compile(rf"^[ \t]*#[ \t]*(?:{when}|{for_}\s+{each})", re.MULTILINE)
    outcome = re.compile(rf"{spellings(source, Terminal.THEN)}\s+(?:[+-]\d|{spellings(source, Terminal.DISQUALIFY)})")
    for match in first.finditer(source.text):
        block = _LINES.match(source.text, match.start())
        lines = block[0].splitlines(keepends=True) if block else []
        for count in range(1, len(lines) + 1):
            rule = _SIGN.sub("", text := "".join(lines[:count]))
            if outcome.search(rule) and _is_rule(source.language, rule):
                yield _finding(source, match.start(), text)
                break


def _is_rule(language: str, text: str) -> bool:
    heading = said_in(language, code("model M for lead"))
    return parse(Source("", f"# language: {language}\n{heading}\n{text}")).diagnostics == ()


def _finding(source: Source, start: int, text: str) -> Finding:
    body = text.rstrip("\r\n")
    lead = len(body) - len(body.lstrip())
    whole = Span(start, source.line_end(start + len(body)))
    return Finding(
        source.at(Span(start + lead, start + len(body))),
        say("this comment is a rule that is switched off"),
        say("remove it: earlier rules are in the history of the file"),
        (offer(say("leave it out"), Edit(whole, "")),),
    )


LINT = hint("W240", find)
