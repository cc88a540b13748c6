"""What is proposed where the cursor (`|`) is, on text that is never whole."""

import pytest
from lsp.texts import FIT, split
from scoreline.tools.lsp.document_view import DocumentView
from scoreline.tools.lsp.features.completion import completion
from scoreline.tools.lsp.workshop import Workshop

HEAD = 'use "../shared/regions.score"\nmodel Other for lead\n  when newsletter then +10\n'
B2B = 'qualification Q\n  stage "x"\n    '
STORY = 'example "x"\n  '
FIELDS = {"business_unit", "industry", "employees", "newsletter", "created_on"}
HAPPENINGS = {"email.opened", "email.clicked"}


def proposed(project, text, *, snippets=False):
    shop = Workshop()
    text, position = split(text)
    document = shop.documents.open((project / "rules/other.score").as_uri(), text, 1)
    here = DocumentView(shop.view(document), document, shop.documents.encoding, shop.documents.address)
    return completion(here, position, snippets=snippets)


def labels(project, text):
    return {each.label for each in proposed(project, text)}


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("|", {"use", "let", "model", "qualification", "example"}),
        (HEAD + "  when |", FIELDS | HAPPENINGS | {"big", "contact", "no", "not", "distinct"}),
        (HEAD + "  when emp|", FIELDS | HAPPENINGS | {"big", "contact", "no", "not", "distinct"}),
        (HEAD + "  when contact.|", HAPPENINGS | {"job_title"}),
        (HEAD + "  when email.|", {"opened", "clicked"}),
        (HEAD + "  when contact.email.|", {"opened", "clicked"}),
        (HEAD + "  when email.clicked where (|", {"link", "distinct", "no", "not"}),
        (
            HEAD + '  when email.clicked where (link is "x") and email.opened where (|',
            {"campaign", "distinct", "no", "not"},
        ),
        (HEAD + '  when industry is "|', {"Software", "Banks"}),
        (HEAD + '  when industry in ["Software", "|"]', {"Software", "Banks"}),
        (HEAD + "  when industry |", {"is", "in", "not", "and", "or", "then"}),
        (HEAD + "  when newsletter then |", {"disqualify"}),
        (HEAD + "  for |", {"each"}),
        (HEAD + "  for each email.opened within 2 |", {"days", "hours", "minutes", "months", "weeks", "years"}),
        (HEAD + "  include |", {"contact"}),
        (HEAD + "  # scoreline: ig|", {"ignore"}),
        (HEAD + "  # just a comment |", set()),
        ('use "|', {"../shared/regions.score", "fit.score", "story.score"}),
        ("model |", set()),
        ("model M for |", {"lead"}),
        ('qualification Q for unit "|', {"EMEA", "Americas"}),
        (B2B + "when Fit.|", {"grade"}),
        (B2B + 'when Fit.grade is "|', {"A", "B"}),
        (B2B + "when Fit >= 40 then |", {"create task", "notify", "set"}),
        (B2B + 'when Fit >= 40 then notify "|', {"sales", "automation"}),
        (B2B + 'when Fit >= 40 then set industry to "|', {"Software", "Banks"}),
        (B2B + 'when Fit >= 40 then create task "Call {|}"', FIELDS | {"contact"}),
        (B2B + 'when Fit >= 40 then create task "Call {contact.|"', {"job_title"}),
        (STORY + 'given stage is "|', {"Ready"}),
        (STORY + 'expect Fit.rules contains "|', {"newsletter", "core-industry", "big"}),
    ],
)
def test_what_is_proposed(project, text, wanted):
    assert labels(project, text) == wanted


GERMAN = "# language: de\nmodell Anderes für lead\n"


@pytest.mark.parametrize(
    ("text", "some", "none"),
    [
        ("# language: de\n|", {"modell", "qualifizierung", "beispiel"}, {"model", "let"}),
        (GERMAN + "  wenn |", {"industry", "keine", "nicht"}, {"not", "dann"}),
        (GERMAN + "  wenn industry |", {"ist", "in", "nicht", "und"}, {"is", "and"}),
        (GERMAN + '  wenn industry ist "|', {"Software", "Banks"}, {"industry"}),
        (GERMAN + "  wenn email.clicked wobei (|", {"link"}, {"industry"}),
        (GERMAN + "  für jede email.opened binnen 2 |", {"tagen", "wochen"}, {"days", "tag"}),
        ('# language: de\nbeispiel "x"\n  erwarte stufe ist "|', {"Ready"}, {"stage"}),
        ('# language: de\nbeispiel "x"\n  erwarte Fit.klasse ist "|', {"A", "B"}, {"grade"}),
        ('# language: de\nqualifizierung Q\n  stufe "x" wenn |', {"Fit", "industry"}, {"when"}),
    ],
)
def test_words_are_those_of_the_language_of_the_file(project, text, some, none):
    found = labels(project, text)
    assert some <= found
    assert not none & found


