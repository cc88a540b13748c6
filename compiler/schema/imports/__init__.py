"""Schemas out of the files in which other systems describe their fields.

Parsed JSON becomes a neutral description (a module for each source), the description a schema with names that
rules can write (`naming.py`, `assembling.py`), and that TOML (`writing.py` in the room above). Whatever cannot be
taken over becomes a remark; nobody is asked to trust that nothing was lost.
"""
