"""Fixes that several lints offer: pieces of text to leave out, to replace, to join."""

from dataclasses import replace

from scoreline.compiler import checked
from scoreline.compiler.checked_parts import tests_in
from scoreline.dsl import nodes
from scoreline.dsl.diagnostics import Applicability, Edit, Fix
from scoreline.dsl.messages import code, say
from scoreline.dsl.source import Source
from scoreline.dsl.span import Span
from scoreline.tools.lint.project import ModelView, ProjectView, RuleView
from scoreline.tools.lint.texts import free_of_comments


def safe(title: str, *edits: Edit) -> Fix:
    """A fix that leaves every score as it is."""
    return Fix(title, edits, Applicability.SAFE)


def offer(title: str, *edits: Edit) -> Fix:
    """A fix that the author must choose."""
    return Fix(title, edits, Applicability.UNSAFE)


def spaced(source: Source, fix: Fix) -> Fix:
    """A fix that joins no words which brackets kept apart, as in `when(not not big)then`."""
    return replace(fix, edits=tuple(_spaced(source.text, each) for each in fix.edits))


def _spaced(text: str, edit: Edit) -> Edit:
    start, end = edit.span
    before, after = text[max(start - 1, 0) : start], text[end : end + 1]
    first, last = text[start : start + 1], text[max(end - 1, 0) : end]
    new = edit.text
    if _word(before) and not _word(first) and _word(new[:1] or after):
        new = code(" {text}", text=new)
    if new and _word(after) and not _word(last) and _word(new[-1]):
        new = code("{text} ", text=new)
    return edit if new is edit.text else Edit(edit.span, new)


def _word(character: str) -> bool:
    return character.isalnum() or character == "_"


def put(node: nodes.Node, text: str) -> Edit:
    """Write a text instead of a node."""
    return Edit(node.span, text)


def without_statement(source: Source, span: Span) -> Edit:
    """Leave out a statement, with its line where it has lines of its own, and a comment behind it."""
    text = source.text
    line_start, line_end = source.line_start(span.start), source.line_end(max(span.start, span.end - 1))
    behind = text[span.end : line_end].strip()
    if text[line_start : span.start].strip() == "" and (not behind or behind.startswith("#")):
        return Edit(Span(line_start, line_end), "")
    return Edit(span, "")


def without(source: Source, span: Span) -> Edit:
    """Leave out a piece of a statement, with the white space before it unless a comment would swallow what follows."""
    start = span.start
    while start > 0 and source.text[start - 1].isspace():
        start -= 1
    kept = not free_of_comments(source, Span(source.line_start(start), start))
    return Edit(span if kept else Span(start, span.end), "")


def without_item(source: Source, items: tuple[nodes.LiteralValue, ...], index: int) -> tuple[Fix, ...]:
    """Leave out an item of a list, with the comma that goes with it, unless a comment stands between."""
    if index > 0:
        span = Span(items[index - 1].span.end, items[index].span.end)
        between = Span(span.start, items[index].span.start)
    else:
        span = Span(items[0].span.start, items[1].span.start)
        between = Span(items[0].span.end, span.end)
    return (safe(say("leave it out"), Edit(span, "")),) if free_of_comments(source, between) else ()


def without_rule(project: ProjectView, model: ModelView, rule: RuleView, title: str) -> tuple[Fix, ...]:
    """Leave out a rule, unless an example names it, or names a number that would become the number of another rule."""
    if keeps_ids(project, model.made.name, but=rule.made.id):
        return (offer(title, without_statement(rule.source, rule.node.span)),)
    return ()


def keeps_ids(project: ProjectView, model: str, but: str | None = None) -> bool:
    """Whether no example names a rule of the model by its number, and none names the rule `but`."""
    named = project.once(_named_rules)
    return but not in named and not any(
        each.startswith(f"{model}/") and each.removeprefix(f"{model}/").isdecimal() for each in named
    )


def _named_rules(project: ProjectView) -> set[str]:
    return {
        test.rule
        for example in project.statements.examples
        for condition, _ in example.expectations
        for test in tests_in(condition)
        if isinstance(test, checked.Fired)
    }
