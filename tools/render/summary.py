"""The end of a run on a terminal: leads, grades as bars, stages, and everything that could not be used."""

from collections import defaultdict
from collections.abc import Iterator, Mapping

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text
from scoreline.runtime.table.write.summary import ModelSummary, QualificationSummary, Summary
from scoreline.tools.render.score_table import grade_colour
from scoreline.tools.render.terminal import counted, one_line

_BAR_CELLS = 30
_EIGHTHS = " ▏▎▍▌▋▊▉█"
_MOST_REJECTS = 12
_MOST_TYPES = 12
# Reasons that more columns than these share are one line.
_MOST_COLUMNS = 3


def summary_text(summary: Summary) -> Group:
    """The whole summary."""
    parts: list[RenderableType] = [_head(summary)]
    for model in summary.models:
        parts += [Text(), *_model(model, summary.leads)]
    for qualification in summary.qualifications:
        parts += [Text(), *_qualification(qualification)]
    if summary.rejects:
        parts += [Text(), *_rejects(summary)]
    parts += _types("interaction types that are not in the schema (not scored)", summary.unknown_types)
    parts += _types("interaction types that no rule uses", summary.unused_types)
    return Group(*parts)


def _head(summary: Summary) -> Text:
    as_of = summary.as_of.strftime("%Y-%m-%d %H:%M %Z")
    head = Text.assemble((counted(summary.leads, "lead"), "bold"), f" scored as of {as_of}")
    if summary.disqualified:
        head.append(f", {summary.disqualified:,} disqualified", "red")
    return head


def _model(model: ModelSummary, leads: int) -> Iterator[RenderableType]:
    title = f" {one_line(model.title)}" if model.title else ""
    points = (
        f"   {model.lowest} to {model.highest} points, {model.mean:.1f} on average" if model.mean is not None else ""
    )
    yield Text.assemble((model.name, "bold"), title, (points, "dim"))
    grades = list(model.grades)
    rows = [(one_line(grade, 40), model.grades[grade], grade_colour(grade, grades)) for grade in grades]
    if model.ungraded:
        rows.append(("no grade", model.ungraded, "dim"))
    if model.outside:
        rows.append(("no score", model.outside, "dim"))
    yield _bars(rows, leads)


def _qualification(qualification: QualificationSummary) -> Iterator[RenderableType]:
    title = f" {one_line(qualification.title)}" if qualification.title else ""
    leads = qualification.leads
    yield Text.assemble((qualification.name, "bold"), title, (f"   for {counted(leads, 'lead')}", "dim"))
    rows = [(one_line(stage, 40), count, "blue") for stage, count in list(qualification.stages.items())[::-1]]
    yield _bars([*rows, ("no stage", qualification.none, "dim")], leads)


def _bars(rows: list[tuple[str, int, str]], leads: int) -> Table:
    table = Table(box=None, pad_edge=False, show_header=False, padding=(0, 2, 0, 0))
    table.add_column(no_wrap=True)
    table.add_column(no_wrap=True)
    table.add_column(justify="right", no_wrap=True)
    table.add_column(justify="right", no_wrap=True)
    for name, count, colour in rows:
        table.add_row(
            Text(f"  {name}"),
            bar(count, leads, _BAR_CELLS, colour),
            Text(f"{count:,}"),
            Text(share(count, leads), "dim"),
        )
    return table


def _rejects(summary: Summary) -> Iterator[RenderableType]:
    yield Text(f"{counted(summary.rejected, 'value or row', 'values and rows')} not used", "bold yellow")
    table = Table(box=None, pad_edge=False, show_header=False, padding=(0, 2, 0, 0))
    table.add_column(justify="right", no_wrap=True)
    table.add_column(no_wrap=True)
    table.add_column(overflow="fold")
    single, shared = _reject_lines(summary)
    for count, where, reason in (*single[:_MOST_REJECTS], *shared):
        table.add_row(Text(f"  {count:,}"), Text(one_line(where, 60)), Text(one_line(reason, 200)))
    yield table
    rest = len(single) - _MOST_REJECTS
    if rest > 0:
        yield Text(f"  … and {counted(rest, 'more reason')}", "dim")


_Line = tuple[int, str, str]


def _reject_lines(summary: Summary) -> tuple[list[_Line], list[_Line]]:
    """How often, where and why; and by themselves the reasons that many columns share, a line each: a schema that was
    imported has fields that no file of these has."""
    columns: dict[tuple[str, str], dict[str, int]] = defaultdict(dict)
    for (name, column, reason), count in summary.rejects.items():
        if column:
            columns[name, reason][column] = count
    many = {key: each for key, each in columns.items() if len(each) > _MOST_COLUMNS}
    single = [
        (count, f"{name}: {column}" if column else name, reason)
        for (name, column, reason), count in summary.rejects.items()
        if not column or (name, reason) not in many
    ]
    shared = [
        (sum(each.values()), f"{name}: {len(each)} columns", f"{reason}: {', '.join(list(each)[:_MOST_COLUMNS])}, …")
        for (name, reason), each in many.items()
    ]
    return single, shared


def _types(title: str, counts: Mapping[str, int]) -> list[RenderableType]:
    if not counts:
        return []
    shown = [f"{one_line(name, 60)} ({count:,})" for name, count in list(counts.items())[:_MOST_TYPES]]
    rest = len(counts) - len(shown)
    more = f" and {rest:,} more" if rest else ""
    return [Text(), Text.assemble((title, "bold yellow"), f"\n  {', '.join(shown)}{more}")]


def bar(part: int, whole: int, cells: int, style: str) -> Text:
    """A bar of up to `cells` cells, filled as `part` is to `whole`, to the eighth; anything above 0 leaves a trace."""
    eighths = round(cells * 8 * part / whole) if whole else 0
    eighths = max(eighths, 1) if part else 0
    full, rest = divmod(eighths, 8)
    drawn = "█" * full + (_EIGHTHS[rest] if rest else "")
    return Text(drawn.ljust(cells), style)


def share(part: int, whole: int) -> str:
    """A part as whole percent: `12 %`; `<1 %` and `>99 %` where rounding would say none or all."""
    if not whole or part == 0:
        return "0 %"
    percent = 100 * part / whole
    if percent < 1:
        return "<1 %"
    return ">99 %" if 99 < percent < 100 else f"{percent:.0f} %"
