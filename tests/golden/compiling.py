"""Compiles texts against the golden files' schema."""

from zoneinfo import ZoneInfo

from golden.cases import FOLDER
from scoreline.compiler.pipeline import Compiled, compile_rules, text_reader
from scoreline.compiler.schema.reading import read_schema_file

SCHEMA, _WRONG = read_schema_file(FOLDER / "schema.toml", "schema.toml")
ZONE = ZoneInfo("Europe/Berlin")


def compiled(*rules: str, **files: str) -> Compiled:
    """A project of one main file and others by name (dots for slashes); files that begin with `only_` are only used."""
    assert SCHEMA is not None
    texts = {"main.score": "\n".join(rules), **{f"{name}.score": text for name, text in files.items()}}
    own = sorted(name for name in texts if not name.startswith("only_"))
    return compile_rules(own, text_reader(texts), SCHEMA, ZONE)


def told(project: Compiled) -> list[tuple[str, str, int]]:
    """Code, file and line of each diagnostic."""
    return [(each.code, each.place.file, each.place.start.line) for each in project.diagnostics]
