"""What fits what is tested: the words that the grammar takes next and the checker too, the type of values."""

from functools import cache

from scoreline.compiler import checked
from scoreline.compiler.check.scope import PropertyRef, Reference
from scoreline.compiler.check.symbols import LetSymbol
from scoreline.dsl import nodes
from scoreline.grammar.lexicon import Part, Terminal, terminals
from scoreline.tools.lsp.cursor import Cursor
from scoreline.tools.lsp.document_view import DocumentView
from scoreline.tools.lsp.naming import compared, meaning, path_before, scope_at

_YES_NO = frozenset({Terminal.YES, Terminal.NO})
_ABOUT_NONE = frozenset({Terminal.KNOWN, Terminal.UNKNOWN})
_BEFORE_VALUE = terminals(Part.BEFORE_VALUE)
_BEFORE_TEST = terminals(Part.BEFORE_TEST)
_LITERALS = terminals(Part.LITERAL)
_SUBJECT_WORDS = terminals(Part.SUBJECT_WORD)
_BEHIND_CONDITION = terminals(Part.FOLLOWS_SUBJECT) | {Terminal.WHERE, Terminal.NOT}


def subject(here: DocumentView, at: Cursor) -> Reference | None:
    """What is tested, or set, by what is being written."""
    types, schema = at.types, here.view.schema
    if len(types) > 2 and types[-3] == Terminal.SET and types[-1] == Terminal.TO and schema is not None:
        spec = schema.lead.fields.get(at.tokens[-2].text)
        return checked.Field("lead", at.tokens[-2].text, spec) if spec else None
    return meaning(scope_at(here, at), here, path_before(at.tokens, len(at.tokens)) or compared(at.tokens))


def type_of_value(here: DocumentView, at: Cursor) -> str | None:
    """The type of the fields that could be compared at a cursor; None if that cannot be told."""
    match subject(here, at):
        case checked.Field(spec=spec):
            return "choice" if spec.type == "choices" else spec.type
        case checked.Count() | checked.Score() | PropertyRef():
            return "number"
        case _:
            return None


def unfit(here: DocumentView, at: Cursor) -> frozenset[Terminal]:
    """The words that the grammar takes next and the checker would not, told from what is tested."""
    if not at.tokens:
        return frozenset()
    words = _names_elsewhere(here, at)
    if at.types[-1] in _BEFORE_VALUE:
        return words | _as_values(here, at)
    if Terminal.NAME in at.expected:
        return words
    if at.types[0] == Terminal.GIVEN and at.head == Terminal.EXAMPLE:
        words |= {Terminal.OR}
    return words | _behind(subject(here, at))


def _behind(tested: Reference | None) -> frozenset[Terminal]:
    """What cannot stand behind a name."""
    match tested:
        case checked.Field(spec=spec):
            return _unsuited(spec.type)
        case checked.Count() | PropertyRef():
            return _unsuited("interaction")
        case checked.Score():
            return _unsuited("score")
        case LetSymbol(value=value) if value is not None and not isinstance(value, nodes.List):
            return _BEHIND_CONDITION
        case _:
            return frozenset()


@cache
def _unsuited(subject: str) -> frozenset[Terminal]:
    """What cannot be asked of a type of fields, of `interaction` or of `score`."""
    return frozenset(each for each in Terminal if subject not in each.suits)


def _as_values(here: DocumentView, at: Cursor) -> frozenset[Terminal]:
    """What is no value to be compared with what is tested, or no part of a list that has begun."""
    if at.types[0] == Terminal.LET and _LITERALS & set(at.types):
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


def _names_elsewhere(here: DocumentView, at: Cursor) -> frozenset[Terminal]:
    """Words that name something only where an example gives or expects it."""
    if at.head != Terminal.EXAMPLE or at.types[-1] not in _BEFORE_TEST or scope_at(here, at).kind == "properties":
        return _SUBJECT_WORDS
    return frozenset({Terminal.DISQUALIFIED if at.types[0] == Terminal.GIVEN else Terminal.TODAY})
