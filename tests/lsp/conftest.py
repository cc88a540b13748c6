"""A small project, a server that serves it over standard input and output, and an editor to ask it with."""

import asyncio
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest
import pytest_lsp
from lsp.texts import FIT, LEADS, PROJECT, REGIONS, SCHEMA, STORY
from lsprotocol import types
from pytest_lsp import ClientServerConfig, LanguageClient, client_capabilities


@pytest.fixture
def project(tmp_path: Path) -> Path:
    for name, text in (
        ("scoreline.toml", PROJECT),
        ("crm.schema.toml", SCHEMA),
        ("rules/fit.score", FIT),
        ("rules/story.score", STORY),
        ("shared/regions.score", REGIONS),
        ("leads.csv", LEADS),
    ):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


SERVER = ClientServerConfig(
    server_command=[sys.executable, "-c", "from scoreline.tools.cli.main import run; run()", "lsp"]
)


@pytest_lsp.fixture(config=SERVER, scope="session")
async def client(lsp_client: LanguageClient):
    lsp_client.versions = {}
    tell = lsp_client.protocol.fm.features[types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS]

    def listening(params: types.PublishDiagnosticsParams) -> None:
        tell(params)
        if params.version is not None:
            lsp_client.versions[params.uri] = params.version

    lsp_client.protocol.fm.features[types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS] = listening

    @lsp_client.feature(types.CLIENT_REGISTER_CAPABILITY)
    def register(params: types.RegistrationParams) -> None:
        pass

    @lsp_client.feature(types.WORKSPACE_CODE_LENS_REFRESH)
    def refresh(params: None) -> None:
        pass

    await lsp_client.initialize_session(types.InitializeParams(client_capabilities("visual-studio-code")))
    yield
    await lsp_client.shutdown_session()


@dataclass
class Open:
    """A document that is open: what to ask about it."""

    client: LanguageClient
    uri: str
    version: int = 1

    @property
    def document(self) -> types.TextDocumentIdentifier:
        return types.TextDocumentIdentifier(self.uri)

    async def told(self, version: int | None = None) -> list[types.Diagnostic]:
        """The diagnostics of this version, once they come."""
        wanted = version or self.version
        for _ in range(200):
            known = self.client.versions.get(self.uri)
            if known is not None and known >= wanted:
                return list(self.client.diagnostics.get(self.uri, ()))
            await asyncio.sleep(0.05)
        raise AssertionError("no diagnostics came")

    def type(self, start: types.Position, end: types.Position, text: str) -> None:
        """Replace a range by a text."""
        self.version += 1
        change = types.TextDocumentContentChangePartial(types.Range(start, end), text)
        document = types.VersionedTextDocumentIdentifier(version=self.version, uri=self.uri)
        self.client.text_document_did_change(types.DidChangeTextDocumentParams(document, [change]))

    def write(self, text: str) -> None:
        """Replace the whole text."""
        self.version += 1
        document = types.VersionedTextDocumentIdentifier(version=self.version, uri=self.uri)
        whole = types.TextDocumentContentChangeWholeDocument(text)
        self.client.text_document_did_change(types.DidChangeTextDocumentParams(document, [whole]))

    def close(self) -> None:
        self.client.text_document_did_close(types.DidCloseTextDocumentParams(self.document))


@pytest.fixture
def opened(client: LanguageClient):
    """Opens a file, with another text than on disk if one is given; all are closed in the end."""
    documents: list[Open] = []

    def open_(path: Path, text: str | None = None) -> Open:
        uri = path.as_uri()
        text = path.read_text(encoding="utf-8") if text is None else text
        item = types.TextDocumentItem(uri, "scoreline", 1, text)
        client.versions.pop(uri, None)
        client.text_document_did_open(types.DidOpenTextDocumentParams(item))
        documents.append(Open(client, uri))
        return documents[-1]

    yield open_
    for each in documents:
        each.close()
