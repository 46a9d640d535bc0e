"""THE table of ends: what an answer of Telegram, or its silence, means for a row that was sent."""

from dataclasses import dataclass

from telegram.error import (
    BadRequest,
    ChatMigrated,
    Forbidden,
    InvalidToken,
    RetryAfter,
    TelegramError,
)

from bot.transport import NotSentError
from school.delivery import End

NOT_MODIFIED = ("message is not modified",)
NOTHING_TO_EDIT = ("message to edit not found", "message can't be edited")
NO_TOPIC = ("message thread not found", "topic_deleted", "topic_id_invalid")
CLOSED, OPEN = ("topic_closed",), ("topic_not_modified",)
NOTHING_TO_DELETE = ("message to delete not found",)
CANNOT_DELETE = ("message can't be deleted",)
LIMITED = "429"
UNREACHABLE = (
    *("chat not found", "not enough rights"),
    *("have no rights to send", "the chat is not a forum"),
)


class NoTopicError(TelegramError):
    """A row's topic was not made yet, so nothing was asked of Telegram."""

    def __init__(self) -> None:
        super().__init__("no topic")


@dataclass(frozen=True, slots=True)
class Meaning:
    """An end; how long its chat must be left alone, or everybody; the chat that took its place."""

    end: End
    why: str = ""
    wait_s: float = 0.0
    everybody: bool = False
    chat: int | None = None


# The first that fits; each says the end, a word for it, and the seconds to leave the chat alone.
_ERRORS: tuple[tuple[type[TelegramError], Meaning], ...] = (
    (NotSentError, Meaning(End.AGAIN, "not sent", 1.0)),
    (InvalidToken, Meaning(End.AGAIN, "token refused", 30.0, everybody=True)),
    (Forbidden, Meaning(End.UNREACHABLE, "unreachable")),
    (BadRequest, Meaning(End.FAILED, "400")),
)


def meaning(error: TelegramError) -> Meaning:
    """The meaning of an error; its words go no further than this, they may quote the message."""
    if isinstance(error, RetryAfter):
        return Meaning(End.AGAIN, LIMITED, seconds(error))
    if isinstance(error, ChatMigrated):
        return Meaning(End.MOVED, "moved", chat=error.new_chat_id)
    if isinstance(error, NoTopicError) or has(error, NO_TOPIC):
        return Meaning(End.NO_TOPIC, "no topic")
    if has(error, UNREACHABLE):
        return Meaning(End.UNREACHABLE, "unreachable")
    if has(error, NOT_MODIFIED):
        return Meaning(End.SENT)
    fitting = (said for kind, said in _ERRORS if isinstance(error, kind))
    return next(fitting, Meaning(End.UNCERTAIN, type(error).__name__))


def has(error: TelegramError, texts: tuple[str, ...]) -> bool:
    """Whether it is a refusal with one of these descriptions."""
    said = error.message.casefold()
    return isinstance(error, BadRequest) and any(text in said for text in texts)


def seconds(error: RetryAfter) -> float:
    """How long Telegram says to wait."""
    wait = error.retry_after
    return float(wait) if isinstance(wait, int | float) else wait.total_seconds()
