"""The packages of the wheel: every folder of the rooms that has an `__init__.py`, and the pages of the codes.

The rest stands in `pyproject.toml`, which can't say that: its `find` wants folders named as their packages are, and
`scoreline.compiler` is the folder `compiler`.
"""

from setuptools import find_packages, setup

ROOMS = ("grammar", "dsl", "compiler", "runtime", "tools")
found = find_packages(include=[pattern for room in ROOMS for pattern in (room, f"{room}.*")])

setup(packages=[*(f"scoreline.{each}" for each in found), "scoreline.pages"])
