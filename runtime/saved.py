"""Plans in files: what a service needs to score, without rule files and without a parser.

A saved plan is JSON, the plan without loss. What is read back is the plan that was saved, or it is said why not.
"""

import json
import os
from functools import cache
from pathlib import Path
from typing import cast

from pydantic import TypeAdapter, ValidationError
from scoreline.compiler.plan import VERSION, Plan

SUFFIX = ".json"


def save_plan(plan: Plan, path: Path) -> None:
    """Writes a plan, all of it or nothing: a file that is there stays until the new one is whole.

    ValueError for a name that `load` would not take for a plan; OSError if it cannot be written.
    """
    if path.suffix != SUFFIX:
        raise ValueError(f"a saved plan ends in {SUFFIX}, and {path.name} does not")
    draft = path.with_name(f".{path.name[:100]}.{os.urandom(4).hex()}.part")
    try:
        draft.write_bytes(plan_json(plan))
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)


def plan_json(plan: Plan) -> bytes:
    """A plan as it is saved."""
    return _plans().dump_json(plan)


def read_plan(path: Path) -> Plan:
    """Reads a plan; ValueError with the reason for what is none, or is another version's."""
    text = path.read_bytes()
    version = _version(text)
    if version is None:
        raise ValueError(f"{path} is no saved plan: save one with rules.save(…)")
    if version != VERSION:
        raise ValueError(f"{path} is a plan of version {version}, and this is version {VERSION}: save it anew")
    try:
        return _plans().validate_json(text)
    except ValidationError as wrong:
        first = wrong.errors(include_url=False)[0]
        place = ".".join(map(str, first["loc"]))
        raise ValueError(f"{path} is no whole plan: {first['msg']} ({place})") from None


def _version(text: bytes) -> object:
    try:
        found = cast(object, json.loads(text))
    except (ValueError, RecursionError):
        return None
    return cast("dict[str, object]", found).get("version") if isinstance(found, dict) else None


@cache
def _plans() -> TypeAdapter[Plan]:
    return TypeAdapter(Plan)
