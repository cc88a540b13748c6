"""Bars and shares say what is true at their ends."""

import pytest
from scoreline.tools.render.summary import bar, share


@pytest.mark.parametrize(
    ("part", "whole", "shown"),
    [(0, 10, "    "), (10, 10, "████"), (5, 10, "██  "), (1, 32, "▏   "), (1, 1_000_000, "▏   "), (0, 0, "    ")],
)
def test_a_bar_is_as_full_as_its_part_and_anything_leaves_a_trace(part, whole, shown):
    assert bar(part, whole, 4, "green").plain == shown


@pytest.mark.parametrize(
    ("part", "whole", "shown"),
    [(0, 0, "0 %"), (0, 5, "0 %"), (5, 5, "100 %"), (1, 3, "33 %"), (1, 1000, "<1 %"), (999, 1000, ">99 %")],
)
def test_a_share_never_rounds_to_none_or_all(part, whole, shown):
    assert share(part, whole) == shown
