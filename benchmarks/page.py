"""The page of benchmarks: only what lies between `<!-- name -->` and `<!-- end -->` is ever replaced."""

import re
from pathlib import Path

DOCS = Path(__file__).parent.parent / "docs"
PAGE = DOCS / "benchmarks.md"


def write_place(marker: str, text: str) -> None:
    """Puts a text into one marked place of the page."""
    PAGE.write_text(replaced(PAGE.read_text(encoding="utf-8"), marker, text), encoding="utf-8")


def replaced(page: str, marker: str, text: str) -> str:
    """The page with another text in a marked place; ValueError if there is none."""
    pattern = re.compile(rf"(<!-- {re.escape(marker)} -->\n).*?(\n?<!-- end -->)", re.DOTALL)
    if not pattern.search(page):
        raise ValueError(f"{PAGE.name} has no place marked `<!-- {marker} -->` … `<!-- end -->`")
    return pattern.sub(lambda match: f"{match[1]}\n{text}\n\n<!-- end -->", page, count=1)
