"""Tests of one subject that stand side by side in an `and` or an `or`."""

from collections.abc import Iterator

from scoreline.dsl import nodes


def bare_path(test: nodes.Condition) -> str | None:
    """The path of a test that is about one path and nothing else: no weight, `where`, `distinct` or window."""
    if not isinstance(test, nodes.Test) or test.window is not None or test.subject.distinct:
        return None
    term, *others = test.subject.terms
    plain = not others and term.weight is None and term.where is None
    return term.path.dotted if plain else None


def by_path(conditions: tuple[nodes.Condition, ...]) -> dict[str, list[nodes.Test]]:
    """The tests among conditions that are about one path, by that path."""
    found: dict[str, list[nodes.Test]] = {}
    for each in conditions:
        path = bare_path(each)
        if path is not None and isinstance(each, nodes.Test):
            found.setdefault(path, []).append(each)
    return found


def runs(conditions: tuple[nodes.Condition, ...]) -> Iterator[list[nodes.Test]]:
    """Two or more tests of one path in a row."""
    run: list[nodes.Test] = []
    for each in conditions:
        if run and isinstance(each, nodes.Test) and bare_path(each) == bare_path(run[0]):
            run.append(each)
            continue
        if len(run) > 1:
            yield run
        run = [each] if isinstance(each, nodes.Test) and bare_path(each) is not None else []
    if len(run) > 1:
        yield run
