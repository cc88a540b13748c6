"""A diagnostic as text for people, in the form that compilers have made familiar:

    error[E203]: there is no field `industri`
     --> rules/fit.score:7:8
      |
    7 |   when industri in ["Software"] then +20
      |        ^^^^^^^^
      |
      = help: did you mean `industry`?

Carets stand under what is meant also where characters are wide or a tab comes before, and a very long line is
cut round its mark.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TextIO

from rich.cells import cell_len
from rich.text import Text
from scoreline.dsl.diagnostics import Diagnostic, Edit, Fix, Severity
from scoreline.dsl.source import Place, Source
from scoreline.dsl.span import Span
from scoreline.tools.render.terminal import console, counted, visible

_MOST_CELLS = 110
_BEFORE_MARK = 50
_READ = 400  # characters looked at on each side: more than can be shown, less than a line of megabytes
_COLOURS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.HINT: "cyan"}
_FRAME = "blue"


@dataclass(frozen=True, slots=True)
class _Marked:
    """A line of a source as it is shown, and where, in cells, its mark stands."""

    text: str
    start: int
    cells: int


def diagnostic_text(diagnostic: Diagnostic) -> Text:
    """The diagnostic on several lines, without a line end after the last."""
    colour = _COLOURS[diagnostic.severity]
    gutter = _gutter(diagnostic)
    head = Text.assemble(
        (f"{diagnostic.severity}[{diagnostic.code}]", f"bold {colour}"),
        (f": {visible(diagnostic.message)}", "bold"),
    )
    lines = [head, *_excerpt(diagnostic.place, "-->", gutter, "^", colour, "")]
    for label in diagnostic.labels:
        arrow = ":::" if label.place.file == diagnostic.place.file else "-->"
        lines += _excerpt(label.place, arrow, gutter, "-", _FRAME, label.message)
    lines += _notes(diagnostic, gutter)
    return Text("\n").join(lines)


def print_diagnostics(diagnostics: Sequence[Diagnostic], files: int, stream: TextIO) -> None:
    """Writes diagnostics to a stream, each with a blank line after it, and then their number and the number of
    files."""
    out = console(stream)
    for diagnostic in diagnostics:
        out.print(diagnostic_text(diagnostic), end="\n\n", soft_wrap=True)
    colour = "bold red" if any(one.severity is Severity.ERROR for one in diagnostics) else "bold"
    out.print(Text(summary_line(diagnostics, files), colour if diagnostics else "bold green"), soft_wrap=True)


def summary_line(diagnostics: Iterable[Diagnostic], files: int) -> str:
    """How many problems of each severity there are, such as `2 errors, 1 warning in 3 files`."""
    found = list(diagnostics)
    counts = [(sum(one.severity is severity for one in found), severity) for severity in Severity]
    named = [counted(count, str(severity)) for count, severity in counts if count]
    where = counted(files, "file")
    return f"{', '.join(named)} in {where}" if named else f"no problems in {where}"


def _gutter(diagnostic: Diagnostic) -> int:
    places = [diagnostic.place, *(label.place for label in diagnostic.labels)]
    return max(len(str(place.start.line)) for place in places)


def _excerpt(place: Place, arrow: str, gutter: int, mark: str, colour: str, label: str) -> list[Text]:
    start = place.start
    shown = _marked(place.source, place.span)
    underline = mark * max(shown.cells, 1) + (f" {visible(label)}" if label else "")
    return [
        Text.assemble((f"{' ' * gutter}{arrow} ", _FRAME), f"{visible(place.file)}:{start.line}:{start.column}"),
        _framed("", gutter),
        _framed(str(start.line), gutter, Text(shown.text)),
        _framed("", gutter, Text.assemble(" " * shown.start, (underline, f"bold {colour}"))),
    ]


def _framed(number: str, gutter: int, content: Text | None = None, bar: str = "|") -> Text:
    line = Text.assemble((f"{number:>{gutter}} {bar}", _FRAME))
    return line.append(" ").append_text(content) if content is not None and content.plain else line


def _marked(source: Source, span: Span) -> _Marked:
    """The line in which the span starts, cut to a readable length round the span's part of it."""
    position = source.position(span.start)
    line = source.line_text(position.line)
    start = min(position.column - 1, len(line))
    end = min(start + span.end - span.start, len(line))
    before = visible(line[max(0, start - _READ) : start])
    marked, after = visible(line[start : min(end, start + _READ)]), visible(line[end : end + _READ])
    if cell_len(before + marked + after) > _MOST_CELLS:
        before, marked, after = _cut(before, marked, after)
    return _Marked(before + marked + after, cell_len(before), cell_len(marked))


def _cut(before: str, marked: str, after: str) -> tuple[str, str, str]:
    if cell_len(before) > _BEFORE_MARK:
        before = "… " + _last_cells(before, _BEFORE_MARK)
    room = _MOST_CELLS - cell_len(before)
    if cell_len(marked) > room:
        return before, _first_cells(marked, room) + " …", ""
    room -= cell_len(marked)
    return before, marked, after if cell_len(after) <= room else _first_cells(after, room) + " …"


def _first_cells(text: str, cells: int) -> str:
    for length in range(min(len(text), cells), 0, -1):
        if cell_len(text[:length]) <= cells:
            return text[:length]
    return ""


def _last_cells(text: str, cells: int) -> str:
    return _first_cells(text[::-1], cells)[::-1]


def _notes(diagnostic: Diagnostic, gutter: int) -> list[Text]:
    lines: list[Text] = []
    if diagnostic.help is not None:
        lines += _note("help", diagnostic.help, gutter)
    for fix in diagnostic.fixes:
        lines += _note("fix", fix.title, gutter)
        lines += _repaired(diagnostic.place.source, fix, gutter)
    return [_framed("", gutter), *lines] if lines else []


def _note(kind: str, text: str, gutter: int) -> list[Text]:
    first, *rest = visible(text).split("\n")
    head = Text.assemble((f"{' ' * gutter} = ", _FRAME), (f"{kind}: ", "bold"), first)
    return [head, *(Text(" " * (gutter + 3 + len(kind) + 2) + line) for line in rest)]


def _repaired(source: Source, fix: Fix, gutter: int) -> list[Text]:
    """The line as the fix leaves it, where the fix stays within one line."""
    if not fix.edits:
        return []
    edits = sorted(fix.edits, key=lambda edit: edit.span)
    line = source.position(edits[0].span.start).line
    if any(_leaves_line(source, edit, line) for edit in edits):
        return []
    repaired, changed = _apply(source, edits, line)
    shown = _marked(Source("", repaired), changed)
    return [Text.assemble((f"{line:>{gutter}} ", _FRAME), ("~ ", "bold green"), (shown.text, "green"))]


def _leaves_line(source: Source, edit: Edit, line: int) -> bool:
    start, end = source.position(edit.span.start), source.position(edit.span.end)
    return "\n" in edit.text or start.line != line or end.line != line


def _apply(source: Source, edits: list[Edit], line: int) -> tuple[str, Span]:
    """The line's text after the edits, and the span in it from the first to the last of them."""
    text = source.line_text(line)
    offset = source.line_starts[line - 1]
    shift, last = 0, 0
    for edit in edits:
        start, end = edit.span.start - offset + shift, edit.span.end - offset + shift
        text = text[:start] + edit.text + text[end:]
        shift += len(edit.text) - (end - start)
        last = start + len(edit.text)
    first = edits[0].span.start - offset
    return text, Span(first, max(first, last))
