"""In a German file the checker speaks of words as they stand there."""

from zoneinfo import ZoneInfo

from golden.compiling import compiled
from scoreline.compiler.pipeline import compile_rules, text_reader
from scoreline.compiler.schema.reading import read_schema
from scoreline.dsl.source import Source

SCHEMA = '[lead]\nkey = "id"\n[lead.fields]\nstufe = "number"\nheute = "date"\n'


def told(rule: str) -> tuple[str, str, str | None]:
    """What is said of a rule for leads with a field `stufe`."""
    schema, _ = read_schema(Source("crm.schema.toml", SCHEMA))
    assert schema is not None
    texts = {"a.score": f"# language: de\nmodell Fit für lead\n  {rule}\n"}
    (found,) = compile_rules(["a.score"], text_reader(texts), schema, ZoneInfo("UTC")).diagnostics
    return found.code, found.message, found.help


def test_a_field_that_is_called_as_a_word_is_given_another_name():
    code, message, help = told("wenn stufe >= 3 dann +5")
    assert (code, message) == ("E226", "`stufe` bedeutet hier nichts")
    assert help == 'gib dem Feld im Schema einen anderen Namen, etwa `mein_stufe = { …, column = "stufe" }`'


def test_other_words_are_told_as_they_are_written():
    (found,) = compiled("# language: de", "modell Fit für lead", "  wenn stufe >= 3 dann +5").diagnostics
    assert (found.message, found.help) == ("`stufe` bedeutet hier nichts", "`stufe` gibt es nur in Beispielen")
