"""What a database's error means for the work that met it: by code, never by its words."""

import sqlite3
from enum import Enum

from sqlalchemy.exc import DBAPIError


class Failure(Enum):
    """What to do next."""

    TWICE = "somebody else was first: undo the step and do it once more"
    AGAIN = "a deadlock or a lock: repeat the whole transaction"
    LOST = "the database is not there: leave the update to come again"
    FAULT = "ours: undo the step, say sorry, go on"


_AGAIN = ("40", "55P03")
_LOST = ("08", "53", "57P")
_SQLITE_LOST = {
    sqlite3.SQLITE_BUSY,
    sqlite3.SQLITE_LOCKED,
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_NOMEM,
    sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_READONLY,
}
# asyncpg's, when a connection breaks in the midst of an answer; it has no code.
_BROKEN = "InternalClientError"
_SQLITE_TWICE = {sqlite3.SQLITE_CONSTRAINT_UNIQUE, sqlite3.SQLITE_CONSTRAINT_PRIMARYKEY}


def classify(error: BaseException) -> Failure:
    """The meaning of an error that came out of a transaction."""
    cause = error.orig if isinstance(error, DBAPIError) else error
    if isinstance(cause, sqlite3.Error):
        return _sqlite(getattr(cause, "sqlite_errorcode", 0))
    state = getattr(cause, "sqlstate", None) or getattr(cause, "pgcode", None)
    if isinstance(state, str):
        return _postgres(state)
    broken = isinstance(cause, OSError) or type(cause).__name__ == _BROKEN
    return Failure.LOST if broken else Failure.FAULT


def is_lost(error: BaseException) -> bool:
    """Whether the database is not there."""
    return classify(error) is Failure.LOST


def _sqlite(code: int) -> Failure:
    if code in _SQLITE_TWICE:
        return Failure.TWICE
    # The low byte is the primary code of an extended one.
    return Failure.LOST if code & 0xFF in _SQLITE_LOST else Failure.FAULT


def _postgres(state: str) -> Failure:
    if state == "23505":
        return Failure.TWICE
    if state.startswith(_AGAIN):
        return Failure.AGAIN
    return Failure.LOST if state.startswith(_LOST) else Failure.FAULT
