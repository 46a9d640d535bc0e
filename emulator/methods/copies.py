"""Messages sent on: as a copy, or forwarded with their origin."""

from emulator.json_types import Json
from emulator.keyboards import read_markup
from emulator.media import fresh_album
from emulator.messages import find_chat, speak
from emulator.methods.messages import CAPTION, CAPTIONED, CONTENT
from emulator.params import Params
from emulator.refusals import bad
from emulator.state import Chat, World
from emulator.texts import message_caption

MOVED = (*CONTENT, "location", "venue", "contact", "sticker", "dice", "poll")
"""What a message of somebody carries; a service message has none of it."""


def _movable(message: Json) -> Json:
    """What of a message can be sent on; empty if nothing can."""
    if message.get("has_protected_content"):
        return {}
    return {key: message[key] for key in MOVED if key in message}


def _content(source: Chat, number: int, verb: str) -> Json:
    """What of a message is sent on."""
    message = source.messages.get(number)
    if message is None:
        raise bad(f"message to {verb} not found")
    content = _movable(message)
    if not content:
        past = {"copy": "copied", "forward": "forwarded"}[verb]
        raise bad(f"message can't be {past}")
    return content


def _caption(params: Params, content: Json) -> Json:
    """A copy's content with the caption that the call gives, if it gives one."""
    if "caption" not in params.values or not CAPTIONED & content.keys():
        return content
    return _bare(content) | message_caption(params)


def _bare(content: Json) -> Json:
    """The content without its caption."""
    return {key: content[key] for key in content if key not in CAPTION}


def copy_message(world: World, params: Params) -> Json:
    """CopyMessage."""
    source = find_chat(world, params, "from_chat_id")
    content = _caption(params, _content(source, params.integer("message_id"), "copy"))
    message = speak(world, params, content, read_markup(params))
    return {"message_id": message["message_id"]}


def _origin(message: Json) -> Json:
    known = message.get("forward_origin")
    return known or {"type": "user", "sender_user": message["from"], "date": message["date"]}


def _forwarded(message: Json) -> Json:
    return {"forward_origin": _origin(message)} | _movable(message)


def forward_message(world: World, params: Params) -> Json:
    """ForwardMessage."""
    source = find_chat(world, params, "from_chat_id")
    number = params.integer("message_id")
    _content(source, number, "forward")
    return speak(world, params, _forwarded(source.messages[number]), None)


def _several(source: Chat, params: Params, verb: str) -> list[Json]:
    """The messages of a call that can be sent on; the others are passed over."""
    numbers = params.integers("message_ids")
    found = [source.messages[number] for number in numbers if number in source.messages]
    movable = [message for message in found if _movable(message)]
    if not movable:
        raise bad(f"there are no messages to {verb}")
    return movable


def _albums(messages: list[Json]) -> list[Json]:
    """For each message the id of the new album that it is in, if it was in one."""
    old = (message.get("media_group_id") for message in messages)
    fresh = {album: {"media_group_id": fresh_album()} for album in old if album is not None}
    return [fresh.get(message.get("media_group_id"), {}) for message in messages]


def _speak_all(
    world: World, params: Params, messages: list[Json], contents: list[Json]
) -> list[Json]:
    together = zip(_albums(messages), contents, strict=True)
    sent = [speak(world, params, album | content, None) for album, content in together]
    return [{"message_id": message["message_id"]} for message in sent]


def copy_messages(world: World, params: Params) -> list[Json]:
    """copyMessages: albums stay albums."""
    messages = _several(find_chat(world, params, "from_chat_id"), params, "copy")
    contents = [_movable(message) for message in messages]
    if params.flag("remove_caption"):
        contents = [_bare(content) for content in contents]
    return _speak_all(world, params, messages, contents)


def forward_messages(world: World, params: Params) -> list[Json]:
    """forwardMessages: albums stay albums."""
    messages = _several(find_chat(world, params, "from_chat_id"), params, "forward")
    return _speak_all(world, params, messages, [_forwarded(message) for message in messages])


TABLE = {
    "copyMessage": copy_message,
    "copyMessages": copy_messages,
    "forwardMessage": forward_message,
    "forwardMessages": forward_messages,
}
