"""What Telegram brings, as the conversation reads it: from whom and where, which command, what a
message replies to, and the message without Telegram's types.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from typing import Any

from telegram import Chat, Message, MessageEntity, PhotoSize, Update
from telegram.constants import ChatType

from handlers.incoming import File, Incoming
from handlers.inquiries import Reply
from handlers.turn import Speaker
from school import desk
from school.editing import FILES, Part
from school.inquiries import code_in

_GROUPS = (ChatType.GROUP, ChatType.SUPERGROUP)


def private_chat(update: Update) -> int | None:
    """The person whose turn an update is; None where it is not a private word to us."""
    message, query = update.message or update.edited_message, update.callback_query
    if message is not None:
        return message.chat.id if message.chat.type == ChatType.PRIVATE else None
    if query is not None:
        chat = query.message.chat if query.message else None
        return query.from_user.id if chat is None or chat.type == ChatType.PRIVATE else None
    return None


def group(update: Update) -> Chat | None:
    """The group where something was written or tapped."""
    message, query = update.message or update.edited_message, update.callback_query
    where = message or (query.message if query is not None else None)
    return where.chat if where is not None and where.chat.type in _GROUPS else None


def chat_of(update: Update) -> int:
    """In whose line an update waits: a person's, or a chat's; 0 where it is nobody's."""
    chat = update.effective_chat
    return private_chat(update) or (chat.id if chat else 0)


def account(update: Update) -> int | None:
    """Who writes or taps; None for somebody who hides behind the group."""
    message, user = update.message or update.edited_message, update.effective_user
    hidden = message is not None and message.sender_chat is not None
    return user.id if user is not None and not hidden else None


def language_code(update: Update) -> str | None:
    """The language of the person's app, as Telegram says it."""
    return update.effective_user.language_code if update.effective_user else None


def stands(turn: Speaker, message: Message) -> tuple[int, str] | None:
    """What a message replies to is of, where it is of a sheet: see school/desk.py."""
    to = message.reply_to_message
    return desk.stands(turn.session, message.chat.id, to.message_id) if to is not None else None


def reply_to(update: Update, bot_id: int, chats: Collection[int]) -> Reply | None:
    """A reply, in a chat where a human answers, to a question there; nobody else can answer."""
    message = update.message or update.edited_message
    if message is None or message.chat.id not in chats:
        return None
    asked = message.reply_to_message
    if asked is None or asked.from_user is None or asked.from_user.id != bot_id:
        return None
    code, edited = code_in(asked.text or asked.caption or ""), update.edited_message is not None
    return Reply(message.chat.id, code, incoming(message), edited) if code else None


def command(message: Message, names: Mapping[str, str], bot_name: str) -> str | None:
    """The command that a text begins with, under any of its names; "" for one we lack, None for
    none, or another bot's.
    """
    first = message.entities[0] if message.entities else None
    if first is None or first.type != MessageEntity.BOT_COMMAND or first.offset != 0:
        return None
    name, _, bot = (message.text or "")[1 : first.length].casefold().partition("@")
    return names.get(name, "") if bot in ("", bot_name.casefold()) else None


def after_command(message: Message) -> str:
    """What a link gave along: /start CODE."""
    return storable((message.text or "").partition(" ")[2].strip())


def incoming(message: Message) -> Incoming:
    """A message as the conversation sees it."""
    place = message.location
    return Incoming(
        message_id=message.message_id,
        text=storable(message.text or message.caption or ""),
        file=_file(message),
        album=message.media_group_id and storable(message.media_group_id),
        position=(place.latitude, place.longitude) if place else None,
    )


def storable(text: str) -> str:
    """Text without what no database keeps: NUL and halves of surrogate pairs."""
    return text.replace("\x00", "").encode("utf-8", "ignore").decode("utf-8")


def _file(message: Message) -> File | None:
    for kind in ("voice", "document", "audio", "video"):
        sent: Any = getattr(message, kind)
        if sent is not None:
            name = getattr(sent, "file_name", None)
            file_id = storable(sent.file_id)
            return File(kind, file_id, name and storable(name), _seconds(sent))
    largest: PhotoSize | None = message.photo[-1] if message.photo else None
    return File("photo", storable(largest.file_id)) if largest else None


def _seconds(sent: Any) -> int | None:
    # As Telegram sends it: the attribute warns that it will become a timedelta.
    duration = sent.to_dict().get("duration")
    return duration if isinstance(duration, int) else None


def sendable(message: Message) -> Incoming:
    """A message as it can be sent to others: a poll as its question, with its choices."""
    poll = message.poll
    choices = [storable(one.text) for one in poll.options] if poll else []
    return replace(incoming(message), part=_part(message), choices=choices)


def _part(message: Message) -> Part | None:
    """The call that sends the like of a message; None where there is none."""
    kinds = (method for method, name in _SENT_BY.items() if getattr(message, name))
    method = next(kinds, None)
    if method is None or message.paid_media or message.game:
        return None
    params = _PARAMETERS.get(method, _with_file)(message, method)
    there = {name: value for name, value in params.items() if value or value == 0.0}
    return {"method": _TEXT if method == _POLL else method, "params": there}


def _as_text(message: Message, _method: str) -> dict[str, Any]:
    shown = message.link_preview_options
    return {
        "text": storable(message.text or ""),
        "entities": [one.to_dict() for one in message.entities],
        "link_preview_options": shown.to_dict() if shown else None,
    }


def _as_question(message: Message, _method: str) -> dict[str, Any]:
    asked = message.poll
    if asked is None:
        return {}
    entities = [one.to_dict() for one in asked.question_entities]
    return {"text": storable(asked.question), "entities": entities}


def _as_place(message: Message, _method: str) -> dict[str, Any]:
    where, venue = message.location, message.venue
    named: dict[str, Any] = venue.to_dict() if venue else {}
    where = venue.location if venue else where
    at = {"latitude": where.latitude, "longitude": where.longitude} if where else {}
    return {**at, **{name: value for name, value in named.items() if name != "location"}}


def _with_file(message: Message, method: str) -> dict[str, Any]:
    name = _SENT_BY[method]
    sent: Any = getattr(message, name)
    file_id = storable((sent[-1] if name == "photo" else sent).file_id)
    if method in _BARE:
        return {name: file_id}
    return {
        name: file_id,
        "caption": storable(message.caption) if message.caption else None,
        "caption_entities": [one.to_dict() for one in message.caption_entities],
        "show_caption_above_media": message.show_caption_above_media,
        "has_spoiler": message.has_media_spoiler if method in _SPOILERS else None,
    }


_TEXT, _POLL = "sendMessage", "sendPoll"
# What of a message says which method sends its like; an animation is a document too, and a venue a
# place.
_SENT_BY: Mapping[str, str] = {
    _TEXT: "text",
    _POLL: "poll",
    "sendVenue": "venue",
    "sendLocation": "location",
    "sendSticker": "sticker",
    "sendVideoNote": "video_note",
    "sendVoice": "voice",
    **{method: FILES[method] for method in ("sendAnimation", *FILES)},
}
_BARE = ("sendSticker", "sendVideoNote")  # without words
_SPOILERS = ("sendPhoto", "sendVideo", "sendAnimation")
_PARAMETERS: Mapping[str, Callable[[Message, str], dict[str, Any]]] = {
    _TEXT: _as_text,
    _POLL: _as_question,
    "sendVenue": _as_place,
    "sendLocation": _as_place,
}
