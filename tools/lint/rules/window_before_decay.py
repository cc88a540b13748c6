"""W234: a window that ends before the decay behind it has done anything, or before it has ended."""

from collections.abc import Iterator

from scoreline.dsl import nodes
from scoreline.dsl.messages import say
from scoreline.tools.lint.edits import offer, safe, without
from scoreline.tools.lint.lints import Finding, warning
from scoreline.tools.lint.project import ProjectView, RuleView
from scoreline.tools.lint.texts import free_of_comments, written
from scoreline.tools.lint.windows import least_days, most_days, surely_shorter, surely_within

_KEPT = 2  # so often points are halved before what is left of them is too little to be missed


def find(project: ProjectView) -> Iterator[Finding]:
    """`for each` rules whose window is no longer than the first half, or shorter than what matters of the decay."""
    for _, rule, node in project.for_each_rules:
        window = node.happening.window
        if node.decay is not None and isinstance(window, nodes.Within):
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
    source = rule.source
    return Finding(
        rule.at(decay),
        say(
            "`{decay}` changes nothing: `{window}` ends before the points are halved",
            decay=written(source, decay),
            window=written(source, window),
        ),
        say("halve sooner, look back further, or remove the decay"),
        (safe(say("remove the decay"), without(source, decay.span)),) if free_of_comments(source, decay.span) else (),
    )


def _too_short(rule: RuleView, decay: nodes.Decay, window: nodes.Window) -> Finding:
    source = rule.source
    return Finding(
        rule.at(window),
        _message(written(source, window), decay, written(source, decay.duration)),
        say("remove the window: points that have faded give nothing anyway"),
        (offer(say("remove the window"), without(source, window.span)),),
    )


def _message(window: str, decay: nodes.Decay, length: str) -> str:
    if isinstance(decay, nodes.Fading):
        return say("`{window}` ends while points are left: they fade over {length}", window=window, length=length)
    return say("`{window}` ends while points are left: they are halved every {length}", window=window, length=length)


LINT = warning("W234", find, local=True)
