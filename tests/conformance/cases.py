"""The cases of this folder, read as they stand in their files."""

import datetime
import json
import tomllib
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from scoreline.dsl.source import Source
from scoreline.dsl.translate import translated

Row = dict[str, object]
HOME = Path(__file__).parent


def key_of(row: Row, column: str) -> str:
    """The key in a column, trimmed; empty if there is none."""
    value = row.get(column)
    return "" if value is None else str(value).strip()


@dataclass(frozen=True)
class Case:
    """One folder."""

    folder: Path

    @property
    def name(self) -> str:
        """The folder's name."""
        return self.folder.name

    @cached_property
    def settings(self) -> dict[str, str]:
        """What `case.toml` says."""
        return tomllib.loads((self.folder / "case.toml").read_text(encoding="utf-8"))

    @property
    def as_of(self) -> datetime.datetime:
        """When the leads are scored."""
        return datetime.datetime.fromisoformat(self.settings["as_of"])

    @property
    def timezone(self) -> str:
        """The project's time zone."""
        return self.settings["timezone"]

    @property
    def schema(self) -> str:
        """The text of the schema."""
        own = self.folder / "crm.schema.toml"
        return (own if own.exists() else HOME / "crm.schema.toml").read_text(encoding="utf-8")

    @property
    def rules(self) -> dict[str, str]:
        """The texts of the rule files by their path in the folder, in order."""
        found = {path.relative_to(self.folder).as_posix(): path for path in self.folder.rglob("*.score")}
        return {name: found[name].read_text(encoding="utf-8") for name in sorted(found)}

    @property
    def tables(self) -> dict[str, dict[str, str]]:
        """The columns that hold keys, as the schema names them."""
        schema = tomllib.loads(self.schema)
        relations = schema["lead"].get("relations", {}).values()
        names = {name: name for name in ("type", "at", "lead_id", "contact_id", "id")}
        return {
            "leads": {"key": schema["lead"]["key"], "contact": next((each["column"] for each in relations), "")},
            "contacts": {"key": schema.get("contact", {}).get("key", "")},
            "interactions": names | schema.get("interactions-table", {}),
        }

    def keyed(self, name: str) -> dict[str, Row]:
        """The rows of a table by their keys: without a key a row is left out, and so is a second one of a key."""
        rows: dict[str, Row] = {}
        for row in self.rows(name):
            key = key_of(row, self.tables[name]["key"])
            if key:
                rows.setdefault(key, row)
        return rows

    def rows(self, name: str) -> list[Row]:
        """The rows of one of the JSONL files, none if there is no such file."""
        path = self.folder / f"{name}.jsonl"
        if not path.exists():
            return []
        return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


class GermanCase(Case):
    """A case whose rule files are in German."""

    @property
    def rules(self) -> dict[str, str]:
        """The rule files, as the formatter translates them."""
        found = {name: translated(Source(name, text), "de").text for name, text in super().rules.items()}
        return {name: text for name, text in found.items() if text is not None}


def all_cases() -> list[Case]:
    """Every folder with a `case.toml`."""
    return [Case(path.parent) for path in sorted(HOME.glob("*/case.toml"))]
