"""W205: a negated test of a field that may be missing, which says nothing about leads without a value."""

from collections.abc import Iterator
from itertools import takewhile

from scoreline.compiler.checked_parts import placed_conditions
from scoreline.dsl import nodes
from scoreline.dsl.diagnostics import Edit, Fix, Label
from scoreline.dsl.messages import code, say
from scoreline.dsl.source import Place, Source
from scoreline.tools.lint.edits import offer
from scoreline.tools.lint.index import Key
from scoreline.tools.lint.joined import bare_path, by_path
from scoreline.tools.lint.lints import Finding, hint
from scoreline.tools.lint.project import ProjectView, Written
from scoreline.tools.lint.texts import free_of_comments, short, written
from scoreline.tools.lint.unsettled import unsettled


def find(project: ProjectView) -> Iterator[Finding]:
    """Negated tests of a lead's or contact's field, unless a test beside it settles what is with missing values."""
    open_ = _unsettled(project)
    for at, test, _ in project.tested:
        used = open_.get((at.file.name, test.span))
        path = bare_path(test) if used is not None else None
        if used is None or path is None:
            continue
        outer, nots = project.around(test), _nots(project, test)
        whole: nodes.Node = outer if isinstance(outer, nodes.Not) and nots == 1 else test
        if _negated(test) == (nots % 2 == 1):
            yield _in_let(at, path, used)
        elif whole is not test or nots == 0:
            yield _finding(project, Written(at.file, whole), path)
        else:
            yield _inside(at, path)


def _unsettled(project: ProjectView) -> dict[Key, Place]:
    """Where such tests are written, each with the first place that uses it: for a test in a let, another place."""
    found: dict[Key, Place] = {}
    for place, condition in placed_conditions(project.statements):
        for key in project.memory.unsettled.of(condition, unsettled):
            found.setdefault(key, place)
    return found


def _negated(test: nodes.Test) -> bool:
    return getattr(test.comparison, "negated", False)


def _nots(project: ProjectView, test: nodes.Test) -> int:
    """How often `not` stands before a test, here or further out."""
    joining = takewhile(lambda each: isinstance(each, nodes.And | nodes.Or | nodes.Not), project.outwards(test))
    return sum(isinstance(each, nodes.Not) for each in joining)


def _finding(project: ProjectView, at: Written, path: str) -> Finding:
    source, node = at.source, at.node
    return Finding(
        at.place,
        say("{test} does not hold when `{path}` is missing", test=short(at.place), path=path),
        say(
            "add `or {path} is unknown`, or write `{path} is known and …`, so that every reader sees what you mean",
            path=path,
        ),
        tuple(_fixes(project, source, node, path)) if free_of_comments(source, node.span) else (),
    )


def _fixes(project: ProjectView, source: Source, node: nodes.Node, path: str) -> Iterator[Fix]:
    text, around = written(source, node), project.around(node)
    joins = isinstance(around, nodes.And | nodes.Or)
    alone = not joins or len(by_path(around.conditions).get(path, ())) <= 1
    if alone or isinstance(around, nodes.Or):
        left, right = _brackets(around, nodes.Or)
        missing = code("{left}{text} or {path} is unknown{right}", left=left, text=text, path=path, right=right)
        yield offer(say("include missing values"), Edit(node.span, missing))
    if alone or isinstance(around, nodes.And):
        left, right = _brackets(around, nodes.And)
        known = code("{left}{path} is known and {text}{right}", left=left, text=text, path=path, right=right)
        yield offer(say("require a value"), Edit(node.span, known))


def _brackets(around: nodes.Node | None, same: type[nodes.Node]) -> tuple[str, str]:
    """The brackets that two tests need, unless they stand alone or are joined in the same way as what is around
    them."""
    needed = isinstance(around, nodes.And | nodes.Or | nodes.Not) and not isinstance(around, same)
    return ("(", ")") if needed else ("", "")


def _inside(at: Written, path: str) -> Finding:
    """The finding for a test in parentheses behind `not`."""
    return Finding(
        at.place,
        say("{test} follows `not`, and that does not hold when `{path}` is missing", test=short(at.place), path=path),
        say(
            "write `{path} is known and not (…)`, or `not (…) or {path} is unknown`, so "
            "that every reader sees what you mean",
            path=path,
        ),
    )


def _in_let(at: Written, path: str, used: Place) -> Finding:
    """The finding for a test that is negated where its let is used."""
    return Finding(
        at.place,
        say(
            "{test} does not hold when `{path}` is missing, and `not` before the let does not hold either",
            test=short(at.place),
            path=path,
        ),
        say(
            "where the let follows `not`, write `{path} is known and …`, so that every reader sees what you mean",
            path=path,
        ),
        labels=(Label(used, say("used after `not`")),),
    )


LINT = hint("W205", find, local=True)
