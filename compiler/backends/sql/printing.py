"""A query as text in a dialect."""

import sys

from scoreline.compiler.backends.sql.terms import Expr

_FRAMES = 20_000
"""Conditions nest up to 200 deep, and printing takes some ten calls for each level."""


def printed(query: Expr, dialect: str, *, pretty: bool = False) -> str:
    """The text of a query, on many lines if it is for people."""
    before = sys.getrecursionlimit()
    sys.setrecursionlimit(max(before, _FRAMES))
    try:
        return query.sql(dialect=dialect, pretty=pretty, copy=False)
    finally:
        sys.setrecursionlimit(before)
