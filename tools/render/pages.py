"""The page about a code, as a text: what it says first, and all of it.

Promises to find the pages however Scoreline is installed. Their folder holds no Python; where it is not copied but led
to, as an editable install does, what leads there stands in the package's path as well, and is no folder:
`importlib.resources` takes offence at that.
"""

from collections.abc import Iterator
from importlib import import_module
from importlib.metadata import metadata
from pathlib import Path

from scoreline.dsl.codes import CODES

_DOCUMENTATION = "Documentation"


def page_of(code: str) -> str | None:
    """The page about a code, in Markdown; None where it is not installed."""
    pages = (folder / f"{code}.md" for folder in _folders())
    return next((page.read_text(encoding="utf-8") for page in pages if page.is_file()), None)


def _folders() -> Iterator[Path]:
    try:
        yield from map(Path, import_module("scoreline.pages").__path__)
    except ModuleNotFoundError:
        return


def reason_of(code: str) -> str:
    """Why the code is there: the first paragraph of its page, on one line; without a page, its title."""
    page = page_of(code) or ""
    paragraphs = [part for part in page.split("\n\n") if part.strip() and not part.startswith("#")]
    return " ".join(paragraphs[0].split()) if paragraphs else title_of(code)


def title_of(code: str) -> str:
    """The terse title of a code; the code itself where there is none."""
    return CODES[code].title if code in CODES else code


def name_of(code: str) -> str:
    """The kebab name of a code; the code itself where there is none."""
    return CODES[code].name if code in CODES else code


def address_of(code: str) -> str | None:
    """The web address of the page about a code, if the package names its documentation."""
    for entry in metadata("scoreline").get_all("Project-URL") or ():
        label, _, address = entry.partition(",")
        if label.strip() == _DOCUMENTATION:
            return f"{address.strip().rstrip('/')}/codes/{code}.md"
    return None
