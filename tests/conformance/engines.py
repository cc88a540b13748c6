"""The engines that the cases are run through: each a function from a case to one row for every lead.

Rows have the columns of `scoreline score -o`, and `actions` where the engine tells them.
"""

import datetime
import json
from collections.abc import Callable, Mapping
from dataclasses import asdict
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from zoneinfo import ZoneInfo

from conformance.cases import Case, Row, key_of
from reference.interpreter import Outcome, score
from scoreline.compiler.backends.closures.dispatch.choice import Dispatch
from scoreline.compiler.schema import FieldSpec, Schema
from scoreline.compiler.schema.reading import read_schema
from scoreline.dsl.nodes import File
from scoreline.dsl.parse import parse
from scoreline.dsl.source import Source
from scoreline.runtime import Rules, StageState, from_texts
from scoreline.tools.cli.main import app
from typer.testing import CliRunner


def schema_of(case: Case) -> Schema:
    """The schema of a case."""
    schema, problems = read_schema(Source("crm.schema.toml", case.schema))
    assert schema is not None and not problems, [problem.message for problem in problems]
    return schema


def contact_of(case: Case, lead: Row) -> Row | None:
    """The row of a lead's contact, if there is one."""
    return case.keyed("contacts").get(key_of(lead, case.tables["leads"]["contact"]))


def interactions_of(case: Case) -> list[Row]:
    """All rows that name somebody: in a call for one lead, a row that names nobody would be the lead's own."""
    columns = case.tables["interactions"]
    named = (columns["lead_id"], columns["contact_id"])
    return [row for row in case.rows("interactions") if any(key_of(row, column) for column in named)]


# The reference interpreter, which wants typed values


def typed(row: Row, specs: Mapping[str, FieldSpec]) -> Row:
    """A row with typed values in the place of JSON's; what cannot be read is missing."""
    columns = dict(specs) | {spec.column or name: spec for name, spec in specs.items()}
    return {name: _typed(value, columns[name].type) if name in columns else value for name, value in row.items()}


def _typed(value: object, kind: str) -> object:
    if not isinstance(value, str):
        return value
    try:
        match kind:
            case "number":
                return float(value)
            case "yes/no":
                return {"yes": True, "y": True, "true": True, "no": False, "n": False, "false": False}[value.lower()]
            case "date":
                return datetime.date.fromisoformat(value)
            case "datetime":
                return _instant(value)
            case _:
                return value
    except (ValueError, KeyError):
        return None


def _instant(text: str) -> datetime.date | datetime.datetime:
    if len(text) == len("2026-01-31"):
        return datetime.date.fromisoformat(text)
    return datetime.datetime.fromisoformat(text)


def reference(case: Case) -> list[Row]:
    """The naive interpreter of `tests/reference`."""
    schema = schema_of(case)
    parsed = {name: parse(Source(name, text)) for name, text in case.rules.items()}
    assert not [problem.message for each in parsed.values() for problem in each.diagnostics]
    files = {name: each.file for name, each in parsed.items()}
    columns = case.tables["interactions"]
    rows: list[Row] = []
    for row in interactions_of(case):
        spec = schema.interactions.get(str(row[columns["type"]]))
        at = _typed(row[columns["at"]], "datetime")
        rows.append(typed(row, {} if spec is None else spec.properties) | {columns["at"]: at})
    return [_by_reference(case, schema, files, rows, lead) for lead in case.keyed("leads").values()]


def _by_reference(case: Case, schema: Schema, files: dict[str, File], rows: list[Row], lead: Row) -> Row:
    contact = contact_of(case, lead)
    told = score(
        files,
        schema,
        typed(lead, schema.lead.fields),
        None if contact is None or schema.contact is None else typed(contact, schema.contact.fields),
        rows,
        case.as_of,
        {name: (stage, entered) for name, stage, entered in _previous(case, lead)},
        ZoneInfo(case.timezone),
    )
    return as_row(told) | {"actions": told["actions"]}


