"""Reads a page of the guide and runs what it shows.

A page's conventions, told to its reader in the page itself:

- a block ```` ```toml ```` is a schema; the first one is the schema of all that follows;
- a block ```` ```score ```` that begins with a rule belongs in `model Points for lead`; any other is a whole file;
- `file=NAME` after the word names the block as a file that later blocks may `use`;
- `wrong=CODE` says that the block has exactly this mistake, and the ```` ```text ```` block below it how it is told;
- a table below a block whose columns are in backticks gives leads and what the block makes of them: a field, an
  interaction (`3 times`, or ages such as `5 days, 40 days`), then models (`Points`, `Fit.grade`, `Fit.rules`),
  `stage`, `disqualified`, `actions`, `reported`. The last one may be `Why`, which is for people.
"""

import datetime
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from zoneinfo import ZoneInfo

from scoreline.compiler.pipeline import compile_rules, text_reader
from scoreline.compiler.schema import Schema
from scoreline.compiler.schema.reading import read_schema
from scoreline.dsl.source import Source
from scoreline.runtime import Result, Rules, from_texts
from scoreline.runtime.examples import DEFAULT_DAY

ROOT = Path(__file__).parents[2]
ZONE = ZoneInfo("Europe/Berlin")
NOON = datetime.datetime.combine(DEFAULT_DAY, datetime.time(12), ZONE)
_BLOCK = re.compile(r"^(?P<fence>```+)(?P<info>[^\n`]*)\n(?P<body>.*?)^(?P=fence)$", re.MULTILINE | re.DOTALL)
_TABLE = re.compile(r"(?:^\|.*\n)+", re.MULTILINE)
_RULE_WORDS = ("when", "for", "group", "grade", "score", "include")
_MISSING = ("", "–")
_AGO = re.compile(r"(?P<ahead>in )?(?P<many>\d+) (?P<unit>hour|day)s?")


@dataclass(frozen=True)
class Block:
    """A fenced block of a page: its language, what stands behind it, its text, its line, what follows it."""

    language: str
    options: Mapping[str, str]
    body: str
    line: int
    tables: tuple["Table", ...] = field(default=())
    shown: str = ""

    @property
    def name(self) -> str:
        """The file that the block stands for."""
        return self.options.get("file", "this.score")

    @property
    def text(self) -> str:
        """The whole rule file."""
        first = next((line.split()[0] for line in self.body.splitlines() if line.strip() and line[0] != "#"), "")
        return f"model Points for lead\n{self.body}" if first in _RULE_WORDS else self.body


@dataclass(frozen=True)
class Table:
    """Leads, and what becomes of them: a column's name, and each row's cells by it."""

    columns: tuple[str, ...]
    rows: tuple[Mapping[str, str], ...]
    line: int


def blocks(page: str, text: str | None = None) -> tuple[Block, ...]:
    """The blocks of a page in `docs`, each with the tables between it and the next one."""
    text = (ROOT / "docs" / page).read_text(encoding="utf-8") if text is None else text
    found = list(_BLOCK.finditer(text))
    made: list[Block] = []
    for number, match in enumerate(found):
        end = found[number + 1].start() if number + 1 < len(found) else len(text)
        language, *rest = match["info"].split() or [""]
        options = dict(option.split("=", 1) for option in rest)
        following = found[number + 1] if number + 1 < len(found) else None
        shown = following["body"] if following and following["info"] == "text" else ""
        tables = tuple(_tables(text, match.end(), end))
        made.append(Block(language, options, match["body"], text.count("\n", 0, match.start()) + 1, tables, shown))
    return tuple(made)


def _tables(text: str, start: int, end: int) -> Iterator[Table]:
    """The tables of leads in a part of a page: those that have every column but `Why` in backticks."""
    for match in _TABLE.finditer(text, start, end):
        header, _, *rows = [_cells(line) for line in match[0].splitlines()]
        names = [cell.strip("`") for cell in header if cell.startswith("`")]
        if len(names) >= len(header) - (header[-1] == "Why"):
            yield Table(
                tuple(names),
                tuple(dict(zip(names, (_plain(cell) for cell in row), strict=False)) for row in rows),
                text.count("\n", 0, match.start()) + 1,
            )


def _cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.strip().strip("|").split("|")]


def _plain(cell: str) -> str:
    """A cell as the data would hold it; backticks keep white space at its ends in sight."""
    return cell[1:-1] if len(cell) > 1 and cell[0] == cell[-1] == "`" else cell


