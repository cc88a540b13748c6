"""A run since an earlier one gives exactly what a run over all files gives.

Drawn projects are told in three deliveries at three times: leads that come, change and stay, interactions that come,
come again, and are of leads who are not there yet. Behind each, the run that takes up the state is compared with one
over everything that was delivered so far, which has the earlier output as `--previous`.
"""

import datetime
import json
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from hypothesis import Phase, event, given, settings
from hypothesis import strategies as st
from properties.comparing import schema_of
from properties.tables import with_own_keys
from reference.strategies import draw_project
from scoreline.compiler.instants import instant_of_datetime
from scoreline.runtime import Result, Rules, from_texts
from scoreline.runtime.table.engines.duckdb.run import query_run
from scoreline.runtime.table.read.sources import Tables
from scoreline.runtime.table.state.run import Changes, StateRun, state_run

Row = dict[str, object]
LEADS = 6
_HOUR = datetime.timedelta(hours=1)
LATER = (datetime.timedelta(microseconds=1), _HOUR / 3600, _HOUR, 25 * _HOUR, 200 * _HOUR, 800 * _HOUR, 9999 * _HOUR)


@dataclass
class Delivered:
    """What has been delivered so far, as a run over all of it would read it."""

    leads: dict[object, Row] = field(default_factory=dict[object, Row])
    contacts: dict[object, Row] = field(default_factory=dict[object, Row])
    interactions: list[Row] = field(default_factory=list[Row])

    def add(self, leads: list[Row], contacts: list[Row], interactions: list[Row]) -> None:
        self.leads.update({row["lead_id"]: row for row in leads})
        self.contacts.update({row["contact_id"]: row for row in contacts if row.get("contact_id") is not None})
        self.interactions.extend(interactions)


def written(path: Path, rows: list[Row]) -> Path | None:
    """The file of these rows, None without any."""
    if not rows:
        return None
    lines = (json.dumps(row, default=lambda value: value.isoformat()) for row in rows)
    path.write_text("\n".join([*lines, ""]), encoding="utf-8")
    return path


def results(run: object) -> list[tuple[str, Result]]:
    return list(run)  # type: ignore[call-overload]


class Story:
    """One project, told in deliveries."""

    def __init__(self, seed: int, folder: Path) -> None:
        self.random, self.folder = Random(seed), folder
        drawn = draw_project(seed, LEADS)
        self.schema = schema_of(drawn)
        self.project = with_own_keys(drawn, self.schema)
        self.rules: Rules = from_texts(self.project.files, self.schema, self.project.zone)
        self.delivered, self.state = Delivered(), folder / "state"
        self.output: Path | None = None
        self.touched = 0

    def delivery(self, first: bool, last: bool) -> tuple[list[Row], list[Row], list[Row]]:
        """Some leads, some as they are and some as another one is; some interactions, some of them once more."""
        leads, contacts, interactions = list[Row](), list[Row](), list[Row]()
        for lead in self.project.leads:
            if last or self.random.random() < (0.7 if first else 0.2):
                other = lead if last or self.random.random() < 0.5 else self.random.choice(self.project.leads)
                own = {name: lead.lead[name] for name in ("lead_id", "contact_id") if name in lead.lead}
                leads.append({**other.lead, **own})
                if lead.contact is not None and "contact_id" in lead.contact:
                    contacts.append({**(other.contact or lead.contact), "contact_id": lead.contact["contact_id"]})
            interactions.extend(row for row in lead.interactions if self.random.random() < 0.4)
        earlier = self.delivered.interactions
        repeated = [row for row in earlier if row.get("id") is not None and self.random.random() < 0.2]
        again = [{**row, "at": self.random.choice(earlier)["at"]} for row in repeated]
        return leads, contacts, interactions + again

    def step(self, number: int, as_of: datetime.datetime) -> None:
        """One delivery; both runs give the same."""
        leads, contacts, interactions = self.delivery(number == 0, number == 2)
        if number == 0 and not leads:
            leads = [self.project.leads[0].lead]
        self.delivered.add(leads, contacts, interactions)
        several = (("leads", leads), ("contacts", contacts), ("interactions", interactions))
        new = (written(self.folder / f"{name}{number}.jsonl", rows) for name, rows in several)
        instant = instant_of_datetime(as_of, datetime.UTC)
        expected = self.expected(instant)
        output = self.folder / f"out{number}.jsonl"
        with state_run(self.rules, Changes(*new), self.state, later=number > 0, as_of=instant) as run:
            found = results(run)
            assert found == expected
            self.check_changed(run, number)
            run.write(output)
            run.keep()
            self.touched += run.touched
        self.output = output

    def expected(self, instant: int) -> list[tuple[str, Result]]:
        """What a run over everything says."""
        whole = self.delivered
        leads, contacts, interactions = (
            written(self.folder / f"all {name}.jsonl", rows)
            for name, rows in (
                ("leads", [*whole.leads.values()]),
                ("contacts", [*whole.contacts.values()]),
                ("interactions", whole.interactions),
            )
        )
        assert leads is not None
        with query_run(self.rules, Tables(leads, contacts, interactions, self.output), as_of=instant) as run:
            return results(run)

    def check_changed(self, run: StateRun, number: int) -> None:
        """Exactly the results that differ from those of the last output are told as changed."""
        path, everything = self.folder / "changed.jsonl", self.folder / "everything.jsonl"
        run.write_changed(path)
        run.write(everything)
        before = set() if self.output is None else set(self.output.read_text().splitlines())
        now = everything.read_text().splitlines()
        assert path.read_text().splitlines() == [line for line in now if line not in before]
        assert run.changed == sum(line not in before for line in now)


@given(st.integers(0, 2**24 - 1), st.sampled_from(LATER), st.sampled_from(LATER))
@settings(phases=[Phase.generate], max_examples=settings.default.max_examples // 50)
def test_a_later_run_says_what_a_whole_run_says(seed: int, one: datetime.timedelta, two: datetime.timedelta) -> None:
    with tempfile.TemporaryDirectory() as folder:
        story = Story(seed, Path(folder))
        try:
            times = (story.project.as_of - one, story.project.as_of, story.project.as_of + two)
        except OverflowError:
            return
        for number, as_of in enumerate(times):
            story.step(number, as_of)
        event(f"{story.touched} touched of {3 * LEADS}")
