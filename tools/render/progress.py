"""Progress bars for long runs, only on a terminal: on standard error, removed when the run is over."""

import contextlib
import time
from collections.abc import Generator
from pathlib import Path

from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeRemainingColumn
from scoreline.runtime.table.progress import Progress as Tell
from scoreline.runtime.table.progress import silent
from scoreline.runtime.table.read.rows import about_how_many
from scoreline.runtime.table.read.sources import Tables
from scoreline.runtime.table.rejects import TableName
from scoreline.runtime.table.state.run import Changes
from scoreline.tools.render.terminal import errors

_SHORT_SECONDS = 0.7


@contextlib.contextmanager
def shown_on_terminal(tables: Tables | Changes) -> Generator[Tell, None, None]:
    """A function that reports the progress of a run: as bars on a terminal, elsewhere not at all."""
    console = errors()
    if not console.file.isatty() or console.is_dumb_terminal:
        yield silent
        return
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with contextlib.ExitStack() as stack:
        bars = Progress(*columns, console=console, transient=True)
        yield _Bars(bars, stack, tables).tell


class _Bars:
    """One bar for each step of a run, shown once the run takes longer than a moment."""

    def __init__(self, bars: Progress, stack: contextlib.ExitStack, tables: Tables | Changes) -> None:
        self._bars, self._stack, self._tables = bars, stack, tables
        self._tasks: dict[str, TaskID] = {}
        self._show_from = time.monotonic() + _SHORT_SECONDS

    def tell(self, what: str, rows: int) -> None:
        """Moves the bar of what is being done."""
        if time.monotonic() < self._show_from:
            return
        if not self._tasks:
            self._stack.enter_context(self._bars)
        if what not in self._tasks:
            self._tasks[what] = self._bars.add_task(what, total=self._total(what))
        self._bars.update(self._tasks[what], completed=rows)

    def _total(self, what: str) -> int | None:
        paths: dict[str, tuple[TableName, Path | None]] = {
            "contacts": ("contacts", self._tables.contacts),
            "interactions": ("interactions", self._tables.interactions),
            "leads": ("leads", self._tables.leads),
        }
        table, path = paths.get(what.rpartition(" ")[2], ("leads", None))
        return None if path is None else about_how_many(path, table) or None
