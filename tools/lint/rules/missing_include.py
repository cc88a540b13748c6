"""W242: a model that counts the lead's interactions only, beside one that counts the contact's too."""

from collections.abc import Iterator

from scoreline.compiler import checked
from scoreline.compiler.checked_parts import counts_in, tests_in
from scoreline.dsl import nodes
from scoreline.dsl.diagnostics import Edit
from scoreline.dsl.messages import code, say
from scoreline.dsl.span import Span
from scoreline.tools.lint.edits import offer
from scoreline.tools.lint.lints import Finding, hint
from scoreline.tools.lint.project import ModelView, ProjectView
from scoreline.tools.lint.texts import indentation


def find(project: ProjectView) -> Iterator[Finding]:
    """Models without `include` in projects where another model has it, unless they name the contact's themselves."""
    names = {model.made.name: _included(model) for model in project.models}
    relation = next((name for name in names.values() if name is not None), None)
    for model in project.models if relation is not None else ():
        if names[model.made.name] is None and set(_origins(model.made)) == {"lead"}:
            start = model.node.items[0].span.start
            line = code("include {relation} interactions", relation=relation)
            edit = Edit(
                Span(start, start),
                code("{line}\n{indent}", line=line, indent=indentation(model.source, start)),
            )
            yield Finding(
                model.at(model.node.name),
                say(
                    "`{model}` counts only the lead's own interactions, but other models "
                    "also count those of its {relation}",
                    model=model.made.name,
                    relation=relation,
                ),
                say("add `{line}` if they should count here too", line=line),
                (offer(say("add `{line}`", line=line), edit),),
            )


def _included(model: ModelView) -> str | None:
    return next((item.relation.text for item in model.items(nodes.Include)), None)


def _origins(model: checked.Model) -> Iterator[str]:
    for rule in model.rules:
        if rule.count is not None:
            yield rule.count.origin
        if rule.condition is not None:
            for test in tests_in(rule.condition):
                yield from (count.origin for count in counts_in(test))


LINT = hint("W242", find)
