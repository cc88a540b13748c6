"""What is found fault with is known again when its file is formatted, whatever it is."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from properties.messing import messed
from properties.test_format import canonical, drawn_text
from scoreline.dsl.diagnostics import Diagnostic
from scoreline.dsl.parse import parse
from scoreline.dsl.source import Source
from scoreline.dsl.walk import within
from scoreline.tools.render.fingerprints import fingerprint

APART = re.compile(r"\+\s+(?=[0-9][0-9_]*\s*\*)")
"""The plus of a sum before a weight, which may touch it."""


def fingerprints(text: str) -> list[str]:
    """What a finding on each part of a file would be known by, in text order."""
    source = Source("x.score", text)
    return [fingerprint(Diagnostic("W204", "", source.at(node.span))) for node in within(parse(source).file)][1:]


@given(st.integers(0, 2**24 - 1), st.booleans())
def test_fmt_keeps_the_fingerprint_of_every_part(seed: int, touching: bool) -> None:
    text = messed(drawn_text(seed), seed)
    text = APART.sub("+", text) if touching else text
    assert fingerprints(text) == fingerprints(canonical(text))


@pytest.mark.parametrize("form", ["Fit +3 * Eng", "Fit+3*Eng", "Fit  +  3 * Eng", "Fit\n    +3\n* Eng"])
def test_a_sum_is_known_however_its_signs_are_written(form: str) -> None:
    rule = 'qualification Q "Q"\n  stage "S" when {} >= 100\n'
    assert fingerprints(rule.format(form)) == fingerprints(rule.format("Fit + 3 * Eng"))


def test_fingerprints_stay_as_old_baselines_have_them() -> None:
    text = 'qualification Q "Q"\n  stage "S" when Fit + 3 * Eng >= 100 and country = "DE" and created within 2 days\n'
    found = fingerprints(text)
    assert [found[at] for at in (0, 5, 6, -1)] == [
        "2722362ccfbcd614", "7787850a8f986274", "4a19f1d9df3654e2", "8856f84f98cdd2bc",
    ]  # fmt: skip
