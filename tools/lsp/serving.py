"""Serving an editor: each request of the protocol and the feature that answers it, nothing more."""

import asyncio
import contextlib
import logging
import os
import sys
from collections.abc import Callable, Mapping
from typing import Concatenate, NamedTuple, ParamSpec, TypeVar, cast

from lsprotocol import types
from pygls.exceptions import JsonRpcException
from scoreline.dsl.diagnostics import Diagnostic
from scoreline.tools.fixing import fixed
from scoreline.tools.lsp.document_view import DocumentView
from scoreline.tools.lsp.faults import keep_texts_out
from scoreline.tools.lsp.features.code_actions import KINDS, code_actions
from scoreline.tools.lsp.features.code_lens import code_lens
from scoreline.tools.lsp.features.completion import TRIGGERS, completion
from scoreline.tools.lsp.features.folding import folding
from scoreline.tools.lsp.features.formatting import formatting
from scoreline.tools.lsp.features.hover import hover
from scoreline.tools.lsp.features.navigation import RenameRefused, definition, highlights, references, renamable, rename
from scoreline.tools.lsp.features.semantic_tokens import LEGEND, semantic_tokens
from scoreline.tools.lsp.features.signature import TRIGGERS as CLAUSES
from scoreline.tools.lsp.features.signature import signature
from scoreline.tools.lsp.features.symbols import document_symbols, workspace_symbols
from scoreline.tools.lsp.server import Protocol, Server

_WATCHED = ("**/*.score", "**/*.toml")

T = TypeVar("T")
P = ParamSpec("P")


def made_server(version: str) -> Server:
    """The server with all features."""
    server = Server(version)
    _documents(server)
    _writing(server)
    _help(server)
    _names(server)
    _shapes(server)
    _counts(server)
    return server


def _documents(server: Server) -> None:
    """Documents come, change and go."""
    shop = server.workshop

    @server.feature(types.INITIALIZED)
    async def initialized(params: types.InitializedParams) -> None:
        server.begin()
        workspace = server.client_capabilities.workspace
        watching = workspace and workspace.did_change_watched_files
        if watching and watching.dynamic_registration:
            options = types.DidChangeWatchedFilesRegistrationOptions([types.FileSystemWatcher(p) for p in _WATCHED])
            what = types.Registration("files", types.WORKSPACE_DID_CHANGE_WATCHED_FILES, options)
            with contextlib.suppress(JsonRpcException):
                await server.client_register_capability_async(types.RegistrationParams([what]))

    @server.feature(types.TEXT_DOCUMENT_DID_OPEN)
    async def opened(params: types.DidOpenTextDocumentParams) -> None:
        item = params.text_document
        document = shop.documents.open(item.uri, item.text, item.version)
        shop.files_changed()
        server.soon(shop.changed(document), 0)

    @server.feature(types.TEXT_DOCUMENT_DID_CHANGE)
    async def changed(params: types.DidChangeTextDocumentParams) -> None:
        item = params.text_document
        document = shop.documents.change(item.uri, params.content_changes, item.version)
        server.soon(shop.changed(document))

    @server.feature(types.TEXT_DOCUMENT_DID_SAVE)
    async def saved(params: types.DidSaveTextDocumentParams) -> None:
        shop.files_changed()
        server.everything_soon()

    @server.feature(types.TEXT_DOCUMENT_DID_CLOSE)
    async def closed(params: types.DidCloseTextDocumentParams) -> None:
        shop.documents.close(params.text_document.uri)
        shop.files_changed()
        server.everything_soon()

    @server.feature(types.WORKSPACE_DID_CHANGE_WATCHED_FILES)
    async def files_changed(params: types.DidChangeWatchedFilesParams) -> None:
        shop.files_changed()
        server.everything_soon()


def _writing(server: Server) -> None:
    """What changes the text."""

    @server.feature(types.TEXT_DOCUMENT_FORMATTING)
    async def format_document(params: types.DocumentFormattingParams) -> list[types.TextEdit] | None:
        here = server.here(params.text_document.uri)
        # It proves what it writes, which takes a while for a long file: typing need not wait for that.
        return None if here is None else await asyncio.to_thread(formatting, here)

    @server.feature(types.TEXT_DOCUMENT_CODE_ACTION, types.CodeActionOptions(code_action_kinds=KINDS))
    def actions(params: types.CodeActionParams) -> list[types.CodeAction] | None:
        only = [str(getattr(each, "value", each)) for each in params.context.only or ()]
        return server.answer(
            params.text_document.uri,
            lambda here: code_actions(here, params.range, only, lambda: _fixed(server, here)),
        )


def _help(server: Server) -> None:
    """What helps to write."""

    @server.feature(types.TEXT_DOCUMENT_COMPLETION, types.CompletionOptions(trigger_characters=TRIGGERS))
    def complete(params: types.CompletionParams) -> list[types.CompletionItem] | None:
        document = server.client_capabilities.text_document
        item = document.completion and document.completion.completion_item if document else None
        forms = bool(item and item.snippet_support)
        uri = params.text_document.uri
        return server.answer(uri, lambda here: completion(here, params.position, snippets=forms), fresh=False)

    @server.feature(types.TEXT_DOCUMENT_HOVER)
    def hover_(params: types.HoverParams) -> types.Hover | None:
        return server.answer(params.text_document.uri, lambda here: hover(here, params.position))


