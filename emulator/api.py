"""The Bot API over HTTP: token, method, parameters, faults, limits, log, answer.

Whatever a method does happens at once, without a pause: an effect is there before its answer is
written. Only getUpdates waits.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from aiohttp import web

from emulator import facts
from emulator import params as parameters
from emulator.calls import Call
from emulator.faults import WITHOUT_EFFECT
from emulator.json_types import dumps
from emulator.limits import counts
from emulator.methods import METHODS
from emulator.methods.updates import get_updates
from emulator.refusals import Refused
from emulator.timing import pause, real_seconds

if TYPE_CHECKING:
    from emulator.faults import Fault
    from emulator.json_types import Json
    from emulator.params import Params, Upload
    from emulator.state import World

REASONS = {400: "Bad Request", 403: "Forbidden", 404: "Not Found", 429: "Too Many Requests"}
HTML = "<html><head><title>502 Bad Gateway</title></head><body>502 Bad Gateway</body></html>"


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
        headers = {}
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


async def serve(world: World, request: web.Request) -> web.StreamResponse:
    """Answers `/bot<token>/<method>`."""
    token, _, method = request.match_info["call"].partition("/")
    if token != world.token:
        return Outcome(401, None, "Unauthorized: invalid token specified").response()
    at = real_seconds()
    try:
        raw, files = await parameters.read(request)
    except Refused as refused:
        raw, files = {}, {}
        return refusal(refused).response()
    if method.lower() == "getupdates":
        return await _answer(world, request, method, at, raw, files)
    world.activity.calls += 1
    try:
        return await _answer(world, request, method, at, raw, files)
    finally:
        world.activity.calls -= 1
        world.activity.touch()


async def _answer(
    world: World, request: web.Request, method: str, at: float, raw: Json, files: dict[str, Upload]
) -> web.StreamResponse:
    name = facts.NAMES.get(method.lower(), method)
    known = name.lower() in METHODS or name == "getUpdates"
    if name in facts.METHODS:
        params, problems = parameters.decode(name, raw, files)
    else:
        params, problems = parameters.Params(raw, files), []
    fault = world.faults.meet(name.lower(), params.values.get("chat_id"))
    if fault is not None and fault.kind in WITHOUT_EFFECT:
        outcome = _faulty(fault)
    elif name == "getUpdates":
        outcome = await _polled(world, params)
    else:
        outcome = perform(world, name.lower(), params)
    if outcome.parameters and "retry_after" in outcome.parameters:
        world.activity.announce_retry(outcome.parameters["retry_after"])
    cut = fault is not None and fault.kind in ("reset", "lost")
    world.calls.add(
        Call(
            n=0,
            at=at,
            method=name,
            params=parameters.shown(params),
            status=None if cut else outcome.status,
            result=outcome.result,
            description=None if outcome.status == 200 else outcome.description,
            problems=problems,
            unknown=not known,
        )
    )
    world.settle()
    world.events.send({"calls": world.calls.count}, "calls")
    return await _reply(request, fault, outcome)


def perform(world: World, method: str, params: Params) -> Outcome:
    """Does what a method (in lower case) does, within the limits."""
    function = METHODS.get(method)
    if function is None:
        return Outcome(404, None, "Not Found: method not found")
    try:
        buckets = []
        if world.limits.active and counts(method):
            buckets = world.limits.check(params.values.get("chat_id"))
        result = function(world, params)
        for bucket in buckets:
            bucket.tokens -= 1
    except Refused as refused:
        return refusal(refused)
    return result if isinstance(result, Outcome) else Outcome(200, result)


async def _polled(world: World, params: Params) -> Outcome:
    try:
        return Outcome(200, await get_updates(world, params))
    except Refused as refused:
        return refusal(refused)


def _faulty(fault: Fault) -> Outcome:
    """The outcome of a call that an injected fault keeps from any effect."""
    if fault.kind == "html":
        return Outcome(502, None, "Bad Gateway")
    if fault.kind == "reset":
        return Outcome(500, None, "the connection was cut before any effect")
    seconds = fault.retry_after
    if fault.status == 429:
        seconds = 1 if seconds is None else seconds
        said = f"Too Many Requests: retry after {seconds}"
    else:
        said = REASONS.get(fault.status, "Internal Server Error")
    return Outcome(fault.status, None, said, None if seconds is None else {"retry_after": seconds})


async def _reply(request: web.Request, fault: Fault | None, outcome: Outcome) -> web.StreamResponse:
    if fault is not None:
        if fault.kind in ("reset", "lost") and request.transport is not None:
            request.transport.abort()
        elif fault.kind == "html":
            return web.Response(text=HTML, status=502, content_type="text/html")
        elif fault.kind == "slow":
            await pause(fault.delay_ms / 1000)
    return outcome.response()
