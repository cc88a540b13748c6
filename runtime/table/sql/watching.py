"""Tells how far DuckDB has come with a long statement, as it tells itself."""

import contextlib
import threading
from collections.abc import Generator

import duckdb
from scoreline.runtime.table.progress import Progress, silent

_EVERY_SECONDS = 0.2
_WHOLE = 100.0


@contextlib.contextmanager
def told(base: duckdb.DuckDBPyConnection, what: str, rows: int, progress: Progress) -> Generator[None]:
    """Tells `progress` while the block runs a statement; `rows` are as many as it has to do with."""
    if progress is silent:
        yield
        return
    base.execute("set enable_progress_bar = true; set enable_progress_bar_print = false")
    done = threading.Event()
    watcher = threading.Thread(target=_watch, args=(base, what, rows, progress, done), daemon=True)
    watcher.start()
    try:
        yield
        progress(what, rows)
    finally:
        done.set()
        watcher.join()


def _watch(base: duckdb.DuckDBPyConnection, what: str, rows: int, progress: Progress, done: threading.Event) -> None:
    progress(what, 0)
    while not done.wait(_EVERY_SECONDS):
        percent = base.query_progress()
        if percent > 0:
            progress(what, int(rows * min(percent, _WHOLE) / _WHOLE))
