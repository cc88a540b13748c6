"""For how many of the sample leads each rule fires, when a project names data: found in a thread, beside typing.

Promises counts of the texts that it was given, or None where they have mistakes, where there is no data, or where the
data are too large to be looked at while somebody waits. Values that cannot be read are missing, as in every run; data
that cannot be read at all raise what every run raises.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from scoreline.compiler.pipeline import compile_rules, text_reader
from scoreline.compiler.project import Project
from scoreline.compiler.schema import Schema
from scoreline.runtime.compiling import rules_of
from scoreline.runtime.table.engines.python.run import score_table
from scoreline.runtime.table.read.sources import Tables
from scoreline.tools.lsp.views import View

MOST_LEADS = 3_000
_MOST_BYTES = 50_000_000


@dataclass(frozen=True)
class Sample:
    """What is to be counted: the rule files of a project as they are now, its schema, and its data."""

    project: Project
    schema: Schema
    own: tuple[str, ...]
    texts: Mapping[str, str]
    stamps: tuple[object, ...]


@dataclass(frozen=True)
class SampleCounts:
    """How often each rule fired among so many leads: by its model and its text, so that it is not confused with a
    rule that has its number now."""

    leads: int
    rules: Mapping[tuple[str, str], int]


def sample_of(view: View) -> Sample | None:
    """What can be counted for a view; None without data of a fitting size."""
    project, schema = view.project, view.schema
    if project is None or schema is None or project.data.leads is None:
        return None
    stamps: list[object] = []
    size = 0
    for path in _files(project):
        try:
            status = path.stat()
        except OSError:
            return None
        size += status.st_size
        stamps.append((path, status.st_mtime_ns, status.st_size))
    if size > _MOST_BYTES:
        return None
    texts = {name: file.parsed.source.document.text for name, file in view.files.by_name.items()}
    return Sample(project, schema, tuple(file.name for file in view.files.own), texts, tuple(stamps))


def _files(project: Project) -> list[Path]:
    data = project.data
    return [each for each in (data.leads, data.contacts, data.interactions) if each is not None]


def fired(sample: Sample) -> SampleCounts | None:
    """Scores the sample leads; None if the rules have mistakes."""
    project = sample.project
    compiled = compile_rules(sample.own, text_reader(sample.texts), sample.schema, project.zone, project.channels)
    if compiled.plan is None or project.data.leads is None:
        return None
    tables = Tables(project.data.leads, project.data.contacts, project.data.interactions)
    counts: Counter[str] = Counter()
    leads = 0
    for _, result in islice(score_table(rules_of(compiled), tables), MOST_LEADS):
        leads += 1
        counts.update(rule for model in result.models.values() for rule in model.rules)
    rules = [(model.name, rule) for model in compiled.statements.models for rule in model.rules]
    return SampleCounts(leads, {(model, rule.place.text): counts[rule.id] for model, rule in rules})
