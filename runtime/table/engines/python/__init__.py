"""Scores tables row by row, and explains one lead of a table."""
