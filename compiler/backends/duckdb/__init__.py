"""The quick ways of DuckDB: steps of a query that say the same as the shared ones, at a lower cost on one machine."""
