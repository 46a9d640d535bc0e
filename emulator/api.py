"""The Bot API over HTTP: token, method, parameters, faults, limits, log, answer.

Whatever a method does happens at once, without a pause: an effect is there, and stored, before
its answer is written. Only getUpdates, and setting or deleting a webhook, wait.
"""

from urllib.parse import quote

from aiohttp import web

from emulator import bodies, facts
from emulator import params as parameters
from emulator.calls import Call
from emulator.faults import WITHOUT_EFFECT, Fault
from emulator.limits import counts
from emulator.methods import METHODS, WAITING
from emulator.outcome import Outcome, refusal
from emulator.params import Params
from emulator.refusals import Refused
from emulator.state import World
from emulator.timing import pause, real_seconds

REASONS = {
    400: "Bad Request",
    401: "Unauthorized",
    403: "Forbidden",
    404: "Not Found",
    409: "Conflict",
    502: "Bad Gateway",
}
HTML = "<html><head><title>502 Bad Gateway</title></head><body>502 Bad Gateway</body></html>"
CUT = frozenset({"reset", "lost"})
NOT_FOUND = Outcome(404, None, "Not Found: method not found")
WRONG_TOKEN = Outcome(401, None, "Unauthorized: invalid token specified")


async def serve(world: World, request: web.Request) -> web.StreamResponse:
    """Answers `/bot<token>/<method>`."""
    token, _, method = request.match_info["call"].partition("/")
    if token != world.token:
        return WRONG_TOKEN.response()
    if method.lower() == "getupdates":
        return await _answer(world, request, method)
    with world.activity.call():
        return await _answer(world, request, method)


async def _answer(world: World, request: web.Request, method: str) -> web.StreamResponse:
    name = facts.NAMES.get(method.lower(), method)
    at = real_seconds()
    try:
        raw, files = await bodies.read(request)
        params, problems = parameters.decoded(name, raw, files)
    except Refused as refused:
        _log(world, at, name, Params({}), [refused.description], refusal(refused))
        return refusal(refused).response()
    fault = world.faults.meet(name.lower(), params.values.get("chat_id"))
    if fault is not None and fault.kind in WITHOUT_EFFECT:
        outcome = _faulty(fault)
    else:
        outcome = await _perform(world, name.lower(), params)
    if outcome.parameters and "retry_after" in outcome.parameters:
        world.activity.announce_retry(outcome.parameters["retry_after"])
    _log(world, at, name, params, problems, outcome, cut=fault is not None and fault.kind in CUT)
    return await _reply(world, request, fault, outcome)


async def _perform(world: World, method: str, params: Params) -> Outcome:
    """Does what a method (in lower case) does, within the limits."""
    try:
        if method in WAITING:
            result = await WAITING[method](world, params)
        elif method in METHODS:
            result = _limited(world, method, params)
        else:
            return NOT_FOUND
    except Refused as refused:
        return refusal(refused)
    return result if isinstance(result, Outcome) else Outcome(200, result)


def _limited(world: World, method: str, params: Params) -> object:
    """A call takes from the limits' buckets only when it is not refused."""
    buckets = []
    if world.limits.active and counts(method):
        buckets = world.limits.check(params.values.get("chat_id"))
    result = METHODS[method](world, params)
    for bucket in buckets:
        bucket.tokens -= 1
    return result


def _log(
    world: World,
    at: float,
    name: str,
    params: Params,
    problems: list[str],
    outcome: Outcome,
    *,
    cut: bool = False,
) -> None:
    """Notes the call; stores and announces what it changed."""
    known = name.lower() in METHODS or name.lower() in WAITING
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


async def _reply(
    world: World, request: web.Request, fault: Fault | None, outcome: Outcome
) -> web.StreamResponse:
    if fault is not None:
        if fault.kind in CUT and request.transport is not None:
            request.transport.abort()
        elif fault.kind == "html":
            return web.Response(text=HTML, status=502, content_type="text/html")
        elif fault.kind == "slow":
            with world.activity.call():
                await pause(fault.delay_ms / 1000)
    return outcome.response()


def download(world: World, request: web.Request) -> web.StreamResponse:
    """Answers `/file/bot<token>/<path>`."""
    token, _, path = request.match_info["call"].partition("/")
    if token != world.token:
        return WRONG_TOKEN.response()
    file = world.files.get(world.paths.get(path, ""))
    if file is None:
        return Outcome(404, None, "Not Found").response()
    return web.Response(
        body=file.content,
        content_type="application/octet-stream",
        headers={"Content-Disposition": f"attachment; filename*=UTF-8''{quote(file.name)}"},
    )
