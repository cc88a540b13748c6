"""What a look at all rows of interactions has found, by type: how many there are, and how many need what."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field


@dataclass
class Seen:
    """What passes over a part have found: the keys of each known type, and how many rows need what.

    Of known types: `untimed` rows have no time that SQL reads, `later` ones, by type, do not exist yet, `of_leads` name
    a lead and do exist, `nobodys` may have neither a lead nor a contact. A second pass, if there is one, tells of keys:
    rows without any (`ownerless`), keys that may have to be trimmed (`loose_…`), leads that are not there (`strange`).
    """

    types: dict[str, list[str]] = field(default_factory=dict[str, list[str]])
    rows: Counter[str] = field(default_factory=Counter[str])
    unknown: Counter[str] = field(default_factory=Counter[str])
    nameless: list[str] = field(default_factory=list[str])
    without_type: int = 0
    untimed: int = 0
    later: Counter[str] = field(default_factory=Counter[str])
    of_leads: Counter[str] = field(default_factory=Counter[str])
    nobodys: int = 0
    ownerless: int = 0
    loose_lead: int = 0
    loose_contact: int = 0
    strange: int = 0

    @property
    def all_rows(self) -> int:
        """How many rows there are."""
        return self.rows.total() + self.unknown.total() + self.without_type

    @property
    def odd_keys(self) -> bool:
        """Whether any key asks for more than to be taken as it is."""
        return bool(self.ownerless or self.loose_lead or self.loose_contact or self.strange)

    def note(self, key: str | None, name: str | None, is_known: bool, counts: Sequence[int]) -> None:
        """Notes the rows of one raw type: its text, its name, whether the schema has it, and what was counted."""
        rows, untimed, later, of_leads, nobodys = counts
        if name is None:
            self.without_type += rows
            self.nameless.extend([] if key is None else [key])
        elif not is_known:
            self.unknown[name] += rows
        else:
            self.types.setdefault(name, []).append(key or "")
            self.rows[name] += rows
            self.untimed += untimed
            self.later[name] += later
            self.of_leads[name] += of_leads
            self.nobodys += nobodys

    def note_keys(self, counts: Sequence[int]) -> None:
        """Notes what a pass over the keys has counted."""
        self.ownerless, self.loose_lead, self.loose_contact, self.strange = counts
