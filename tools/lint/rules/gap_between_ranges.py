"""W204: two ranges between which one number is left out."""

from collections.abc import Iterator, Mapping

from scoreline.dsl import nodes
from scoreline.dsl.diagnostics import Fix, Label
from scoreline.dsl.messages import say
from scoreline.tools.lint.bounds import day_or_number, spelled
from scoreline.tools.lint.edits import offer, put
from scoreline.tools.lint.lints import Finding, warning
from scoreline.tools.lint.project import ProjectView
from scoreline.tools.lint.ranges import Held, Number, Ranged, Rivals, named_numbers, ranged_rules
from scoreline.tools.lint.texts import plain


def find(project: ProjectView) -> Iterator[Finding]:
    """Each range that begins just behind a number that no range holds, and another one ends just before it."""
    named: dict[int, Mapping[Number, set[float]]] = {}
    for rivals in ranged_rules(project):
        for before, each, left_out in _gaps(rivals):
            model = id(rivals.model.node)
            if model not in named:
                named[model] = named_numbers(project, rivals.model)
            if left_out not in named[model].get(rivals.number, ()):
                yield _finding(rivals.name, before, each, left_out)


def _gaps(rivals: Rivals) -> Iterator[tuple[Ranged, Ranged, float]]:
    wide = [each for each in rivals.rules if each.wide]
    ending = {_behind(each): each for each in wide}
    held = Held.of((*rivals.rules, *rivals.plain))
    for each in wide:
        left_out = each.interval.low - 1 if each.interval.with_low else each.interval.low
        before = ending.get(left_out)
        if before is not None and left_out.is_integer() and not held.holds(left_out):
            yield before, each, left_out


def _behind(each: Ranged) -> float:
    """The first whole number behind a range."""
    return each.interval.high + 1 if each.interval.with_high else each.interval.high


def _finding(name: str, before: Ranged, each: Ranged, left_out: float) -> Finding:
    source, start = each.rule.source, each.start
    return Finding(
        each.place(each.begins),
        say(
            "`{name}` of {number} is neither in this range nor in the range of {rule}",
            name=name,
            number=plain(left_out) if start is None else day_or_number(start, left_out),
            rule=before.rule.name,
        ),
        say("include it in one of the two"),
        labels=(Label(before.place(before.ends), say("ends before it")),),
        fixes=() if start is None else (_fix(each.begins.test.comparison, start, spelled(source, start, left_out)),),
    )


def _fix(comparison: nodes.Comparison | None, start: nodes.Value, text: str) -> Fix:
    edit = put(comparison, f">= {text}") if isinstance(comparison, nodes.Compare) else put(start, text)
    return offer(say("begin at {number}", number=text), edit)


LINT = warning("W204", find)
