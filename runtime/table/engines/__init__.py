"""Engines that score tables: row by row in Python, or by one query in DuckDB or in Spark."""
