"""The server as it runs: what is open, when to look again, what was reported to the editor.

Promises that diagnostics are of the newest version of every document, that typing is never made to wait for a check
that is out of date already, and that a fault in one request ends neither the server nor the next one.
"""

import asyncio
import contextlib
from collections.abc import Callable, Generator
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any, TypeVar, cast

from lsprotocol import types
from pygls.exceptions import JsonRpcException, JsonRpcInternalError
from pygls.lsp.server import LanguageServer
from pygls.protocol import LanguageServerProtocol, lsp_method
from scoreline.runtime.table.read.files import TableUnusable
from scoreline.tools.lsp.document_view import DocumentView
from scoreline.tools.lsp.faults import guarded, log_fault
from scoreline.tools.lsp.features.diagnostics import diagnostics
from scoreline.tools.lsp.positions import PositionEncoding
from scoreline.tools.lsp.sampling import Sample, SampleCounts, fired, sample_of
from scoreline.tools.lsp.views import TOML
from scoreline.tools.lsp.workshop import Key, Workshop

if TYPE_CHECKING:
    from pygls.server import ServerErrors

_PAUSE = 0.08

T = TypeVar("T")
F = TypeVar("F", bound=Callable[..., Any])


def _handler(protocol: LanguageServerProtocol, method: str) -> Any:
    """What the server has registered for a method."""
    return cast(Any, protocol.fm).features[method]


class Protocol(LanguageServerProtocol):
    """The protocol, but for documents: the workshop keeps them, and counts lines as the language does."""

    @lsp_method(types.TEXT_DOCUMENT_DID_OPEN)
    def lsp_text_document__did_open(self, params: types.DidOpenTextDocumentParams) -> Generator[Any, Any, None]:
        """A document is open."""
        yield _handler(self, types.TEXT_DOCUMENT_DID_OPEN), (params,), None

    @lsp_method(types.TEXT_DOCUMENT_DID_CHANGE)
    def lsp_text_document__did_change(self, params: types.DidChangeTextDocumentParams) -> Generator[Any, Any, None]:
        """A document holds another text."""
        yield _handler(self, types.TEXT_DOCUMENT_DID_CHANGE), (params,), None

    @lsp_method(types.TEXT_DOCUMENT_DID_CLOSE)
    def lsp_text_document__did_close(self, params: types.DidCloseTextDocumentParams) -> Generator[Any, Any, None]:
        """A document is not open any more."""
        yield _handler(self, types.TEXT_DOCUMENT_DID_CLOSE), (params,), None

    @property
    def was_shut_down(self) -> bool:
        """Whether the editor asked for a shutdown before it left."""
        return self._shutdown


