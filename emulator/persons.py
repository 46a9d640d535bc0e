"""What people do on their phones: write, press, edit, react, block."""

import secrets

from emulator.entities.automatic import find_entities
from emulator.json_types import Json
from emulator.keyboards import inline_buttons
from emulator.messages import IN_CHAT, lane, put, store, without_reply
from emulator.refusals import SimError
from emulator.state import Chat, Person, Query, World


def person_of(world: World, user: int) -> Person:
    """The person.

    Raises:
        SimError: 404.
    """
    person = world.people.get(user)
    if person is None:
        raise SimError(404, f"there is no user {user}")
    return person


def chat_of(world: World, chat: int) -> Chat:
    """A chat that is there: a group, or the private one of a person.

    Raises:
        SimError: 404.
    """
    if chat in world.people:
        return world.private_chat(chat)
    found = world.chats.get(chat)
    if found is None:
        raise SimError(404, f"there is no chat {chat}")
    return found


def present(world: World, user: int, chat: int | None) -> tuple[Person, Chat]:
    """A person who can act in a chat (by default the private one), and that chat.

    Raises:
        SimError: 404 for who or what is not there, 409 for who cannot act there.
    """
    person = person_of(world, user)
    place = chat_of(world, user if chat is None else chat)
    if person.deactivated:
        raise SimError(409, f"user {user} is deactivated")
    if place.type == "private":
        if place.id != user:
            raise SimError(409, f"chat {place.id} is not user {user}'s")
        if person.blocked:
            raise SimError(409, f"user {user} has blocked the bot")
    elif place.members.get(user) not in IN_CHAT:
        raise SimError(409, f"user {user} is not a member of chat {place.id}")
    return person, place


def text_content(text: str) -> Json:
    """What a typed text is in a message."""
    entities = find_entities(text)
    return {"text": text, "entities": entities} if entities else {"text": text}


def message_of(chat: Chat, number: int) -> Json:
    """A message that is there.

    Raises:
        SimError: 404.
    """
    message = chat.messages.get(number)
    if message is None:
        raise SimError(404, f"there is no message {number} in chat {chat.id}")
    return message


def hears(world: World, chat: Chat) -> bool:
    """Whether the bot is told what happens in a chat."""
    return chat.type == "private" or chat.members.get(world.bot.id) in IN_CHAT


def thread_content(chat: Chat, user: int, thread: int | None) -> Json:
    """What a person's message in a topic carries.

    Raises:
        SimError: 404, no such topic; 409, it is closed and the person no administrator.
    """
    if thread is None or (chat.forum and thread == 1):
        return {}
    topic = chat.topics.get(thread)
    if topic is None:
        raise SimError(404, f"there is no topic {thread} in chat {chat.id}")
    if topic.closed and chat.members.get(user) != "administrator":
        raise SimError(409, f"topic {thread} is closed")
    return {"message_thread_id": thread, "is_topic_message": True}


def write(
    world: World, person: Person, chat: Chat, content: Json, *, reply_to: int | None = None
) -> Json:
    """A message of that person; what the control API answers."""
    if reply_to is not None:
        replied = message_of(chat, reply_to)
        content = {"reply_to_message": without_reply(replied), **content}
        if replied.get("is_topic_message") and "message_thread_id" not in content:
            content |= thread_content(chat, person.id, replied.get("message_thread_id"))
    if chat.type == "private" and not person.wrote:
        person.wrote = True
        world.mark("person", person.id)
    message = put(world, chat, person.id, content)
    _use_keyboard(world, chat, message.get("text"))
    chat.asked = 0
    heard = hears(world, chat)
    update = world.updates.emit("message", message, lane(chat.id)) if heard else None
    return {"message_id": message["message_id"], "update_id": update}


def _use_keyboard(world: World, chat: Chat, text: object) -> None:
    """A keyboard for one time hides once one of its buttons is used."""
    if chat.keyboard is None or not chat.keyboard.get("one_time_keyboard"):
        return
    if any(button["text"] == text for row in chat.keyboard["keyboard"] for button in row):
        chat.keyboard, chat.keyboard_message = None, 0
        world.mark("chat", chat.id)


