"""W204: two ranges between which one number is left out."""

from collections.abc import Iterator

from scoreline.dsl import nodes
from scoreline.dsl.diagnostics import Fix, Label
from scoreline.tools.lint.bounds import Ranged, ranged_rules
from scoreline.tools.lint.edits import offer, put
from scoreline.tools.lint.lints import Finding, warning
from scoreline.tools.lint.project import Project
from scoreline.tools.lint.texts import number, written


def find(project: Project) -> Iterator[Finding]:
    """Each range that begins just behind a number that no range holds, and another one ends just before it."""
    for model in project.models:
        for name, rules in ranged_rules(model):
            ending = {(each.interval.high, each.interval.with_high): each for each in rules}
            for each in rules:
                low, with_low = each.interval.low, each.interval.with_low
                left_out = low - 1 if with_low else low
                before = ending.get((left_out - 1, True) if with_low else (low, False))
                whole = left_out.is_integer()
                if before is None or not whole or any(other.interval.holds(left_out) for other in rules):
                    continue
                yield _finding(name, before, each, left_out)


def _finding(name: str, before: Ranged, each: Ranged, left_out: float) -> Finding:
    return Finding(
        each.rule.at(each.test),
        f"`{name}` of {left_out:g} fits neither this range nor that of {before.rule.name}",
        "let one of them include it",
        (Label(before.rule.at(before.test), "ends before it"),),
        _fixes(each, left_out),
    )


def _fixes(each: Ranged, left_out: float) -> tuple[Fix, ...]:
    source = each.rule.file.parsed.source
    match each.test.comparison:
        case nodes.Between(low=nodes.Number() as node):
            text = number(left_out, written(source, node))
            return (offer(f"begin with {text}", put(node, text)),)
        case nodes.Compare(operator=">=" | ">", value=nodes.Number() as node) as comparison:
            text = number(left_out, written(source, node))
            return (offer(f"begin with {text}", put(comparison, f">= {text}")),)
        case _:
            return ()


LINT = warning("W204", find)