class Server(LanguageServer):
    """The server and everything that is open in the editor."""

    def __init__(self, version: str) -> None:
        super().__init__("scoreline", version, protocol_cls=Protocol)  # pyright: ignore[reportUnknownMemberType]
        self.workshop = Workshop()
        self._waiting: dict[Key, asyncio.TimerHandle] = {}
        self._worker = ThreadPoolExecutor(max_workers=1, thread_name_prefix="sample")
        self._counting: set[Key] = set()
        self._running: asyncio.Task[None] | None = None
        self._counts: dict[Key, tuple[Sample, SampleCounts | None]] = {}
        self._published: dict[Key, dict[str, tuple[int | None, list[types.Diagnostic]]]] = {}

    def feature(self, feature_name: str, options: Any | None = None) -> Callable[[F], F]:
        """Register what answers a request; its faults are logged."""
        register = super().feature(feature_name, options)
        return lambda function: cast(F, register(guarded(feature_name, function)))

    def report_server_error(self, error: Exception, source: "ServerErrors") -> None:
        """Report a fault outside of requests to the editor, without what was typed."""
        ours = isinstance(error, JsonRpcException) and not isinstance(error.data, dict)
        super().report_server_error(error if ours else JsonRpcInternalError(type(error).__name__), source)

    def begin(self) -> None:
        """Both sides have agreed on how columns are counted."""
        encoding = self.server_capabilities.position_encoding
        self.workshop.documents.encoding = PositionEncoding(str(getattr(encoding, "value", encoding) or "utf-16"))

    def here(self, uri: str, *, fresh: bool = True) -> DocumentView | None:
        """The document that a request is about, in its view; None if it is not open or holds no rules."""
        shop = self.workshop
        document = shop.documents.at(uri)
        if document is None or document.path.suffix == TOML:
            return None
        view = None if fresh else shop.last_view(document)
        view = view or shop.view(document)
        return DocumentView(view, document, shop.documents.encoding, shop.documents.address)

    def answer(self, uri: str, feature: Callable[[DocumentView], T], *, fresh: bool = True) -> T | None:
        """The answer of a feature about a document; None if there is no such document."""
        here = self.here(uri, fresh=fresh)
        return None if here is None else feature(here)

    def soon(self, key: Key, pause: float = _PAUSE) -> None:
        """Report what is wrong with a project, after a short pause without another edit."""
        waiting = self._waiting.pop(key, None)
        if waiting is not None:
            waiting.cancel()
        self._waiting[key] = asyncio.get_running_loop().call_later(pause, self._report, key)

    def counted(self, here: DocumentView) -> SampleCounts | None:
        """How often the rules of a project fire, if that is known; the editor is asked to refresh when it changes."""
        sample = sample_of(here.view)
        if sample is None:
            return None
        key = self.workshop.home(here.document)
        known = self._counts.get(key)
        if known is not None and known[0] == sample:
            return known[1]
        if key not in self._counting:
            self._counting.add(key)
            self._running = asyncio.get_running_loop().create_task(self._count(key, sample))
        return known[1] if known else None

    async def _count(self, key: Key, sample: Sample) -> None:
        known = self._counts.get(key)
        try:
            found = await asyncio.get_running_loop().run_in_executor(self._worker, fired, sample)
            # While rules have a mistake, what was counted before it stays.
            self._counts[key] = (sample, found or (known[1] if known else None))
        except TableUnusable:
            self._counts[key] = (sample, None)  # data that cannot be read: `score` reports why
        except Exception as fault:
            log_fault("sample", fault)
            self._counts[key] = (sample, None)
        finally:
            self._counting.discard(key)
        workspace = self.client_capabilities.workspace
        if workspace and workspace.code_lens and workspace.code_lens.refresh_support:
            with contextlib.suppress(JsonRpcException):
                await self.workspace_code_lens_refresh_async(None)

    def everything_soon(self) -> None:
        """Look at all that is open again."""
        for key in {**self.workshop.homes(), **dict.fromkeys(self._published)}:
            self.soon(key)

    def _report(self, key: Key) -> None:
        self._waiting.pop(key, None)
        try:
            self._report_diagnostics(key)
        except Exception as fault:
            log_fault(types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS, fault)

    def _report_diagnostics(self, key: Key) -> None:
        shop = self.workshop
        if key not in shop.homes():
            self._publish(key, {})
            self._published.pop(key, None)
            shop.forget(key)
            return
        view = shop.view_of(key)
        documents = shop.documents
        open_ = {path: each for path, each in documents.by_path.items() if shop.home(each) == key}
        names = {**dict.fromkeys(view.diagnostics), **dict.fromkeys(map(view.name, open_))}
        reports: dict[str, tuple[int | None, list[types.Diagnostic]]] = {}
        some = next(iter(open_.values()))
        here = DocumentView(view, some, documents.encoding, documents.address)
        for name in names:
            path = view.path(name)
            version = documents.by_path[path].version if path in documents.by_path else None
            reports[documents.address(path)] = (version, diagnostics(here, name))
        self._publish(key, reports)

    def _publish(self, key: Key, reports: dict[str, tuple[int | None, list[types.Diagnostic]]]) -> None:
        """Send what is new, and take back what no longer holds."""
        before = self._published.get(key, {})
        for uri in before.keys() - reports.keys():
            if before[uri][1]:
                self.text_document_publish_diagnostics(types.PublishDiagnosticsParams(uri, []))
        for uri, (version, found) in reports.items():
            if before.get(uri) != (version, found) and (found or uri in before or version is not None):
                self.text_document_publish_diagnostics(types.PublishDiagnosticsParams(uri, found, version))
        self._published[key] = reports
