"""Scoreline as an engine of each form; names begin with "Scoreline"."""

from benchmarks.contract import Engine, FormName

OURS: dict[FormName, tuple[Engine, ...]] = {"counts": (), "rows": (), "history": ()}
