"""Every key of a TOML text has a place."""

import tomllib
from collections.abc import Iterator

from hypothesis import given
from hypothesis import strategies as st
from scoreline.compiler.toml.places import KeyPath, locate
from scoreline.dsl.source import Source

TEXT = '''# "a" = 1
top = 1 # b = 2
"quoted key" = "a \\" ] } # no comment"
'literal.key'.below = 'x\\'
[table]
many = [ # a comment, with ]
  "one", # two
  { inner = """
text = "4"
""", list = [[1, 2], []] },
]
dotted.key.path = 2026-01-31 10:00:00
[ table . "sub table" ]
inline = { a = 1, b = { c = true } }
multi = \'\'\'
[no.table]
\'\'\'
'''


def paths(value: object, path: KeyPath = ()) -> Iterator[KeyPath]:
    if path:
        yield path
    if isinstance(value, dict):
        for key, below in value.items():
            yield from paths(below, (*path, key))
    if isinstance(value, list):
        for number, below in enumerate(value):
            yield from paths(below, (*path, number))


def key_text(path: KeyPath, text: str = TEXT) -> str:
    return Source("x", text).at(locate(Source("x", text)).key(path)).text


def value_text(path: KeyPath, text: str = TEXT) -> str:
    return Source("x", text).at(locate(Source("x", text)).value(path)).text


def test_keys_and_values_are_found_where_they_stand():
    assert key_text(("quoted key",)) == '"quoted key"'
    assert value_text(("quoted key",)) == '"a \\" ] } # no comment"'
    assert key_text(("literal.key", "below")) == "below"
    assert value_text(("table", "many", 0)) == '"one"'
    assert value_text(("table", "many", 1, "list", 0, 1)) == "2"
    assert value_text(("table", "dotted", "key", "path")) == "2026-01-31 10:00:00"
    assert key_text(("table", "sub table")) == '"sub table"'
    assert value_text(("table", "sub table", "inline", "b", "c")) == "true"


def test_every_path_that_the_reader_knows_has_a_place():
    places = locate(Source("x", TEXT))
    for path in paths(tomllib.loads(TEXT)):
        assert path in places.keys or path in places.values, path


def test_what_is_not_there_falls_back_to_what_holds_it():
    assert key_text(("table", "sub table", "nothing", "below")) == '"sub table"'
    assert key_text(("nothing",)) == TEXT.splitlines()[0]
    assert key_text(("nothing",), "") == ""


@given(st.text(alphabet="ab=[]{}\",'\\#\n .1", max_size=60))
def test_any_text_is_walked_to_an_end(text: str):
    locate(Source("x", text))
