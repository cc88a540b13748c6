"""W203: two ranges that meet in a number which both of them include."""

from collections.abc import Iterator

from scoreline.dsl import nodes
from scoreline.dsl.diagnostics import Fix, Label
from scoreline.dsl.messages import say
from scoreline.tools.lint.bounds import day_or_number, spelled
from scoreline.tools.lint.edits import offer, put
from scoreline.tools.lint.lints import Finding, warning
from scoreline.tools.lint.project import ProjectView
from scoreline.tools.lint.ranges import Ranged, ranged_rules
from scoreline.tools.lint.texts import plain, written


def find(project: ProjectView) -> Iterator[Finding]:
    """Each range that begins with the number with which another one ends."""
    for rivals in ranged_rules(project):
        ending = {each.interval.high: each for each in rivals.rules if each.interval.with_high and each.wide}
        for each in rivals.rules:
            before = ending.get(each.interval.low) if each.interval.with_low and each.wide else None
            if before is not None and not before.rule.rivals(each.rule):
                yield _finding(rivals.name, before, each)


def _finding(name: str, before: Ranged, each: Ranged) -> Finding:
    low, start = each.interval.low, each.start
    border = plain(low) if start is None else day_or_number(start, low)
    return Finding(
        each.place(each.begins),
        say(
            "`{name}` of exactly {border} matches {rule} too, and gets points from both",
            name=name,
            border=border,
            rule=before.rule.name,
        ),
        say("begin one range above the number at which the other one ends"),
        labels=(Label(before.place(before.ends), say("ends at {border}", border=border)),),
        fixes=_fixes(each),
    )


def _fixes(each: Ranged) -> tuple[Fix, ...]:
    """The range without its lowest number."""
    source = each.rule.source
    low, start = each.interval.low, each.start
    match each.begins.test.comparison if start is not None else None:
        case nodes.Compare(operator=">=", value=value) as comparison:
            return (offer(say("begin above it"), put(comparison, f"> {written(source, value)}")),)
        case nodes.Between() if start is not None and low.is_integer() and low + 1 < each.interval.high:
            text = spelled(source, start, low + 1)
            return (offer(say("begin at {number}", number=text), put(start, text)),)
        case _:
            return ()


LINT = warning("W203", find)
