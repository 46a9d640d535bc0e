"""Forum topics: a topic's id is that of the service message that made it."""

from emulator.json_types import Json
from emulator.messages import find_chat, put, store
from emulator.methods.chats import check_rights
from emulator.params import Params
from emulator.refusals import bad
from emulator.state import Chat, Topic, World
from emulator.topics import delete_topic

NAME_LENGTH = 128
COLORS = (7322096, 16766590, 13338331, 9367192, 16749490, 16478047)


def _forum(world: World, params: Params) -> Chat:
    chat = find_chat(world, params)
    if not chat.forum:
        raise bad("the chat is not a forum")
    check_rights(world, chat, "manage topics in the chat", "can_manage_topics")
    return chat


def _name(params: Params) -> str:
    name = params.text("name").strip()
    if not name:
        raise bad("TOPIC_TITLE_EMPTY")
    if len(name) > NAME_LENGTH:
        raise bad("TOPIC_TITLE_INVALID")
    return name


def _topic(world: World, params: Params) -> tuple[Chat, Topic]:
    chat = _forum(world, params)
    topic = chat.topics.get(params.integer("message_thread_id"))
    if topic is None:
        raise bad("TOPIC_ID_INVALID")
    return chat, topic


def _tell(world: World, chat: Chat, topic: Topic, kind: str, told: Json) -> None:
    """The service message of a change."""
    thread = {"message_thread_id": topic.id, "is_topic_message": True}
    put(world, chat, world.bot.id, thread | {kind: told})
    world.mark("chat", chat.id)


def create_forum_topic(world: World, params: Params) -> Json:
    """CreateForumTopic."""
    chat = _forum(world, params)
    name = _name(params)
    color = params.integer("icon_color", COLORS[0])
    if color not in COLORS:
        raise bad("invalid icon color specified")
    looks: Json = {"name": name, "icon_color": color}
    emoji = params.text("icon_custom_emoji_id") or None
    if emoji:
        looks["icon_custom_emoji_id"] = emoji
    message = put(world, chat, world.bot.id, {"forum_topic_created": looks})
    number = message["message_id"]
    thread = {"message_thread_id": number, "is_topic_message": True}
    store(world, chat, message | thread)
    chat.topics[number] = Topic(number, name, color, emoji)
    world.mark("chat", chat.id)
    return {"message_thread_id": number, **looks}


def edit_forum_topic(world: World, params: Params) -> bool:
    """EditForumTopic."""
    chat, topic = _topic(world, params)
    changed: Json = {}
    if "name" in params.values and _name(params) != topic.name:
        changed["name"] = topic.name = _name(params)
    emoji = params.values.get("icon_custom_emoji_id")
    if emoji is not None and (str(emoji) or None) != topic.icon_custom_emoji_id:
        changed["icon_custom_emoji_id"] = str(emoji)
        topic.icon_custom_emoji_id = str(emoji) or None
    if not changed:
        raise bad("TOPIC_NOT_MODIFIED")
    _tell(world, chat, topic, "forum_topic_edited", changed)
    return True


def _set_closed(world: World, params: Params, *, closed: bool) -> bool:
    chat, topic = _topic(world, params)
    if topic.closed == closed:
        raise bad("TOPIC_NOT_MODIFIED")
    topic.closed = closed
    _tell(world, chat, topic, "forum_topic_closed" if closed else "forum_topic_reopened", {})
    return True


def close_forum_topic(world: World, params: Params) -> bool:
    """CloseForumTopic."""
    return _set_closed(world, params, closed=True)


def reopen_forum_topic(world: World, params: Params) -> bool:
    """ReopenForumTopic."""
    return _set_closed(world, params, closed=False)


def delete_forum_topic(world: World, params: Params) -> bool:
    """deleteForumTopic: its messages go with it."""
    chat, topic = _topic(world, params)
    delete_topic(world, chat, topic.id)
    return True


def unpin_all_forum_topic_messages(world: World, params: Params) -> bool:
    """UnpinAllForumTopicMessages."""
    chat, topic = _topic(world, params)
    chat.pinned = [
        number
        for number in chat.pinned
        if chat.messages[number].get("message_thread_id") != topic.id
    ]
    world.mark("chat", chat.id)
    return True


TABLE = {
    "createForumTopic": create_forum_topic,
    "editForumTopic": edit_forum_topic,
    "closeForumTopic": close_forum_topic,
    "reopenForumTopic": reopen_forum_topic,
    "deleteForumTopic": delete_forum_topic,
    "unpinAllForumTopicMessages": unpin_all_forum_topic_messages,
}
