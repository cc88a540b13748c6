"""Files and databases become rows, or relations in DuckDB; what the values mean is left to `admit`."""
