"""Each case of these files is formatted as it shows; adding one needs no Python.

#: a title    begins a case: what follows is a rule file as somebody wrote it,
#>            and what follows is its canonical form
"""

from dataclasses import dataclass
from pathlib import Path

import pytest
from scoreline.dsl.format import formatted
from scoreline.dsl.parse import parse
from scoreline.dsl.source import Source

FOLDER = Path(__file__).parent
ROOT = FOLDER.parents[1]
OWN_FILES = sorted([*(ROOT / "examples").rglob("*.score"), *(ROOT / "tools/cli/template").rglob("*.score")])


@dataclass(frozen=True)
class Case:
    """A file before and after; blank lines at its end are those between two cases."""

    name: str
    before: str
    after: str


def cases() -> list[Case]:
    """Every case of every file of this folder."""
    found: list[Case] = []
    for path in sorted(FOLDER.glob("*.score")):
        for text in ("\n" + path.read_text(encoding="utf-8")).split("\n#: ")[1:]:
            title, _, rest = text.partition("\n")
            before, mark, after = f"\n{rest}\n".partition("\n#>\n")
            assert mark, f"{path.name}: {title}"
            after = after.rstrip("\n")
            found.append(Case(f"{path.stem}: {title}", before[1:] + "\n", after + "\n" if after else ""))
    return found


def canonical(text: str) -> str | None:
    return formatted(Source("x.score", text)).text


@pytest.mark.parametrize("case", cases(), ids=lambda case: case.name)
def test_a_file_is_formatted_as_shown(case: Case) -> None:
    assert canonical(case.before) == case.after
    assert canonical(case.after) == case.after


@pytest.mark.parametrize("path", OWN_FILES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_our_own_files_are_in_canonical_form(path: Path) -> None:
    text = path.read_bytes().decode()
    assert canonical(text) == text


DEEP = "model Fit for lead\n  when {} then +1\n"


@pytest.mark.parametrize(
    "condition",
    ["(" * 200 + "a" + ")" * 200, "not " * 200 + "a", "(a and (b or " * 100 + "c" + "))" * 100, "a and " * 4_000 + "b"],
    ids=["parentheses", "not", "and, or", "a long chain"],
)
def test_whatever_the_parser_takes_is_formatted(condition: str) -> None:
    text = DEEP.format(condition)
    assert parse(Source("x.score", text)).diagnostics == ()
    assert canonical(text) is not None


@pytest.mark.parametrize(
    "text", ["use 5", "when a then +1", 'let x = "a', "model Fit for lead\n  when a then 5\n", "\0"]
)
def test_a_file_with_a_syntax_error_has_no_form(text: str) -> None:
    found = formatted(Source("x.score", text))
    assert found.text is None
    assert found.diagnostics
