"""What scoring whole tables costs: `python -m benchmarks.tables`."""
