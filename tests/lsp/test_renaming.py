"""A rename is refused only where a file that it edits could not be read afterwards, or would mean something else."""

import pytest
from lsp.texts import split
from scoreline.tools.lsp.document_view import DocumentView
from scoreline.tools.lsp.features.navigation import RenameRefused, rename
from scoreline.tools.lsp.workshop import Workshop

FILES = {
    "shared/l.score": "let mi|ne = employees > 5\n",
    "rules/a.score": """use "../shared/l.score"
model Alpha for lead
  when mine then +1
  when newsletter then +2 as "Sa|y"
  grade "Ho|t" from 2
""",
    "rules/g.score": """# language: de
nutze "../shared/l.score"
modell Ga|mma für lead
  wenn mine dann +1
""",
    "rules/b.score": """let pri|vate = employees > 9
model Beta for lead
  when private then +1
""",
    "rules/c.score": """use "b.score"
let own = employees > 7
model Delta for lead
  when own and private then +1
""",
}


@pytest.fixture
def project(project):
    for each in (project / "rules").iterdir():
        each.unlink()
    for name, text in FILES.items():
        (project / name).write_text(split(text)[0], encoding="utf-8")
    return project


def renamed(project, name: str, marked: str, new: str):
    """The edits by file; or why there are none."""
    shop = Workshop()
    plain = split(FILES[name])[0]
    text, position = split(plain.replace(marked.replace("|", ""), marked, 1))
    document = shop.documents.open((project / name).as_uri(), text, 1)
    here = DocumentView(shop.view(document), document, shop.documents.encoding, shop.documents.address)
    try:
        return {uri.rpartition("/")[2] for uri in rename(here, position, new).changes}
    except RenameRefused as refusal:
        return refusal.why


@pytest.mark.parametrize(
    ("name", "marked", "new"),
    [
        ("rules/a.score", "mi|ne", "wenn"),  # a German file uses it
        ("rules/a.score", "mi|ne", "stufe"),
        ("rules/g.score", "mi|ne", "when"),  # English ones do
        ("rules/g.score", "Ga|mma", "score"),  # an English word is a mistake in German files
        ("rules/a.score", "Al|pha", "mine"),  # a let is called so
        ("rules/b.score", "pri|vate", "own"),  # a file sees both
        ("rules/a.score", '"Sa|y"', "1"),  # the number of the rule above, which has no label
        ("rules/a.score", '"Ho|t"', "a\nb"),
        ("rules/a.score", '"Ho|t"', " "),
        ("rules/a.score", "for le|ad", "x"),
    ],
)
def test_what_would_break_a_file_is_refused(project, name, marked, new):
    assert isinstance(renamed(project, name, marked, new), str)


@pytest.mark.parametrize(
    ("name", "marked", "new", "files"),
    [
        ("rules/a.score", "mi|ne", "ours", {"l.score", "a.score", "g.score"}),
        ("rules/b.score", "pri|vate", "mine", {"b.score", "c.score"}),  # no file sees both
        ("rules/b.score", "pri|vate", "stufe", {"b.score", "c.score"}),  # no German file uses it
        ("rules/a.score", '"Sa|y"', "2", {"a.score"}),
        ("rules/a.score", '"Ho|t"', "hot", {"a.score"}),
    ],
)
def test_what_breaks_nothing_is_done_in_every_file(project, name, marked, new, files):
    assert renamed(project, name, marked, new) == files


@pytest.mark.parametrize(
    "heading", ['model "Ideal customer" for lead', "model for lead", 'let = ["a"]', "qualification"]
)
def test_a_heading_without_a_name_has_none_to_change(project, heading):
    shop = Workshop()
    for name in ("rules/y.score", "rules/z.score"):
        (project / name).write_text(heading + "\n")
    text, position = split(heading.replace(" ", " |", 1) if " " in heading else heading + "|")
    document = shop.documents.open((project / "rules/z.score").as_uri(), text, 1)
    here = DocumentView(shop.view(document), document, shop.documents.encoding, shop.documents.address)
    with pytest.raises(RenameRefused):
        rename(here, position, "Neu")
