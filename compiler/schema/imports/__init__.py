"""Schemas made of the files in which other systems describe their fields.

A module for each source turns parsed JSON into a neutral description. `naming.py` and `assembling.py` turn that into a
schema with names that rules can write, and `writing.py` in the room above writes it as TOML. Whatever cannot be taken
over becomes a remark, so that nothing is lost silently.
"""
