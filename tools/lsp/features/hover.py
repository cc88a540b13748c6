"""What something is: a field, an interaction, a let, a model, a rule, a stage, a word, a code."""

import re
from collections.abc import Iterable, Iterator

from lsprotocol import types
from scoreline.compiler import checked
from scoreline.dsl import nodes
from scoreline.dsl.codes import CODES
from scoreline.dsl.lexer import lex
from scoreline.dsl.messages import say
from scoreline.dsl.source import Source
from scoreline.dsl.span import Span
from scoreline.grammar.lexicon import Terminal
from scoreline.grammar.vocabulary import vocabulary
from scoreline.tools.lint.arithmetic import of_rule
from scoreline.tools.lsp.describing import field_text, interaction_text, model_text, points, word_text
from scoreline.tools.lsp.document_view import DocumentView
from scoreline.tools.lsp.features.navigation import occurrence_at
from scoreline.tools.lsp.occurrences import NameOccurrence
from scoreline.tools.lsp.proposals.names import let_text
from scoreline.tools.render.pages import reason_of

_CODE = re.compile(r"\b[EW]\d{3}\b")


def hover(here: DocumentView, position: types.Position) -> types.Hover | None:
    """What stands at a position, in Markdown."""
    found = _of_code(here, position) or _of_name(here, position) or _of_word(here, position)
    if found is None:
        return None
    text, range_ = found
    return types.Hover(types.MarkupContent(types.MarkupKind.Markdown, text), range_)


def _of_name(here: DocumentView, position: types.Position) -> tuple[str, types.Range] | None:
    found = occurrence_at(here, position)
    told = [] if found is None else list(_texts(here, found))
    return (here.localized(*told), here.encoding.place(found.place)) if found and told else None


def _texts(here: DocumentView, found: NameOccurrence) -> Iterable[str]:
    key = found.key
    match key.what:
        case "let":
            let = here.view.symbols.lets.get(key.of, {}).get(key.name)
            return () if let is None else (let_text(let), let.file.name)
        case "model":
            return next((model_text(each) for each in here.view.statements.models if each.name == key.name), ())
        case "label":
            return [_rule_text(each) for each in _rules(here) if each.id == f"{key.of}/{key.name}"][:1]
        case "stage":
            return list(_stage_texts(here, key.name))[:1]
        case "grade":
            return (say("a grade of `{model}`", model=key.of),)
        case "file":
            return (say("`{file}`: its lets can be used here", file=key.name),)
        case _:
            return _schema_texts(here, found)


def _schema_texts(here: DocumentView, found: NameOccurrence) -> Iterable[str]:
    key, schema = found.key, here.view.schema
    if schema is None:
        return
    if key.what == "field":
        specs = schema.lead.fields if key.of == "lead" else schema.contact_fields
        if key.name in specs:
            yield from field_text(key.name, specs[key.name])
    elif key.what == "interaction" and key.name in schema.interactions:
        yield from interaction_text(key.name, schema.interactions[key.name])
    elif key.what == "property" and key.name in schema.interactions[key.of].properties:
        yield from field_text(key.name, schema.interactions[key.of].properties[key.name])
        yield say("a property of `{interaction}`", interaction=key.of)
    elif key.what == "relation":
        yield say("**{name}** · relation: its fields and interactions follow a dot", name=key.name)


def _rules(here: DocumentView) -> Iterator[checked.Rule]:
    return (rule for model in here.view.statements.models for rule in model.rules)


def _rule_text(rule: checked.Rule) -> str:
    if rule.points is None:
        return say("**{rule}** · rule, disqualifies", rule=rule.id)
    low, high = points(of_rule(rule))
    return say("**{rule}** · rule, gives {low} to {high} points", rule=rule.id, low=low, high=high)


def _stage_texts(here: DocumentView, name: str) -> Iterator[str]:
    for file in here.view.by_name.values():
        for item in file.parsed.file.items:
            if not isinstance(item, nodes.Qualification):
                continue
            for number, stage in enumerate(item.stages, 1):
                if stage.name.value.strip().lower() == name:
                    yield _stage_text(stage, number, item)


def _stage_text(stage: nodes.Stage, number: int, of: nodes.Qualification) -> str:
    place = say("stage {number} of {count} of `{name}`", number=number, count=len(of.stages), name=of.name.text)
    if not stage.actions:
        return say("**{stage}** · {place}", stage=stage.name.value, place=place)
    return say(
        "**{stage}** · {place}, actions on entering: {count}",
        stage=stage.name.value,
        place=place,
        count=len(stage.actions),
    )


def _of_code(here: DocumentView, position: types.Position) -> tuple[str, types.Range] | None:
    """A code in a comment."""
    source = here.document.source
    at = here.encoding.read(source, position)
    line = source.line_text(at.line)
    comment = line.find("#")
    for match in _CODE.finditer(line, max(comment, 0)) if comment >= 0 else ():
        if match.start() < at.column <= match.end() + 1 and match[0] in CODES:
            start = source.offset(at._replace(column=match.start() + 1))
            shown = here.encoding.range(source, Span(start, start + len(match[0])))
            return f"**{match[0]}** {CODES[match[0]].title}\n\n{reason_of(match[0])}", shown
    return None


def _of_word(here: DocumentView, position: types.Position) -> tuple[str, types.Range] | None:
    """A word of the language; the one that begins a rule tells of the rule too."""
    source = here.document.source
    offset = here.encoding.offset(source, position)
    begin, end = source.line_start(offset), source.line_end(offset)
    for token in lex(Source(source.name, source.text[:end]), begin).tokens:
        if token.start <= offset <= token.end and token.type in vocabulary(source.language).keywords.values():
            shown = here.encoding.range(source, token.span)
            told = [*_rule_here(here, position, token.type), *word_text(token.type, source.language)]
            return (here.localized(*told), shown) if told else None
    return None


def _rule_here(here: DocumentView, position: types.Position, terminal: Terminal) -> Iterator[str]:
    if here.file is None or terminal not in (Terminal.WHEN, Terminal.FOR, Terminal.THEN, Terminal.EACH):
        return
    offset = here.offset(position)
    for rule in _rules(here):
        if rule.place.file == here.file.name and rule.place.span.start <= offset < rule.place.span.end:
            yield _rule_text(rule)
