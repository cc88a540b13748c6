"""`scoreline test`: runs the examples that stand in the rule files."""

from pathlib import Path
from typing import Annotated

import typer
from scoreline.compiler.project import find_project
from scoreline.runtime.examples import run_examples
from scoreline.tools.cli.error_report import report_fault
from scoreline.tools.cli.failure import Mistaken
from scoreline.tools.cli.opening import opened_project, opened_rules
from scoreline.tools.cli.options import ProjectOption
from scoreline.tools.cli.rule_paths import must_exist
from scoreline.tools.render.examples import examples_text
from scoreline.tools.render.terminal import note, write

app = typer.Typer(add_completion=False, rich_markup_mode=None)


@app.command(epilog="Example:  scoreline test rules/fit.score")
def test(
    paths: Annotated[
        list[Path] | None,
        typer.Argument(metavar="PATHS", hidden=True),
    ] = None,
    project: ProjectOption = None,
) -> None:
    """Run the examples in the rule files, on the rules that score leads.

    PATHS are rule files or folders of them; without any, all examples run.
    """
    must_exist(paths or [])
    start = project if project is not None or not paths else find_project(paths[0])
    try:
        found = opened_project(start)
        rules = opened_rules(found)
    except Mistaken as mistaken:  # mistakes in the rules are findings, as failing examples are
        report_fault(mistaken)
        raise typer.Exit(1) from None
    wanted = [path.resolve() for path in paths or []]
    outcomes = [one for one in run_examples(rules) if _is_wanted(found.root / one.place.file, wanted)]
    if not outcomes:
        note('there are no examples in the rules; an example begins with `example "…"`')
        return
    write(examples_text(outcomes, found.root))
    if not all(outcome.passed for outcome in outcomes):
        raise typer.Exit(1)


def _is_wanted(file: Path, wanted: list[Path]) -> bool:
    place = file.resolve()
    return not wanted or any(place == one or one in place.parents for one in wanted)
