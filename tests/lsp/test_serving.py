"""What editors ask of `scoreline lsp`, each over standard input and output."""

import asyncio

import pytest
from lsp.texts import FIT, split
from lsprotocol import types
from pygls.exceptions import JsonRpcException
from scoreline.tools.lsp.features.semantic_tokens import LEGEND

pytestmark = pytest.mark.asyncio(loop_scope="session")
WRONG = FIT.replace("when newsletter", "when newslettr")


def at(text: str, marked: str) -> types.Position:
    """Where a piece of a text (with a `|` in it) stands."""
    piece = marked.replace("|", "")
    assert piece in text, piece
    return split(text.replace(piece, marked, 1))[1]


async def test_diagnostics_come_for_unsaved_text_and_go_with_the_mistake(project, opened):
    fit = opened(project / "rules/fit.score", WRONG)
    (told,) = [each for each in await fit.told() if each.severity is types.DiagnosticSeverity.Error]
    assert (told.code, told.source) == ("E201", "scoreline")
    assert "did you mean `newsletter`?" in told.message
    assert told.range == types.Range(types.Position(5, 7), types.Position(5, 16))
    fit.type(types.Position(5, 7), types.Position(5, 16), "newsletter")
    assert not [each for each in await fit.told() if each.code == "E201"]


async def test_only_the_newest_version_is_told(project, opened):
    fit = opened(project / "rules/fit.score")
    await fit.told()
    for text in ("n", "ne", "new", "newsletter"):
        fit.write(FIT.replace("when newsletter", f"when {text}"))
    assert not [each for each in await fit.told() if each.code == "E201"]


async def test_files_that_are_not_open_are_told_of_too(project, opened, client):
    story = (project / "rules/story.score").as_uri()
    opened(project / "shared/regions.score", "let large = employees >= 500\n")
    for _ in range(100):
        if client.diagnostics.get((project / "rules/fit.score").as_uri()):
            break
        await asyncio.sleep(0.05)
    (told,) = [each for each in client.diagnostics[(project / "rules/fit.score").as_uri()] if each.code == "E201"]
    assert "`big`" in told.message
    assert not [each for each in client.diagnostics.get(story, ()) if each.code == "E201"]


async def test_a_broken_schema_is_told_where_it_stands_and_syntax_still_is(project, opened):
    fit = opened(project / "rules/fit.score", FIT.replace("then +5", "than +5"))
    await fit.told()
    schema = opened(project / "crm.schema.toml", '[lead]\nkey = "lead_id"\n[lead.fields]\nx = "txt"\n')
    assert [each.code for each in await schema.told()] == ["E306"]
    fit.write(FIT.replace("then +5", "then 5"))
    assert "E110" in [each.code for each in await fit.told()]


async def test_a_file_without_a_project_is_told_its_syntax(tmp_path, opened):
    lone = opened(tmp_path / "lone.score", "model Fit for lead\n  when anything then 10\n")
    assert [each.code for each in await lone.told()] == ["E110"]


async def test_a_file_deleted_on_disk_is_no_more(project, opened, client):
    fit = opened(project / "rules/fit.score")
    assert not [each for each in await fit.told() if each.severity is types.DiagnosticSeverity.Error]
    (project / "shared/regions.score").unlink()
    gone = types.FileEvent((project / "shared/regions.score").as_uri(), types.FileChangeType.Deleted)
    client.workspace_did_change_watched_files(types.DidChangeWatchedFilesParams([gone]))
    for _ in range(100):
        if any(each.code == "E219" or "regions" in each.message for each in client.diagnostics.get(fit.uri, ())):
            return
        await asyncio.sleep(0.05)
    raise AssertionError(client.diagnostics.get(fit.uri))


async def test_an_unused_let_is_shown_as_unnecessary(project, opened):
    fit = opened(project / "rules/fit.score", "let small = employees < 5\n" + FIT)
    (told,) = [each for each in await fit.told() if each.code == "W208"]
    assert list(told.tags) == [types.DiagnosticTag.Unnecessary]


async def test_further_places_are_told(project, opened):
    fit = opened(project / "rules/fit.score", FIT + 'model Fit "again" for lead\n')
    (told,) = [each for each in await fit.told() if each.code == "E210"]
    assert [each.location.range.start.line for each in told.related_information] == [2]


async def ask_actions(document, start, end, only=None):
    asked = types.Range(start, end)
    context = types.CodeActionContext([], only=only)
    return await document.client.text_document_code_action_async(
        types.CodeActionParams(document.document, asked, context)
    )


