"""Calls of the Bot API by name: the outbox knows methods and parameters, not python-telegram-bot's
wrappers of them.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias, cast

from telegram import Bot, InputFile
from telegram.error import TelegramError
from telegram.request import BaseRequest, RequestData

from bot.transport import AiohttpRequest

# It has connections of its own.
_OF_ITS_OWN = ("getUpdates",)


@dataclass(frozen=True, slots=True)
class PlainData:
    """Parameters that are JSON as they stand, in place of a RequestData."""

    parameters: Mapping[str, Any]
    contains_files: bool = False

    @property
    def json_payload(self) -> bytes:
        """The body."""
        return json.dumps(self.parameters).encode()


@dataclass(frozen=True, slots=True)
class Encoded:
    """Parameters that are JSON already."""

    json_payload: bytes
    contains_files: bool = False


Heard: TypeAlias = Callable[[TelegramError | None], None]


def _nobody(_error: TelegramError | None) -> None:
    """Nobody listens."""


class Api(Bot):
    """python-telegram-bot's Bot with one more door."""

    _heard: Heard = staticmethod(_nobody)

    def tell(self, heard: Heard) -> None:
        """Tell how each call ends; None is an answer."""
        self._heard = heard

    async def call(self, method: str, seconds: float | None = None, **parameters: Any) -> Any:
        """Make a call; the result as JSON. Raises telegram.error.TelegramError."""
        try:
            result = await self._call(method, seconds, parameters)
        except TelegramError as error:
            self._heard(error)
            raise
        self._heard(None)
        return result

    async def send(self, method: str, body: bytes) -> Any:
        """As `call`, with the body as it goes."""
        try:
            data = cast("RequestData", Encoded(body))
            result = await self.request.post(f"{self.base_url}/{method}", data)
        except TelegramError as error:
            self._heard(error)
            raise
        self._heard(None)
        return result

    async def _call(self, method: str, seconds: float | None, parameters: Mapping[str, Any]) -> Any:
        given = {name: value for name, value in parameters.items() if value is not None}
        timeout = BaseRequest.DEFAULT_NONE if seconds is None else seconds
        if method in _OF_ITS_OWN or any(isinstance(value, InputFile) for value in given.values()):
            return await self._post(method, given, read_timeout=timeout)
        # Bot's own way looks for its types in every value, which takes as long as the rest.
        body = cast("RequestData", PlainData(given))
        return await self.request.post(f"{self.base_url}/{method}", body, read_timeout=timeout)

    async def content(self, file_id: str) -> tuple[str, bytes]:
        """A file that Telegram keeps: its suffix and its bytes. Raises TelegramError, also for one
        of more than 20 MB.
        """
        path = str((await self.call("getFile", file_id=file_id))["file_path"])
        content = await self.request.retrieve(f"{self.base_file_url}/{path}")
        return Path(path).suffix, bytes(content)


def connect(token: str, url: str) -> Api:
    """A bot of a server; polling has connections of its own."""
    return Api(
        token,
        base_url=f"{url}/bot",
        base_file_url=f"{url}/file/bot",
        request=AiohttpRequest(),
        get_updates_request=AiohttpRequest(1),
    )
