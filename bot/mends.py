"""What an error means to the operator: one line with the setting and the mend. An error that no
setting explains is a fault of ours, and none of these.
"""

import sqlite3
from collections.abc import Callable
from socket import gaierror
from typing import TypeAlias, cast

from sqlalchemy import make_url
from sqlalchemy.exc import SQLAlchemyError
from telegram.error import BadRequest, Forbidden, InvalidToken, TelegramError

from bot.settings import Settings
from bot.webhook import CannotListenError
from db.failures import is_lost
from db.migrate import MigrationError
from school.loading import ContentError

Explain: TypeAlias = Callable[[Exception, Settings], str]


def explained(error: Exception, settings: Settings) -> str | None:
    """The line for an error that ended the bot; None where only its traceback helps."""
    if isinstance(error, ExceptionGroup):
        group = cast("ExceptionGroup[Exception]", error)
        return explained(group.exceptions[0], settings)
    for kinds, explain in _MENDS:
        if isinstance(error, kinds):
            return explain(error, settings)
    return None


def may_pass(error: Exception) -> bool:
    """Whether what ended the bot may pass by itself: the network or the database is away."""
    if isinstance(error, ExceptionGroup):
        return may_pass(cast("ExceptionGroup[Exception]", error).exceptions[0])
    if isinstance(error, TelegramError):
        return not isinstance(error, (InvalidToken, BadRequest, Forbidden))
    if isinstance(error, OSError):
        return isinstance(error, (ConnectionError, TimeoutError, gaierror))
    return is_lost(error)


def _content(error: Exception, _settings: Settings) -> str:
    return f"the school's content: {error}"


def _token(_error: Exception, settings: Settings) -> str:
    return f"QUARTIERI_TOKEN: {settings.api_url} refuses it; copy it from BotFather"


def _refused(error: Exception, settings: Settings) -> str:
    if "webhook" in str(error) and settings.webhook_url:
        return f"QUARTIERI_WEBHOOK_URL: {_short(error)}; write an https address that is yours"
    return f"QUARTIERI_API_URL: {settings.api_url} refuses a call ({_short(error)}); check both"


def _network(error: Exception, settings: Settings) -> str:
    return f"QUARTIERI_API_URL: no answer from {settings.api_url} ({_short(error)}); check it"


def _port(error: Exception, _settings: Settings) -> str:
    return f"{error}; free it or set another"


def _schema(error: Exception, _settings: Settings) -> str:
    return f"QUARTIERI_DATABASE_URL: {error}"


def _module(error: Exception, _settings: Settings) -> str:
    return f"{error}; install quartieri[postgres]"


def _database(error: Exception, settings: Settings) -> str:
    cause = getattr(error, "orig", None) or error
    said = f"{type(cause).__name__}: {_short(cause)}"
    password = make_url(settings.database_url).password
    if password:
        said = said.replace(str(password), "***")
    why = f"QUARTIERI_DATABASE_URL: it cannot be used ({said})"
    return f"{why}; check that it runs and that you may write"


def _short(error: BaseException) -> str:
    return next(iter(str(error).splitlines()), "")


_MENDS: tuple[tuple[type[Exception] | tuple[type[Exception], ...], Explain], ...] = (
    (ContentError, _content),
    (InvalidToken, _token),
    (BadRequest, _refused),
    (TelegramError, _network),
    (CannotListenError, _port),
    (MigrationError, _schema),
    (ModuleNotFoundError, _module),
    ((SQLAlchemyError, sqlite3.Error, OSError), _database),
)
