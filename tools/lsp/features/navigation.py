"""Where a name is given, where it is used, and what to change when it gets another name."""

from collections import defaultdict
from collections.abc import Iterator

from lsprotocol import types
from scoreline.compiler.check.rule_ids import kebab
from scoreline.compiler.folding import fold
from scoreline.compiler.toml.places import KeyPath, locate
from scoreline.dsl import nodes
from scoreline.dsl.messages import say
from scoreline.dsl.span import Span
from scoreline.grammar.vocabulary import ENGLISH, is_name
from scoreline.tools.lsp.document_view import DocumentView
from scoreline.tools.lsp.occurrences import Key, NameOccurrence

_NAMES = ("let", "model", "qualification")
_TEXTS = ("label", "grade", "stage")
_KINDS = {
    "let": say("a `let`"),
    "model": say("a model"),
    "qualification": say("a qualification"),
    "label": say("a rule with the label"),
    "grade": say("a grade"),
    "stage": say("a stage"),
}


def occurrence_at(here: DocumentView, position: types.Position) -> NameOccurrence | None:
    """The name at a position; of two that lie in each other, the inner one."""
    if here.file is None:
        return None
    offset = here.offset(position)
    name = here.file.name
    touching = [
        each
        for each in here.view.occurrences
        if each.place.file == name and each.place.span.start <= offset <= each.place.span.end
    ]
    return min(touching, key=lambda each: each.place.span.end - each.place.span.start, default=None)


def definition(here: DocumentView, position: types.Position) -> list[types.Location]:
    """Where the name at a position is given: in rules, in the schema, or the file that it is."""
    found = occurrence_at(here, position)
    if found is None:
        return []
    if found.key.what == "file":
        path = here.view.path(found.key.name)
        return [types.Location(here.address(path), _top())] if path.is_file() else []
    if (path := schema_path(here, found.key)) is not None:
        return _in_schema(here, path)
    return [here.location(each.place) for each in _all(here, found.key) if each.defines]


def references(here: DocumentView, position: types.Position, *, declared: bool = True) -> list[types.Location]:
    """Wherever the name at a position stands."""
    found = occurrence_at(here, position)
    if found is None:
        return []
    return [here.location(each.place) for each in _all(here, found.key) if declared or not each.defines]


def highlights(here: DocumentView, position: types.Position) -> list[types.DocumentHighlight]:
    """Wherever the name at a position stands in the same document."""
    found = occurrence_at(here, position)
    if found is None or here.file is None:
        return []
    same = (each for each in _all(here, found.key) if each.place.file == here.file.name)
    return [
        types.DocumentHighlight(
            here.encoding.place(each.place),
            types.DocumentHighlightKind.Write if each.defines else types.DocumentHighlightKind.Read,
        )
        for each in same
    ]


def schema_path(here: DocumentView, key: Key) -> KeyPath | None:
    """Where the schema gives a name, if it does."""
    match key.what:
        case "field":
            return (key.of, "fields", key.name)
        case "relation":
            return ("lead", "relations", key.name)
        case "interaction":
            return ("interactions", key.name)
        case "property":
            return ("interactions", key.of, "properties", key.name)
        case _:
            return None


def _in_schema(here: DocumentView, path: KeyPath) -> list[types.Location]:
    source = here.view.schema_source
    if source is None:
        return []
    return [here.location(source.at(locate(source).key(path)))]


def _top() -> types.Range:
    return types.Range(types.Position(0, 0), types.Position(0, 0))


def _all(here: DocumentView, key: Key) -> Iterator[NameOccurrence]:
    return (each for each in here.view.occurrences if each.key == key)


