"""W253: a comment that silences what is not said."""

from collections.abc import Iterator

from scoreline.compiler.nearest import nearest
from scoreline.dsl.codes import CODES
from scoreline.dsl.diagnostics import Edit, Fix, Severity
from scoreline.dsl.messages import say
from scoreline.dsl.source import Source
from scoreline.dsl.span import Span
from scoreline.tools.lint.edits import safe
from scoreline.tools.lint.lints import Finding, Lint
from scoreline.tools.lint.project import Project
from scoreline.tools.lint.suppressions import Suppression

_HERE = say("write it at the end of the statement that it is about")


def find(project: Project) -> Iterator[Finding]:
    """Codes in `# scoreline: ignore` that silenced nothing, comments without codes, comments behind no statement."""
    for each in project.suppressions:
        source = each.place.source
        if not each.codes:
            yield Finding(each.place, say("this comment names no code"), say("say what to ignore, as in `ignore W204`"))
        elif each.covers is None:
            message = say("this comment stands behind no statement, and so silences nothing")
            yield Finding(each.place, message, _HERE, (), (_without_comment(each),))
        else:
            for index, (code, span) in enumerate(each.codes):
                if (each.place, code) not in project.of_use:
                    yield Finding(source.at(span), *_words(code), (), _fixes(source, each, index))


def _words(code: str) -> tuple[str, str]:
    if code.startswith("E") and code in CODES:
        return say("`{code}` is an error: it cannot be ignored", code=code), say("mend what it tells")
    if code not in CODES:
        near = nearest(code, (known for known in CODES if known.startswith("W")))
        return say("there is no code `{code}`", code=code), (
            say("did you mean `{near}`?", near=near) if near else say("leave it out")
        )
    return say("nothing here is told as `{code}`", code=code), say("leave it out")


def _without_comment(suppression: Suppression) -> Fix:
    source, span = suppression.place.source, suppression.place.span
    start = span.start
    while start > 0 and source.text[start - 1] in " \t":
        start -= 1
    return safe(say("leave the comment out"), Edit(Span(start, span.end), ""))


def _fixes(source: Source, suppression: Suppression, index: int) -> tuple[Fix, ...]:
    codes = [span for _, span in suppression.codes]
    if len(codes) == 1:
        return (_without_comment(suppression),)
    span = Span(codes[index - 1].end, codes[index].end) if index else Span(codes[0].start, codes[1].start)
    return (safe(say("leave the code out"), Edit(span, "")),)


LINT = Lint("W253", Severity.WARNING, find, last=True)