def labelled(chat: Chat, label: str, number: int | None) -> tuple[Json, Json]:
    """The button with exactly that label, and its message: the newest, unless a message is named.

    Raises:
        SimError: 404.
    """
    if number is None:
        candidates = [chat.messages[key] for key in reversed(chat.messages)]
    else:
        candidates = [message_of(chat, number)]
    for message in candidates:
        for button in inline_buttons(message):
            if button["text"] == label:
                return button, message
    where = "" if number is None else f" on message {number}"
    raise SimError(404, f"there is no button {label!r}{where} in chat {chat.id}")


def press(world: World, person: Person, chat: Chat, message: Json, data: str) -> Json:
    """Sends a button's data as that person; what the control API answers."""
    query = Query(str(secrets.randbits(62)), chat.id, person.id, world.clock.now())
    payload = {
        "id": query.id,
        "from": person.user(),
        "message": message,
        "chat_instance": str(chat.id * 7919),
        "data": data,
    }
    heard = hears(world, chat)
    update = world.updates.emit("callback_query", payload, f"user {person.id}") if heard else None
    if update is not None:
        world.queries[query.id] = query
        world.open_queries.add(query.id)
        world.mark("query", query.id)
    return {"update_id": update, "callback_query_id": query.id}


def own_message(chat: Chat, user: int, number: int) -> Json:
    """A message of that person.

    Raises:
        SimError: 404, or 409 if it is another's.
    """
    message = message_of(chat, number)
    if message["from"]["id"] != user:
        raise SimError(409, f"message {number} is not user {user}'s")
    return message


def edit(world: World, chat: Chat, message: Json, text: str) -> int | None:
    """The person edits the message's text; the update's id."""
    kept = {key: value for key, value in message.items() if key not in ("text", "entities")}
    changed = kept | {"edit_date": world.clock.date()} | text_content(text)
    store(world, chat, changed)
    if not hears(world, chat):
        return None
    return world.updates.emit("edited_message", changed, lane(chat.id))


def pressed_message(world: World, chat: Chat, number: int | None) -> Json:
    """The message that forged or stale data is sent for: by default the bot's newest.

    A deleted one is told as Telegram does: inaccessible, with date 0.

    Raises:
        SimError: 404, there was never such a message.
    """
    if number is None:
        for key in reversed(chat.messages):
            if chat.messages[key]["from"]["id"] == world.bot.id:
                return chat.messages[key]
        raise SimError(404, f"the bot has no message in chat {chat.id}")
    if number not in chat.messages and 0 < number <= world.counters.get(chat.id, 0):
        return {"message_id": number, "chat": world.chat_object(chat), "date": 0}
    return message_of(chat, number)


def tap(world: World, person: Person, chat: Chat, message: Json, button: Json) -> Json:
    """Presses a button; what the control API answers.

    Raises:
        SimError: 409, a button of that kind has no effect here.
    """
    if "callback_data" in button:
        return press(world, person, chat, message, button["callback_data"])
    for kind in ("url", "login_url", "web_app"):
        if kind in button:
            target = button[kind]
            return {"url": target if kind == "url" else target["url"]}
    if "copy_text" in button:
        return {"copy_text": button["copy_text"]["text"]}
    raise SimError(409, f"button {button['text']!r} is of a kind that the emulator lacks")


def react(world: World, chat: Chat, message: Json, user: int, emoji: str | None) -> int | None:
    """Puts a person's emoji on a message, or takes it away; the update's id."""
    number = message["message_id"]
    reactions = chat.reactions.setdefault(number, {})
    old = reactions.pop(user, [])
    new = [] if emoji is None else [emoji]
    if new:
        reactions[user] = new
    world.mark("chat", chat.id)
    if old == new or not hears(world, chat):
        return None
    payload = {
        "chat": world.chat_object(chat),
        "message_id": number,
        "user": world.user_object(user),
        "date": world.clock.date(),
        "old_reaction": [{"type": "emoji", "emoji": sign} for sign in old],
        "new_reaction": [{"type": "emoji", "emoji": sign} for sign in new],
    }
    return world.updates.emit("message_reaction", payload, lane(chat.id))
