"""Scoring from where an earlier run left off: a file that keeps what it knew, and runs that look at what changed."""
