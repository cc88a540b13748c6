"""How a set of values is one text, `|ai|cloud|` but with a sign that no value has, so that membership is a search.

Lists are where engines differ most (missing members, empty lists, functions over them); a text they all have.
"""

from collections.abc import Sequence

from scoreline.compiler.backends.query import terms
from scoreline.compiler.backends.query.terms import Expr
from scoreline.compiler.schema import Schema
from sqlglot import exp

_UNIT, _RECORD = "\x1f", "\x1e"
"""What Unicode has for separating units, and records."""


def separator(schema: Schema) -> str:
    """The sign between values, which no value of the schema has."""
    contact = schema.contact_fields
    entities = (schema.lead.fields, contact, *(each.properties for each in schema.interactions.values()))
    values = (value for fields in entities for spec in fields.values() for value in spec.values)
    return _RECORD if any(_UNIT in value for value in values) else _UNIT


def set_text(values: Sequence[str], sign: str) -> str:
    """Folded values as one text."""
    return sign + sign.join(values) + sign


def member(value: Expr, sign: str) -> Expr:
    """What is searched for when a value is asked for."""
    if isinstance(value, exp.Literal):
        return terms.text(f"{sign}{value.this}{sign}")
    return joined(terms.text(sign), value, terms.text(sign))


def joined(*parts: Expr) -> Expr:
    """Texts one behind the other; missing if one is."""
    made = parts[0]
    for part in parts[1:]:
        made = exp.DPipe(this=made, expression=part, safe=False)
    return made
