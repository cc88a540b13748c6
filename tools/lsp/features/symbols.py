"""What a document and a project are made of: models, groups, rules, grades, qualifications, stages, examples, lets."""

from collections.abc import Iterable, Iterator

from lsprotocol import types
from lsprotocol.types import SymbolKind
from scoreline.compiler.folding import fold
from scoreline.compiler.sources import RuleFile
from scoreline.dsl import nodes
from scoreline.dsl.headings import below, heading_span
from scoreline.dsl.source import Source
from scoreline.dsl.span import Span
from scoreline.tools.lsp.document_view import DocumentView

_LONGEST = 60
_MOST = 500


def document_symbols(here: DocumentView) -> list[types.DocumentSymbol]:
    """The outline of a document."""
    if here.file is None:
        return []
    return [_item(here, here.source, each) for each in here.file.parsed.file.items if not isinstance(each, nodes.Use)]


def _item(here: DocumentView, source: Source, item: nodes.FileItem) -> types.DocumentSymbol:
    match item:
        case nodes.Model():
            children = _of_model(here, source, item)
            return _symbol(here, source, item, item.name, SymbolKind.Class, _title(item.title), children)
        case nodes.Qualification():
            stages = [_symbol(here, source, each, each.name, SymbolKind.Enum) for each in item.stages]
            return _symbol(here, source, item, item.name, SymbolKind.Interface, _title(item.title), stages)
        case nodes.Example():
            return _symbol(here, source, item, item.title, SymbolKind.Event, "example")
        case nodes.Let():
            return _symbol(here, source, item, item.name, SymbolKind.Variable, "let")
        case nodes.Use():
            return _symbol(here, source, item, item.path, SymbolKind.File)


def _of_model(here: DocumentView, source: Source, model: nodes.Model) -> list[types.DocumentSymbol]:
    """Rules, those of a group below it."""
    found: list[types.DocumentSymbol] = []
    group: types.DocumentSymbol | None = None
    members: list[types.DocumentSymbol] = []
    for each in model.items:
        match each:
            case nodes.Group():
                group = None
                if each.title is not None:
                    members = []
                    group = _symbol(here, source, each, each.title, SymbolKind.Namespace, "group", members)
                    found.append(group)
            case nodes.When() | nodes.ForEach():
                rule = _rule(here, source, each)
                if group is None:
                    found.append(rule)
                else:
                    members.append(rule)
                    group.range.end = rule.range.end
                    group.children = members
            case nodes.Grade():
                group = None
                found.append(_symbol(here, source, each, each.name, SymbolKind.EnumMember, "grade"))
            case nodes.Include() | nodes.Clamp():
                pass
    return found


def _rule(here: DocumentView, source: Source, rule: nodes.Rule) -> types.DocumentSymbol:
    outcome = rule.outcome if isinstance(rule, nodes.When) else rule.points
    worth = source.text[outcome.span.start : outcome.span.end]
    about = rule.condition if isinstance(rule, nodes.When) else rule.happening
    name = rule.label.value if rule.label else " ".join(source.text[about.span.start : about.span.end].split())
    shown = name if len(name) <= _LONGEST else name[:_LONGEST] + "…"
    where = here.encoding.range(source, rule.span)
    return types.DocumentSymbol(shown or "rule", SymbolKind.Function, where, where, worth)


def _title(title: nodes.Text | None) -> str | None:
    return None if title is None else title.value


def _symbol(
    here: DocumentView,
    source: Source,
    node: nodes.Node,
    name: nodes.Name | nodes.Text,
    kind: SymbolKind,
    detail: str | None = None,
    children: list[types.DocumentSymbol] | None = None,
) -> types.DocumentSymbol:
    called = name.text if isinstance(name, nodes.Name) else name.value
    chosen = here.encoding.range(source, name.span)
    return types.DocumentSymbol(
        called.strip() or "?", kind, whole_range(here, source, node), chosen, detail, children=children
    )


def whole_range(here: DocumentView, source: Source, node: nodes.Node) -> types.Range:
    """A statement; of a heading, with what stands below it."""
    if not isinstance(node, nodes.FileItem):
        return here.encoding.range(source, node.span)
    heading, parts = heading_span(source, node), below(node)
    end = source.position(parts[-1].span.end if parts else heading.end)
    start = source.position(heading.start)
    return types.Range(here.encoding.shown(source, start), here.encoding.shown(source, end))


def workspace_symbols(views: Iterable[DocumentView], query: str) -> list[types.WorkspaceSymbol]:
    """Everything of these projects that is called like the query."""
    wanted = fold(query)
    found: list[types.WorkspaceSymbol] = []
    for here in views:
        for file in here.view.by_name.values():
            found += (each for each in _of_file(here, file) if wanted in fold(each.name))
    return found[:_MOST]


def _of_file(here: DocumentView, file: RuleFile) -> Iterator[types.WorkspaceSymbol]:
    source = file.parsed.source
    uri = here.address(here.view.path(file.name))
    for item in file.parsed.file.items:
        if not isinstance(item, nodes.Use):
            for symbol, parent in _flat(_item(here, source, item), None):
                yield types.WorkspaceSymbol(
                    types.Location(uri, symbol.selection_range), symbol.name, symbol.kind, container_name=parent
                )


def _flat(symbol: types.DocumentSymbol, parent: str | None) -> Iterator[tuple[types.DocumentSymbol, str | None]]:
    yield symbol, parent
    for each in symbol.children or ():
        yield from _flat(each, symbol.name)


def lines_of(source: Source, span: Span) -> tuple[int, int]:
    """The first and the last line of a span, from 0."""
    return source.position(span.start).line - 1, source.position(span.end).line - 1