def _names(server: Server) -> None:
    """Where names are given and used."""

    @server.feature(types.TEXT_DOCUMENT_DEFINITION)
    def define(params: types.DefinitionParams) -> list[types.Location] | None:
        return server.answer(params.text_document.uri, lambda here: definition(here, params.position))

    @server.feature(types.TEXT_DOCUMENT_REFERENCES)
    def refer(params: types.ReferenceParams) -> list[types.Location] | None:
        declared = params.context.include_declaration
        uri = params.text_document.uri
        return server.answer(uri, lambda here: references(here, params.position, declared=declared))

    @server.feature(types.TEXT_DOCUMENT_DOCUMENT_HIGHLIGHT)
    def highlight(params: types.DocumentHighlightParams) -> list[types.DocumentHighlight] | None:
        return server.answer(params.text_document.uri, lambda here: highlights(here, params.position))

    @server.feature(types.TEXT_DOCUMENT_PREPARE_RENAME)
    def prepare_rename(params: types.PrepareRenameParams) -> types.PrepareRenamePlaceholder | None:
        return server.answer(params.text_document.uri, lambda here: _or_refused(renamable, here, params.position))

    @server.feature(types.TEXT_DOCUMENT_RENAME, types.RenameOptions(prepare_provider=True))
    def rename_(params: types.RenameParams) -> types.WorkspaceEdit | None:
        uri = params.text_document.uri
        return server.answer(uri, lambda here: _or_refused(rename, here, params.position, params.new_name))


def _shapes(server: Server) -> None:
    """What a document is made of."""
    shop = server.workshop

    @server.feature(types.TEXT_DOCUMENT_DOCUMENT_SYMBOL)
    def outline(params: types.DocumentSymbolParams) -> list[types.DocumentSymbol] | None:
        return server.answer(params.text_document.uri, document_symbols)

    @server.feature(types.WORKSPACE_SYMBOL)
    def search(params: types.WorkspaceSymbolParams) -> list[types.WorkspaceSymbol]:
        homes = {shop.home(each): each.uri for each in shop.documents.by_path.values()}
        views = [here for uri in homes.values() if (here := server.here(uri)) is not None]
        return workspace_symbols(views, params.query)

    @server.feature(types.TEXT_DOCUMENT_FOLDING_RANGE)
    def fold(params: types.FoldingRangeParams) -> list[types.FoldingRange] | None:
        return server.answer(params.text_document.uri, folding)

    @server.feature(types.TEXT_DOCUMENT_SEMANTIC_TOKENS_FULL, LEGEND)
    def colour(params: types.SemanticTokensParams) -> types.SemanticTokens | None:
        return server.answer(params.text_document.uri, semantic_tokens)

    @server.feature(types.TEXT_DOCUMENT_SIGNATURE_HELP, types.SignatureHelpOptions(trigger_characters=CLAUSES))
    def sign(params: types.SignatureHelpParams) -> types.SignatureHelp | None:
        return server.answer(params.text_document.uri, lambda here: signature(here, params.position), fresh=False)


def _counts(server: Server) -> None:
    """How often rules fire."""

    @server.feature(types.TEXT_DOCUMENT_CODE_LENS)
    def lenses(params: types.CodeLensParams) -> list[types.CodeLens] | None:
        uri = params.text_document.uri
        return server.answer(uri, lambda here: code_lens(here, server.counted(here)))


def _or_refused(
    feature: Callable[Concatenate[DocumentView, P], T], here: DocumentView, *arguments: P.args, **named: P.kwargs
) -> T:
    """The result of a feature; a refusal is the answer to the editor."""
    try:
        return feature(here, *arguments, **named)
    except RenameRefused as refusal:
        raise JsonRpcException(here.localized(refusal.why), types.LSPErrorCodes.RequestFailed.value) from None


class FileFindings(NamedTuple):
    """What is wrong with one document."""

    diagnostics: tuple[Diagnostic, ...]


def _fixed(server: Server, here: DocumentView) -> str | None:
    """The text of a document with every safe fix."""
    name = here.view.name(here.document.path)

    def check(texts: Mapping[str, str]) -> FileFindings:
        view = server.workshop.tried(here.document, texts.get(name, here.document.text))
        return FileFindings(view.diagnostics.get(name, ()))

    return next((file.after for file in fixed(check).files), None)


def serve(version: str) -> None:
    """Serve one editor over standard input and output, until it goes."""
    out = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    keep_texts_out(logging.getLogger("pygls.protocol.json_rpc"))
    sys.stdout = sys.stderr  # what anybody prints must not come between the messages
    server = made_server(version)
    server.start_io(sys.stdin.buffer, out)
    sys.exit(0 if cast(Protocol, server.protocol).was_shut_down else 1)
