"""Texts: sent, edited, deleted; buttons answered; what a chat is told meanwhile."""

from emulator.json_types import Json
from emulator.keyboards import read_inline, read_markup
from emulator.messages import find_chat, remove, speak, store, writable_chat
from emulator.params import Params
from emulator.refusals import bad
from emulator.state import Chat, World
from emulator.texts import message_caption, message_text

ANSWER_LENGTH = 200
DELETABLE_FOR_S = 48 * 3600
QUERY_LIFETIME_S = 60
CAPTIONED = frozenset({"photo", "document", "voice", "audio", "video", "animation"})
ACTIONS = frozenset(
    {
        "typing",
        "upload_photo",
        "record_video",
        "upload_video",
        "record_voice",
        "upload_voice",
        "upload_document",
        "choose_sticker",
        "find_location",
        "record_video_note",
        "upload_video_note",
    }
)


def get_me(world: World, _params: Params) -> Json:
    """GetMe."""
    return world.bot.user() | {
        "can_join_groups": True,
        "can_read_all_group_messages": True,
        "supports_guest_queries": False,
        "supports_inline_queries": False,
        "can_connect_to_business": False,
        "has_main_web_app": False,
        "has_topics_enabled": False,
        "allows_users_to_create_topics": False,
        "can_manage_bots": False,
    }


def send_message(world: World, params: Params) -> Json:
    """SendMessage."""
    content = message_text(params)
    preview = params.object("link_preview_options")
    if preview:
        content["link_preview_options"] = preview
    return speak(world, params, content, read_markup(params))


def own_message(world: World, params: Params) -> tuple[Chat, Json]:
    """The message that a call edits."""
    chat = writable_chat(world, params)
    message = chat.messages.get(params.integer("message_id"))
    if message is None:
        raise bad("message to edit not found")
    if message["from"]["id"] != world.bot.id or "forward_origin" in message:
        raise bad("message can't be edited")
    return chat, message


_TEXT = ("text", "entities", "link_preview_options")
CAPTION = ("caption", "caption_entities", "show_caption_above_media")
CONTENT = (*_TEXT, *CAPTION, "photo", "document", "voice", "audio", "video", "animation")


def change(world: World, chat: Chat, old: Json, new: Json, markup: Json | None) -> Json:
    """Puts an edited message in the old one's stead.

    Args:
        world: where it happens.
        chat: the message's.
        old: the message as it was.
        new: its content from now on.
        markup: its inline keyboard from now on.

    Raises:
        Refused: 400, nothing would change.
    """
    had = {key: old[key] for key in CONTENT if key in old}
    if new == had and markup == old.get("reply_markup"):
        raise bad(
            "message is not modified: specified new message content and reply markup are "
            "exactly the same as a current content and reply markup of the message"
        )
    kept = {key: value for key, value in old.items() if key not in (*CONTENT, "reply_markup")}
    message = kept | {"edit_date": world.clock.date()} | new
    if markup is not None:
        message["reply_markup"] = markup
    store(world, chat, message)
    return message


def edit_message_text(world: World, params: Params) -> Json:
    """EditMessageText."""
    content = message_text(params)
    markup = read_inline(params)
    chat, message = own_message(world, params)
    if "text" not in message:
        raise bad("there is no text in the message to edit")
    preview = params.object("link_preview_options")
    if preview:
        content["link_preview_options"] = preview
    return change(world, chat, message, content, markup)


def edit_message_caption(world: World, params: Params) -> Json:
    """EditMessageCaption."""
    content = message_caption(params)
    markup = read_inline(params)
    chat, message = own_message(world, params)
    if not CAPTIONED & message.keys():
        raise bad("there is no caption in the message to edit")
    media = {key: message[key] for key in CONTENT if key in message and key not in CAPTION}
    return change(world, chat, message, media | content, markup)


def edit_message_reply_markup(world: World, params: Params) -> Json:
    """EditMessageReplyMarkup."""
    markup = read_inline(params)
    chat, message = own_message(world, params)
    content = {key: message[key] for key in CONTENT if key in message}
    return change(world, chat, message, content, markup)


def _check_deletable(world: World, chat: Chat, message: Json) -> None:
    own = message["from"]["id"] == world.bot.id
    rights = chat.members.get(world.bot.id) == "administrator"
    if chat.type != "private" and rights:
        return
    if chat.type != "private" and not own:
        raise bad("message can't be deleted")
    if world.clock.now() - message["date"] > DELETABLE_FOR_S:
        raise bad("message can't be deleted for everyone")


def delete_message(world: World, params: Params) -> bool:
    """DeleteMessage."""
    chat = find_chat(world, params)
    message = chat.messages.get(params.integer("message_id"))
    if message is None:
        raise bad("message to delete not found")
    _check_deletable(world, chat, message)
    remove(world, chat, message["message_id"])
    return True


def delete_messages(world: World, params: Params) -> bool:
    """deleteMessages: those that are not there are passed over."""
    chat = find_chat(world, params)
    numbers = params.integers("message_ids")
    if not numbers:
        raise bad("message identifiers are not specified")
    found = [chat.messages[number] for number in numbers if number in chat.messages]
    for message in found:
        _check_deletable(world, chat, message)
    for message in found:
        remove(world, chat, message["message_id"])
    return True


def answer_callback_query(world: World, params: Params) -> bool:
    """answerCallbackQuery: once, and within the lifetime of a query."""
    query = world.queries.get(params.text("callback_query_id"))
    text = params.text("text")
    if len(text) > ANSWER_LENGTH:
        raise bad("MESSAGE_TOO_LONG")
    late = query is not None and world.clock.now() - query.at > QUERY_LIFETIME_S
    if query is None or query.over or late:
        if query is not None:
            world.close_query(query)
        raise bad("query is too old and response timeout expired or query ID is invalid")
    query.answer = {
        "callback_query_id": query.id,
        "user": query.user,
        "text": text,
        "show_alert": params.flag("show_alert"),
    }
    world.close_query(query)
    return True


def send_chat_action(world: World, params: Params) -> bool:
    """SendChatAction."""
    chat = writable_chat(world, params)
    if params.text("action") not in ACTIONS:
        raise bad("wrong parameter action in request")
    world.events.send({"typing": chat.id})
    return True


TABLE = {
    "getMe": get_me,
    "sendMessage": send_message,
    "editMessageText": edit_message_text,
    "editMessageCaption": edit_message_caption,
    "editMessageReplyMarkup": edit_message_reply_markup,
    "deleteMessage": delete_message,
    "deleteMessages": delete_messages,
    "answerCallbackQuery": answer_callback_query,
    "sendChatAction": send_chat_action,
}
