"""One row of interactions, read exactly: what it must have, in this order, and which row counts of those with one id.

A row of a type that the schema does not name is only counted. A row without a type, without a time that can be read,
or with neither a lead nor a contact is rejected. Of the rows with one id the earliest counts: by time, type, lead,
contact (a missing one first). Each other row is rejected if it differs from the one that counts so far.
"""

import sys
from collections.abc import Collection, Mapping
from typing import NamedTuple
from zoneinfo import ZoneInfo

from scoreline.compiler.values import read_instant
from scoreline.compiler.values.raw_text import shown_text
from scoreline.runtime.keys import read_key
from scoreline.runtime.table.admit.contract import InteractionColumns
from scoreline.runtime.table.rejects import Reason


class InteractionHead(NamedTuple):
    """What a row says of an interaction, but for its properties; `at` in microseconds since 1970 (UTC)."""

    at: int
    type: str
    lead: str | None
    contact: str | None

    @property
    def order(self) -> tuple[int, str, str, str]:
        """What decides which of several rows counts: no key is empty, so that a missing one comes first."""
        return self.at, self.type, self.lead or "", self.contact or ""


class UnknownType(NamedTuple):
    """A row of a type that the schema does not name."""

    name: str


class RejectedCell(NamedTuple):
    """Why a row or a value is rejected, with the column and the value as text."""

    column: str | None
    value: str | None
    reason: str


def read_interaction(
    values: Mapping[str, object], columns: InteractionColumns, types: Collection[str], zone: ZoneInfo
) -> InteractionHead | UnknownType | RejectedCell:
    """Reads a row's type, time, lead and contact."""
    type_ = read_key(values.get(columns.type))
    if type_ is None:
        return RejectedCell(columns.type, None, Reason.NO_TYPE.said())
    if type_ not in types:
        return UnknownType(type_)
    at = read_time(values.get(columns.at), columns.at, zone)
    if isinstance(at, RejectedCell):
        return at
    lead, contact = _shared_key(values.get(columns.lead)), _shared_key(values.get(columns.contact))
    if lead is None and contact is None:
        return RejectedCell(columns.lead, None, Reason.NO_OWNER.said())
    return InteractionHead(at, sys.intern(type_), lead, contact)


def read_time(raw: object, column: str, zone: ZoneInfo) -> int | RejectedCell:
    """The time of an interaction, which no row may lack."""
    try:
        at = read_instant(raw, zone)
    except ValueError as problem:
        return RejectedCell(column, shown_text(raw), Reason.BAD_TIME.said(problem=problem))
    return RejectedCell(column, None, Reason.NO_TIME.said()) if at is None else at


def _shared_key(raw: object) -> str | None:
    """The key in a cell; equal keys are one text in memory, since most stand in many rows."""
    key = read_key(raw)
    return None if key is None else sys.intern(key)
