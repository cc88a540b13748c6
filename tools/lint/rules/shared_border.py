"""W203: two ranges that meet in a number which both of them include."""

from collections.abc import Iterator

from scoreline.dsl import nodes
from scoreline.dsl.diagnostics import Fix, Label
from scoreline.dsl.messages import say
from scoreline.tools.lint.bounds import Ranged, ranged_rules
from scoreline.tools.lint.edits import offer, put
from scoreline.tools.lint.lints import Finding, warning
from scoreline.tools.lint.project import Project
from scoreline.tools.lint.texts import number, written


def find(project: Project) -> Iterator[Finding]:
    """Each range that begins with the number with which another one ends."""
    for _, name, rules in ranged_rules(project):
        ending = {each.interval.high: each for each in rules if each.interval.with_high and each.wide}
        for each in rules:
            before = ending.get(each.interval.low) if each.interval.with_low and each.wide else None
            if before is not None and not _one_counts(before, each):
                yield _finding(name, before, each)


def _one_counts(first: Ranged, second: Ranged) -> bool:
    group = first.rule.group
    return group is not None and group is second.rule.group and group.best_only


def _finding(name: str, before: Ranged, each: Ranged) -> Finding:
    border = f"{each.interval.low:g}"
    return Finding(
        each.rule.at(each.test),
        say(
            "`{name}` of exactly {border} fits {rule} too, and is counted twice",
            name=name,
            border=border,
            rule=before.rule.name,
        ),
        say("let one range begin above the number with which the other ends"),
        (Label(before.rule.at(before.test), say("ends with {border}", border=border)),),
        _fixes(each),
    )


def _fixes(each: Ranged) -> tuple[Fix, ...]:
    """The range without its lowest number."""
    source = each.rule.file.parsed.source
    low = each.interval.low
    match each.test.comparison:
        case nodes.Between(low=nodes.Number() as node) if low.is_integer():
            text = number(low + 1, written(source, node))
            return (offer(say("begin with {number}", number=text), put(node, text)),)
        case nodes.Compare(operator=">=", value=value) as comparison:
            return (offer(say("begin above it"), put(comparison, f"> {written(source, value)}")),)
        case _:
            return ()


LINT = warning("W203", find)