USED = 'let dach = ["DE"]\nlet big = employees > 5\n'


@pytest.mark.parametrize(
    ("text", "some", "none"),
    [
        (B2B + "when |", {"Fit", "industry"}, {"grade", "sales"}),
        (STORY + "given |", {"industry", "email.opened"}, {"Fit"}),
        (STORY + "expect |", {"Fit", "stage", "disqualified"}, set()),
        (HEAD + "  when newsletter then +10 |", {"as", "when"}, FIELDS),
        (HEAD + "  when created_on |", {"within", "since", "more than", "is"}, {"contains", "where"}),
        (HEAD + "  when email.opened |", {"within"}, {"known", "contains"}),
        (HEAD + "  when industry is |", {'"Software"', '"Banks"', "known"}, {"big"}),
        (HEAD + "  # scoreline: ignore W2|", {"W204", "W220"}, {"E101"}),
        ("let x = |", {"industry", "email.opened"}, {"when", "x"}),
        ('let x = ["a", |', set(), {"yes", "no"}),
        (STORY + "given email.opened 10 times 2 days ago where (|", {"campaign"}, {"industry", "stage", "today"}),
        (STORY + "given industry |", {"is", "and"}, {"or"}),
        (STORY + "expect Fit |", {"is", "between"}, {"within", "since", "where"}),
        (STORY + "expect |", {"stage", "disqualified"}, {"today"}),
        (B2B + "when Fit >= 40 then set newsletter to |", {"yes", "no", "newsletter"}, {"Fit", "industry", "contact"}),
        (HEAD + "  when employees >= |", {"employees"}, {"yes", "no", "industry"}),
        (HEAD + "  when email.clicked is |", {"employees", "not"}, {"industry", "known", "yes"}),
        (HEAD + "  when newsletter is |", {"yes", "no", "known"}, {"industry"}),
        (HEAD + "  when email.opened + |", {"email.clicked"}, {"employees", "big"}),
        (USED + HEAD + "  when |", {"big"}, {"dach"}),
        (USED + HEAD + "  when industry in |", {"dach"}, {"big"}),
        (USED + HEAD + "  when big |", {"and", "or", "then"}, {"is", "in", "within", "contains"}),
    ],
)
def test_what_is_and_is_not_among_the_proposals(project, text, some, none):
    found = labels(project, text)
    assert some <= found
    assert not none & found


def applied(text, item):
    """The text with a proposal taken."""
    text, _ = split(text)
    lines = text.split("\n")
    edit = item.text_edit
    line = edit.range.start.line
    assert line == edit.range.end.line
    lines[line] = lines[line][: edit.range.start.character] + edit.new_text + lines[line][edit.range.end.character :]
    return "\n".join(lines)


@pytest.mark.parametrize(
    ("text", "label", "after"),
    [
        (HEAD + '  when industry is "So|', "Software", '  when industry is "Software"'),
        (HEAD + '  when industry is "So|" then +1', "Software", '  when industry is "Software" then +1'),
        (HEAD + '  when industry in ["So|, "Finance"]', "Software", '  when industry in ["Software", "Finance"]'),
        (HEAD + "  when ind|", "industry", "  when industry"),
        (HEAD + "  when email.op|", "opened", "  when email.opened"),
        (HEAD + "  when newsletter th|", "then", "  when newsletter then "),
    ],
)
def test_taking_a_proposal_replaces_what_was_begun(project, text, label, after):
    (item,) = [each for each in proposed(project, text) if each.label == label]
    assert applied(text, item).split("\n")[3] == after


def test_whole_statements_are_offered_where_one_begins(project):
    found = {each.label for each in proposed(project, HEAD + "  |", snippets=True)}
    assert {"when …", "for each …", "grade …", "model …"} <= found
    assert not {"stage …", "given …"} & found
    assert not [each for each in proposed(project, HEAD + "  when |", snippets=True) if "…" in each.label]


def test_no_proposal_needs_a_schema(tmp_path):
    found = labels(tmp_path, HEAD + "  when a |")
    assert {"is", "then", "within"} <= found


def test_every_prefix_of_a_file_has_proposals_without_a_fault(project):
    for end in range(0, len(FIT), 3):
        assert isinstance(proposed(project, FIT[:end] + "|"), list)