async def test_every_fix_is_offered(project, opened):
    fit = opened(project / "rules/fit.score", FIT.replace("then +5", "then 5"))
    found = await ask_actions(fit, types.Position(5, 0), types.Position(5, 40))
    (plus,) = [each for each in found if each.title == "write `+5`"]
    assert plus.kind == types.CodeActionKind.QuickFix
    assert plus.edit.changes[fit.uri][0].new_text == "+5"


async def test_all_safe_fixes_at_once(project, opened):
    text = (
        FIT.replace("then +5", "then 5").replace("Software", "Software").replace("when newsletter", "When newsletter")
    )
    fit = opened(project / "rules/fit.score", text.replace("then 5", "THEN 5"))
    (action,) = await ask_actions(fit, types.Position(0, 0), types.Position(0, 0), ["source.fixAll"])
    (edit,) = action.edit.changes[fit.uri]
    assert "when newsletter then" in edit.new_text
    assert "THEN" not in edit.new_text


async def test_a_lint_can_be_silenced_where_it_is(project, opened):
    fit = opened(project / "rules/fit.score", FIT.replace('then +5 as "Newsletter"', "then +0"))
    (told,) = [each for each in await fit.told() if each.code == "W220"]
    found = await ask_actions(fit, told.range.start, told.range.end)
    (ignore,) = [each for each in found if each.title.startswith("ignore W220")]
    (edit,) = ignore.edit.changes[fit.uri]
    fit.type(edit.range.start, edit.range.end, edit.new_text + " (later)")
    assert "W220" not in [each.code for each in await fit.told()]


async def test_formatting(project, opened):
    fit = opened(project / "rules/fit.score", FIT.replace("  when newsletter then", "when   newsletter then"))
    options = types.FormattingOptions(2, True)
    found = await fit.client.text_document_formatting_async(types.DocumentFormattingParams(fit.document, options))
    (edit,) = found
    assert edit.new_text == '  when newsletter then +5 as "Newsletter"\n'
    assert edit.range.start.line == 5
    fit.write(FIT.replace("then", "than"))
    found = await fit.client.text_document_formatting_async(types.DocumentFormattingParams(fit.document, options))
    assert found is None


async def test_completion_over_the_wire(project, opened):
    text, position = split(FIT.replace('"Software", "Finance"', '"Software", "|'))
    fit = opened(project / "rules/fit.score", text)
    found = await fit.client.text_document_completion_async(types.CompletionParams(fit.document, position))
    items = {each.label: each for each in found}
    assert set(items) == {"Software", "Banks"}
    assert items["Banks"].detail == "for `Finance`"


@pytest.mark.parametrize(
    ("marked", "said"),
    [
        ("indu|stry in", "**industry** · choice · Industry"),
        ("when b|ig", "let big = employees >= 500"),
        ("model F|it", "scores from 0 to 40"),
        ('"Core indus|try"', "**Fit/core-industry** · rule, gives 0 to 20 points"),
        ("gro|up", "a heading"),
        ("when news|letter", "if it is missing: `no`"),
    ],
)
async def test_hover(project, opened, marked, said):
    fit = opened(project / "rules/fit.score")
    found = await fit.client.text_document_hover_async(types.HoverParams(fit.document, at(FIT, marked)))
    assert said in found.contents.value


async def test_definition_leads_to_lets_and_to_the_schema(project, opened):
    fit = opened(project / "rules/fit.score")

    async def ask(marked):
        params = types.DefinitionParams(fit.document, at(FIT, marked))
        return await fit.client.text_document_definition_async(params)

    (let,) = await ask("when b|ig")
    assert (let.uri, let.range.start) == ((project / "shared/regions.score").as_uri(), types.Position(1, 4))
    (field,) = await ask("indu|stry in")
    assert field.uri == (project / "crm.schema.toml").as_uri()
    assert field.range.start == types.Position(6, 0)
    (file,) = await ask("../sha|red")
    assert file.uri == (project / "shared/regions.score").as_uri()


async def test_references_go_across_files(project, opened):
    fit = opened(project / "rules/fit.score")
    context = types.ReferenceContext(include_declaration=True)
    params = types.ReferenceParams(context, fit.document, at(FIT, "model F|it"))
    found = await fit.client.text_document_references_async(params)
    lines = sorted((each.uri.rpartition("/")[2], each.range.start.line) for each in found)
    assert lines == [("fit.score", 2), ("story.score", 1), ("story.score", 7), ("story.score", 7), ("story.score", 8)]


