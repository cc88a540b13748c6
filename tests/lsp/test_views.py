"""What is known of a project follows the texts, edit by edit, as if it were looked at for the first time."""

import random

import pytest
from lsp.texts import FIT, STORY, counted
from lsprotocol.types import Position
from scoreline.tools.lsp.document_view import DocumentView
from scoreline.tools.lsp.features.code_actions import code_actions
from scoreline.tools.lsp.features.code_lens import code_lens
from scoreline.tools.lsp.features.completion import completion
from scoreline.tools.lsp.features.diagnostics import diagnostics
from scoreline.tools.lsp.features.folding import folding
from scoreline.tools.lsp.features.hover import hover
from scoreline.tools.lsp.features.navigation import definition, references
from scoreline.tools.lsp.features.semantic_tokens import semantic_tokens
from scoreline.tools.lsp.features.signature import signature
from scoreline.tools.lsp.features.symbols import document_symbols
from scoreline.tools.lsp.workshop import Workshop


def here_of(shop, document):
    return DocumentView(shop.view(document), document, shop.documents.encoding, shop.documents.address)


def answers(here, position):
    """What every feature answers at a place."""
    name = here.view.name(here.document.path)
    return [
        diagnostics(here, name),
        document_symbols(here),
        folding(here),
        semantic_tokens(here),
        hover(here, position),
        definition(here, position),
        references(here, position),
        completion(here, position, snippets=True),
        signature(here, position),
        code_lens(here, counted(here, Big=1)),
    ]


@pytest.mark.parametrize("seed", range(4))
def test_after_any_edits_every_answer_is_that_of_a_fresh_look(project, seed):
    draw = random.Random(seed)
    shop = Workshop()
    uri = (project / "rules/fit.score").as_uri()
    words = ["when ", "then ", "+5", '"', "\n", "big", "industry ", "grade ", "# x\n", "model X for lead\n", "😀", ")"]
    text = FIT + STORY.replace("qualification B2B", "qualification C3")
    for _ in range(8):
        at = draw.randrange(len(text))
        text = text[:at] + draw.choice([*words, ""]) + text[at + draw.choice([0, 0, 1, 5, 30]) :]
        document = shop.documents.open(uri, text, 1)
        shop.changed(document)
        fresh = Workshop()
        position = Position(draw.randrange(25), draw.randrange(30))
        told = answers(here_of(shop, document), position)
        assert told == answers(here_of(fresh, fresh.documents.open(uri, text, 1)), position), text


def test_a_document_without_a_name_is_checked_for_its_form():
    shop = Workshop()
    document = shop.documents.open("untitled:Untitled-1", "model Fit for lead\n  when x then 5\n", 1)
    here = here_of(shop, document)
    assert [each.code for each in diagnostics(here, here.view.name(document.path))] == ["E110"]
    assert shop.documents.address(document.path) == "untitled:Untitled-1"
    assert completion(here, Position(1, 7)) is not None


def test_a_settings_file_of_something_else_is_left_alone(tmp_path):
    shop = Workshop()
    document = shop.documents.open((tmp_path / "pyproject.toml").as_uri(), "[project]\n", 1)
    assert not shop.view(document).diagnostics


def test_a_new_file_beside_the_rules_counts_before_it_is_saved(project):
    shop = Workshop()
    text = 'qualification C3\n  stage "y" when Fitt >= 1\n'
    document = shop.documents.open((project / "rules/new.score").as_uri(), text, 1)
    here = here_of(shop, document)
    assert [each.code for each in diagnostics(here, "rules/new.score")] == ["E201"]


def test_a_broken_schema_leaves_the_last_good_one_to_completion(project):
    shop = Workshop()
    fit = shop.documents.open((project / "rules/fit.score").as_uri(), FIT, 1)
    shop.view(fit)
    schema = shop.documents.open((project / "crm.schema.toml").as_uri(), "[lead", 1)
    shop.changed(schema)
    here = here_of(shop, fit)
    assert [each.code for each in diagnostics(here, "crm.schema.toml")] == ["E302"]
    labels = {each.label for each in completion(here, Position(8, 9))}
    assert "industry" in labels


