"""A field's default as a constant, in the form in which rules compare the field's values."""

from zoneinfo import ZoneInfo

from scoreline.compiler.backends.query import choices, terms
from scoreline.compiler.backends.query.terms import Expr
from scoreline.compiler.folding import fold
from scoreline.compiler.schema import FieldSpec
from scoreline.compiler.values import reader


def default_of(spec: FieldSpec, timezone: str, sign: str) -> Expr | None:
    """The default, or None if there is none; `sign` stands between the values of a set."""
    known = reader(spec, ZoneInfo(timezone))(None, lambda value, reason: None)
    match known:
        case None:
            return None
        case str():
            return terms.text(fold(known))
        case tuple():
            return terms.text(choices.set_text([fold(each) for each in known], sign))
        case bool():
            return terms.yes_no(known)
        case float():
            return terms.number(known)
        case int():
            return terms.day(known) if spec.type == "date" else terms.instant(known)
