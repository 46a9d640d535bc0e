"""Members of groups: what they are, and what the bot is told when that changes."""

from emulator.json_types import Json
from emulator.messages import IN_CHAT, lane, put
from emulator.refusals import SimError
from emulator.state import Chat, World

RIGHTS = {
    "can_manage_chat": True,
    "can_delete_messages": True,
    "can_manage_video_chats": True,
    "can_restrict_members": True,
    "can_promote_members": True,
    "can_change_info": True,
    "can_invite_users": True,
    "can_post_stories": True,
    "can_edit_stories": True,
    "can_delete_stories": True,
    "can_pin_messages": True,
    "can_manage_topics": True,
    "can_manage_tags": True,
    "is_anonymous": False,
}


def member_object(world: World, chat: Chat, user: int) -> Json:
    """The Bot API's ChatMember."""
    lacks = chat.lacks if user == world.bot.id else []
    return _member(world, user, chat.members.get(user, "left"), lacks)


def _member(world: World, user: int, status: str, lacks: list[str]) -> Json:
    member: Json = {"user": world.user_object(user), "status": status}
    if status == "administrator":
        return member | {"can_be_edited": False} | RIGHTS | dict.fromkeys(lacks, False)
    return member | {"until_date": 0} if status == "kicked" else member


def administrator(world: World, chat: Chat) -> int:
    """Who acts for the group: its first administrator, else its first member.

    Raises:
        SimError: 409, the group has nobody but the bot.
    """
    people = [user for user in chat.members if user != world.bot.id]
    people.sort(key=lambda user: chat.members[user] != "administrator")
    for user in people:
        if chat.members[user] in IN_CHAT:
            return user
    raise SimError(409, f"chat {chat.id} has nobody in it but the bot")


def set_status(
    world: World, chat: Chat, user: int, status: str, lacks: list[str] | None = None
) -> Json:
    """Changes what somebody is in a group, with the service message and update that tell it; and
    which rights the bot lacks there.
    """
    before, old = member_object(world, chat, user), chat.members.get(user, "left")
    if user == world.bot.id:
        chat.lacks = lacks or []
    if before == member_object(world, chat, user) and old == status:
        return {"update_id": None}
    joins, leaves = _moves(old, status)
    actor = user if status == "left" or (joins and user != world.bot.id) else None
    actor = administrator(world, chat) if actor is None else actor
    heard = chat.members.get(world.bot.id) in IN_CHAT
    chat.members[user] = status
    world.mark("chat", chat.id)
    world.mark("group", chat.id)
    heard = heard or chat.members.get(world.bot.id) in IN_CHAT
    if not heard:
        return {"update_id": None}
    if user != world.bot.id and (joins or leaves):
        _service_message(world, chat, user, actor, joins=joins)
    payload = {
        "chat": world.chat_object(chat),
        "from": world.user_object(actor),
        "date": world.clock.date(),
        "old_chat_member": before,
        "new_chat_member": member_object(world, chat, user),
    }
    kind = "my_chat_member" if user == world.bot.id else "chat_member"
    if kind == "chat_member" and chat.members.get(world.bot.id) != "administrator":
        return {"update_id": None}
    return {"update_id": world.updates.emit(kind, payload, lane(chat.id))}


def _moves(old: str, new: str) -> tuple[bool, bool]:
    """Whether somebody comes in, and whether somebody goes."""
    return old not in IN_CHAT and new in IN_CHAT, old in IN_CHAT and new not in IN_CHAT


def _service_message(world: World, chat: Chat, user: int, actor: int, *, joins: bool) -> None:
    person = world.user_object(user)
    content: Json = {"new_chat_members": [person]} if joins else {"left_chat_member": person}
    message = put(world, chat, actor, content)
    world.updates.emit("message", message, lane(chat.id))
