"""The options of `score` alone."""

from pathlib import Path
from typing import Annotated

import typer
from scoreline.tools.cli.scoring import Engine

OutputOption = Annotated[
    Path | None,
    typer.Option("-o", "--output", metavar="OUT", help="Write all results here: .csv, .parquet or .jsonl."),
]
RejectsOption = Annotated[
    Path | None,
    typer.Option("--rejects", metavar="FILE", help="Write every value and row that could not be used here."),
]
ActionsOption = Annotated[
    Path | None,
    typer.Option("--actions", metavar="FILE", help="Write the actions of every stage that was entered here."),
]
StrictOption = Annotated[
    bool, typer.Option("--strict", help="Exit with 2, and write no results, if any value or row is bad.")
]
EngineOption = Annotated[Engine, typer.Option(help="What computes the scores.")]
MemoryOption = Annotated[
    str | None, typer.Option("--memory-limit", metavar="SIZE", help="The most memory to use, such as 4GB.")
]
MasterOption = Annotated[
    str | None,
    typer.Option("--master", metavar="URL", help="Which Spark: spark://host:7077, sc://host, … Default: this machine."),
]
StateOption = Annotated[
    Path | None, typer.Option("--state", metavar="FILE", help="Keep here what a later run with --since needs.")
]
SinceOption = Annotated[
    Path | None,
    typer.Option(
        "--since",
        metavar="FILE",
        help="Take up the state of an earlier run: files hold only what is new or has changed since.",
    ),
]
ChangesOption = Annotated[
    Path | None,
    typer.Option("--changes", metavar="OUT", help="With --since: write the results that have changed here."),
]
