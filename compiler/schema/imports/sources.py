"""The sources that schemas can be imported from, and the way from files to TOML.

Promises TOML that reads back without a diagnostic, and a remark for everything that could not be taken over as it was.
Raises ImportUnusable if no schema can be made of a file.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from scoreline.compiler.schema.imports.assembling import assembled
from scoreline.compiler.schema.imports.cdm import ENDING, read_cdm
from scoreline.compiler.schema.imports.described import Described, Remark
from scoreline.compiler.schema.imports.documents import JsonDocument, documents
from scoreline.compiler.schema.imports.hubspot import read_hubspot
from scoreline.compiler.schema.imports.jsonschema import read_jsonschema
from scoreline.compiler.schema.imports.salesforce import read_salesforce
from scoreline.compiler.schema.shapes import Schema
from scoreline.compiler.schema.writing import schema_toml


@dataclass(frozen=True)
class ImportSource:
    """A kind of file: its title, the ending of such files, and its reader."""

    title: str
    read: Callable[[Iterable[JsonDocument]], Described]
    ending: str = ".json"


SourceName = Literal["cdm", "salesforce", "hubspot", "jsonschema"]

SOURCES: Mapping[SourceName, ImportSource] = {
    "cdm": ImportSource("the Common Data Model", read_cdm, ENDING),
    "salesforce": ImportSource("Salesforce", read_salesforce),
    "hubspot": ImportSource("HubSpot", read_hubspot),
    "jsonschema": ImportSource("a JSON Schema", read_jsonschema),
}


@dataclass(frozen=True)
class Imported:
    """A schema, the TOML that says the same, and what did not come over as it was."""

    schema: Schema
    toml: str
    remarks: tuple[Remark, ...]


def imported(source: SourceName, paths: Iterable[Path], *, labels: bool = False) -> Imported:
    """The schema that files of a source describe."""
    kind = SOURCES[source]
    schema, remarks = assembled(kind.read(documents(paths, kind.ending)), labels=labels)
    head = f"A schema imported from {kind.title}. Remove the fields that no rule needs."
    return Imported(schema, schema_toml(schema, head), remarks)
