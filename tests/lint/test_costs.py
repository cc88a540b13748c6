"""What lints cost grows with what is written, not with its square (which would be 25 times for five times as much)."""

import sys
from collections.abc import Callable
from types import FrameType

import pytest
from lint.linting import SCHEMA, SETTINGS, compiled
from scoreline.tools.lint.engine import lint

HEAD = "model Fit for lead\n"
WRITTEN: dict[str, Callable[[int], str]] = {
    "gaps between ranges": lambda n: (
        HEAD + "".join(f"  when employees between {10 * i} and {10 * i + 8} then +1\n" for i in range(n))
    ),
    "ranges of which the best counts": lambda n: (
        HEAD
        + '  group "Size" best only\n'
        + "".join(f"  when employees between {i} and {9000 - i} then +{n - i}\n" for i in range(n))
    ),
    "rules alike": lambda n: HEAD + "  when newsletter then +1\n" * n,
    "suppressions": lambda n: (
        HEAD + "".join(f"  when employees > {i} then +0 # scoreline: ignore W220 (later)\n" for i in range(n))
    ),
    "disqualifying in a group": lambda n: (
        HEAD + '  group "Out"\n' + "".join(f"  when employees > {i} then disqualify\n" for i in range(n))
    ),
    "prose in comments": lambda n: HEAD + "  # when the moon is full then we go\n" * n,
    "a long condition": lambda n: (
        HEAD + "  when " + " and ".join(f'company is not "c{i}"' for i in range(n)) + " then +1\n"
    ),
    "names that are alike": lambda n: "".join(f"let somelet{i} = employees > {i}\n" for i in range(n)) + HEAD,
}


@pytest.mark.parametrize("written", WRITTEN.values(), ids=WRITTEN)
def test_five_times_as_much_takes_less_than_nine_times_as_many_steps(written: Callable[[int], str]):
    small, large = (steps(written(size)) for size in (100, 500))
    assert large < 9 * small, (small, large)


def steps(text: str) -> int:
    """How many lines of Python run: the same on every machine, however busy."""
    project = compiled({"a.score": text})
    assert project.diagnostics == () and SCHEMA is not None
    count = 0

    def counting(frame: FrameType, event: str, argument: object):
        nonlocal count
        count += event == "line"
        return counting

    before = sys.gettrace()
    sys.settrace(counting)
    try:
        lint(project, SCHEMA, SETTINGS)
    finally:
        sys.settrace(before)
    return count
