"""W208: a `let` that nothing uses."""

from collections import defaultdict
from collections.abc import Iterator

from scoreline.compiler.sources import reachable
from scoreline.dsl import nodes
from scoreline.dsl.diagnostics import Fix
from scoreline.dsl.messages import say
from scoreline.dsl.source import Source
from scoreline.dsl.walk import within
from scoreline.grammar.vocabulary import ENGLISH
from scoreline.tools.lint.edits import offer, safe, without_statement
from scoreline.tools.lint.lints import Finding, warning
from scoreline.tools.lint.project import ProjectView
from scoreline.tools.lint.texts import free_of_comments


def find(project: ProjectView) -> Iterator[Finding]:
    """Lets in the project's own files that no file uses which sees them; a file that is only used may serve other
    projects."""
    used = _Used(project)
    for file, item in project.items(nodes.Let):
        if not used.of(file.name, item):
            source = file.parsed.source
            yield Finding(
                source.at(item.name.span),
                say("nothing uses the let `{name}`", name=item.name.text),
                say("use it, or leave it out"),
                (_fix(source, item),),
            )


class _Used:
    """The names that files use where a list, or a condition, may have one. In `where (…)` names mean properties."""

    def __init__(self, project: ProjectView) -> None:
        self._lists: dict[str, set[str]] = defaultdict(set)
        self._conditions: dict[str, set[str]] = defaultdict(set)
        self._seen_by: dict[str, list[str]] = defaultdict(list)
        files = project.files.by_name
        for name in files:
            for reached in reachable(files, name):
                self._seen_by[reached].append(name)
        for at, test in project.written(nodes.Test):
            self._test(project, at.file.name, test)
        for file, example in project.items(nodes.Example, used=True):
            names = {node.dotted for node in within(example) if isinstance(node, nodes.Path)}
            self._lists[file.name] |= names
            self._conditions[file.name] |= names

    def of(self, file: str, let: nodes.Let) -> bool:
        """Whether a let of a file is used."""
        names = self._lists if isinstance(let.value, nodes.List) else self._conditions
        return any(let.name.text in names[each] for each in self._seen_by[file])

    def _test(self, project: ProjectView, file: str, test: nodes.Test) -> None:
        match test.comparison:
            case None:
                if not _in_where(project, test):
                    self._conditions[file].update(term.path.dotted for term in test.subject.terms)
            case (
                nodes.In(values=nodes.Path() as path)
                | nodes.Match(argument=nodes.AnyOf(values=nodes.Path() as path))
                | nodes.Match(argument=nodes.AllOf(values=nodes.Path() as path))
            ):
                self._lists[file].add(path.dotted)
            case _:
                pass


def _in_where(project: ProjectView, test: nodes.Test) -> bool:
    """Whether a test is about an interaction's own properties."""
    apart = (each for each in project.outwards(test) if not isinstance(each, nodes.And | nodes.Or | nodes.Not))
    return isinstance(next(apart, None), nodes.Term | nodes.Happening)


def _fix(source: Source, let: nodes.Let) -> Fix:
    """Leave it out. If a comment belongs to it, behind it or above, the author must choose whether that goes too."""
    edit = without_statement(source, let.span)
    alone = free_of_comments(source, edit.span) and not _below_comment(source, let)
    return (safe if alone else offer)(say("leave it out"), edit)


def _below_comment(source: Source, let: nodes.Let) -> bool:
    """Whether a comment has the line above for itself, which would go to the next statement."""
    above = source.text[: source.line_start(let.span.start)].rstrip("\r\n")
    line = source.text[source.line_start(len(above)) : len(above)]
    blank = source.text[len(above) : let.span.start].count("\n") > 1
    names_language = source.language != ENGLISH and len(above) == len(line)
    return not blank and not names_language and line.lstrip().startswith("#")


LINT = warning("W208", find)