class RenameRefused(Exception):  # noqa: N818 (it says why a name cannot be changed, or not to this)
    """Why something cannot get another name, in words for the user."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


def renamable(here: DocumentView, position: types.Position) -> types.PrepareRenamePlaceholder:
    """What would be renamed at a position."""
    found = _asked(here, position)
    span = _inner(found)
    source = found.place.source
    return types.PrepareRenamePlaceholder(here.encoding.range(source, span), source.text[span.start : span.end])


def rename(here: DocumentView, position: types.Position, new: str) -> types.WorkspaceEdit:
    """Every change that gives another name to what stands at a position."""
    found = _asked(here, position)
    new = new.strip().strip('"').strip()
    _judge(here, found, new)
    changes: dict[str, list[types.TextEdit]] = defaultdict(list)
    for each in _all(here, found.key):
        text = kebab(new) if found.key.what == "label" and not each.defines else new
        escaped = text.replace("\\", "\\\\").replace('"', '\\"') if found.key.what in _TEXTS else text
        where = here.encoding.range(each.place.source, _inner(each))
        changes[here.location(each.place).uri].append(types.TextEdit(where, escaped))
    return types.WorkspaceEdit(changes=dict(changes))


def _asked(here: DocumentView, position: types.Position) -> NameOccurrence:
    found = occurrence_at(here, position)
    if found is None:
        raise RenameRefused(say("there is no name here that can be changed"))
    if found.key.what == "file":
        raise RenameRefused(say("rename the file itself, then its `use`"))
    if found.key.what not in (*_NAMES, *_TEXTS):
        raise RenameRefused(say("the name `{name}` comes from the schema: change it there", name=found.key.name))
    if not any(each.defines for each in _all(here, found.key)):
        raise RenameRefused(say("`{name}` is not defined anywhere", name=found.key.name))
    return found


def _judge(here: DocumentView, found: NameOccurrence, new: str) -> None:
    """Refuse a name that could not be written, or that something else has."""
    if not new:
        raise RenameRefused(say("a name is missing"))
    if found.key.what in _NAMES:
        _judge_name(here, found.key, new)
    else:
        _judge_text(here, found.key, new)


def _judge_name(here: DocumentView, key: Key, new: str) -> None:
    spoken = {ENGLISH, *(each.place.source.language for each in _all(here, key))}
    if not all(is_name(new, language) for language in spoken):
        raise RenameRefused(
            say("`{name}` cannot be a name: a name begins with a letter and is not a word of the language", name=new)
        )
    for each in here.view.occurrences:
        taken = each.defines and each.key.what in _NAMES and each.key != key and fold(each.key.name) == fold(new)
        if taken and (key.what != "let" or each.key.what != "let" or _meet(here, key, each.key)):
            raise RenameRefused(say("there is already {kind} `{name}`", kind=_KINDS[each.key.what], name=each.key.name))
    schema = here.view.schema
    firsts = {name.split(".")[0] for name in schema.interactions} if schema else set[str]()
    if schema and (new in schema.lead.fields or new in schema.lead.relations or new in firsts):
        raise RenameRefused(say("the schema has `{name}` already", name=new))


def _meet(here: DocumentView, let: Key, other: Key) -> bool:
    """Whether some file sees both lets, which may be called alike in files that know nothing of each other."""
    return any(
        {let, other} <= {Key("let", each.file.name, each.name) for each in seen.values()}
        for seen in here.view.symbols.lets.values()
    )


def _judge_text(here: DocumentView, key: Key, new: str) -> None:
    if len(new.splitlines()) > 1:
        raise RenameRefused(say("a text must stay on one line: remove the line break"))
    if key.what == "label":
        own, model = kebab(new), here.view.symbols.models.get(key.of)
        taken = set(model.rule_ids) if model else set[str]()
    else:
        own = fold(new)
        taken = {each.key.name for each in _alike(here, key)}
    if not own:
        raise RenameRefused(say('`"{text}"` has no letter and no digit', text=new))
    if own != key.name and own in taken:
        raise RenameRefused(say('there is already {kind} `"{name}"`', kind=_KINDS[key.what], name=new))


def _alike(here: DocumentView, key: Key) -> Iterator[NameOccurrence]:
    """What is given beside this: grades of the same model, stages."""
    return (each for each in here.view.occurrences if each.defines and each.key[:2] == key[:2])


def _inner(each: NameOccurrence) -> Span:
    """The span of a name; of a text, without its quotes."""
    start, end = each.place.span
    return Span(start + 1, end - 1) if isinstance(each.node, nodes.Text) else Span(start, end)
