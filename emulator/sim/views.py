"""What there is to see: a chat as its people see it, the calls, files, the event stream."""

import asyncio
from typing import Any, cast
from urllib.parse import quote

from aiohttp import web

from emulator.events import Reader
from emulator.json_types import Json, dumps
from emulator.messages import asking
from emulator.persons import chat_of
from emulator.refusals import SimError
from emulator.sim.body import whole
from emulator.state import Chat, World
from emulator.timing import pause

BETWEEN_EVENTS_S = 0.15
KEEP_ALIVE_S = 15.0


def with_urls(value: object) -> object:
    """A copy with `url` beside each file_id."""
    if isinstance(value, list):
        return [with_urls(item) for item in cast("list[Any]", value)]
    if not isinstance(value, dict):
        return value
    found = {key: with_urls(item) for key, item in cast("Json", value).items()}
    if "file_id" in found:
        found["url"] = f"/sim/files/{found['file_id']}"
    return found


def _newer(chat: Chat, after: int, thread: int | None) -> list[object]:
    found: list[object] = []
    for number in reversed(chat.messages):
        if number <= after:
            break
        message = chat.messages[number]
        if thread is None or message.get("message_thread_id", chat.forum and 1) == thread:
            found.append(with_urls(message))
    return found[::-1]


async def chat(world: World, request: web.Request) -> Json:
    """A chat as it is now shown."""
    number = whole(dict(request.match_info), "chat")
    found = chat_of(world, number or 0)
    query = dict(request.query)
    answers = [world.queries[key].answer for key in found.queries]
    return {
        "messages": _newer(found, whole(query, "after") or 0, whole(query, "thread")),
        "keyboard": found.keyboard,
        "pinned": sorted(found.pinned, reverse=True),
        "answers": answers,
        "topics": [
            {"message_thread_id": topic.id, "name": topic.name, "closed": topic.closed}
            for topic in found.topics.values()
        ],
        "reactions": {
            str(key): [emoji for emojis in by_user.values() for emoji in emojis]
            for key, by_user in found.reactions.items()
            if any(by_user.values())
        },
    }


async def calls(world: World, request: web.Request) -> Json:
    """The log of Bot API calls."""
    query = dict(request.query)
    found = world.calls.after(whole(query, "after") or 0, polls=query.get("all") == "1")
    return {"calls": [call.shown() for call in found]}


async def file(world: World, request: web.Request) -> web.Response:
    """The bytes of a file, to be shown in a browser."""
    found = world.files.get(request.match_info["file"])
    if found is None:
        raise SimError(404, "there is no such file")
    return web.Response(
        body=found.content,
        headers={
            "Content-Type": found.mime_type,
            "Content-Disposition": f"inline; filename*=UTF-8''{quote(found.name)}",
            "X-Content-Type-Options": "nosniff",
        },
    )


async def events(world: World, request: web.Request) -> web.StreamResponse:
    """Server-sent events, until the reader goes or the server stops. A page that opens learns what
    the bot asked before.
    """
    response = web.StreamResponse(
        headers={"Content-Type": "text/event-stream", "Cache-Control": "no-cache"}
    )
    await response.prepare(request)
    reader = Reader()
    world.events.readers.add(reader)
    for found in world.chats.values():
        if found.asked:
            reader.offer(f"asked {found.id}", dumps(asking(found)))
    try:
        await response.write(b": the emulator's events\n\n")
        while not world.events.closed:
            await _stream(reader, response)
    except ConnectionResetError:
        pass
    finally:
        world.events.readers.discard(reader)
    return response


async def _stream(reader: Reader, response: web.StreamResponse) -> None:
    try:
        async with asyncio.timeout(KEEP_ALIVE_S):
            await reader.woken.wait()
    except TimeoutError:
        await response.write(b": still here\n\n")
        return
    await response.write(reader.take().encode())
    await pause(BETWEEN_EVENTS_S)
