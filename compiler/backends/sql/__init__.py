"""The backend that makes a plan one relational query: expressions of sqlglot, which prints them in each dialect."""
