"""Where what is said stands in code, and which table of each language has it: the one place that lists the rooms."""

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

ROOT = Path(__file__).parents[2]

# The folders whose messages a table has (`de.toml`, `de.lint.toml`, …).
ROOMS: dict[str, tuple[str, ...]] = {
    "": ("grammar", "dsl"),
    "compiler": ("compiler",),
    "lint": ("tools/lint",),
    "lsp": ("tools/lsp",),
}


def table(language: str, name: str) -> dict[str, str]:
    """One table of a language: its texts by the English template."""
    file = f"{language}.{name}.toml" if name else f"{language}.toml"
    return tomllib.loads((ROOT / "dsl" / "translations" / file).read_text(encoding="utf-8"))


def all_tables(language: str) -> list[dict[str, str]]:
    """Every table of a language, of whichever room."""
    paths = sorted((ROOT / "dsl" / "translations").glob(f"{language}*.toml"))
    return [tomllib.loads(path.read_text(encoding="utf-8")) for path in paths]


def templates(*folders: str) -> Iterator[str]:
    """The template of every `say(…)` in some folders."""
    for file in (path for folder in folders for path in sorted((ROOT / folder).rglob("*.py"))):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "say":
                template = node.args[0]
                assert isinstance(template, ast.Constant), f"{file}:{node.lineno}: a template is a plain string"
                yield str(template.value)


def holes(template: str) -> set[tuple[str, str]]:
    """The holes of a template, each with how it is written out."""
    return {(name, form or "") for _, name, form, _ in Formatter().parse(template) if name is not None}


def quoted(template: str) -> Iterator[str]:
    """The pieces of rules in a template, without the texts in them."""
    for piece in re.findall(r"`([^`]*)`", template):
        yield re.sub(r'"[^"]*"|\{+\w*\}+|\w+ = |# language: \w+|scoreline [a-z-]+', " ", piece)
