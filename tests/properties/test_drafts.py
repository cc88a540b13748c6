"""Rules that are being edited are told the same as if they were checked for the first time, after every edit."""

import datetime
import random
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st
from properties.test_revise import edited, in_any_language, said
from reference.strategies import draw_project
from scoreline.compiler.pipeline import Drafts, compile_rules, text_reader
from scoreline.compiler.schema import Schema
from scoreline.compiler.schema.reading import read_schema
from scoreline.dsl.diagnostics import Diagnostic
from scoreline.dsl.source import Source
from scoreline.tools.lint.engine import lint
from scoreline.tools.lint.memory import LintMemory
from scoreline.tools.lint.settings import LintSettings

SEEDS = st.integers(0, 2**24 - 1)
SETTINGS = LintSettings(datetime.date(2026, 3, 1), kept_days=400)
CHANNELS = frozenset({"marketing-automation"})


def told(schema: Schema, texts: dict[str, str]) -> list[str]:
    """What a check of everything says."""
    compiled = compile_rules(sorted(texts), text_reader(texts), schema, ZoneInfo("UTC"), CHANNELS)
    return spoken((*compiled.diagnostics, *lint(compiled, schema, SETTINGS)))


def spoken(diagnostics: tuple[Diagnostic, ...]) -> list[str]:
    return sorted(repr((each.place.file, each.severity, *said(each))) for each in diagnostics)


@given(SEEDS)
def test_edited_rules_are_told_what_they_would_be_told_afresh(seed: int):
    drawn = random.Random(seed)
    project = draw_project(seed, leads=0)
    schema, _ = read_schema(Source("crm.schema.toml", project.schema))
    assert schema is not None
    texts = {name: in_any_language(seed + at, text) for at, (name, text) in enumerate(project.files.items())}
    drafts, memory = Drafts(), LintMemory()
    for _ in range(drawn.randrange(2, 10)):
        name = drawn.choice(sorted(texts))
        before = texts[name]
        texts[name] = edited(drawn, before)
        compiled = drafts.check(sorted(texts), text_reader(texts), schema, CHANNELS)
        found = (*compiled.diagnostics, *lint(compiled, schema, SETTINGS, memory))
        assert spoken(found) == told(schema, texts)
        if drawn.random() < 0.7:  # a file with a mistake is not linted: often the edit is taken back
            texts[name] = before
