"""W227: a `not` before a test that is a negation itself."""

import re
from collections.abc import Iterator

from scoreline.dsl import nodes
from scoreline.dsl.diagnostics import Edit, Fix
from scoreline.dsl.messages import code, say
from scoreline.dsl.source import Source
from scoreline.grammar.lexicon import Terminal
from scoreline.grammar.vocabulary import vocabulary
from scoreline.tools.lint.edits import safe
from scoreline.tools.lint.lints import Finding, hint
from scoreline.tools.lint.project import ProjectView
from scoreline.tools.lint.texts import free_of_comments, short, spellings, written


def find(project: ProjectView) -> Iterator[Finding]:
    """Negations of negations."""
    for at, node in project.written(nodes.Not):
        source = at.source
        positive = _positive(source, node.condition)
        if positive is not None:
            yield Finding(
                at.place,
                say("{test} is negated twice", test=short(at.place)),
                say("remove both `not`: write `{test}`", test=" ".join(positive.split())),
                _fixes(source, node, positive),
            )


def _positive(source: Source, inner: nodes.Condition) -> str | None:
    """The opposite of a negated condition, as text."""
    match inner:
        case nodes.Not():
            return written(source, inner.condition) if isinstance(inner.condition, nodes.Test | nodes.No) else None
        case nodes.No():
            return written(source, inner.happening)
        case nodes.Test(comparison=comparison):
            negated = getattr(comparison, "negated", False)
            if not negated and comparison != nodes.Knowing(known=False, span=inner.span):
                return None
            subject = written(source, inner.subject)
            rest = source.text[inner.subject.span.end : (inner.window or comparison or inner).span.end]
            return subject + _turned(source, rest)
        case nodes.And() | nodes.Or():
            return None


def _turned(source: Source, comparison: str) -> str:
    """A comparison without its negation."""
    negation = re.compile(
        rf"{spellings(source, Terminal.NOT)}\s+|(?P<unknown>{spellings(source, Terminal.UNKNOWN)})|!(?==)"
    )
    known = vocabulary(source.language).words[Terminal.KNOWN]
    return negation.sub(lambda found: known if found["unknown"] else "", comparison, count=1)


def _fixes(source: Source, node: nodes.Not, positive: str) -> tuple[Fix, ...]:
    text = written(source, node)
    if not free_of_comments(source, node.span) or text.count("(") != text.count(")"):
        return ()
    return (safe(say("remove both `not`"), Edit(node.span, code("{test}", test=positive))),)


LINT = hint("W227", find, local=True)
