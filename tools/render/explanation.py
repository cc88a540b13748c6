"""An explanation as text: how each score came about, rule by rule, with the values that tests compared."""

from collections.abc import Iterator, Sequence
from datetime import tzinfo
from pathlib import Path
from zoneinfo import ZoneInfo

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text
from scoreline.compiler.instants import as_datetime
from scoreline.runtime.explain import Explanation, GroupSeen, ModelSeen, RuleSeen, StageSeen, TestSeen
from scoreline.runtime.results import Action
from scoreline.runtime.table.engines.python.lookup import Explained
from scoreline.tools.render.places import place_text
from scoreline.tools.render.terminal import one_line


def explanation_text(explained: Explained, root: Path, timezone: str, *, why_not: bool) -> Group:
    """The whole explanation; with `why_not` also the rules that did not fire, and the tests that failed."""
    explanation = explained.explanation
    shown = _ExplanationText(root, timezone, why_not)
    parts: list[RenderableType] = [_head(explained, timezone)]
    for model in explanation.models:
        parts += [Text(), *shown.model(model)]
    parts += [Text(), *shown.qualification(explanation)] if explanation.qualification else []
    for reject in explained.rejects:
        told = f'{one_line(reject.column or "")}: "{one_line(reject.value or "")}" {one_line(reject.reason)}'
        parts.append(Text.assemble(("\nnot used: ", "bold yellow"), told))
    return Group(*parts)


def _head(explained: Explained, timezone: str) -> Text:
    as_of = as_datetime(explained.as_of).astimezone(ZoneInfo(timezone)).strftime("%Y-%m-%d %H:%M %Z")
    head = Text.assemble(("lead ", ""), (one_line(explained.key), "bold"), f" as of {as_of}")
    refused = explained.explanation.result.disqualified_by
    return head.append(f", disqualified by {one_line(', '.join(refused))}", "bold red") if refused else head


class _ExplanationText:
    """The parts of an explanation, with places written from the working directory, times in the project's zone."""

    def __init__(self, root: Path, timezone: str, why_not: bool) -> None:
        self._root, self._zone, self._why_not = root, ZoneInfo(timezone), why_not

    def model(self, model: ModelSeen) -> Iterator[RenderableType]:
        yield _verdict(model)
        if model.score is None:
            place = Text(one_line(place_text(model.place, self._root), 200), "dim")
            yield Text.assemble(("  outside the model's audience, so there is no score", "dim"), "   ", place)
            yield from _tests(model.audience, 4)
            return
        table = _table()
        for index, group in enumerate(model.groups):
            members = [rule for rule in model.rules if rule.group == index]
            if any(rule.fired for rule in members) or group.points:
                total = Text(f"{group.points:+d}", "bold")
                table.add_row(total, "", Text(one_line(group.title), "bold"), _bounds(group), "")
                self._rules(table, [rule for rule in members if rule.fired], in_group=True)
        self._rules(table, [rule for rule in model.rules if rule.group is None and rule.fired], in_group=False)
        if table.row_count:
            yield table
        else:
            yield Text("  no rule fired", "dim")
        if self._why_not:
            yield from self._not_fired([rule for rule in model.rules if not rule.fired])

    def _rules(self, table: Table, rules: Sequence[RuleSeen], *, in_group: bool) -> None:
        """The rules; points within a group stand in a column of their own, since the group's total counts."""
        for rule in rules:
            points = Text("out", "bold red") if rule.disqualifies else _points(rule)
            columns = ("", points) if in_group else (points, "")
            table.add_row(*columns, Text(_name(rule)), _values(rule), self._place(rule))

    def _place(self, rule: RuleSeen) -> Text:
        return Text(one_line(place_text(rule.place, self._root), 200), "dim")

    def _not_fired(self, rules: Sequence[RuleSeen]) -> Iterator[RenderableType]:
        if rules:
            yield Text("  did not fire", "bold")
        for rule in rules:
            yield Text.assemble("    ", _name(rule), "   ", self._place(rule))
            yield from _tests([test for test in rule.tests if not test.holds], 6)

    def qualification(self, explanation: Explanation) -> Iterator[RenderableType]:
        name = explanation.qualification or ""
        state = explanation.result.qualifications[name]
        stage = Text(one_line(state.stage), "bold green") if state.stage else Text("no stage", "dim")
        why = "   (disqualified, so there is no stage)" if explanation.result.disqualified else ""
        yield Text.assemble((name, "bold"), "   ", stage, (why, "dim"))
        for one in reversed(explanation.stages):
            place = Text(one_line(place_text(one.place, self._root), 200), "dim")
            yield Text.assemble("  ", one_line(one.name), "  ", _reached(one), "   ", place)
            yield from _tests(one.tests, 4)
            if one.was and one.until:
                yield Text("    until", "dim")
                yield from _tests(one.until, 4)
        for action in explanation.result.actions:
            yield Text.assemble(("  to do  ", "bold"), one_line(_action(action, self._zone), 200))


