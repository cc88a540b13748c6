"""W234: a window that ends before the decay behind it has done anything, or before it has ended."""

from collections.abc import Iterator

from scoreline.dsl import nodes
from scoreline.dsl.diagnostics import Edit
from scoreline.dsl.messages import say
from scoreline.dsl.source import Source
from scoreline.dsl.span import Span
from scoreline.tools.lint.edits import offer, safe
from scoreline.tools.lint.lengths import least_days, most_days, surely_shorter, surely_within
from scoreline.tools.lint.lints import Finding, warning
from scoreline.tools.lint.project import Project, RuleView
from scoreline.tools.lint.texts import free_of_comments, written

_KEPT = 2  # so often points are halved before what is left of them is too little to be missed


def find(project: Project) -> Iterator[Finding]:
    """`for each` rules whose window is no longer than the first half, or shorter than what matters of the decay."""
    for model in project.models:
        for rule in model.rules:
            node = rule.node
            if isinstance(node, nodes.ForEach) and node.decay is not None:
                window = node.happening.window
                if isinstance(window, nodes.Within):
                    yield from _compared(rule, node.decay, window)


def _compared(rule: RuleView, decay: nodes.Decay, window: nodes.Within) -> Iterator[Finding]:
    reach, length = window.duration, decay.duration
    if isinstance(decay, nodes.Fading):
        if surely_shorter(reach, length):
            yield _too_short(rule, decay, window)
    elif surely_within(reach, length):
        yield _never_halved(rule, decay, window)
    elif most_days(reach) < (_KEPT + 1) * least_days(length):
        yield _too_short(rule, decay, window)


def _never_halved(rule: RuleView, decay: nodes.Decay, window: nodes.Window) -> Finding:
    source = rule.file.parsed.source
    return Finding(
        rule.at(decay),
        say(
            "`{decay}` changes nothing: `{window}` ends before the points are halved",
            decay=written(source, decay),
            window=written(source, window),
        ),
        say("halve sooner, look back further, or remove the decay"),
        (),
        (safe(say("remove the decay"), _without(source, decay.span)),) if free_of_comments(source, decay.span) else (),
    )


def _too_short(rule: RuleView, decay: nodes.Decay, window: nodes.Window) -> Finding:
    source = rule.file.parsed.source
    return Finding(
        rule.at(window),
        _message(written(source, window), decay, written(source, decay.duration)),
        say("remove the window: points that have faded give nothing anyway"),
        (),
        (offer(say("remove the window"), _without(source, window.span)),),
    )


def _message(window: str, decay: nodes.Decay, length: str) -> str:
    if isinstance(decay, nodes.Fading):
        return say("`{window}` ends while points are left: they fade over {length}", window=window, length=length)
    return say("`{window}` ends while points are left: they are halved every {length}", window=window, length=length)


def _without(source: Source, span: Span) -> Edit:
    """Leave out a piece, and the white space before it unless a comment would swallow what follows."""
    start = span.start
    while source.text[start - 1].isspace():
        start -= 1
    kept = not free_of_comments(source, Span(source.line_start(start), start))
    return Edit(span if kept else Span(start, span.end), "")


LINT = warning("W234", find, local=True)
