"""How the examples went: a line a file, and for each that failed what was expected and what was found."""

from collections.abc import Sequence
from pathlib import Path

from rich.console import Group, RenderableType
from rich.text import Text
from scoreline.runtime.examples import ExampleOutcome, Missed
from scoreline.tools.render.places import place_text, shown_path
from scoreline.tools.render.terminal import counted, one_line


def examples_text(outcomes: Sequence[ExampleOutcome], root: Path) -> Group:
    """All outcomes."""
    parts: list[RenderableType] = []
    by_file: dict[str, list[ExampleOutcome]] = {}
    for outcome in outcomes:
        by_file.setdefault(outcome.place.file, []).append(outcome)
    for file, those in by_file.items():
        parts.append(_file_line(shown_path(root / file), those))
        parts += [_failure(outcome, root) for outcome in those if not outcome.passed]
    return Group(*parts, _total(outcomes))


def _file_line(file: str, outcomes: Sequence[ExampleOutcome]) -> Text:
    failed = sum(not outcome.passed for outcome in outcomes)
    line = Text.assemble(f"{one_line(file, 200)}  ", (f"{len(outcomes) - failed} passed", "green"))
    return line.append(f", {failed} failed", "bold red") if failed else line


def _failure(outcome: ExampleOutcome, root: Path) -> Text:
    place = one_line(place_text(outcome.place, root), 200)
    text = Text.assemble(("  failed  ", "bold red"), (one_line(outcome.title), "bold"), (f"   {place}", "dim"))
    for missed in outcome.missed:
        text.append_text(_missed(missed, root))
    return text.append_text(_scores(outcome))


def _missed(missed: Missed, root: Path) -> Text:
    """An expectation that does not hold, and what was found in its place."""
    place = one_line(place_text(missed.place, root), 200)
    text = Text.assemble(f"\n    expected  {one_line(missed.text, 200)}", (f"   {place}", "dim"))
    found = dict.fromkeys(
        f"{one_line(seen.name)} is {'unknown' if seen.value is None else one_line(seen.value)}"
        for test in missed.tests
        if not test.holds
        for seen in test.seen
    )
    return text.append(f"\n    found     {', '.join(found)}", "yellow") if found else text


def _scores(outcome: ExampleOutcome) -> Text:
    """Each model's score and the rules that fired, to see at a glance what went otherwise."""
    text = Text(style="dim")
    for name, model in outcome.explanation.result.models.items():
        if model.score is not None and model.rules:
            grade = f", {one_line(model.grade)}" if model.grade else ""
            rules = ", ".join(one_line(rule.partition("/")[2]) for rule in model.rules)
            text.append(f"\n    {name} {model.score}{grade}: {rules}")
    return text


def _total(outcomes: Sequence[ExampleOutcome]) -> Text:
    failed = sum(not outcome.passed for outcome in outcomes)
    if failed:
        return Text(f"{counted(failed, 'example')} of {len(outcomes):,} failed", "bold red")
    return Text(f"{counted(len(outcomes), 'example')} passed", "bold green")
