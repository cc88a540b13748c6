"""Faults of the server itself: they are logged, without anything that somebody typed.

Promises that a fault reaches the log under `scoreline.lsp` (standard error, which editors show) with the request that
met it, the type of the exception and the places in our code; never with the exception's own words, the parameters of a
request or a line of a document. The same holds for what the protocol's library logs.
"""

import inspect
import logging
import sys
import traceback
from collections.abc import Callable
from functools import wraps
from types import TracebackType
from typing import Any

from pygls.exceptions import JsonRpcException, JsonRpcInternalError

_PACKAGE = "scoreline."
_LOG = logging.getLogger("scoreline.lsp")


def log_fault(request: str, fault: BaseException) -> None:
    """Log a fault and the request, or the work, that met it."""
    _LOG.error(
        "%s: %s%s", request, type(fault).__name__, "".join(f"\n  {each}" for each in _places(fault.__traceback__))
    )


def guarded(request: str, feature: Callable[..., Any]) -> Callable[..., Any]:
    """A feature whose faults are logged; the editor learns which request failed and nothing else."""

    def failed(fault: Exception) -> JsonRpcInternalError:
        log_fault(request, fault)
        return JsonRpcInternalError(f"{request} failed: {type(fault).__name__}; the log of the server says where")

    @wraps(feature)
    def answered(*arguments: Any) -> Any:
        try:
            return feature(*arguments)
        except JsonRpcException:
            raise
        except Exception as fault:
            raise failed(fault) from None

    @wraps(feature)
    async def answered_later(*arguments: Any) -> Any:
        try:
            return await feature(*arguments)
        except JsonRpcException:
            raise
        except Exception as fault:
            raise failed(fault) from None

    return answered_later if inspect.iscoroutinefunction(feature) else answered


def keep_texts_out(logger: logging.Logger) -> None:
    """Let a logger of the protocol's library speak of faults alone, and of these without texts."""
    logger.addFilter(_without_texts)


def _without_texts(record: logging.LogRecord) -> bool:
    """Whether a record is about a fault; its message is replaced. A refusal that was sent as an answer is none, nor is
    a cancel that came too late, nor news that only others need: editors show whatever is logged as an error."""
    fault = sys.exc_info()[1]
    if isinstance(fault, JsonRpcException) or (fault is None and record.levelno <= logging.WARNING):
        return False
    kind = "" if fault is None else f": {type(fault).__name__}"
    record.msg, record.args = f"{record.module}.{record.funcName}{kind}", ()
    record.exc_info = record.exc_text = None
    return True


def _places(trace: TracebackType | None) -> list[str]:
    """Where in our code a fault was met, outermost first."""
    frames = ((frame.f_globals.get("__name__", ""), line, frame) for frame, line in traceback.walk_tb(trace))
    return [f"{name}:{line} {frame.f_code.co_name}" for name, line, frame in frames if name.startswith(_PACKAGE)]
