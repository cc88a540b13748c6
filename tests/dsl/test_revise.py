"""An edit costs what was edited: all other statements stay the very same nodes, and the scrapbook stays small.

That the result is right is a property (tests/properties/test_revise.py).
"""

import pytest
from scoreline.dsl import nodes
from scoreline.dsl.edited import Edited
from scoreline.dsl.parse import Parsed, parse
from scoreline.dsl.revise import revised
from scoreline.dsl.source import Source

RULES = 40
TEXT = "\n".join(
    [
        "# Who we sell to",
        'let dach = ["DE", "AT"]',
        'model Fit "Fit" for lead where (country in dach)',
        *(f'  when employees >= {number} then +{number} as "Rule {number}"' for number in range(1, RULES + 1)),
        '  grade "A" from 10',
        "",
        "qualification B2B",
        '  stage "Ready" when Fit >= 10',
        "",
    ]
)


def rules(parsed: Parsed) -> tuple[nodes.ModelItem, ...]:
    return tuple(rule for item in parsed.file.items if isinstance(item, nodes.Model) for rule in item.items)


def kept(old: Parsed, new: Parsed) -> int:
    """How many statements of the model are the very same."""
    before = set(map(id, rules(old)))
    return sum(id(each) in before for each in rules(new))


@pytest.mark.parametrize(
    ("old", "new", "anew"),
    [
        pytest.param("+20 as", "+21 as", 3, id="a number in the middle"),
        pytest.param("when employees >= 20", "when employees > 20", 3, id="a sign"),
        pytest.param("when employees >= 20", "when employees >=", 3, id="a rule that is not finished"),
        pytest.param('as "Rule 20"', 'as "Rule 20', 4, id="a text that is not closed"),
        pytest.param('as "Rule 20"\n', 'as "Rule 20"\n  when phone is known then +5\n', 3, id="a rule more"),
        pytest.param('  when employees >= 20 then +20 as "Rule 20"\n', "", 4, id="a rule less"),
        pytest.param("when employees >= 1 then", "when employees >= 0 then", 2, id="the first rule"),
        pytest.param('grade "A" from 10', 'grade "A" from 20', 2, id="the last statement"),
        pytest.param("model Fit", "model Fitness", 1, id="the name of a model"),
        pytest.param("(country in dach)", "(country in dach and phone is known)", 1, id="an audience"),
        pytest.param('"AT"]', '"AT", "CH"]', 0, id="a let"),
        pytest.param('let dach = ["DE", "AT"]', 'let dach = ["DE", "AT"]\nlet x = [1]', 1, id="a let more"),
        pytest.param("  when employees >= 20", "model M for lead\n  when employees >= 20", 4, id="a heading more"),
    ],
)
def test_all_but_the_edited_statement_and_its_neighbours_stay(old, new, anew):
    before = parse(Source("x.score", TEXT))
    after = revised(before, TEXT.replace(old, new, 1))
    assert len(rules(before)) - kept(before, after) <= anew


@pytest.mark.parametrize(
    ("old", "new"),
    [
        pytest.param("# Who we sell to", "# language: de", id="the first line"),
        pytest.param("let dach", "let when", id="a wrong name, which is told once wherever it stands"),
    ],
)
def test_what_reaches_further_is_read_anew(old, new):
    text = TEXT.replace(old, new, 1)
    after = revised(parse(Source("x.score", TEXT)), text)
    assert not isinstance(after.source, Edited)
    assert after.file == parse(Source("x.score", text)).file


def test_typing_in_one_place_does_not_make_the_scrapbook_grow():
    parsed, text, sizes = parse(Source("x.score", TEXT)), TEXT, []
    for character in " and phone is known":
        text = text.replace(" then +20", f"{character} then +20", 1)
        parsed = revised(parsed, text)
        sizes.append(len(parsed.source.text))
    assert max(sizes) - min(sizes) < 2 * len(" and phone is known")


def test_a_scrapbook_that_has_grown_too_large_is_begun_anew():
    parsed, text, largest = parse(Source("x.score", TEXT)), TEXT, 0
    filler = "x" * 4_000
    for number in range(1, RULES + 1):
        text = text.replace(f'"Rule {number}"', f'"Rule {number} {filler}"', 1)
        parsed = revised(parsed, text)
        largest = max(largest, len(parsed.source.text))
    assert largest < 4 * max(len(text), 100_000)
    assert parsed.file == parse(Source("x.score", text)).file


def test_a_text_that_is_the_same_is_not_read_at_all():
    parsed = parse(Source("x.score", TEXT))
    assert revised(parsed, TEXT) is parsed