def test_a_silencing_comment_takes_a_comment_for_its_reason(project):
    shop = Workshop()
    text = FIT.replace('then +5 as "Newsletter"', "then +0  # not yet")
    document = shop.documents.open((project / "rules/fit.score").as_uri(), text, 1)
    here = here_of(shop, document)
    (told,) = [each for each in diagnostics(here, "rules/fit.score") if each.code == "W220"]
    (ignore,) = [each for each in code_actions(here, told.range, None, lambda: None) if "W220" in each.title]
    (edit,) = ignore.edit.changes[document.uri]
    assert edit.new_text == "  # scoreline: ignore W220 (not yet)"


def test_the_extra_that_is_missing_is_named(monkeypatch, capsys):
    from scoreline.tools.cli.commands import lsp
    from scoreline.tools.cli.main import status

    monkeypatch.setattr(lsp.importlib.util, "find_spec", lambda name: None)
    assert status(["lsp"]) == 2
    assert 'pip install "scoreline[lsp]"' in capsys.readouterr().err


def open_document(shop, path, text):
    document = shop.documents.open(path.as_uri(), text, 1)
    shop.changed(document)
    return document


def test_a_rule_that_was_not_counted_has_no_lens_and_takes_none_from_another(project):
    shop = Workshop()
    unlabelled = FIT.replace(' as "Newsletter"', "")
    before = counted(here_of(shop, open_document(shop, project / "rules/fit.score", unlabelled)))
    later = unlabelled.replace("  when newsletter", '  when industry is "Software" then +2\n  when newsletter')
    here = here_of(shop, open_document(shop, project / "rules/fit.score", later))
    assert [each.range.start.line for each in code_lens(here, before)] == [6, 9, 10]


@pytest.mark.parametrize(
    "heading", ["model {} for lead", 'model "{}" for lead', "let = [{}]", "qualification", "model"]
)
def test_a_heading_without_a_name_gives_none(project, heading):
    shop = Workshop()
    text = heading.format('"a"') + '\n  when newsletter then +1 as "x"\n  grade "A" from 1\n'
    here = here_of(shop, open_document(shop, project / "rules/new.score", text))
    own = [each for each in here.view.occurrences if each.place.file == "rules/new.score" and each.defines]
    assert own == []
    ends = 0
    at = 0
    for line, column, size, *_ in zip(*[iter(semantic_tokens(here).data)] * 5, strict=True):
        at = column if line else at + column
        assert line or at >= ends, "tokens lie over each other"
        ends = at + size


def test_a_file_is_known_by_any_spelling_of_its_address(project):
    shop = Workshop()
    path = project / "rules" / "größer #1.score"
    shop.documents.open(path.as_uri(), FIT, 1)
    other = path.as_uri().replace("%C3", "%c3").replace("%20", " ")
    assert shop.documents.at(other) is shop.documents.at(path.as_uri()) is not None


@pytest.mark.parametrize("name", ["rules/first.score", "rules/sub/first.score"])
def test_the_first_file_of_a_folder_is_checked_before_it_is_saved(project, name):
    for each in (project / "rules").iterdir():
        each.unlink()
    shop = Workshop()
    here = here_of(shop, open_document(shop, project / name, "model Fit for lead\n  when foo then +1\n"))
    assert "E201" in [each.code for each in diagnostics(here, name)]


def test_fixes_end_lines_as_the_document_does(project):
    shop = Workshop()
    text = 'model New for lead\r\n  when newsletter then +5\r\n  grade "A" from 70\r\n'
    here = here_of(shop, open_document(shop, project / "rules/new.score", text))
    (told,) = [each for each in diagnostics(here, "rules/new.score") if each.code == "W215"]
    edits = [
        edit.new_text
        for each in code_actions(here, told.range, None, lambda: None)
        for edit in each.edit.changes[here.document.uri]
    ]
    assert any("otherwise" in each and each.count("\r\n") == each.count("\n") > 0 for each in edits)


@pytest.mark.parametrize(
    ("text", "code"), [("# when newsletter then +5", "W240"), ("# scoreline: ignore W220 (nothing)", "W253")]
)
def test_a_comment_that_is_itself_told_of_is_not_silenced_by_a_comment(project, text, code):
    shop = Workshop()
    here = here_of(
        shop, open_document(shop, project / "rules/fit.score", FIT.replace("  when big", f"    {text}\n  when big"))
    )
    (told,) = [each for each in diagnostics(here, "rules/fit.score") if each.code == code]
    assert not [
        each for each in code_actions(here, told.range, None, lambda: None) if f"ignore {code} here" in each.title
    ]
