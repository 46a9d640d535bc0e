"""Chats: what they are, who is in them, pins and reactions."""

from emulator.facts import REACTIONS
from emulator.json_types import Json, as_object
from emulator.members import member_object, set_status
from emulator.messages import find_chat, put, without_reply, writable_chat
from emulator.methods.copies import MOVED
from emulator.params import Params
from emulator.refusals import bad
from emulator.state import Chat, World

PERMISSIONS = (
    "can_send_messages",
    "can_send_audios",
    "can_send_documents",
    "can_send_photos",
    "can_send_videos",
    "can_send_video_notes",
    "can_send_voice_notes",
    "can_send_polls",
    "can_send_other_messages",
    "can_add_web_page_previews",
    "can_react_to_messages",
    "can_edit_tag",
    "can_change_info",
    "can_invite_users",
    "can_pin_messages",
    "can_manage_topics",
)
GIFTS = (
    "unlimited_gifts",
    "limited_gifts",
    "unique_gifts",
    "premium_subscription",
    "gifts_from_channels",
)


def get_chat(world: World, params: Params) -> Json:
    """GetChat."""
    chat = find_chat(world, params)
    told = world.chat_object(chat) | {
        "accent_color_id": abs(chat.id) % 7,
        "max_reaction_count": 11,
        "accepted_gift_types": dict.fromkeys(GIFTS, chat.type == "private"),
    }
    if "username" in told:
        told["active_usernames"] = [told["username"]]
    if chat.type != "private":
        told["permissions"] = dict.fromkeys(PERMISSIONS, True)
    if chat.pinned:
        told["pinned_message"] = without_reply(chat.messages[max(chat.pinned)])
    return told


def _group(world: World, params: Params, otherwise: str) -> Chat:
    chat = find_chat(world, params)
    if chat.type == "private":
        raise bad(otherwise)
    return chat


def get_chat_member(world: World, params: Params) -> Json:
    """GetChatMember."""
    chat = find_chat(world, params)
    user = params.integer("user_id")
    if user not in world.people and user != world.bot.id:
        raise bad("user not found")
    if chat.type == "private":
        if user not in (chat.id, world.bot.id):
            raise bad("member not found")
        return {"user": world.user_object(user), "status": "member"}
    return member_object(world, chat, user)


def get_chat_administrators(world: World, params: Params) -> list[Json]:
    """GetChatAdministrators."""
    chat = _group(world, params, "there are no administrators in the private chat")
    return [
        member_object(world, chat, user)
        for user, status in chat.members.items()
        if status == "administrator"
    ]


def get_chat_member_count(world: World, params: Params) -> int:
    """GetChatMemberCount."""
    chat = find_chat(world, params)
    if chat.type == "private":
        return 2
    return sum(status in ("member", "administrator") for status in chat.members.values())


def leave_chat(world: World, params: Params) -> bool:
    """LeaveChat."""
    chat = _group(world, params, "chat member status can't be changed in private chats")
    set_status(world, chat, world.bot.id, "left")
    return True


def check_rights(world: World, chat: Chat, to_do: str, right: str) -> None:
    """Refuses, with 400, unless the bot is an administrator who may, or the chat is private."""
    may = chat.members.get(world.bot.id) == "administrator" and right not in chat.lacks
    if chat.type != "private" and not may:
        raise bad(f"not enough rights to {to_do}")


def pin_chat_message(world: World, params: Params) -> bool:
    """pinChatMessage: a service message tells it."""
    chat = writable_chat(world, params)
    check_rights(world, chat, "manage pinned messages in the chat", "can_pin_messages")
    message = chat.messages.get(params.integer("message_id"))
    if message is None:
        raise bad("message to pin not found")
    if not set(MOVED) & message.keys():
        raise bad("a service message can't be pinned")
    if message["message_id"] not in chat.pinned:
        chat.pinned.append(message["message_id"])
        world.mark("chat", chat.id)
        keys = ("message_thread_id", "is_topic_message")
        thread = {key: message[key] for key in keys if key in message}
        put(world, chat, world.bot.id, thread | {"pinned_message": without_reply(message)})
    return True


def unpin_chat_message(world: World, params: Params) -> bool:
    """unpinChatMessage: by default the newest."""
    chat = find_chat(world, params)
    check_rights(world, chat, "manage pinned messages in the chat", "can_pin_messages")
    number = params.integer("message_id", max(chat.pinned, default=0))
    if number not in chat.pinned:
        raise bad("message to unpin not found")
    chat.pinned.remove(number)
    world.mark("chat", chat.id)
    return True


def unpin_all_chat_messages(world: World, params: Params) -> bool:
    """UnpinAllChatMessages."""
    chat = find_chat(world, params)
    check_rights(world, chat, "manage pinned messages in the chat", "can_pin_messages")
    chat.pinned.clear()
    world.mark("chat", chat.id)
    return True


def set_message_reaction(world: World, params: Params) -> bool:
    """setMessageReaction: a bot has at most one on a message."""
    chat = writable_chat(world, params)
    number = params.integer("message_id")
    if number not in chat.messages:
        raise bad("message to react not found")
    given = [as_object(item) or {} for item in params.array("reaction") or []]
    emojis = [str(item.get("emoji", "")) for item in given]
    if any(emoji not in REACTIONS for emoji in emojis):
        raise bad("REACTION_INVALID")
    if len(emojis) > 1:
        raise bad("REACTIONS_TOO_MANY")
    chat.reactions.setdefault(number, {})[world.bot.id] = emojis
    world.mark("chat", chat.id)
    return True


def log_out(_world: World, _params: Params) -> bool:
    """LogOut and close: the emulator has no other server to move to."""
    return True


TABLE = {
    "getChat": get_chat,
    "getChatMember": get_chat_member,
    "getChatAdministrators": get_chat_administrators,
    "getChatMemberCount": get_chat_member_count,
    "leaveChat": leave_chat,
    "pinChatMessage": pin_chat_message,
    "unpinChatMessage": unpin_chat_message,
    "unpinAllChatMessages": unpin_all_chat_messages,
    "setMessageReaction": set_message_reaction,
    "logOut": log_out,
    "close": log_out,
}
