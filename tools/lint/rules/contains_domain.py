"""W228: `contains` where the end of a mail address is meant."""

import re
from collections.abc import Iterator

from scoreline.compiler.checked_parts import field_of
from scoreline.dsl import nodes
from scoreline.dsl.diagnostics import Edit, Fix
from scoreline.dsl.messages import code, say
from scoreline.dsl.source import Source
from scoreline.dsl.span import Span
from scoreline.grammar.lexicon import Terminal
from scoreline.tools.lint.edits import offer
from scoreline.tools.lint.lints import Finding, warning
from scoreline.tools.lint.literals import values_of
from scoreline.tools.lint.project import ProjectView
from scoreline.tools.lint.texts import short, spellings


def find(project: ProjectView) -> Iterator[Finding]:
    """`contains` with what begins with `@` and names a whole domain."""
    for at, test, known in project.tested:
        field = field_of(known)
        if field is None or field.spec.type != "text" or not isinstance(test.comparison, nodes.Match):
            continue
        if test.comparison.how == "contains" and _domains(test.comparison):
            source = at.source
            yield Finding(
                at.place,
                say("{test} matches the middle of an address too", test=short(at.place)),
                say("a domain is the end of an address: write `ends with`"),
                _fixes(source, test, test.comparison.argument),
            )


def _domains(comparison: nodes.Match) -> bool:
    """Whether all that is looked for begins with `@` and goes on to the end of a domain."""
    listed = () if isinstance(comparison.argument, nodes.AllOf) else values_of(comparison)
    return bool(listed) and all(isinstance(each, nodes.Text) and _domain(each.value.strip()) for each in listed)


def _domain(text: str) -> bool:
    return text.startswith("@") and "." in text and not text.endswith(".")


def _fixes(source: Source, test: nodes.Test, argument: nodes.TextArgument) -> tuple[Fix, ...]:
    between = Span(test.subject.span.end, argument.span.start)
    found = re.compile(spellings(source, Terminal.CONTAINS)).search(source.text, between.start, between.end)
    return () if found is None else (offer(say("write `ends with`"), Edit(Span(*found.span()), code("ends with"))),)


LINT = warning("W228", find, local=True)
