"""Logs without secrets and without what people write: libraries that log either are held at
WARNING, and of an error only its type and frames are written, never its words.
"""

import logging
import sys
import traceback
from typing import Any

import structlog
from structlog.typing import EventDict

_QUIET = (
    "telegram",
    "httpx",
    "httpcore",
    "sqlalchemy",
    "aiohttp",
    "asyncio",
    "apscheduler",
    "alembic",
)


def set_up(level: str) -> None:
    """Log to standard error from a level up."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=[
                structlog.stdlib.add_log_level,
                structlog.stdlib.add_logger_name,
                structlog.processors.TimeStamper(fmt="iso"),
                _frames_only,
            ],
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.processors.LogfmtRenderer(
                    key_order=["timestamp", "level", "logger", "event"]
                ),
            ],
        )
    )
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(level)
    for name in _QUIET:
        logging.getLogger(name).setLevel(logging.WARNING)


def _frames_only(_logger: Any, _method: str, event: EventDict) -> EventDict:
    """An exception as its type and where it happened; its message may quote anything."""
    record = event["_record"]
    error = record.exc_info[1] if record.exc_info else None
    record.exc_info = record.exc_text = None
    if isinstance(error, BaseException):
        frames = traceback.extract_tb(error.__traceback__)[-6:]
        event["error"] = type(error).__name__
        event["at"] = " < ".join(f"{frame.name}:{frame.lineno}" for frame in reversed(frames))
    return event
