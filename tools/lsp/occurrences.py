"""Where each name of a project is given and where it is used: what definition, references, rename and hover ask.

Promises an occurrence for every let, model, qualification, label, grade, stage, field, interaction and property that
the checker would resolve, in all files, whatever else is wrong with them.
"""

import posixpath
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal, NamedTuple

from scoreline.compiler import checked
from scoreline.compiler.check.rule_ids import short_ids
from scoreline.compiler.check.scope import PropertyRef, Reference, RulesRef, Scope, resolve
from scoreline.compiler.check.symbols import LetSymbol, Symbols
from scoreline.compiler.folding import fold, trim
from scoreline.compiler.sources import RuleFile
from scoreline.dsl import nodes
from scoreline.dsl.diagnostics import Diagnostic
from scoreline.dsl.source import Place
from scoreline.dsl.walk import descend, parts, within

What = Literal[
    "let", "model", "qualification", "label", "grade", "stage", "field", "relation", "interaction", "property", "file"
]


class Key(NamedTuple):
    """What a name stands for: its kind, what it belongs to (a file, a model, an entity), and what it is called."""

    what: What
    of: str
    name: str


_OF_A_MODEL = ("label", "grade")


@dataclass(frozen=True, slots=True)
class NameOccurrence:
    """A name at a place; `defines` where it is given. `node` is what is written there."""

    key: Key
    place: Place
    defines: bool
    node: nodes.Node


def occurrences(symbols: Symbols, files: Mapping[str, RuleFile]) -> Iterator[NameOccurrence]:
    """All occurrences of these files, by file, then in text order as far as statements go."""
    for file in files.values():
        lets = symbols.lets.get(file.name, {})
        for item in file.parsed.file.items:
            yield from filter(_is_named, _Finder(symbols, file, lets).of_item(item))


def _is_named(each: NameOccurrence) -> bool:
    """Whether there is a name: a heading without one gives nothing that another place could refer to."""
    return bool(each.key.name) and (bool(each.key.of) or each.key.what not in _OF_A_MODEL)


