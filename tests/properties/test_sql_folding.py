"""Every character is folded and trimmed in a database as the language does it."""

import sys
from collections.abc import Iterator
from typing import cast

import pytest
from databases.database import Database
from scoreline.compiler.backends.query import folding, terms
from scoreline.compiler.backends.query.build import with_steps
from scoreline.compiler.backends.query.dialect import DIALECTS
from scoreline.compiler.backends.query.printing import printed
from scoreline.compiler.folding import WHITE_SPACE, fold, trim
from sqlglot import exp

BLOCK = 64
LETTERS = "".join(folding.letters()) + "".join(map(chr, range(1, 0x250)))


@pytest.fixture(params=["duckdb_database", "postgres", "spark"])
def database(request: pytest.FixtureRequest) -> Database:
    return cast(Database, request.getfixturevalue(request.param))


def differing(database: Database, texts: list[str], made: exp.Expr, wanted: list[str]) -> list[tuple[str, str, str]]:
    """The texts of which something else is made than what is wanted, what that is, and what is wanted."""
    rows = list(zip(texts, wanted, strict=True))
    database.load("characters", [("given", "text"), ("wanted", "text")], rows)
    compared = terms.called(made, "made")
    query = exp.select(terms.column("given"), compared, terms.column("wanted")).from_("characters")
    dialect = DIALECTS[database.dialect]
    found = database.run(printed(with_steps(query, folding.steps(dialect)), dialect))
    assert len(found) == len(rows)
    return [(given, made, wanted) for given, made, wanted in cast(list[tuple[str, str, str]], found) if made != wanted]


def blocks() -> Iterator[str]:
    """All characters that a text in UTF-8 can hold (but U+0000, which PostgreSQL refuses), many in each text."""
    for start in range(0, sys.maxunicode, BLOCK):
        several = range(max(start, 1), start + BLOCK)
        text = "".join(chr(each) for each in several if not 0xD800 <= each < 0xE000)
        if text:
            yield text


def test_every_character_is_folded_alike(database: Database) -> None:
    texts = [*blocks(), *LETTERS, *(f"a{each}" for each in LETTERS), *(f"{each}ΣA\u0301" for each in LETTERS)]
    made = folding.folded(terms.column("given"), DIALECTS[database.dialect])
    assert differing(database, texts, made, [fold(each) for each in texts]) == []


def test_white_space_is_trimmed_alike(database: Database) -> None:
    signs = [*WHITE_SPACE, *map(chr, range(1, 0x21)), *"\u180e\u200b\u200c\u200d\u2060\ufeff\x7f\u0300", "'", "😀"]
    texts = [text for each in signs for text in (f"{each}x", f"x{each}", f"x{each}x", f" {each} x{each} \t", each)]
    made = terms.or_else(folding.trimmed(terms.column("given")), terms.text(""))
    assert differing(database, texts, made, [trim(each) for each in texts]) == []
