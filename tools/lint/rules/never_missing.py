"""W247: `is known` or `is unknown` of a field for which the schema has a default."""

from collections.abc import Iterator

from scoreline.compiler import checked
from scoreline.dsl import nodes
from scoreline.tools.lint.lints import Finding, warning
from scoreline.tools.lint.project import Project
from scoreline.tools.lint.texts import short


def find(project: Project) -> Iterator[Finding]:
    """Questions after a value that there always is."""
    for at, test in project.written(nodes.Test):
        match project.test(at), test.comparison:
            case checked.Knowing(subject=checked.Field() as field), nodes.Knowing(known=known):
                pass
            case _:
                continue
        if field.spec.default is not None:
            yield Finding(
                at.place,
                f"{short(at.place)} holds for {'every' if known else 'no'} lead: `{field.name}` has a default",
                "a default stands in wherever a value is missing: ask for the value, or drop the default in the schema",
            )


LINT = warning("W247", find, local=True)
