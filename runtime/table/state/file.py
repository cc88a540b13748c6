"""The state file: opened, checked, and kept from being used with other rules.

It is a DuckDB file. Whatever a run changes in it is one transaction, at the end.
"""

import contextlib
import hashlib
import json
import os
from collections.abc import Callable, Generator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import cast

import duckdb
from scoreline.compiler.backends.query import terms
from scoreline.compiler.plan import Plan
from scoreline.runtime.saved import plan_json
from scoreline.runtime.table.read.files import TableUnusable
from scoreline.runtime.table.read.queries import identifier, printed
from scoreline.runtime.table.state.layout import ABOUT, DATABASE, StateLayout, kept

_VERSION = 1
_OTHER = "check the name; `scoreline score --state scores.state` makes a state from all data"
_OWN_NAME = "give the state a name of its own"
_WORDING = ("place", "text", "tests", "until_tests", "audience_tests", "label", "title")
"""What a plan tells that no result depends on."""


@dataclass(frozen=True, slots=True)
class About:
    """What a state was made of: the rules (a digest), and the instant of the last run (microseconds since 1970 UTC)."""

    version: int
    rules: str
    as_of: int


def digest(whole: Plan) -> str:
    """A digest of rules (without examples) and schema that stays the same when only wording or places change."""
    parts = cast("dict[str, object]", json.loads(plan_json(whole)))
    told = {key: each if key == "schema" else _without_wording(each) for key, each in parts.items()}
    return hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()


def _without_wording(value: object) -> object:
    match value:
        case dict():
            items = cast("dict[str, object]", value).items()
            return {key: _without_wording(each) for key, each in items if key not in _WORDING}
        case list():
            return [_without_wording(each) for each in cast("list[object]", value)]
        case _:
            return value


@contextlib.contextmanager
def new_state(base: duckdb.DuckDBPyConnection, path: Path, layout: StateLayout) -> Generator[Callable[[], None]]:
    """A state file to be filled; it takes the place of an earlier one when what is given here is called."""
    _spare_others(base, path)
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    draft.unlink(missing_ok=True)
    try:
        _attach(base, draft, path)
        layout.create(base)

        def finish() -> None:
            base.execute(f"detach {identifier(DATABASE)}")
            draft.replace(path)

        yield finish
    finally:
        draft.unlink(missing_ok=True)
        draft.with_name(f"{draft.name}.wal").unlink(missing_ok=True)


def open_state(base: duckdb.DuckDBPyConnection, path: Path, whole: Plan, as_of: int) -> About:
    """Opens the state of an earlier run; TableUnusable says why it is of no use."""
    if not path.is_file():
        raise TableUnusable(f"there is no state `{path}`", _anew(path))
    _attach(base, path, path)
    about = _about(base)
    if about is None:
        raise TableUnusable(f"`{path}` is no state of an earlier run", _OTHER)
    if about.version != _VERSION:
        raise TableUnusable(f"`{path}` was written by another version of Scoreline", _anew(path))
    if about.rules != digest(whole):
        raise TableUnusable(f"the rules or the schema have changed since `{path}` was written", _anew(path))
    if as_of < about.as_of:
        raise TableUnusable(f"`{path}` is of a later time than this run", "name a later `--as-of`, or leave it out")
    return about


def _spare_others(base: duckdb.DuckDBPyConnection, path: Path) -> None:
    """Refuses to put a state in the place of anything but a state: it may be somebody's data."""
    if path.exists():
        try:
            _attach(base, path, path, "(read_only)")
        except TableUnusable as fault:
            if _is_locked(fault.__cause__):
                raise
            raise TableUnusable(f"`{path}` is there already, and is no state", _OWN_NAME) from fault
        about = _about(base)
        base.execute(f"detach {identifier(DATABASE)}")
        if about is None:
            raise TableUnusable(f"`{path}` is there already, and is no state", _OWN_NAME)


def _about(base: duckdb.DuckDBPyConnection) -> About | None:
    """What the attached file tells, None if it is no state."""
    try:
        found = base.execute(f"select told from {kept(ABOUT)}").fetchone()
        return About(**json.loads(str(found[0]) if found else "{}"))
    except (duckdb.Error, ValueError, TypeError):
        return None


def write_about(base: duckdb.DuckDBPyConnection, whole: Plan, as_of: int) -> None:
    """Notes what the state is made of."""
    base.execute(f"delete from {kept(ABOUT)}")
    told = json.dumps(asdict(About(_VERSION, digest(whole), as_of)))
    base.execute(f"insert into {kept(ABOUT)} values (?)", [told])


def _anew(path: Path) -> str:
    return f"make it anew from all data with `scoreline score --state {path}`"


def _attach(base: duckdb.DuckDBPyConnection, path: Path, told: Path, how: str = "") -> None:
    try:
        base.execute(f"attach {printed(terms.text(str(path.absolute())))} as {identifier(DATABASE)} {how}")
    except duckdb.Error as fault:
        if _is_locked(fault):
            raise TableUnusable(f"`{told}` is in use by another run", "wait until that one is done") from fault
        if not path.is_file():
            raise TableUnusable(f"`{told}` cannot be written") from fault
        raise TableUnusable(f"`{told}` is no state of an earlier run", _OTHER) from fault


def _is_locked(fault: BaseException | None) -> bool:
    return "Could not set lock" in str(fault)
