"""The contract of tables, once for all engines: what is read, how values are written, what is rejected and why."""
