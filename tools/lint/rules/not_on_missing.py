"""W205: a negated test of a field that may be missing, which says nothing about leads without a value."""

from collections.abc import Iterator

from scoreline.compiler import checked
from scoreline.dsl import nodes
from scoreline.dsl.diagnostics import Edit, Fix
from scoreline.dsl.messages import code, say
from scoreline.dsl.source import Source
from scoreline.tools.lint.chains import bare_path, by_path
from scoreline.tools.lint.edits import offer
from scoreline.tools.lint.lints import Finding, hint
from scoreline.tools.lint.literals import field_of
from scoreline.tools.lint.project import Project, Written
from scoreline.tools.lint.texts import free_of_comments, short, written


def find(project: Project) -> Iterator[Finding]:
    """Negated tests of a lead's or contact's field, unless a test beside it settles what is with missing values."""
    for at, test, known in project.tested:
        field = field_of(known)
        path = bare_path(test) if field is not None and _may_be_missing(field) else None
        if path is None or isinstance(test.comparison, nodes.Knowing):
            continue
        outer, nots = project.around(test), _nots(project, test)
        if _negated(test) == (nots % 2 == 1):
            continue
        whole: nodes.Node = outer if isinstance(outer, nodes.Not) and nots == 1 else test
        if not _settled(project, test, path, nots):
            alone = whole is not test or nots == 0
            yield _finding(project, Written(at.file, whole), path) if alone else _inside(Written(at.file, test), path)


def _may_be_missing(field: checked.Field) -> bool:
    return field.owner != "interaction" and not field.spec.required and field.spec.default is None


def _negated(test: nodes.Test) -> bool:
    return getattr(test.comparison, "negated", False)


def _nots(project: Project, test: nodes.Test) -> int:
    """How often `not` stands before a test, here or further out."""
    found, around = 0, project.around(test)
    while isinstance(around, nodes.And | nodes.Or | nodes.Not):
        found += isinstance(around, nodes.Not)
        around = project.around(around)
    return found


def _settled(project: Project, test: nodes.Test, path: str, nots: int) -> bool:
    """Whether another test of the field says what is with missing values, beside this one or further out.

    Of negated ones that must hold together the first speaks for all; where one of them is enough, other lints speak.
    """
    node: nodes.Node = test
    around = project.around(node)
    while isinstance(around, nodes.And | nodes.Or | nodes.Not):
        if isinstance(around, nodes.Not):
            nots -= 1
        else:
            together = isinstance(around, nodes.And) == (nots % 2 == 0)
            beside = [each for each in by_path(around.conditions).get(path, ()) if each is not node]
            if any(not (together and _likewise(each, test)) or each.span < node.span for each in beside):
                return True
        node, around = around, project.around(around)
    return False


def _likewise(each: nodes.Test, test: nodes.Test) -> bool:
    """Whether two tests are both negated or both not, and leave open what is with missing values."""
    return _negated(each) == _negated(test) and not isinstance(each.comparison, nodes.Knowing)


def _finding(project: Project, at: Written, path: str) -> Finding:
    source, node = at.file.parsed.source, at.node
    return Finding(
        at.place,
        say("{test} does not hold where `{path}` is missing", test=short(at.place), path=path),
        say(
            "add `or {path} is unknown`, or say `{path} is known and …`, so that everybody sees what is meant",
            path=path,
        ),
        (),
        tuple(_fixes(project, source, node, path)) if free_of_comments(source, node.span) else (),
    )


def _fixes(project: Project, source: Source, node: nodes.Node, path: str) -> Iterator[Fix]:
    text, around = written(source, node), project.around(node)
    joins = isinstance(around, nodes.And | nodes.Or)
    alone = not joins or len(by_path(around.conditions).get(path, ())) <= 1
    if alone or isinstance(around, nodes.Or):
        left, right = _brackets(around, nodes.Or)
        missing = code("{left}{text} or {path} is unknown{right}", left=left, text=text, path=path, right=right)
        yield offer(say("mean those without a value too"), Edit(node.span, missing))
    if alone or isinstance(around, nodes.And):
        left, right = _brackets(around, nodes.And)
        known = code("{left}{path} is known and {text}{right}", left=left, text=text, path=path, right=right)
        yield offer(say("say that there must be a value"), Edit(node.span, known))


def _brackets(around: nodes.Node | None, same: type[nodes.Node]) -> tuple[str, str]:
    """What must stand around two tests, unless they stand alone or join tests that are joined in the same way."""
    needed = isinstance(around, nodes.And | nodes.Or | nodes.Not) and not isinstance(around, same)
    return ("(", ")") if needed else ("", "")


def _inside(at: Written, path: str) -> Finding:
    """What is told of a test that stands in parentheses behind `not`."""
    return Finding(
        at.place,
        say(
            "{test} stands behind `not`, which says nothing where `{path}` is missing", test=short(at.place), path=path
        ),
        say(
            "say `{path} is known and not (…)`, or `not (…) or {path} is unknown`, so that everybody sees it",
            path=path,
        ),
    )


LINT = hint("W205", find, local=True)