@pytest.mark.parametrize(
    ("marked", "new", "changes"),
    [
        ("when b|ig", "huge", {"fit.score": ["huge"], "regions.score": ["huge"]}),
        ("model F|it", "Suit", {"fit.score": ["Suit"], "story.score": ["Suit"] * 4}),
        ('as "B|ig"', "Very big", {"fit.score": ["Very big"], "story.score": ["very-big"]}),
    ],
)
async def test_rename_changes_every_file(project, opened, marked, new, changes):
    fit = opened(project / "rules/fit.score")
    params = types.RenameParams(fit.document, at(FIT, marked), new)
    found = await fit.client.text_document_rename_async(params)
    made = {uri.rpartition("/")[2]: [each.new_text for each in edits] for uri, edits in found.changes.items()}
    assert made == changes


@pytest.mark.parametrize(
    ("marked", "new", "why"),
    [
        ("indu|stry in", "sector", "comes from the schema"),
        ("model F|it", "when", "cannot be a name"),
        ("model F|it", "B2B", "there is already a qualification"),
        ('as "B|ig"', "Core Industry", "there is already a rule with the label"),
        ('as "B|ig"', "newsletter", "there is already a rule with the label"),
        ('grade "|A"', "a\nb", "remove the line break"),
        ('grade "|A"', "b", "there is already a grade"),
        ("score bet|ween", "x", "no name here"),
    ],
)
async def test_rename_is_refused_with_the_reason(project, opened, marked, new, why):
    fit = opened(project / "rules/fit.score")
    params = types.RenameParams(fit.document, at(FIT, marked), new)
    with pytest.raises(JsonRpcException, match=why):
        await fit.client.text_document_rename_async(params)


async def test_the_outline(project, opened):
    fit = opened(project / "rules/fit.score")
    params = types.DocumentSymbolParams(fit.document)
    (model,) = await fit.client.text_document_document_symbol_async(params)
    assert model.name == "Fit"
    assert [each.name for each in model.children] == ["Newsletter", "Company", "A", "B"]
    assert [each.name for each in model.children[1].children] == ["Core industry", "Big"]
    found = await fit.client.workspace_symbol_async(types.WorkspaceSymbolParams("big"))
    assert {each.name for each in found} == {"Big", "big", "a big one"}


async def test_folding(project, opened):
    fit = opened(project / "rules/fit.score", "# one\n# two\n" + FIT)
    found = await fit.client.text_document_folding_range_async(types.FoldingRangeParams(fit.document))
    assert [(each.start_line, each.end_line) for each in found] == [(0, 1), (4, 14), (9, 11)]


async def test_semantic_tokens_tell_names_by_what_they_are(project, opened):
    fit = opened(project / "rules/fit.score", FIT)
    legend = LEGEND.token_types
    found = await fit.client.text_document_semantic_tokens_full_async(types.SemanticTokensParams(fit.document))
    line = column = 0
    kinds = {}
    lines = FIT.split("\n")
    for number in range(0, len(found.data), 5):
        down, right, size, kind, _ = found.data[number : number + 5]
        line, column = line + down, right if down else column + right
        kinds[lines[line][column : column + size]] = legend[kind]
    wanted = {"Fit": "class", "big": "variable", "industry": "property", "when": "keyword", "+20": "number"}
    assert wanted.items() <= kinds.items()


async def test_the_next_clause_is_shown(project, opened):
    text, position = split(FIT.replace("then +5 as", "then |\n  when newsletter then +6 as"))
    fit = opened(project / "rules/fit.score", text)
    found = await fit.client.text_document_signature_help_async(types.SignatureHelpParams(fit.document, position))
    (form,) = found.signatures
    assert (form.parameters[found.active_parameter].label, form.documentation) == (
        "then +10 or disqualify",
        "next: points such as `+10` or `disqualify`",
    )


async def test_rules_tell_for_how_many_sample_leads_they_fire(project, opened):
    fit = opened(project / "rules/fit.score")
    params = types.CodeLensParams(fit.document)
    found = []
    for _ in range(100):
        found = await fit.client.text_document_code_lens_async(params)
        if found:
            break
        await asyncio.sleep(0.1)
    assert [(each.range.start.line, each.command.title) for each in found] == [
        (5, "fires for 1 of 2 sample leads (50 %)"),
        (8, "fires for 2 of 2 sample leads (100 %)"),
        (9, "fires for 1 of 2 sample leads (50 %)"),
    ]
