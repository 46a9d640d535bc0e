"""Messages: who may be written to, how a message comes to be, changes and goes.

A message belongs to who sent it. It carries `reply_markup` only for inline keyboards; a reply
keyboard belongs to the chat. In a forum a message that replies to nothing replies to the one
that made its topic, as Telegram's do.
"""

from emulator.json_types import Json, is_whole
from emulator.params import Params
from emulator.refusals import bad, forbidden
from emulator.state import Chat, World

GONE = frozenset({"left", "kicked"})
IN_CHAT = frozenset({"member", "administrator", "creator"})


def find_chat(world: World, params: Params, name: str = "chat_id") -> Chat:
    """The chat that a call names, whether or not it may be written to.

    Raises:
        Refused: 400, or 403 for a group that the bot is not in.
    """
    value = params.values.get(name)
    if value is None or value == "":
        raise bad(f"{name} is empty")
    if not is_whole(value):
        raise bad("chat not found")
    if value > 0:
        if value not in world.people:
            raise bad("chat not found")
        return world.private_chat(value)
    chat = world.chats.get(value)
    if chat is None:
        raise bad("chat not found")
    status = chat.members.get(world.bot.id, "left")
    if status in GONE:
        said = "bot was kicked from" if status == "kicked" else "bot is not a member of"
        raise forbidden(f"{said} the supergroup chat")
    return chat


def writable_chat(world: World, params: Params) -> Chat:
    """The chat that a call writes to.

    Raises:
        Refused: 400 or 403, as `find_chat`, and 403 for who blocked the bot, has no account any
            more, or never wrote first.
    """
    chat = find_chat(world, params)
    if chat.type == "private":
        person = world.people[chat.id]
        if person.deactivated:
            raise forbidden("user is deactivated")
        if person.blocked:
            raise forbidden("bot was blocked by the user")
        if not person.wrote:
            raise forbidden("bot can't initiate conversation with a user")
    return chat


def thread_fields(chat: Chat, thread: int) -> Json:
    """What a message in that topic of that chat carries; nothing for the general topic.

    Raises:
        Refused: 400, there is no such topic, or it is closed.
    """
    if not thread or (chat.forum and thread == 1):
        return {}
    topic = chat.topics.get(thread)
    if topic is None:
        raise bad("message thread not found")
    if topic.closed:
        raise bad("TOPIC_CLOSED")
    return {"message_thread_id": thread, "is_topic_message": True}


def without_reply(message: Json) -> Json:
    """A message as it stands inside another one."""
    return {key: value for key, value in message.items() if key != "reply_to_message"}


def reply_fields(chat: Chat, params: Params) -> Json:
    """The reply_to_message that a call asks for.

    Raises:
        Refused: 400, there is no such message.
    """
    asked = params.object("reply_parameters") or {}
    number = asked.get("message_id") or params.integer("reply_to_message_id")
    if not number:
        return {}
    message = chat.messages.get(number) if isinstance(number, int) else None
    if message is not None:
        return {"reply_to_message": without_reply(message)}
    if asked.get("allow_sending_without_reply") or params.flag("allow_sending_without_reply"):
        return {}
    raise bad("message to be replied not found")


def put(world: World, chat: Chat, sender: int, content: Json) -> Json:
    """Adds a message of a person or of the bot; the message."""
    number = world.next_message_id(chat.id)
    message: Json = {
        "message_id": number,
        "from": world.user_object(sender),
        "chat": world.chat_object(chat),
        "date": world.clock.date(),
        **content,
    }
    thread = message.get("message_thread_id")
    if thread in chat.topics and thread != number and "reply_to_message" not in message:
        opening = chat.messages.get(thread)
        if opening is not None:
            message["reply_to_message"] = without_reply(opening)
    store(world, chat, message)
    return message


def store(world: World, chat: Chat, message: Json) -> None:
    """Puts a message, new or edited, into its chat."""
    number = message["message_id"]
    chat.messages[number] = message
    world.mark("message", chat.id, number)


def speak(world: World, params: Params, content: Json, markup: Json | None) -> Json:
    """The bot sends a message to the chat, topic and message that the call names."""
    chat = writable_chat(world, params)
    fields = thread_fields(chat, params.integer("message_thread_id"))
    fields |= reply_fields(chat, params)
    inherited = fields.get("reply_to_message", {})
    if "message_thread_id" in inherited and "message_thread_id" not in fields:
        fields |= thread_fields(chat, inherited["message_thread_id"])
    if params.flag("protect_content"):
        fields["has_protected_content"] = True
    if markup is not None and "inline_keyboard" in markup:
        fields["reply_markup"] = markup
    message = put(world, chat, world.bot.id, fields | content)
    if markup is not None and "inline_keyboard" not in markup:
        show_keyboard(world, chat, markup, message["message_id"])
        if markup.get("force_reply"):
            chat.asked = message["message_id"]
            world.events.send(asking(chat))
    return message


def asking(chat: Chat) -> Json:
    """The event that a message of the chat wants an answer."""
    return {"asked": {"chat": chat.id, "message": chat.asked}}


def show_keyboard(world: World, chat: Chat, markup: Json, number: int) -> None:
    """Shows, or hides, the chat's reply keyboard."""
    chat.keyboard = markup if "keyboard" in markup else None
    chat.keyboard_message = number if "keyboard" in markup else 0
    world.mark("chat", chat.id)


def remove(world: World, chat: Chat, number: int) -> None:
    """Deletes a message, with its pin, its reactions and the keyboard that came with it."""
    del chat.messages[number]
    chat.reactions.pop(number, None)
    if number in chat.pinned:
        chat.pinned.remove(number)
    if number == chat.asked:
        chat.asked = 0
    if number == chat.keyboard_message:
        chat.keyboard, chat.keyboard_message = None, 0
    world.mark("message", chat.id, number)
    world.mark("chat", chat.id)


def lane(chat: int) -> str:
    """The order of delivery that updates of a chat share."""
    return f"chat {chat}"