def _table() -> Table:
    table = Table(box=None, pad_edge=False, show_header=False, padding=(0, 2, 0, 0))
    table.add_column(justify="right", no_wrap=True)
    table.add_column(justify="right", no_wrap=True)
    table.add_column(overflow="fold")
    table.add_column(overflow="fold")
    table.add_column(overflow="fold")
    return table


def _verdict(model: ModelSeen) -> Text:
    title = f" {one_line(model.title)}" if model.title else ""
    head = Text.assemble((model.name, "bold"), title)
    if model.score is None:
        return head
    head.append(f"   {model.score}", "bold green")
    if model.grade is not None:
        head.append(f", {one_line(model.grade)}", "bold green")
    if model.sum is not None and model.sum != model.score:
        bound = f"at most {model.highest}" if model.sum > model.score else f"at least {model.lowest}"
        head.append(f"   (the rules give {model.sum}, the score is {bound})", "dim")
    return head


def _bounds(group: GroupSeen) -> Text:
    """How the group's bounds changed its sum."""
    changes: list[str] = ["the best rule only"] if group.best_only else []
    if group.points < group.sum:
        changes.append(f"{group.sum}, but at most {group.at_most}")
    if group.points > group.sum:
        changes.append(f"{group.sum}, but at least {group.at_least}")
    return Text(f"({', '.join(changes)})" if changes else "", "dim")


def _points(rule: RuleSeen) -> Text:
    colour = "green" if rule.points > 0 else "red" if rule.points < 0 else "dim"
    return Text(f"{rule.points:+d}", colour) if rule.counted else Text(f"({rule.points:+d})", "dim")


def _name(rule: RuleSeen) -> str:
    return one_line(rule.label if rule.label is not None else rule.text, 160)


def _values(rule: RuleSeen) -> Text:
    """The values that the successful tests compared, each once."""
    seen = {one.name: one.value for test in rule.tests if test.holds for one in test.seen}
    told = ", ".join(_value(name, value) for name, value in seen.items())
    text = Text(told).append(f"  = {rule.sum}" if rule.sum is not None else "", "dim")
    return text if rule.counted else text.append(" (a better rule of its group counts)", "dim")


def _tests(tests: Sequence[TestSeen], indent: int) -> Iterator[RenderableType]:
    """A line for each test, with what it saw."""
    for test in tests:
        saw = ", ".join(dict.fromkeys(_value(one.name, one.value) for one in test.seen))
        mark = _verdict_of(test)
        line = Text.assemble(mark, one_line(test.text, 160), (f"   {saw}" if saw else "", "cyan"))
        yield Padding(line, (0, 0, 0, indent), expand=False)


def _verdict_of(test: TestSeen) -> tuple[str, str]:
    """A test holds, fails, or asks for something that is unknown (and so does not hold)."""
    if test.holds:
        return ("holds    ", "green")
    unknown = any(one.value is None for one in test.seen)
    return ("unknown  ", "yellow") if unknown else ("fails    ", "red")


def _value(name: str, value: str | None) -> str:
    return f"{one_line(name)} is unknown" if value is None else f"{one_line(name)}: {one_line(value, 80)}"


def _reached(stage: StageSeen) -> Text:
    if stage.reached and not stage.was:
        return Text("reached now", "bold green")
    if stage.reached:
        return Text("still holds" if stage.holds else "kept from last time", "bold green")
    if stage.ended:
        return Text("reached last time, but its `until` holds", "yellow")
    return Text("holds" if stage.holds else "", "green")


def _action(action: Action, zone: tzinfo) -> str:
    """`create task "Call Ada" for "Inside sales", due 2026-03-04 09:00`"""
    match action.kind:
        case "create task":
            owner = f' for "{action.owner}"' if action.owner is not None else ""
            due = f", due {action.due.astimezone(zone):%Y-%m-%d %H:%M}" if action.due is not None else ""
            return f'create task "{action.title}"{owner}{due}'
        case "notify":
            return f'notify "{action.channel}"'
        case _:
            return f"set {action.field} to {action.value}"
