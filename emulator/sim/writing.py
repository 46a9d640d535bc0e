"""`/sim/send`, `/sim/press`, `/sim/edit`, `/sim/react`, `/sim/raw`, `/sim/again`."""

import base64

from aiohttp import web

from emulator import facts, persons
from emulator.json_types import Json, as_object, is_whole
from emulator.media import attach, sticker
from emulator.params import Upload
from emulator.raw import adopt
from emulator.refusals import SimError
from emulator.sim.body import (
    integer,
    optional_integer,
    optional_text,
    read_body,
    read_json,
    text,
)
from emulator.state import Person, World

CONTENTS = ("text", "photo", "document", "voice", "location", "contact", "sticker", "raw")
GIVEN = ("message_id", "chat")
"""Message fields that are the emulator's to give."""
FILES = ("photo", "document", "voice")
LAST_DATE = 10**12
"""Unix seconds that a browser can still show."""


async def send(world: World, request: web.Request) -> Json:
    """A message of a person."""
    body = await read_body(request, "user", "chat", "thread", "reply_to", "caption", *CONTENTS)
    person, chat = persons.present(world, integer(body, "user"), optional_integer(body, "chat"))
    content = _content(world, person, body)
    thread = persons.thread_content(chat, person.id, optional_integer(body, "thread"))
    reply_to = optional_integer(body, "reply_to")
    return persons.write(world, person, chat, thread | content, reply_to=reply_to)


def _content(world: World, person: Person, body: Json) -> Json:
    given = [key for key in CONTENTS if key in body and key != "raw"]
    extra = as_object(body.get("raw", {}))
    if extra is None:
        raise SimError(400, "'raw' is an object of message fields")
    _check_raw(extra)
    if len(given) > 1 or not (given or "raw" in body):
        raise SimError(400, f"one of {', '.join(CONTENTS)} is needed")
    if "caption" in body and not (given and given[0] in FILES):
        raise SimError(400, "'caption' goes with a photo, a document or a voice")
    return (_one(world, person, body, given[0]) if given else {}) | extra


def _check_raw(extra: Json) -> None:
    """Refuses what the emulator could not go on with; all else goes to the bot as it is."""
    if extra.keys() & set(GIVEN):
        raise SimError(400, f"'raw' cannot say {' or '.join(GIVEN)}")
    for key in ("date", "message_thread_id"):
        if key in extra and not (is_whole(extra[key]) and abs(extra[key]) <= LAST_DATE):
            raise SimError(400, f"{key!r} in 'raw' is a whole number")
    if "from" in extra and not is_whole((as_object(extra["from"]) or {}).get("id")):
        raise SimError(400, "'from' in 'raw' is a user with an id")
    if "reply_markup" in extra and not facts.fits("InlineKeyboardMarkup", extra["reply_markup"]):
        raise SimError(400, "'reply_markup' in 'raw' is an inline keyboard")


def _one(world: World, person: Person, body: Json, kind: str) -> Json:
    if kind == "text":
        typed = text(body, "text").strip()
        if not typed:
            raise SimError(400, "'text' is empty")
        return persons.text_content(typed)
    if kind in FILES:
        return _file(world, body, kind)
    if kind == "sticker":
        if body["sticker"] is not True:
            raise SimError(400, "'sticker' is true")
        return sticker(world)
    return _location(body) if kind == "location" else _contact(person, body)


def _file(world: World, body: Json, kind: str) -> Json:
    given = as_object(body[kind])
    if given is None or set(given) != {"name", "base64"}:
        raise SimError(400, f"{kind!r} is an object with 'name' and 'base64'")
    try:
        content = base64.b64decode(text(given, "base64"), validate=True)
    except ValueError:
        raise SimError(400, f"'base64' of {kind!r} cannot be decoded") from None
    name = text(given, "name")
    message = attach(world, kind, Upload(name, "", content))
    caption = (optional_text(body, "caption") or "").strip()
    if not caption:
        return message
    written = persons.text_content(caption)
    message["caption"] = caption
    return message | ({"caption_entities": written["entities"]} if "entities" in written else {})


def _location(body: Json) -> Json:
    given = as_object(body["location"]) or {}
    for key in ("latitude", "longitude"):
        value = given.get(key)
        if not isinstance(value, int | float) or isinstance(value, bool):
            raise SimError(400, f"'location' needs the number {key!r}")
    return {"location": given}


def _contact(person: Person, body: Json) -> Json:
    given = as_object(body["contact"])
    if given is None:
        raise SimError(400, "'contact' is an object with 'phone_number'")
    number = text(given, "phone_number")
    return {
        "contact": {"first_name": person.first_name, "user_id": person.id, "phone_number": number}
    }


async def press(world: World, request: web.Request) -> Json:
    """Presses a button, or sends forged data."""
    body = await read_body(request, "user", "chat", "message", "label", "data")
    person, chat = persons.present(world, integer(body, "user"), optional_integer(body, "chat"))
    number = optional_integer(body, "message")
    if ("label" in body) == ("data" in body):
        raise SimError(400, "one of 'label' and 'data' is needed")
    if "data" in body:
        message = persons.pressed_message(world, chat, number)
        return persons.press(world, person, chat, message, text(body, "data"))
    button, message = persons.labelled(chat, text(body, "label"), number)
    return persons.tap(world, person, chat, message, button)


async def edit(world: World, request: web.Request) -> Json:
    """A person edits an own message."""
    body = await read_body(request, "user", "chat", "message", "text")
    person, chat = persons.present(world, integer(body, "user"), optional_integer(body, "chat"))
    message = persons.own_message(chat, person.id, integer(body, "message"))
    if "text" not in message:
        raise SimError(409, "the message has no text")
    typed = text(body, "text").strip()
    if not typed:
        raise SimError(400, "'text' is empty")
    update = persons.edit(world, chat, message, typed)
    return {"message_id": message["message_id"], "update_id": update}


async def react(world: World, request: web.Request) -> Json:
    """A person puts an emoji on a message, or takes it away."""
    body = await read_body(request, "user", "chat", "message", "emoji")
    person, chat = persons.present(world, integer(body, "user"), optional_integer(body, "chat"))
    message = persons.message_of(chat, integer(body, "message"))
    emoji = optional_text(body, "emoji")
    return {"update_id": persons.react(world, chat, message, person.id, emoji)}


async def raw(world: World, request: web.Request) -> Json:
    """Queues an update as it is."""
    update = as_object(await read_json(request))
    if not update:
        raise SimError(400, "the body is an update: a JSON object with one field or more")
    if "update_id" in update:
        raise SimError(400, "'update_id' is the emulator's to give")
    return {"update_id": world.updates.queue(update, adopt(world, update))}


async def again(world: World, request: web.Request) -> Json:
    """Delivers an update once more."""
    number = integer(await read_body(request, "update_id"), "update_id")
    if not world.updates.repeat(number):
        raise SimError(404, f"there is no update {number}")
    return {"update_id": number}