class _Finder:
    """Finds what stands in one file."""

    def __init__(self, symbols: Symbols, file: RuleFile, lets: Mapping[str, LetSymbol]) -> None:
        self._file = file
        self._symbols = symbols
        self._in_model = Scope("model", symbols, lets)
        self._elsewhere = Scope("qualification", symbols, lets)
        self._in_example = Scope("expect", symbols, lets)

    def of_item(self, item: nodes.FileItem) -> Iterator[NameOccurrence]:
        """What stands in an item of the file, from its heading on."""
        match item:
            case nodes.Use():
                target = posixpath.normpath(posixpath.join(posixpath.dirname(self._file.name), item.path.value))
                yield self._at(Key("file", "", target), item.path)
            case nodes.Let():
                yield self._at(Key("let", self._file.name, item.name.text), item.name, defines=True)
                if item.value is not None and not isinstance(item.value, nodes.List):
                    yield from self._condition(item.value, self._elsewhere)
            case nodes.Model():
                yield self._at(Key("model", "", item.name.text), item.name, defines=True)
                yield from self._model(item)
            case nodes.Qualification():
                yield self._at(Key("qualification", "", item.name.text), item.name, defines=True)
                yield from self._qualification(item)
            case nodes.Example():
                for each in item.statements:
                    asked = each.fact if isinstance(each, nodes.Given) else each.condition
                    yield from self._condition(asked, self._in_example)

    def _model(self, model: nodes.Model) -> Iterator[NameOccurrence]:
        if model.where is not None:
            yield from self._condition(model.where, self._in_model)
        ids = iter(short_ids(model))
        for each in model.items:
            match each:
                case nodes.When() | nodes.ForEach():
                    own = next(ids)
                    yield from self._condition(
                        each.condition if isinstance(each, nodes.When) else each.happening, self._in_model
                    )
                    if each.label is not None:
                        yield self._at(Key("label", model.name.text, own), each.label, defines=True)
                case nodes.Grade():
                    key = Key("grade", model.name.text, fold(trim(each.name.value)))
                    yield self._at(key, each.name, defines=True)
                case nodes.Include():
                    yield self._at(Key("relation", "", each.relation.text), each.relation)
                case _:
                    pass

    def _qualification(self, item: nodes.Qualification) -> Iterator[NameOccurrence]:
        if item.where is not None:
            yield from self._condition(item.where, self._elsewhere)
        for stage in item.stages:
            yield self._at(_stage(stage.name.value), stage.name, defines=True)
            for condition in (stage.when, stage.until):
                if condition is not None:
                    yield from self._condition(condition, self._elsewhere)
            for action in stage.actions:
                if isinstance(action, nodes.SetField):
                    yield self._at(Key("field", "lead", action.field.text), action.field)

    def _condition(self, condition: nodes.Node, scope: Scope) -> Iterator[NameOccurrence]:
        """Everything below a condition, each path in the scope that it stands in."""
        for node, where in descend((condition, scope), self._inside):
            if isinstance(node, nodes.Path):
                yield from self._path(node, where, self._meaning(node, where))
            elif isinstance(node, nodes.Test) and node.comparison is not None:
                yield from self._texts(node, where)

    def _inside(self, each: tuple[nodes.Node, Scope]) -> list[tuple[nodes.Node, Scope]]:
        """The parts of a node, each in its scope: what stands behind an interaction is about that."""
        node, scope = each
        if isinstance(node, nodes.Term | nodes.Happening | nodes.Occurrence):
            found = self._meaning(node.path, scope)
            inner = scope.inside(found.type) if isinstance(found, checked.Count) else scope
            return [(part, scope if part is node.path else inner) for part in parts(node)]
        return [] if isinstance(node, nodes.Path) else [(part, scope) for part in parts(node)]

    def _meaning(self, path: nodes.Path, scope: Scope) -> Reference | None:
        if scope.kind == "properties" and scope.interaction not in self._symbols.schema.interactions:
            return None
        found = resolve(scope, path, self._file.parsed.source.at(path.span))
        return None if isinstance(found, Diagnostic) else found

    def _path(self, path: nodes.Path, scope: Scope, found: Reference | None) -> Iterator[NameOccurrence]:
        first, last = path.parts[0], path.parts[-1]
        match found:
            case LetSymbol():
                yield self._at(Key("let", found.file.name, found.name), first)
            case checked.Score() | checked.Grade():
                yield self._at(Key("model", "", found.model), first)
            case RulesRef():
                yield self._at(Key("model", "", found.model.name), first)
            case checked.Field(owner="interaction"):
                yield self._at(Key("property", scope.interaction or "", found.name), path)
            case checked.Field():
                if len(path.parts) > 1:
                    yield self._at(Key("relation", "", first.text), first)
                yield self._at(Key("field", found.owner, found.name), last)
            case PropertyRef():
                yield self._at(Key("property", found.type, found.name), last)
                yield self._at(Key("interaction", "", found.type), path)
            case checked.Count():
                yield self._at(Key("interaction", "", found.type), path)
            case _:
                pass

    def _texts(self, test: nodes.Test, scope: Scope) -> Iterator[NameOccurrence]:
        """Grades, stages and labels that a test names in quotes."""
        match self._meaning(test.subject.terms[0].path, scope):
            case checked.Grade(model=model):
                for each in _quoted(test):
                    yield self._at(Key("grade", model, fold(trim(each.value))), each)
            case checked.StageNow():
                yield from (self._at(_stage(each.value), each) for each in _quoted(test))
            case RulesRef(model=model):
                yield from (self._at(Key("label", model.name, each.value), each) for each in _quoted(test))
            case _:
                if test.subject.terms[0].path.dotted == "stage":
                    yield from (self._at(_stage(each.value), each) for each in _quoted(test))

    def _at(self, key: Key, node: nodes.Node, *, defines: bool = False) -> NameOccurrence:
        return NameOccurrence(key, self._file.parsed.source.at(node.span), defines, node)


def _quoted(test: nodes.Test) -> list[nodes.Text]:
    return [each for each in within(test.comparison or test) if isinstance(each, nodes.Text)]


def _stage(name: str) -> Key:
    return Key("stage", "", fold(trim(name)))
