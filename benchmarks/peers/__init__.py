"""Other rule engines, each given the workload in the best form found for it: one module an engine.

A module tells NAME, PACKAGE (as published), KIND (native: its core is compiled; python: it is not), FORM (what it was
given, for the reader of the figures) and `prepare`. Of the forms that gave the right points the fastest was kept.
"""
