"""W234: a window that ends before the decay behind it has done anything, or before it has ended."""

from collections.abc import Iterator

from scoreline.dsl import nodes
from scoreline.dsl.diagnostics import Edit
from scoreline.dsl.span import Span
from scoreline.tools.lint.edits import offer, safe
from scoreline.tools.lint.lengths import days
from scoreline.tools.lint.lints import Finding, warning
from scoreline.tools.lint.project import Project, RuleView
from scoreline.tools.lint.texts import written


def find(project: Project) -> Iterator[Finding]:
    """`for each` rules whose window is no longer than the first half, or shorter than what fades."""
    for model in project.models:
        for rule in model.rules:
            node = rule.node
            if isinstance(node, nodes.ForEach) and node.decay is not None:
                window = node.happening.window
                if isinstance(window, nodes.Within):
                    yield from _compared(rule, node.decay, window)


def _compared(rule: RuleView, decay: nodes.Decay, window: nodes.Within) -> Iterator[Finding]:
    source = rule.file.parsed.source
    reach, length = days(window.duration), days(decay.duration)
    window_text, decay_text = written(source, window), written(source, decay)
    if isinstance(decay, nodes.Halving) and reach <= length:
        yield Finding(
            rule.at(decay),
            f"`{decay_text}` changes nothing: `{window_text}` ends before the points are halved",
            "halve sooner, look back further, or leave the decay out",
            (),
            (safe("leave the decay out", _without(source.text, decay.span)),),
        )
    elif isinstance(decay, nodes.Fading) and reach < length:
        yield Finding(
            rule.at(window),
            f"`{window_text}` ends while there are points left: they fade over {written(source, decay.duration)}",
            "leave the window out, since what has faded gives nothing anyway",
            (),
            (offer("leave the window out", _without(source.text, window.span)),),
        )


def _without(text: str, span: Span) -> Edit:
    """Leave out a piece, and the white space before it."""
    start = span.start
    while text[start - 1].isspace():
        start -= 1
    return Edit(Span(start, span.end), "")


LINT = warning("W234", find)
