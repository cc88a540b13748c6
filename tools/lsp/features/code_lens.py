"""Above each rule: for how many of the sample leads it fires. A rule that was not counted as it stands has none."""

from lsprotocol import types
from scoreline.dsl.messages import say
from scoreline.tools.lsp.document_view import DocumentView
from scoreline.tools.lsp.sampling import SampleCounts


def code_lens(here: DocumentView, found: SampleCounts | None) -> list[types.CodeLens]:
    """A line above each rule of a document, as far as counts are known."""
    if found is None or here.file is None or not found.leads:
        return []
    lenses: list[types.CodeLens] = []
    for model in here.view.statements.models:
        for rule in model.rules:
            count = found.rules.get((model.name, rule.place.text))
            if count is not None and rule.place.file == here.file.name:
                command = types.Command(here.localized(_text(count, found.leads)), "")
                lenses.append(types.CodeLens(here.location(rule.place).range, command))
    return lenses


def _text(count: int, leads: int) -> str:
    if count == 0:
        return say("fires for none of {leads} sample leads", leads=leads)
    share = 100 * count / leads
    shown = "<1" if share < 1 else f"{share:.0f}"
    return say("fires for {count} of {leads} sample leads ({share} %)", count=count, leads=leads, share=shown)
