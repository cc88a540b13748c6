"""A plan as one relational query, in expressions of sqlglot: the steps that all engines and all dialects share."""
