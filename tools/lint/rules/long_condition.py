"""W241: a condition of so many tests that nobody reads it to its end."""

from collections.abc import Iterator

from scoreline.dsl import nodes
from scoreline.dsl.messages import say
from scoreline.tools.lint.lints import Finding, hint
from scoreline.tools.lint.project import Project


def find(project: Project) -> Iterator[Finding]:
    """Rules and stages that join more tests than the project wants."""
    most = project.settings.most_tests
    for kind in (nodes.When, nodes.Stage):
        for at, node in project.written(kind):
            condition = node.condition if isinstance(node, nodes.When) else node.when
            tests = _tests(condition)
            if tests > most:
                yield Finding(
                    at.file.parsed.source.at(condition.span),
                    say("this condition has {tests} tests", tests=tests),
                    say(
                        "give parts of it a name with `let`, "
                        "such as `let quiet = no email.opened and no website.visited`"
                    ),
                )


def _tests(condition: nodes.Condition) -> int:
    """How many tests there are in a condition, those inside `where (…)` too."""
    found, waiting = 0, [condition]
    while waiting:
        match waiting.pop():
            case nodes.And(conditions=parts) | nodes.Or(conditions=parts):
                waiting.extend(parts)
            case nodes.Not(condition=inner):
                waiting.append(inner)
            case nodes.No(happening=happening):
                found += 1
                waiting.extend(() if happening.where is None else (happening.where,))
            case nodes.Test(subject=subject):
                found += 1
                waiting.extend(term.where for term in subject.terms if term.where is not None)
    return found


LINT = hint("W241", find, local=True)
