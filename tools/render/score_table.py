"""Results on a terminal: the first leads as a table, a line each."""

from collections.abc import Sequence

from rich.table import Table
from rich.text import Text
from scoreline.runtime.results import Result
from scoreline.runtime.table.write.summary import Summary
from scoreline.tools.render.terminal import counted, one_line

GRADE_COLOURS = ("green", "cyan", "yellow", "magenta")
"""From the highest grade down; further ones take the last."""

_NONE = Text("–", "dim")


def score_table_of(key: str, results: Sequence[tuple[str, Result]], summary: Summary) -> Table:
    """The results as a table: key, each model's score and grade, each qualification's stage."""
    table = Table(box=None, pad_edge=False, header_style="bold", padding=(0, 2, 0, 0))
    rows = [_cells(lead, result, summary) for lead, result in results]
    table.add_column(Text(one_line(key)), no_wrap=True, min_width=_widest(rows, 0))
    for index, model in enumerate(summary.models):
        widest = _widest(rows, 1 + 2 * index)
        table.add_column(Text(model.name), justify="right", no_wrap=True, min_width=widest)
        table.add_column("", no_wrap=True, min_width=min(_widest(rows, 2 + 2 * index), 12))
    for qualification in summary.qualifications:
        table.add_column(Text(qualification.name), no_wrap=True)
    if summary.disqualified:
        table.add_column("disqualified by", no_wrap=True)
    for row in rows:
        table.add_row(*row)
    return table


def more_line(shown: int, summary: Summary) -> Text:
    """What the table leaves out, and how to get it."""
    rest = summary.leads - shown
    return Text(f"… and {counted(rest, 'more lead')}; write all of them with `-o results.csv`", "dim")


def grade_colour(grade: str, grades: Sequence[str]) -> str:
    """The colour of a grade among a model's grades, from the highest down."""
    place = grades.index(grade) if grade in grades else len(grades)
    return GRADE_COLOURS[min(place, len(GRADE_COLOURS) - 1)]


def _widest(rows: Sequence[Sequence[Text]], column: int) -> int:
    """The cells that a column needs so that none of its values is cut."""
    return max((row[column].cell_len for row in rows), default=1)


def _cells(lead: str, result: Result, summary: Summary) -> list[Text]:
    cells = [Text(one_line(lead, 40))]
    for model in summary.models:
        scored = result.models[model.name]
        cells.append(_NONE if scored.score is None else Text(str(scored.score)))
        grade = scored.grade or ""
        cells.append(Text(one_line(grade, 40), grade_colour(grade, list(model.grades))))
    for qualification in summary.qualifications:
        state = result.qualifications.get(qualification.name)
        cells.append(Text(one_line(state.stage, 40)) if state and state.stage else _NONE)
    if summary.disqualified:
        cells.append(Text(one_line(", ".join(result.disqualified_by), 60), "red"))
    return cells
