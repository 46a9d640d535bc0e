"""What became of a call, and how the answer is written."""

from dataclasses import dataclass

from aiohttp import web

from emulator.json_types import Json, dumps
from emulator.refusals import Refused


@dataclass(slots=True)
class Outcome:
    """What became of a call. `result` is JSON, or JSON text as bytes."""

    status: int
    result: object = None
    description: str | None = None
    parameters: Json | None = None

    def body(self) -> bytes:
        """The answer as Telegram writes it."""
        if isinstance(self.result, bytes):
            return b'{"ok":true,"result":' + self.result + b"}"
        if self.status == 200:
            told: Json = {"ok": True, "result": self.result}
        else:
            told = {"ok": False, "error_code": self.status}
        if self.description is not None:
            told["description"] = self.description
        if self.parameters is not None:
            told["parameters"] = self.parameters
        return dumps(told).encode()

    def response(self) -> web.Response:
        """The answer over HTTP."""
        headers: dict[str, str] = {}
        if self.parameters and "retry_after" in self.parameters:
            headers["Retry-After"] = str(self.parameters["retry_after"])
        return web.Response(
            body=self.body(),
            status=self.status,
            content_type="application/json",
            headers=headers,
        )


def refusal(refused: Refused) -> Outcome:
    """The outcome of a call that was refused."""
    return Outcome(refused.code, None, refused.description, refused.parameters)
