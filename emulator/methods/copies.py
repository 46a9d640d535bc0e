"""Messages sent on: as a copy, or forwarded with their origin."""

from emulator.json_types import Json
from emulator.keyboards import read_markup
from emulator.messages import find_chat, speak
from emulator.methods.messages import CAPTIONED, CONTENT
from emulator.params import Params
from emulator.refusals import bad
from emulator.state import Chat, World
from emulator.texts import message_caption

MOVED = (*CONTENT, "location", "venue", "contact", "sticker", "dice", "poll")


def _content(source: Chat, number: int, verb: str) -> Json:
    """What of a message can be sent on."""
    message = source.messages.get(number)
    if message is None:
        raise bad(f"message to {verb} not found")
    content = {key: message[key] for key in MOVED if key in message}
    if not content or message.get("has_protected_content"):
        past = {"copy": "copied", "forward": "forwarded"}[verb]
        raise bad(f"message can't be {past}")
    return content


def _caption(params: Params, content: Json) -> Json:
    """A copy's content with the caption that the call gives, if it gives one."""
    if "caption" not in params.values or not CAPTIONED & content.keys():
        return content
    kept = {key: content[key] for key in content if not key.startswith("caption")}
    return kept | message_caption(params)


def copy_message(world: World, params: Params) -> Json:
    """CopyMessage."""
    source = find_chat(world, params, "from_chat_id")
    content = _caption(params, _content(source, params.integer("message_id"), "copy"))
    message = speak(world, params, content, read_markup(params))
    return {"message_id": message["message_id"]}


def _origin(message: Json) -> Json:
    known = message.get("forward_origin")
    return known or {"type": "user", "sender_user": message["from"], "date": message["date"]}


def _forward(world: World, params: Params, source: Chat, number: int) -> Json:
    content = _content(source, number, "forward")
    origin = {"forward_origin": _origin(source.messages[number])}
    return speak(world, params, origin | content, None)


def forward_message(world: World, params: Params) -> Json:
    """ForwardMessage."""
    source = find_chat(world, params, "from_chat_id")
    return _forward(world, params, source, params.integer("message_id"))


def _several(params: Params, source: Chat, verb: str) -> list[int]:
    """The messages of a call that are there; the others are passed over."""
    numbers = [number for number in params.integers("message_ids") if number in source.messages]
    if not numbers:
        raise bad(f"there are no messages to {verb}")
    return numbers


def copy_messages(world: World, params: Params) -> list[Json]:
    """CopyMessages."""
    source = find_chat(world, params, "from_chat_id")
    contents = [_content(source, number, "copy") for number in _several(params, source, "copy")]
    if params.flag("remove_caption"):
        contents = [
            {key: content[key] for key in content if not key.startswith("caption")}
            for content in contents
        ]
    sent = [speak(world, params, content, None) for content in contents]
    return [{"message_id": message["message_id"]} for message in sent]


def forward_messages(world: World, params: Params) -> list[Json]:
    """ForwardMessages."""
    source = find_chat(world, params, "from_chat_id")
    numbers = _several(params, source, "forward")
    sent = [_forward(world, params, source, number) for number in numbers]
    return [{"message_id": message["message_id"]} for message in sent]


TABLE = {
    "copyMessage": copy_message,
    "copyMessages": copy_messages,
    "forwardMessage": forward_message,
    "forwardMessages": forward_messages,
}
