"""W253: a comment that silences what is not said."""

from collections.abc import Callable, Iterator

from scoreline.compiler.nearest import nearest
from scoreline.dsl.codes import CODES
from scoreline.dsl.diagnostics import Edit, Fix, Severity
from scoreline.dsl.messages import say
from scoreline.dsl.span import Span
from scoreline.tools.lint.edits import offer, safe
from scoreline.tools.lint.lints import Finding, Lint
from scoreline.tools.lint.project import ProjectView
from scoreline.tools.lint.suppressions import Suppression

_HERE = say("write it at the end of the statement that it is about")
_BEGIN = say("write `# scoreline: ignore`")
_LOOK_LIKE = str.maketrans("OIL", "011")


def find(project: ProjectView) -> Iterator[Finding]:
    """Codes in `# scoreline: ignore` that silenced nothing, and comments that can silence nothing where they stand or
    as they are written."""
    for each in project.suppressions:
        of_use = {code for code, _ in each.codes if (each.place, code) in project.of_use}
        if not each.codes:
            yield Finding(
                each.place, say("this comment names no code"), say("write what to ignore, as in `ignore W204`")
            )
        elif each.inside and not of_use:
            message = say("this comment is inside another comment, so it ignores nothing")
            yield Finding(each.place, message, say("begin it with `# scoreline:`, and put other remarks after it"))
        elif each.misspelled is not None:
            yield _misspelled(each, each.misspelled)
        elif each.covers is None and not each.inside:
            message = say("this comment follows no statement, so it ignores nothing")
            yield Finding(each.place, message, _HERE, (_without_comment(offer, each),))
        else:
            for index, (code, span) in enumerate(each.codes):
                if code not in of_use:
                    yield Finding(each.place.source.at(span), *_words(code), _fixes(each, index))


def _misspelled(suppression: Suppression, begin: Span) -> Finding:
    return Finding(
        suppression.place,
        say("this comment ignores nothing: it does not begin with `# scoreline: ignore`"),
        _BEGIN,
        (offer(_BEGIN, Edit(begin, "# scoreline: ignore ")),),
    )


def _words(code: str) -> tuple[str, str]:
    if code.startswith("E") and code in CODES:
        return say("`{code}` is an error: it cannot be ignored", code=code), say("correct the error")
    if code not in CODES:
        near = _meant(code) or nearest(code, (known for known in CODES if known.startswith("W")))
        return say("there is no code `{code}`", code=code), (
            say("did you mean `{near}`?", near=near) if near else say("leave it out")
        )
    return say("`{code}` is not reported here", code=code), say("leave it out")


def _meant(code: str) -> str | None:
    """The code that was meant by one with letters that look like digits."""
    digits = code[0] + code[1:].translate(_LOOK_LIKE)
    return digits if digits != code and digits in CODES else None


def _without_comment(make: Callable[..., Fix], suppression: Suppression) -> Fix:
    source, span = suppression.place.source, suppression.place.span
    start = span.start
    while start > 0 and source.text[start - 1] in " \t":
        start -= 1
    return make(say("remove the comment"), Edit(Span(start, span.end), ""))


def _fixes(suppression: Suppression, index: int) -> tuple[Fix, ...]:
    """Leave out a code that silences nothing (any more); that is safe. A code that could never silence anything is only
    an offer, since its author meant something by it."""
    code, at = suppression.codes[index]
    make = safe if code in CODES and not code.startswith("E") else offer
    codes = [span for _, span in suppression.codes]
    meant = _meant(code)
    if meant is not None:
        return (offer(say("write `{text}`", text=meant), Edit(at, meant)),)
    if len(codes) == 1:
        return (_without_comment(make, suppression),)
    span = Span(codes[index - 1].end, codes[index].end) if index else Span(codes[0].start, codes[1].start)
    return (make(say("remove the code"), Edit(span, "")),)


LINT = Lint("W253", Severity.WARNING, find, last=True)
