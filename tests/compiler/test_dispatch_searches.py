"""What is looked for in a text is found exactly if it is there, whichever way it is looked for."""

from collections.abc import Iterable
from itertools import count
from random import Random

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from scoreline.compiler.backends.closures.dispatch import searches
from scoreline.compiler.backends.closures.dispatch.searches import Finding, by_end, one_mark, scan

# Few letters, so that needles overlap, repeat and hide in one another; one in two of them beyond ASCII.
LETTERS = st.text(st.sampled_from("ab ßσİ"), max_size=24)
WORDS = st.lists(st.sampled_from(("head", "of", "sales", "sal", "ß", "ΟΔΟΣ", "a", "re", "\U0001f600", "")), max_size=8)
TEXTS = LETTERS | WORDS.map(" ".join) | st.text(max_size=12)


@st.composite
def looked_for(draw: st.DrawFn) -> tuple[list[str], list[str]]:
    """Needles, most of them out of the texts that they are looked for in."""
    texts = draw(st.lists(TEXTS, min_size=1, max_size=4))
    needles = draw(st.lists(TEXTS, max_size=8))
    for _ in range(draw(st.integers(0, 12))):
        text = draw(st.sampled_from(texts))
        start = draw(st.integers(0, len(text)))
        needles.append(text[start : start + draw(st.integers(1, 12))])
    return [each for each in dict.fromkeys(needles) if each], [*texts, "".join(texts), " ".join(texts)]


def numbered(needles: Iterable[str]) -> dict[str, Finding]:
    """Needles with a finding of their own each."""
    return dict(zip(needles, ((0, (number,), (), 0) for number in count()), strict=False))


@given(looked_for(), st.sampled_from((0, 1, 3, searches.FEW_NEEDLES)))
def test_a_scan_finds_exactly_the_needles_that_are_in_a_text(drawn: tuple[list[str], list[str]], few: int) -> None:
    needles, texts = drawn
    findings = numbered(needles)
    with pytest.MonkeyPatch.context() as limits:
        limits.setattr(searches, "FEW_NEEDLES", few)
        found = scan(findings)
    for text in texts:
        assert sorted(found(text)) == sorted(findings[needle] for needle in needles if needle in text), text


@settings(max_examples=settings.default.max_examples // 3)
@given(st.integers(0, 2**24 - 1))
def test_a_scan_for_very_many_needles_finds_them_too(seed: int) -> None:
    """As many as it takes for a text to be walked through, with no limit lowered."""
    drawn = Random(seed)
    lengths = (1, 2, 3, 3, 4, 4, 5, 9, 40)
    needles, texts = (
        sorted({"".join(drawn.choices("ab ß", k=drawn.choice(lengths))) for _ in range(many)}) for many in (150, 9)
    )
    findings = numbered(needles)
    found = scan(findings)
    for text in ("", *texts):
        assert sorted(found(text)) == sorted(findings[needle] for needle in needles if needle in text), text


@given(looked_for(), st.booleans())
def test_a_text_has_the_ends_that_its_own_end_leads_to(drawn: tuple[list[str], list[str]], starts: bool) -> None:
    needles, texts = drawn
    assume(needles)
    size, bunches = by_end(numbered(needles), starts=starts)
    assert 0 < size == min(map(len, needles))
    for text in (*texts, *needles):
        has = text.startswith if starts else text.endswith
        bunch = bunches.get(text[:size] if starts else text[-size:], ())
        assert sorted(needle for needle, _ in bunch if has(needle)) == sorted(filter(has, needles)), text


DOMAINS = st.builds("".join, st.lists(st.sampled_from(("@", "a", ".b", "ß")), min_size=1, max_size=4))


@given(st.lists(DOMAINS, min_size=1, max_size=6), st.lists(DOMAINS, max_size=3).map("".join))
def test_a_mark_is_where_a_needle_that_ends_a_text_must_begin(needles: list[str], text: str) -> None:
    mark = one_mark(needles)
    firsts = {needle[0] for needle in needles}
    assert (mark is not None) == (len(firsts) == 1 and not any(needle[0] in needle[1:] for needle in needles))
    if mark is not None:
        assert firsts == {mark}
        for ended in (text, *(f"{text}{needle}" for needle in needles)):
            place = ended.rfind(mark)
            at_mark = {ended[place:]} if place >= 0 else set[str]()
            assert {needle for needle in needles if ended.endswith(needle)} == at_mark & set(needles)
