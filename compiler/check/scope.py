"""What a path means where it stands: a let, a field, an interaction, a property, a score, a grade.

The order of looking is the language's: in a model let, field, relation, interaction; in a qualification and in
what an example expects let, model, field, relation, interaction; inside `where (…)` the interaction's
properties and list lets, nothing else.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from scoreline.compiler import checked
from scoreline.compiler.check.report import Report
from scoreline.compiler.check.symbols import LetSymbol, ModelSymbol, Symbols
from scoreline.compiler.nearest import nearest
from scoreline.compiler.problems import names as problems
from scoreline.compiler.schema.fields import FieldSpec
from scoreline.dsl import nodes
from scoreline.dsl.diagnostics import Diagnostic
from scoreline.dsl.messages import path as said_path
from scoreline.dsl.messages import say
from scoreline.dsl.source import Place, Source

_OF_A_MODEL = ("grade", "rules")

Kind = Literal["model", "qualification", "expect", "properties"]


@dataclass(frozen=True)
class PropertyRef:
    """A property of an interaction, by its whole path."""

    origin: checked.Origin
    type: str
    name: str
    spec: FieldSpec


@dataclass(frozen=True)
class DisqualifiedRef:
    """`disqualified` in what an example expects."""


@dataclass(frozen=True)
class UnreadRef:
    """A name that may be right: what would define it could not be read, and that was reported."""


@dataclass(frozen=True)
class RulesRef:
    """`Fit.rules` in what an example expects."""

    model: ModelSymbol


Reference = (
    LetSymbol
    | checked.Field
    | checked.Count
    | checked.Score
    | checked.Grade
    | checked.StageNow
    | PropertyRef
    | DisqualifiedRef
    | RulesRef
    | UnreadRef
)


@dataclass(frozen=True)
class Scope:
    """A place for conditions: what kind it is, which lets its file sees, whether the contact's interactions
    count too, and inside `where` of which interaction."""

    kind: Kind
    symbols: Symbols
    lets: Mapping[str, LetSymbol]
    include: bool = False
    interaction: str | None = None

    def inside(self, interaction: str) -> "Scope":
        """The scope inside `where (…)` behind an interaction."""
        return Scope("properties", self.symbols, self.lets, interaction=interaction)

    @property
    def sees_models(self) -> bool:
        """Whether a bare name can be a model."""
        return self.kind in ("qualification", "expect")


@dataclass(frozen=True)
class Site:
    """The scope and the text of what is checked, and the report of its mistakes."""

    scope: Scope
    source: Source
    report: Report

    def place(self, node: nodes.Node) -> Place:
        """The place of a node."""
        return self.source.at(node.span)

    def text(self, node: nodes.Node) -> str:
        """A node as it is written, white space made one blank."""
        return " ".join(self.place(node).text.split())

    def wrong(self, mistake: Diagnostic) -> None:
        """Note a mistake, which leaves nothing to go on with."""
        self.report.add(mistake)

    def resolved(self, path: nodes.Path, text_fits: bool = False) -> "Reference | None":
        """What a path means; None after a mistake, also after one that was noted where the name is defined."""
        found = resolve(self.scope, path, self.place(path), text_fits)
        if isinstance(found, Diagnostic):
            return self.wrong(found)
        unread = isinstance(found, UnreadRef) or (isinstance(found, LetSymbol) and found.value is None)
        return None if unread else found

    def placed(self, path: nodes.Path, text_fits: bool = False) -> "Reference | None":
        """What a path means outside `where` and `distinct`, where no property can stand; None after a mistake."""
        found = self.resolved(path, text_fits)
        if isinstance(found, PropertyRef):
            return self.wrong(problems.property_outside(self.place(path), found.type, found.name))
        return found


def resolve(scope: Scope, path: nodes.Path, place: Place, text_fits: bool = False) -> Reference | Diagnostic:
    """What a path means, or why it means nothing. `text_fits`: a text could have been meant in its place."""
    parts = tuple(part.text for part in path.parts)
    if parts[0] in ("stage", "today", "disqualified"):
        return _word(scope, parts[0], place)
    if scope.kind == "properties":
        return _property(scope, parts, place, text_fits)
    if len(parts) == 1 and (let := scope.lets.get(parts[0])) is not None:
        return let
    if scope.sees_models and parts[0] in scope.symbols.models and (len(parts) == 1 or parts[1] in _OF_A_MODEL):
        return _of_model(scope, parts, place)
    found = _of_lead(scope, parts)
    if isinstance(found, PropertyRef | checked.Field | checked.Count):
        return found
    if parts[0] in scope.symbols.models:
        return _of_model(scope, parts, place)
    if _may_be_unread(scope, parts, place):
        return UnreadRef()
    text = path.dotted if text_fits and len(parts) == 1 else None
    return problems.unknown(place, said_path(path.dotted), names_of(scope), among=_among(scope, parts), text=text)


def _may_be_unread(scope: Scope, parts: tuple[str, ...], place: Place) -> bool:
    """Whether what would give an unknown name may be what could not be read: a let of another file, a model."""
    symbols = scope.symbols
    lacking = place.file in symbols.lacking or (symbols.nameless and scope.sees_models)
    return lacking and len(parts) == 1 and nearest(parts[0], names_of(scope)) is None


def _word(scope: Scope, word: str, place: Place) -> Reference | Diagnostic:
    if scope.kind == "expect" and word == "stage":
        return checked.StageNow(scope.symbols.stages)
    if scope.kind == "expect" and word == "disqualified":
        return DisqualifiedRef()
    written = place.text  # in the language of the file
    where = say("`{word}` can be used in examples only", word=written)
    if word == "today":
        where = say("to compare a date with today, use a window, as in `renewal_on within the next 30 days`")
    if isinstance(_of_lead(scope, (written,)), checked.Field):
        where = say('give it another name in the schema, as in `my_{word} = {{ …, column = "{word}" }}`', word=written)
    return problems.misplaced_word(place, written, where)


def _property(scope: Scope, parts: tuple[str, ...], place: Place, text_fits: bool) -> Reference | Diagnostic:
    interaction = scope.interaction or ""
    properties = scope.symbols.schema.interactions[interaction].properties
    name = ".".join(parts)
    if name in properties:
        return checked.Field("interaction", name, properties[name])
    let = scope.lets.get(name)
    if let is not None and isinstance(let.value, nodes.List | None):
        return let
    if text_fits and len(parts) == 1:
        return problems.unknown(
            place,
            name,
            properties,
            among=say("`{interaction}` has no such property", interaction=interaction),
            text=name,
        )
    return problems.unknown_property(place, name, interaction, properties)


def _of_model(scope: Scope, parts: tuple[str, ...], place: Place) -> Reference | Diagnostic:
    model = scope.symbols.models[parts[0]]
    if not scope.sees_models:
        return problems.score_in_model(place, model.name)
    if len(parts) == 1:
        return checked.Score(model.name)
    if parts[1:] == ("grade",):
        return checked.Grade(model.name, model.grades)
    if parts[1:] == ("rules",) and scope.kind == "expect":
        return RulesRef(model)
    if parts[1:] == ("rules",):
        return problems.misplaced_word(
            place, said_path(".".join(parts)), say("only examples can ask which rules fired")
        )
    among = say("a model has `{name}` (its score) and `{name}.grade`", name=model.name)
    return problems.unknown(place, said_path(".".join(parts)), (said_path(f"{model.name}.grade"),), among=among)


def _of_lead(scope: Scope, parts: tuple[str, ...]) -> Reference | None:
    schema = scope.symbols.schema
    if len(parts) == 1 and parts[0] in schema.lead.fields:
        return checked.Field("lead", parts[0], schema.lead.fields[parts[0]])
    if parts[0] in schema.lead.relations and len(parts) > 1:
        if schema.contact is not None and len(parts) == 2 and parts[1] in schema.contact.fields:
            return checked.Field("contact", parts[1], schema.contact.fields[parts[1]])
        return _interaction(scope, parts[1:], "contact")
    return _interaction(scope, parts, "both" if scope.include else "lead")


def _interaction(scope: Scope, parts: tuple[str, ...], origin: checked.Origin) -> Reference | None:
    interactions = scope.symbols.schema.interactions
    name = ".".join(parts)
    if name in interactions:
        return checked.Count(origin, name)
    of, _, last = name.rpartition(".")
    if of in interactions and last in interactions[of].properties:
        return PropertyRef(origin, of, last, interactions[of].properties[last])
    return None


def names_of(scope: Scope) -> Iterator[str]:
    """Every path that could stand here, for "did you mean"."""
    schema = scope.symbols.schema
    yield from scope.lets
    if scope.sees_models:
        yield from scope.symbols.models
    yield from schema.lead.fields
    yield from schema.interactions
    for relation in schema.lead.relations:
        if schema.contact is not None:
            yield from (f"{relation}.{name}" for name in schema.contact.fields)
        yield from (f"{relation}.{name}" for name in schema.interactions)
    for name, interaction in schema.interactions.items():
        yield from (f"{name}.{each}" for each in interaction.properties)


def _among(scope: Scope, parts: tuple[str, ...]) -> str:
    models = say(", no model") if scope.sees_models else ""
    if len(parts) == 1 and parts[0] in scope.symbols.schema.lead.relations:
        return say("`{name}` is a relation; name one of its fields, as in `{name}.job_title`", name=parts[0])
    if len(parts) > 1 and parts[0] in scope.symbols.schema.lead.relations:
        return say("`{name}` has no such field or interaction", name=parts[0])
    if len(parts) > 1:
        return say("there is no such interaction or relation")
    return say("there is no field{models} and no `let` with this name", models=models)
