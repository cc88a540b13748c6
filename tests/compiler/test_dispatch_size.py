"""The index of many rules about one variable grows with the rules, not with their square, however they are written."""

import pytest
from scoreline.compiler.backends.closures.dispatch import choice, tables
from scoreline.compiler.backends.closures.dispatch.choice import Dispatch
from scoreline.compiler.backends.closures.dispatch.rows import Rows
from scoreline.compiler.schema.reading import read_schema
from scoreline.dsl.source import Source
from scoreline.runtime import from_texts

RULES = 1500
MOST_PER_RULE = 600
SCHEMA = '[lead]\nkey = "id"\n[lead.fields]\ntitle = "text"\nsize = "number"\n'


def chained(number: int) -> str:
    earlier = f"a{number - 1} or " if number else ""
    return f'let a{number} = {earlier}title is "x{number}"'


SHAPES = {
    "every value but one": ([], [f'title is not "x{each}"' for each in range(RULES)]),
    "all values above one": ([], [f"size > {each}" for each in range(RULES)]),
    "names built on names": ([chained(each) for each in range(RULES)], [f"a{each}" for each in range(RULES)]),
}


@pytest.mark.parametrize("shape", SHAPES)
def test_tables_hold_a_bounded_number_of_entries_for_each_rule(shape: str) -> None:
    schema, _ = read_schema(Source("s.toml", SCHEMA))
    assert schema is not None
    lets, conditions = SHAPES[shape]
    text = "\n".join([*lets, "model Fit for lead", *(f"  when {each} then +1" for each in conditions)])
    whole = from_texts({"fit.score": text}, schema).plan
    (model,) = whole.models
    chosen = choice.choose(model, Rows(whole), Dispatch.ALWAYS)
    made = [table for sheet in chosen.sheets for _, table in tables.tables(sheet, [0] * len(model.rules))]
    assert made
    assert sum(map(numbers_in, made)) <= MOST_PER_RULE * RULES


def numbers_in(table: tables.Table) -> int:
    """The numbers of rules in all entries of a table."""
    entries = [*table.entries.values(), table.other] if isinstance(table, tables.ByValue) else table.entries
    return sum(len(entry[1]) for entry in entries if entry)
