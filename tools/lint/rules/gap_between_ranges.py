"""W204: two ranges between which one number is left out."""

from collections.abc import Iterator

from scoreline.dsl import nodes
from scoreline.dsl.diagnostics import Fix, Label
from scoreline.dsl.messages import say
from scoreline.tools.lint.bounds import Held, Ranged, ranged_rules
from scoreline.tools.lint.edits import offer, put
from scoreline.tools.lint.lints import Finding, warning
from scoreline.tools.lint.project import Project
from scoreline.tools.lint.texts import number, written


def find(project: Project) -> Iterator[Finding]:
    """Each range that begins just behind a number that no range holds, and another one ends just before it."""
    for _, name, rules in ranged_rules(project):
        wide = [each for each in rules if each.wide]
        ending = {_behind(each): each for each in wide}
        held = Held(rules)
        for each in wide:
            left_out = each.interval.low - 1 if each.interval.with_low else each.interval.low
            before = ending.get(left_out)
            if before is not None and left_out.is_integer() and left_out not in held:
                yield _finding(name, before, each, left_out)


def _behind(each: Ranged) -> float:
    """The first whole number behind a range."""
    return each.interval.high + 1 if each.interval.with_high else each.interval.high


def _finding(name: str, before: Ranged, each: Ranged, left_out: float) -> Finding:
    return Finding(
        each.rule.at(each.test),
        say(
            "`{name}` of {number:g} fits neither this range nor that of {rule}",
            name=name,
            number=left_out,
            rule=before.rule.name,
        ),
        say("let one of them include it"),
        (Label(before.rule.at(before.test), say("ends before it")),),
        _fixes(each, left_out),
    )


def _fixes(each: Ranged, left_out: float) -> tuple[Fix, ...]:
    source = each.rule.file.parsed.source
    match each.test.comparison:
        case nodes.Between(low=nodes.Number() as node):
            text = number(left_out, written(source, node))
            return (offer(say("begin with {number}", number=text), put(node, text)),)
        case nodes.Compare(operator=">=" | ">", value=nodes.Number() as node) as comparison:
            text = number(left_out, written(source, node))
            return (offer(say("begin with {number}", number=text), put(comparison, f">= {text}")),)
        case _:
            return ()


LINT = warning("W204", find)