def broken_links(page: str) -> list[str]:
    """The links of a page in `docs` that lead to no heading or no page."""
    broken: list[str] = []
    for target in re.findall(r"\]\(([^)]*)\)", (ROOT / "docs" / page).read_text(encoding="utf-8")):
        name, _, anchor = target.partition("#")
        path = ROOT / "docs" / (name or page)
        headings = re.findall(r"^#+ (.*)$", path.read_text(encoding="utf-8"), re.MULTILINE) if path.is_file() else []
        if not headings or (anchor and anchor not in map(_anchor, headings)):
            broken.append(target)
    return broken


def _anchor(heading: str) -> str:
    """The anchor that a heading gets: lower case, `-` for spaces, other signs gone."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


def commands(page: str) -> list[list[str]]:
    """The commands that a page speaks of, such as `scoreline schema infer`, without what they are given."""
    text = (ROOT / "docs" / page).read_text(encoding="utf-8")
    return [found.split() for found in sorted(set(re.findall(r"`scoreline ((?:schema )?[a-z]+)", text)))]


def schema_of(text: str) -> Schema:
    """The schema of a toml block."""
    schema, wrong = read_schema(Source("crm.schema.toml", text))
    assert schema is not None, wrong
    return schema


def rules_of(block: Block, schema: Schema, files: Mapping[str, str]) -> Rules:
    """The rules of a block and of the files that it may use."""
    return from_texts({**files, block.name: block.text}, schema, ZONE)


def told(block: Block, schema: Schema) -> tuple[list[str], list[str]]:
    """The codes of what is wrong with a block, and how it is told: each message, and its help below."""
    compiled = compile_rules([block.name], text_reader({block.name: block.text}), schema, ZONE)
    lines = [
        line
        for each in compiled.diagnostics
        for line in (each.message, *([f"  help: {each.help}"] if each.help else []))
    ]
    return [each.code for each in compiled.diagnostics], lines


def outcome(rules: Rules, row: Mapping[str, str]) -> dict[str, str]:
    """What becomes of a row's lead, in the words of a table, for each column that is no input."""
    schema = rules.plan.schema
    lead: dict[str, object] = {schema.lead.key: "7", "contact_id": "8"}
    contact: dict[str, object] = {}
    happened: list[dict[str, object]] = []
    for name, cell in row.items():
        if name in schema.interactions:
            happened += _happened(name, cell)
        elif name in schema.lead.fields:
            lead[name] = "" if cell in _MISSING else cell
        elif name.startswith("contact.") and cell not in _MISSING:
            contact[name.removeprefix("contact.")] = cell
    result = rules.score(lead, interactions=happened, contact=contact or None, as_of=NOON)
    return {name: _shown(result, name) for name in row if _is_outcome(name, schema)}


def _is_outcome(name: str, schema: Schema) -> bool:
    return name not in schema.interactions and name not in schema.lead.fields and not name.startswith("contact.")


def _happened(name: str, cell: str) -> list[dict[str, object]]:
    if cell in _MISSING:
        return []
    if times := re.fullmatch(r"(\d+) times?", cell):
        return [{"type": name, "at": NOON, "lead_id": "7"}] * int(times[1])
    found: list[dict[str, object]] = []
    for age in cell.split(", "):
        match = _AGO.fullmatch(age)
        assert match, f"{age!r} is no age"
        ago = datetime.timedelta(**{f"{match['unit']}s": int(match["many"])})
        found.append({"type": name, "at": _before(-ago if match["ahead"] else ago), "lead_id": "7"})
    return found


def _before(ago: datetime.timedelta) -> datetime.datetime:
    """The instant that long before noon: exactly, whatever clocks do in between."""
    return (NOON.astimezone(datetime.UTC) - ago).astimezone(ZONE)


def _shown(result: Result, name: str) -> str:
    model, _, part = name.partition(".")
    match name:
        case "stage":
            return result.stage or "–"
        case "disqualified":
            return "yes" if result.disqualified else "no"
        case "reported":
            return "; ".join(f"{each.column} {each.reason}" for each in result.rejected) or "–"
        case "actions":
            return "; ".join(_action(each) for each in result.actions) or "–"
        case _:
            value = getattr(result[model], part or "score")
            return ", ".join(value) or "–" if isinstance(value, list) else "–" if value is None else str(value)


def _action(action: object) -> str:
    parts = [getattr(action, name) for name in ("title", "channel", "field", "value")]
    return " ".join(str(each) for each in (getattr(action, "kind"), *parts) if each is not None)  # noqa: B009
