"""Safe fixes leave every score as it is: those of drawn projects all at once, those of the lints' own cases one by one.

Ids of rules may change (one that gives nothing is left out); scores, grades, stages, actions may not.
"""

import datetime
from collections.abc import Mapping
from functools import partial
from pathlib import Path

import pytest
from golden.cases import Case, cases_of
from hypothesis import given, settings
from lint.linting import SCHEMA, applied, linted
from properties.comparing import schema_of
from reference.drawn_data import DrawnLead
from reference.pen import Pen
from reference.strategies import DrawnProject, projects
from scoreline.compiler.schema import FieldSpec, Schema
from scoreline.dsl.diagnostics import Applicability
from scoreline.dsl.lexer import lex
from scoreline.dsl.source import Source
from scoreline.runtime import Rules, StageState, from_texts
from scoreline.tools.cli.checking import CheckResult, check_project, readers_of
from scoreline.tools.fixing import fixed

TODAY = datetime.datetime(2026, 3, 1, 12, tzinfo=datetime.UTC)
CASES = [
    pytest.param(case, id=case.name)
    for file in sorted((Path(__file__).parents[1] / "lint" / "rules").glob("*.score"))
    for case in cases_of(file)
]


def outcome(rules: Rules, lead: DrawnLead, as_of: datetime.datetime) -> object:
    """What a lead gets, whatever the rules are called."""
    previous = {name: StageState(stage, entered) for name, (stage, entered) in lead.previous.items()}
    told = rules.score(lead.lead, contact=lead.contact, interactions=lead.interactions, as_of=as_of, previous=previous)
    models = {name: (each.score, each.grade) for name, each in told.models.items()}
    stages = {name: (each.stage, each.entered) for name, each in told.qualifications.items()}
    return models, stages, told.stage, bool(told.disqualified_by), told.actions


@settings(max_examples=settings.default.max_examples // 4)
@given(project=projects(leads=4))
def test_all_safe_fixes_of_a_project_leave_its_scores(project: DrawnProject, tmp_path_factory: pytest.TempPathFactory):
    folder = tmp_path_factory.mktemp("drawn")
    settings_ = f'[project]\nrules = ["."]\nschema = "crm.schema.toml"\ntimezone = "{project.zone.key}"\n'
    for name, text in {**project.files, "crm.schema.toml": project.schema, "scoreline.toml": settings_}.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8", newline="")

    def check(texts: Mapping[str, str]) -> CheckResult:
        readers = readers_of({Path(name).resolve(): text for name, text in texts.items()})
        return check_project(folder / "scoreline.toml", None, readers)

    state = fixed(check)
    changed = {Path(file.name).resolve().relative_to(folder.resolve()).as_posix(): file.after for file in state.files}
    schema = schema_of(project)
    before = from_texts(project.files, schema, project.zone)
    after = from_texts({**project.files, **changed}, schema, project.zone)
    for lead in project.leads:
        was, now = (outcome(rules, lead, project.as_of) for rules in (before, after))
        assert was == now, [
            (each.diagnostic.code, each.fix.title, str(each.diagnostic.place)) for each in state.repairs
        ]


@pytest.mark.parametrize("case", CASES)
def test_each_safe_fix_of_a_lint_leaves_the_scores(case: Case):
    files = {name: data.decode() for name, data in case.files.items()}
    assert SCHEMA is not None
    leads = [drawn_lead(Pen(seed), SCHEMA, files) for seed in range(40)]
    rules = from_texts(files, SCHEMA, "Europe/Berlin")
    was = [outcome(rules, lead, TODAY) for lead in leads]
    for diagnostic in linted(files, case.own):
        for fix in diagnostic.fixes:
            if fix.applicability is Applicability.SAFE:
                place = diagnostic.place
                mended = from_texts({**files, place.file: applied(place.source.text, fix)}, SCHEMA, "Europe/Berlin")
                now = [outcome(mended, lead, TODAY) for lead in leads]
                assert now == was, (diagnostic.code, fix.title)


def drawn_lead(pen: Pen, schema: Schema, files: dict[str, str]) -> DrawnLead:
    """A lead made of the values that rule files speak of, and of values beside them."""
    tokens = [token for name, text in files.items() for token in lex(Source(name, text)).tokens]
    texts = [token.text[1:-1] for token in tokens if token.type == "TEXT"] or ["x"]
    numbers = [float(token.text) for token in tokens if token.type in ("INT", "MINUS_INT", "DECIMAL")] or [1.0]
    fill = partial(_filled, pen, texts=texts, numbers=numbers)
    assert schema.contact is not None
    contact = fill(schema.contact.fields) if pen.chance(60) else None
    happened = [
        {"type": name, "at": TODAY - datetime.timedelta(hours=pen.number(0, 24 * 60))} | fill(spec.properties)
        for name, spec in schema.interactions.items()
        for _ in range(pen.number(0, 3))
    ]
    return DrawnLead({"lead_id": "1", **fill(schema.lead.fields)}, contact, tuple(happened), {})


def _filled(pen: Pen, specs: dict[str, FieldSpec], texts: list[str], numbers: list[float]) -> dict[str, object]:
    return {name: _value(pen, spec, texts, numbers) for name, spec in specs.items() if pen.chance(80)}


def _value(pen: Pen, spec: FieldSpec, texts: list[str], numbers: list[float]) -> object:
    match spec.type:
        case "number":
            return pen.pick(numbers) + pen.pick((0, 0, 0.5, 1, -1))
        case "yes/no":
            return pen.chance(50)
        case "date":
            return TODAY.date() + datetime.timedelta(days=pen.number(-40, 40))
        case "datetime":
            return TODAY + datetime.timedelta(days=pen.number(-400, 40))
        case "choice":
            return pen.pick(spec.values)
        case "choices":
            return pen.some(spec.values, 0, len(spec.values))
        case "text":
            text = pen.pick(texts)
            return pen.pick((text, text.upper(), f"x{text}", f"{text} and more", f"first, {text}"))
