"""How a file that Telegram keeps is sent again: by its kind and its id."""

from db.types import Json

_SENDING = {
    "photo": "sendPhoto",
    "document": "sendDocument",
    "voice": "sendVoice",
    "audio": "sendAudio",
    "video": "sendVideo",
}


def sending(kind: str, file_id: str) -> tuple[str, dict[str, Json]]:
    """The method that sends a file, and its parameters."""
    return _SENDING[kind], {kind: file_id}
