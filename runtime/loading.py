"""The ways to rules: a project folder, rule files with a schema, texts, or a plan that was saved.

A saved plan needs no parser and no checker, so a service that only scores never imports them.
"""

import datetime
import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from zoneinfo import ZoneInfo

from scoreline.compiler.plan import Plan
from scoreline.compiler.schema import Schema
from scoreline.runtime.rules import Rules
from scoreline.runtime.saved import SUFFIX, read_plan

AnyPath = str | os.PathLike[str]
_ANY_TIME = datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)


def load(
    path: AnyPath | Iterable[AnyPath],
    schema: Schema | AnyPath | None = None,
    timezone: str | ZoneInfo | None = None,
) -> Rules:
    """Loads rules: a project folder (or its scoreline.toml), rule files or folders of them with a `schema`, or a plan
    that `Rules.save` wrote (it ends in `.json`, and has its own schema and time zone).

    `schema` is a Schema or a TOML file; `timezone` is an IANA name (default: the project's, else UTC). RulesInvalid
    carries every diagnostic; FileNotFoundError if there is nothing there; ValueError for rule files without a schema,
    and for a plan that cannot be read or that another version wrote.
    """
    if isinstance(path, str | os.PathLike) and Path(path).suffix == SUFFIX:
        if schema is not None or timezone is not None:
            raise ValueError("a saved plan has its own schema and time zone: load it without them")
        return _trusted(read_plan(Path(path)), Path(path))
    from scoreline.runtime.compiling import load_rules  # the parser is imported only where there is text to parse

    return load_rules(path, schema, timezone)


def _trusted(plan: Plan, path: Path) -> Rules:
    """The rules of a plan whose parts fit together; one that leads nowhere shows when a lead is scored."""
    try:
        rules = Rules(plan)
        rules.score({}, as_of=_ANY_TIME)
    except LookupError:
        raise ValueError(f"{path} is no whole plan: its parts do not fit together; save it anew") from None
    return rules


def from_texts(texts: Mapping[str, str], schema: Schema, timezone: str | ZoneInfo | None = None) -> Rules:
    """Rules out of texts by file name, in the order of the names; RulesInvalid if there are errors."""
    from scoreline.runtime.compiling import compile_texts  # as above

    return compile_texts(texts, schema, timezone)
