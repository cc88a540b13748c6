"""W208: a `let` that nothing uses."""

from collections.abc import Iterator

from scoreline.dsl import nodes
from scoreline.dsl.diagnostics import Fix
from scoreline.dsl.messages import say
from scoreline.dsl.source import Source
from scoreline.dsl.walk import within
from scoreline.tools.lint.edits import offer, safe, without_statement
from scoreline.tools.lint.lints import Finding, warning
from scoreline.tools.lint.project import Project
from scoreline.tools.lint.texts import free_of_comments


def find(project: Project) -> Iterator[Finding]:
    """Lets of the project's own files whose name stands nowhere; a file that is only used may serve other projects."""
    spoken_of = {path.parts[0].text for path in _paths(project) if len(path.parts) == 1}
    for file in project.files.own:
        for item in file.parsed.file.items:
            if isinstance(item, nodes.Let) and item.name.text not in spoken_of:
                source = file.parsed.source
                yield Finding(
                    source.at(item.name.span),
                    say("nothing uses the let `{name}`", name=item.name.text),
                    say("use it, or leave it out"),
                    (),
                    (_fix(source, item),),
                )


def _fix(source: Source, let: nodes.Let) -> Fix:
    """Leave it out; whether a comment that goes with it, behind it or above, is to go too, somebody has to choose."""
    edit = without_statement(source, let.span)
    alone = free_of_comments(source, edit.span) and not _below_comment(source, let)
    return (safe if alone else offer)(say("leave it out"), edit)


def _below_comment(source: Source, let: nodes.Let) -> bool:
    """Whether a comment has the line above for itself, which would go to the next statement."""
    above = source.text[: source.line_start(let.span.start)].rstrip("\r\n")
    line = source.text[source.line_start(len(above)) : len(above)]
    blank = source.text[len(above) : let.span.start].count("\n") > 1
    return not blank and line.lstrip().startswith("#")


def _paths(project: Project) -> Iterator[nodes.Path]:
    yield from (path for _, path in project.written(nodes.Path))
    items = (item for file in project.all_files for item in file.parsed.file.items)
    examples = (item for item in items if isinstance(item, nodes.Example))
    yield from (node for example in examples for node in within(example) if isinstance(node, nodes.Path))


LINT = warning("W208", find)
