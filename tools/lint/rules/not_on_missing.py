"""W205: a negated test of a field that may be missing, which says nothing about leads without a value."""

from collections.abc import Iterator

from scoreline.dsl import nodes
from scoreline.dsl.diagnostics import Edit
from scoreline.tools.lint.chains import bare_path, by_path
from scoreline.tools.lint.edits import offer
from scoreline.tools.lint.lints import Finding, hint
from scoreline.tools.lint.literals import field_of
from scoreline.tools.lint.project import Project, Written
from scoreline.tools.lint.texts import free_of_comments, short, written


def find(project: Project) -> Iterator[Finding]:
    """Negated tests of a lead's or contact's field, unless a test beside it settles what is with missing values."""
    for at, test in project.written(nodes.Test):
        path, outer = bare_path(test), project.around(test)
        negated = getattr(test.comparison, "negated", False)
        apart = isinstance(outer, nodes.Not)
        if path is None or negated == apart or isinstance(test.comparison, nodes.Knowing):
            continue
        whole: nodes.Node = outer if isinstance(outer, nodes.Not) else test
        field = field_of(project.test(at))
        if field is None or field.owner == "interaction" or field.spec.required or field.spec.default is not None:
            continue
        if not _settled(project, whole, path):
            yield _finding(project, Written(at.file, whole), path)


def _settled(project: Project, node: nodes.Node, path: str) -> bool:
    """Whether another test of the field stands beside this one, here or further out."""
    around = project.around(node)
    while isinstance(around, nodes.And | nodes.Or | nodes.Not):
        beside = by_path(around.conditions).get(path, []) if not isinstance(around, nodes.Not) else []
        if any(each is not node for each in beside):
            return True
        node, around = around, project.around(around)
    return False


def _finding(project: Project, at: Written, path: str) -> Finding:
    source, node = at.file.parsed.source, at.node
    text = written(source, node)
    inner = isinstance(project.around(node), nodes.And | nodes.Or | nodes.Not)
    left, right = ("(", ")") if inner else ("", "")
    fixes = (
        offer("mean those without a value too", Edit(node.span, f"{left}{text} or {path} is unknown{right}")),
        offer("say that there must be a value", Edit(node.span, f"{left}{path} is known and {text}{right}")),
    )
    return Finding(
        at.place,
        f"{short(at.place)} does not hold where `{path}` is missing",
        f"add `or {path} is unknown`, or say `{path} is known and …`, so that everybody sees what is meant",
        (),
        fixes if free_of_comments(source, node.span) else (),
    )


LINT = hint("W205", find, local=True)
