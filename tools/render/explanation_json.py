"""An explanation as JSON for programs: everything that the text shows, and all rules, also those that did not fire."""

from pathlib import Path

from scoreline.compiler.instants import as_datetime
from scoreline.compiler.plan import Place
from scoreline.runtime.explain import GroupSeen, ModelSeen, RuleSeen, StageSeen, TestSeen
from scoreline.runtime.results import Action
from scoreline.runtime.table.engines.python.lookup import Explained
from scoreline.tools.render.as_json import VERSION, Json, dumped
from scoreline.tools.render.places import shown_path


def explanation_json(explained: Explained, root: Path, *, ascii_only: bool = False) -> str:
    """The whole document, with a line end."""
    explanation = explained.explanation
    result = explanation.result
    shown = _ExplanationJson(root)
    qualification: Json = None
    if explanation.qualification is not None:
        state = result.qualifications[explanation.qualification]
        qualification = {
            "name": explanation.qualification,
            "stage": state.stage,
            "entered": state.entered,
            "before": explanation.before,
            "actions": [_action(action) for action in result.actions],
            "stages": [shown.stage(stage) for stage in explanation.stages],
        }
    document: Json = {
        "version": VERSION,
        "lead": explained.key,
        "as_of": as_datetime(explained.as_of).isoformat(),
        "models": [shown.model(model) for model in explanation.models],
        "qualification": qualification,
        "disqualified": result.disqualified,
        "disqualified_by": list(result.disqualified_by),
        "rejected": [_named(reject, "column", "value", "reason") for reject in explained.rejects],
    }
    return dumped(document, ascii_only=ascii_only)


def _action(action: Action) -> Json:
    """An action, without the parts that it does not have."""
    written: dict[str, Json] = {"kind": action.kind, "key": action.key}
    for name in ("title", "owner", "channel", "field"):
        value = getattr(action, name)
        if value is not None:
            written[name] = str(value)
    if action.due is not None:
        written["due"] = action.due.isoformat()
    if action.kind == "set":
        value = action.value
        written["value"] = value if isinstance(value, str | bool | int | float | None) else value.isoformat()
    return written


class _ExplanationJson:
    """The parts of an explanation, with places written from the working directory."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def model(self, model: ModelSeen) -> Json:
        return {
            **_named(model, "name", "title", "score", "grade", "sum", "lowest", "highest"),
            "groups": [_group(group) for group in model.groups],
            "rules": [self._rule(rule, model) for rule in model.rules],
        }

    def stage(self, stage: StageSeen) -> Json:
        return {
            **_named(stage, "name", "holds", "reached", "was", "ended"),
            "tests": [_test(test) for test in stage.tests],
            "until": [_test(test) for test in stage.until],
            **self._place(stage.place),
        }

    def _rule(self, rule: RuleSeen, model: ModelSeen) -> Json:
        return {
            **_named(rule, "id", "label", "text", "fired", "points", "sum", "counted", "disqualifies"),
            "group": None if rule.group is None else model.groups[rule.group].title,
            "tests": [_test(test) for test in rule.tests],
            **self._place(rule.place),
        }

    def _place(self, place: Place) -> dict[str, Json]:
        return {"file": shown_path(self._root / place.file), "line": place.line}


def _group(group: GroupSeen) -> Json:
    return _named(group, "title", "best_only", "at_most", "at_least", "sum", "points")


def _test(test: TestSeen) -> Json:
    return {**_named(test, "text", "holds"), "seen": [_named(seen, "name", "value") for seen in test.seen]}


def _named(thing: object, *names: str) -> dict[str, Json]:
    """The attributes of these names, which the document has as they are."""
    return {name: getattr(thing, name) for name in names}
