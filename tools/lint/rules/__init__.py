"""Each lint is a file of its own, named like its code; `tools/lint/lints.py` finds them."""