def as_row(told: Outcome) -> Row:
    """What the interpreter says of a lead, in the columns of `score -o`."""
    row: Row = {}
    for name, (points, grade, rules) in told["models"].items():
        row |= {f"{name}_score": points, f"{name}_grade": grade}
        row |= {f"{name}_rules": None if points is None else rules}
    for name, (stage, entered) in told["stages"].items():
        row |= {f"{name}_stage": stage, f"{name}_entered": entered}
    return row | _disqualified(told["disqualified_by"])


def _disqualified(rules: list[str] | tuple[str, ...]) -> Row:
    return {"disqualified": bool(rules), "disqualified_by": list(rules)}


def _previous(case: Case, lead: Row) -> list[tuple[str, str | None, int]]:
    """The stages of last time: qualification, stage, and how often one had been entered."""
    key = case.tables["leads"]["key"]
    rows = [row for row in case.rows("previous") if row[key] == lead[key]]
    names = [column.removesuffix("_stage") for row in rows for column in row if column.endswith("_stage")]
    return [(name, row[f"{name}_stage"], row[f"{name}_entered"]) for row in rows for name in names]


# The compiled closures, which read the values as they stand in the files


def closures(case: Case, dispatch: Dispatch) -> list[Row]:
    """The compiled rules, one lead at a time."""
    rules = Rules(from_texts(case.rules, schema_of(case), case.timezone).plan, dispatch)
    found: list[Row] = []
    for lead in case.keyed("leads").values():
        previous = {name: StageState(stage, entered) for name, stage, entered in _previous(case, lead)}
        told = rules.score(
            lead,
            interactions=interactions_of(case),
            contact=contact_of(case, lead),
            as_of=case.as_of,
            previous=previous,
        )
        row: Row = {}
        for name, model in told.models.items():
            row |= {f"{name}_score": model.score, f"{name}_grade": model.grade}
            row |= {f"{name}_rules": None if model.score is None else list(model.rules)}
        for name, state in told.qualifications.items():
            row |= {f"{name}_stage": state.stage, f"{name}_entered": state.entered}
        found.append(row | _disqualified(told.disqualified_by) | {"actions": [asdict(one) for one in told.actions]})
    return found


# The command, which reads whole tables


def write_project(case: Case, home: Path) -> None:
    """The case as a project in a folder."""
    for name, text in case.rules.items():
        path = home / "rules" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    (home / "crm.schema.toml").write_text(case.schema, encoding="utf-8")
    settings = f'[project]\nrules = ["rules"]\nschema = "crm.schema.toml"\ntimezone = "{case.timezone}"\n[data]\n'
    for table in ("leads", "contacts", "interactions"):
        if case.rows(table):
            (home / f"{table}.jsonl").write_bytes((case.folder / f"{table}.jsonl").read_bytes())
            settings += f'{table} = "{table}.jsonl"\n'
    (home / "scoreline.toml").write_text(settings, encoding="utf-8")


def command(case: Case, engine: str) -> list[Row]:
    """`scoreline score` on the files."""
    with TemporaryDirectory() as folder:
        home, out = Path(folder), Path(folder) / "out.jsonl"
        write_project(case, home)
        call = ["score", "--project", folder, "--as-of", case.settings["as_of"], "-o", str(out), "--engine", engine]
        if case.rows("previous"):
            call += ["--previous", str(case.folder / "previous.jsonl")]
        result = CliRunner().invoke(app, call)
        assert result.exit_code == 0, result.output
        return [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]


ENGINES: dict[str, Callable[[Case], list[Row]]] = {
    "closures": partial(closures, dispatch=Dispatch.AUTO),
    "closures, rules through the index": partial(closures, dispatch=Dispatch.ALWAYS),
    "closures, rules one by one": partial(closures, dispatch=Dispatch.NEVER),
    "command, lead by lead": partial(command, engine="python"),
    "command, by query": partial(command, engine="duckdb"),
    "reference": reference,
}
