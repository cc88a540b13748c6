"""What fits what is tested: the words that the grammar takes next and the checker too, the type of values."""

from scoreline.compiler import checked
from scoreline.compiler.check.scope import PropertyRef, Reference
from scoreline.compiler.check.symbols import LetSymbol
from scoreline.dsl import nodes
from scoreline.tools.lsp.cursor import Cursor
from scoreline.tools.lsp.here import Here
from scoreline.tools.lsp.naming import compared, meaning, path_before, scope_at

_WINDOWS = frozenset({"WITHIN", "SINCE", "MORE"})
_ON_TEXTS = frozenset({"CONTAINS", "STARTS", "ENDS"})
_COMPARISONS = _ON_TEXTS | {"IS", "IN", "BETWEEN", "EQ", "NE", "GE", "LE", "GT", "LT", "PLUS", "STAR", "PLUS_INT"}
_ABOUT_NONE = frozenset({"KNOWN", "UNKNOWN"})
_UNFIT: dict[str, frozenset[str]] = {
    "text": _WINDOWS | {"WHERE", "BETWEEN"},
    "choice": _WINDOWS | {"WHERE", "BETWEEN"} | _ON_TEXTS,
    "choices": _WINDOWS | {"WHERE", "BETWEEN", "IN", "STARTS", "ENDS"},
    "yes/no": _WINDOWS | {"WHERE", "BETWEEN", "IN"} | _ON_TEXTS,
    "number": _WINDOWS | {"WHERE"} | _ON_TEXTS,
    "date": _ON_TEXTS | {"WHERE"},
    "datetime": _ON_TEXTS | {"WHERE"},
}
_YES_NO = frozenset({"YES", "NO"})
# Behind these a value stands.
_COMPARING = frozenset({"IS", "EQ", "NE", "GE", "LE", "GT", "LT", "BETWEEN", "CONTAINS", "WITH", "TO", "LSQB", "COMMA"})
# Behind these a condition begins, in an example too.
_BEGINNING = frozenset({"GIVEN", "EXPECT", "AND", "OR", "NOT", "LPAR"})
_LITERALS = frozenset({"TEXT", "INT", "DECIMAL", "MINUS_INT", "DATE"})


def subject(here: Here, at: Cursor) -> Reference | None:
    """What is tested, or set, by what is being written."""
    types, schema = at.types, here.view.schema
    if len(types) > 2 and types[-3] == "SET" and types[-1] == "TO" and schema is not None:
        spec = schema.lead.fields.get(at.tokens[-2].text)
        return checked.Field("lead", at.tokens[-2].text, spec) if spec else None
    return meaning(scope_at(here, at), here, path_before(at.tokens, len(at.tokens)) or compared(at.tokens))


def type_of_value(here: Here, at: Cursor) -> str | None:
    """The type of the fields that could be compared at a cursor; None if that cannot be told."""
    match subject(here, at):
        case checked.Field(spec=spec):
            return "choice" if spec.type == "choices" else spec.type
        case checked.Count() | checked.Score() | PropertyRef():
            return "number"
        case _:
            return None


def unfit(here: Here, at: Cursor) -> frozenset[str]:
    """The words that the grammar takes next and the checker would not, told from what is tested."""
    if not at.tokens:
        return frozenset()
    words = _names_elsewhere(here, at)
    if at.types[-1] in _COMPARING:
        return words | _as_values(here, at)
    if "NAME" in at.expected:
        return words
    if at.types[0] == "GIVEN" and at.head == "EXAMPLE":
        words |= {"OR"}
    return words | _behind(subject(here, at))


def _behind(tested: Reference | None) -> frozenset[str]:
    """What cannot stand behind a name."""
    match tested:
        case checked.Field(spec=spec):
            return _UNFIT.get(spec.type, frozenset())
        case checked.Count() | PropertyRef():
            return _ON_TEXTS
        case checked.Score():
            return _ON_TEXTS | _WINDOWS | {"WHERE"}
        case LetSymbol(value=value) if value is not None and not isinstance(value, nodes.List):
            return _COMPARISONS | _WINDOWS | {"WHERE", "NOT"}
        case _:
            return frozenset()


def _as_values(here: Here, at: Cursor) -> frozenset[str]:
    """What is no value to be compared with what is tested, or no part of a list that has begun."""
    if at.types[0] == "LET" and _LITERALS & set(at.types):
        return _YES_NO
    match subject(here, at):
        case checked.Field(spec=spec):
            return _YES_NO if spec.type != "yes/no" else frozenset()
        case checked.Count() | PropertyRef():
            return _YES_NO | _ABOUT_NONE
        case checked.Score() | checked.Grade() | checked.StageNow():
            return _YES_NO
        case _:
            return frozenset()


def _names_elsewhere(here: Here, at: Cursor) -> frozenset[str]:
    """Words that name something only where an example gives or expects it."""
    first = at.types[0]
    if at.head != "EXAMPLE" or at.types[-1] not in _BEGINNING or scope_at(here, at).kind == "properties":
        return frozenset({"STAGE", "TODAY", "DISQUALIFIED"})
    return frozenset({"DISQUALIFIED"}) if first == "GIVEN" else frozenset({"TODAY"})
