"""A German file is talked about in German: what hover, proposals, lenses, actions and refusals say."""

import pytest
from lsp.texts import FIT, STORY, counted, split
from lsprotocol.types import Position
from scoreline.dsl.source import Source
from scoreline.dsl.translate import translated
from scoreline.tools.lsp.document_view import DocumentView
from scoreline.tools.lsp.features.code_actions import code_actions
from scoreline.tools.lsp.features.code_lens import code_lens
from scoreline.tools.lsp.features.completion import completion
from scoreline.tools.lsp.features.diagnostics import diagnostics
from scoreline.tools.lsp.features.hover import hover
from scoreline.tools.lsp.features.navigation import RenameRefused, rename
from scoreline.tools.lsp.features.signature import signature
from scoreline.tools.lsp.workshop import Workshop
from translations.tables import all_tables


def german(text: str) -> str:
    """A rule file in German."""
    found = translated(Source("fit.score", text), "de").text
    assert found is not None
    return found


FILES = {"rules/fit.score": german(FIT), "rules/story.score": german(STORY)}


def opened(project, name: str, text: str) -> DocumentView:
    """A document that is open, with this text."""
    shop = Workshop()
    document = shop.documents.open((project / name).as_uri(), text, 1)
    return DocumentView(shop.view(document), document, shop.documents.encoding, shop.documents.address)


def positions(text: str):
    for line, written in enumerate(text.split("\n")):
        for column in range(len(written) + 1):
            yield Position(line, column)


def told(here: DocumentView, position: Position):
    """All that is said in words at a place, a paragraph each."""
    found = hover(here, position)
    if found is not None:
        yield from found.contents.value.split("\n\n")
    for item in completion(here, position):
        yield from filter(None, [item.detail, *(item.documentation.value.split("\n\n") if item.documentation else ())])
    forms = signature(here, position)
    for each in forms.signatures if forms else ():
        yield from filter(None, [each.documentation])


@pytest.mark.parametrize("name", FILES)
def test_no_word_of_english_is_said_anywhere_in_a_german_file(project, name):
    english = {one for table in all_tables("de") for one, other in table.items() if one != other and "{" not in one}
    here = opened(project, name, FILES[name])
    said = {paragraph for each in positions(FILES[name]) for paragraph in told(here, each)}
    assert len(said) > 50
    assert not said & english


@pytest.mark.parametrize(
    ("marked", "said"),
    [
        ("indus|try in", "**industry** · choice · Industry"),
        ("newslet|ter", "wenn es fehlt: `nein`"),
        ('"Core indus|try"', "**Fit/core-industry** · Regel, gibt 0 bis 20 Punkte"),
        ("modell F|it", "Punkte von 0 bis 40, durch 3 Regeln"),
        ("grup|pe", "eine Überschrift"),
        ("grup|pe", 'schreibe zum Beispiel `gruppe "Firma" hat höchstens 50`'),
    ],
)
def test_hover(project, marked, said):
    text = FILES["rules/fit.score"]
    _, position = split(text.replace(marked.replace("|", ""), marked, 1))
    found = hover(opened(project, "rules/fit.score", text), position)
    assert found is not None and said in found.contents.value


def test_what_a_grade_and_the_rules_of_a_model_are_called_is_proposed(project):
    text, position = split('# language: de\nbeispiel "x"\n  erwarte Fit.|\n')
    found = completion(opened(project, "rules/story.score", text), position)
    assert {each.label: each.detail for each in found} == {"klasse": "die Klasse", "regeln": "die Regeln, die gelten"}


def test_lenses_actions_and_refusals(project):
    text = FILES["rules/fit.score"].replace('dann +5 genannt "Newsletter"', "dann +0")
    here = opened(project, "rules/fit.score", text)
    first, *_, last = code_lens(here, counted(here, Big=1))
    assert first.command.title == "gilt für keinen von 2 Beispiel-Leads"
    assert last.command.title == "gilt für 1 von 2 Beispiel-Leads (50 %)"
    (zero,) = [each for each in diagnostics(here, "rules/fit.score") if each.code == "W220"]
    titles = [each.title for each in code_actions(here, zero.range, None, lambda: None)]
    assert "W220 hier ausnehmen (schreibe den Grund in den Kommentar)" in titles
    _, position = split(text.replace("modell Fit", "modell F|it"))
    with pytest.raises(RenameRefused) as refused:
        rename(here, position, "wenn")
    assert here.localized(refused.value.why).startswith("`wenn` kann kein Name sein")
