"""The options that several commands share."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated, TextIO

import typer

ProjectOption = Annotated[
    Path | None,
    typer.Option(
        "--project",
        metavar="DIR",
        help="The folder of the project. Default: this folder, or the nearest one above it with a scoreline.toml.",
    ),
]
LeadsOption = Annotated[
    Path | None, typer.Option("--leads", metavar="FILE", help="The leads: .csv, .parquet or .jsonl.")
]
ContactsOption = Annotated[Path | None, typer.Option("--contacts", metavar="FILE", help="The contacts.")]
InteractionsOption = Annotated[Path | None, typer.Option("--interactions", metavar="FILE", help="The interactions.")]
AsOfOption = Annotated[
    str | None,
    typer.Option(
        "--as-of", metavar="TIME", help="Score as of this time, such as 2026-01-31 or 2026-01-31T12:00. Default: now."
    ),
]
PreviousOption = Annotated[
    Path | None,
    typer.Option(
        "--previous", metavar="FILE", help="An earlier output, so that leads keep the stages that they have reached."
    ),
]


class Format(StrEnum):
    """How results are written."""

    TEXT = "text"
    JSON = "json"


def only_ascii(stream: TextIO) -> bool:
    """Whether a stream cannot write every character, so that JSON must escape some."""
    return not (stream.encoding or "").lower().startswith("utf")


FormatOption = Annotated[Format, typer.Option("--format", help="Text for people, or JSON for programs.")]
