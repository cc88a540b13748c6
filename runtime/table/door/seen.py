"""What a look at all rows of interactions has found, by type: how many there are, and how many need what."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field


@dataclass
class Seen:
    """What a pass over a part has found: the keys of each known type, and how many rows need what."""

    types: dict[str, list[str]] = field(default_factory=dict[str, list[str]])
    rows: Counter[str] = field(default_factory=Counter[str])
    unknown: Counter[str] = field(default_factory=Counter[str])
    nameless: list[str] = field(default_factory=list[str])
    without_type: int = 0
    untimed: int = 0
    ownerless: int = 0
    loose_lead: int = 0
    loose_contact: int = 0
    strange: int = 0

    @property
    def all_rows(self) -> int:
        """How many rows there are."""
        return self.rows.total() + self.unknown.total() + self.without_type

    def note(self, key: str | None, name: str | None, is_known: bool, counts: Sequence[int]) -> None:
        """Notes the rows of one raw type: its text, its name, whether the schema has it, and what was counted."""
        rows, untimed, ownerless, loose_lead, loose_contact, strange = counts
        if name is None:
            self.without_type += rows
            self.nameless.extend([] if key is None else [key])
        elif not is_known:
            self.unknown[name] += rows
        else:
            self.types.setdefault(name, []).append(key or "")
            self.rows[name] += rows
            self.untimed += untimed
            self.ownerless += ownerless
            self.loose_lead += loose_lead
            self.loose_contact += loose_contact
            self.strange += strange
