"""Logs without secrets and without what people write: of an error only its type and frames are
written, never its words, and of what a library logs only the template, never what is put into it.

There is one way to log: `logging`, with `extra={"fields": {...}}` for what has names of its own.
"""

import datetime as dt
import logging
import sys
import threading
import traceback
from collections.abc import Mapping
from typing import Any, cast

import structlog

log = logging.getLogger(__name__)
_OURS = ("bot", "handlers", "school", "db", "locales", "emulator")
_FRAMES = 6


class Line(logging.Formatter):
    """A record as one line of logfmt."""

    _render = structlog.processors.LogfmtRenderer()

    def format(self, record: logging.LogRecord) -> str:
        """The line."""
        ours = record.name.partition(".")[0] in _OURS
        at = dt.datetime.fromtimestamp(record.created, dt.UTC).replace(tzinfo=None)
        event: dict[str, Any] = {
            "timestamp": f"{at.isoformat(timespec='microseconds')}Z",
            "level": record.levelname.lower(),
            "logger": record.name,
            "event": record.getMessage() if ours else _template(record),
            **(record.__dict__.get("fields", {}) if ours else {}),
            **_error(record),
        }
        return str(self._render(None, "", event))


def set_up(level: str) -> None:
    """Log to standard error: ourselves from a level up, libraries from WARNING up."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(Line())
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(max(logging.getLevelNamesMapping()[level], logging.WARNING))
    for name in _OURS:
        logging.getLogger(name).setLevel(level)
    # All that Python would write by itself holds the words of an error.
    logging.raiseExceptions = False
    logging.captureWarnings(capture=True)
    sys.excepthook = _uncaught
    sys.unraisablehook = lambda said: _lost(said.exc_value)
    threading.excepthook = lambda said: _lost(said.exc_value)


def _uncaught(_kind: type[BaseException], error: BaseException, _at: object) -> None:
    log.critical("ended by an error", exc_info=error)


def _lost(error: BaseException | None) -> None:
    log.error("an error that nobody waits for", exc_info=error)


def _template(record: logging.LogRecord) -> str:
    """What a library says, before anything is put in; where it came ready, only who says it."""
    return str(record.msg) if record.args else f"{record.module}.{record.funcName}"


def _error(record: logging.LogRecord) -> Mapping[str, str]:
    """An exception as its type and where it happened; its message may quote anything."""
    error = record.exc_info[1] if record.exc_info else None
    while isinstance(error, BaseExceptionGroup):
        error = cast("BaseExceptionGroup[BaseException]", error).exceptions[0]
    if error is None:
        return {}
    frames = traceback.extract_tb(error.__traceback__)[-_FRAMES:]
    at = " < ".join(f"{frame.name}:{frame.lineno}" for frame in reversed(frames))
    return {"error": type(error).__name__, "at": at}
