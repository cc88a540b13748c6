"""The pages for developers speak of what is there: paths exist, functions stand where they say, the lists are short."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGES = ("ARCHITECTURE.md", "CONTRIBUTING.md", "GLOSSARY.md", "README.md")
TEXTS = {name: (ROOT / name).read_text(encoding="utf-8") for name in PAGES}
_ROOMS = "grammar|dsl|compiler|runtime|tools|tests|docs|editors|examples|benchmarks"
PATHS = sorted({(name, path) for name in PAGES for path in re.findall(rf"`((?:{_ROOMS})/[\w./-]*)`", TEXTS[name])})
NAMED = sorted({(name, *found) for name in PAGES for found in re.findall(r"`(\w+)`\s\(`([\w/]+\.py)`\)", TEXTS[name])})


@pytest.mark.parametrize(("page", "path"), PATHS)
def test_a_path_leads_somewhere(page: str, path: str) -> None:
    assert (ROOT / path).is_dir() if path.endswith("/") else (ROOT / path).is_file(), f"{page}: {path}"


@pytest.mark.parametrize(("page", "name", "path"), NAMED)
def test_a_function_or_class_is_where_the_page_says(page: str, name: str, path: str) -> None:
    text = (ROOT / path).read_text(encoding="utf-8")
    assert re.search(rf"^(?:def|class) {name}\b", text, re.MULTILINE), f"{page}: {name} in {path}"


@pytest.mark.parametrize("page", PAGES)
def test_every_link_leads_somewhere(page: str) -> None:
    for target in re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", TEXTS[page]):
        assert target.startswith("https://") or (ROOT / target).exists(), target


def test_every_folder_of_tests_is_listed_or_named_like_a_room() -> None:
    folders = {each.name for each in (ROOT / "tests").iterdir() if each.is_dir() and not each.name.startswith("_")}
    listed = set(re.findall(r"`tests/(\w+)/", TEXTS["CONTRIBUTING.md"]))
    assert folders - listed <= {"grammar", "dsl", "compiler", "runtime", "tools", "lint", "lsp", "editing", "examples"}


def test_the_glossary_has_at_most_thirty_words_in_order() -> None:
    words = re.findall(r"^\| (\S.*?) \| [A-Z]", TEXTS["GLOSSARY.md"], re.MULTILINE)
    assert words == sorted(words) and 20 <= len(words) <= 30


def files_of(title: str) -> set[str]:
    """The files of the product that a list in CONTRIBUTING.md names."""
    (section,) = re.findall(rf"^### {title}.*?\n(.*?)(?=^##|\Z)", TEXTS["CONTRIBUTING.md"], re.MULTILINE | re.DOTALL)
    numbered = "\n".join(re.findall(r"^\d+\. (.*(?:\n   .*)*)", section, re.MULTILINE))
    return set(re.findall(r"`((?:grammar|dsl|compiler|runtime|tools)/[\w./]*\.\w+)`", numbered))


@pytest.mark.parametrize(
    ("change", "most"),
    [("A text operator", 8), ("A measure over a property", 16), ("An interaction construct", 14), ("A dialect", 3)],
)
def test_a_change_costs_no_more_files_than_it_may(change: str, most: int) -> None:
    assert 0 < len(files_of(change)) <= most, files_of(change)
