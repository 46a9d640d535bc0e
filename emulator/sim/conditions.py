"""`/sim/idle`, `/sim/faults`, `/sim/limits`, `/sim/clock`, `/sim/reset`."""

from aiohttp import web

from emulator.faults import Faults, read_faults
from emulator.json_types import Json
from emulator.limits import read_limits
from emulator.refusals import SimError
from emulator.sim.body import number, optional_text, read_body, read_json
from emulator.state import World
from emulator.timing import pause, steady

QUIET_MS = 150
TIMEOUT_S = 10
LOOK_EVERY_S = 0.005


def awaited(world: World) -> bool:
    """Whether an update, an answer, a delay or the clock is still awaited."""
    return bool(world.open_queries) or not world.updates.settled() or world.activity.busy()


async def idle(world: World, request: web.Request) -> Json:
    """Waits until the bot has nothing left to do."""
    query = dict(request.query)
    quiet = number(query, "quiet_ms", QUIET_MS) / 1000
    end = steady() + number(query, "timeout_s", TIMEOUT_S)
    while True:
        if not awaited(world) and world.activity.quiet_for() >= quiet:
            return {"idle": True}
        if steady() >= end:
            return {"idle": False}
        await pause(LOOK_EVERY_S)


async def faults(world: World, request: web.Request) -> Json:
    """Replaces the list of faults."""
    world.faults = Faults(read_faults(await read_json(request)))
    return {"faults": len(world.faults.waiting)}


async def limits(world: World, request: web.Request) -> Json:
    """Sets the limits, or lifts them."""
    world.limits = read_limits(await read_json(request))
    return {"limits": world.limits.active}


async def clock(world: World, request: web.Request) -> Json:
    """The emulated time."""
    if "Sec-Fetch-Mode" not in request.headers:  # what a browser's page reads, no bot follows
        world.activity.clock_read()
    return {"now": world.clock.iso()}


async def move_clock(world: World, request: web.Request) -> Json:
    """Moves the emulated time forward."""
    body = await read_body(request, "advance_s", "to")
    if len(body) != 1:
        raise SimError(400, "one of 'advance_s' and 'to' is needed")
    try:
        if "to" in body:
            world.clock.move_to(optional_text(body, "to") or "")
        else:
            world.clock.advance(_seconds(body["advance_s"]))
    except (ValueError, OverflowError) as wrong:
        raise SimError(400, str(wrong)) from None
    world.activity.clock_moved()
    world.mark("meta", "clock")
    world.events.send({"clock": world.clock.iso()}, "clock")
    return {"now": world.clock.iso()}


def _seconds(value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise SimError(400, "'advance_s' is a number of seconds")
    return value


async def reset(world: World, _request: web.Request) -> Json:
    """Forgets people, chats, faults and limits; ids never go back."""
    world.reset()
    return {}
