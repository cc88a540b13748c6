"""One file a lint, each named like its code; `registry.py` finds them."""
