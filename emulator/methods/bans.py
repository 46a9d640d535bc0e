"""Who is put out of a group, and may come back."""

from emulator.members import set_status
from emulator.messages import find_chat
from emulator.methods.chats import check_rights
from emulator.params import Params
from emulator.refusals import bad
from emulator.state import Chat, World

_TO_DO = "restrict/unrestrict chat member"


def ban_chat_member(world: World, params: Params) -> bool:
    """banChatMember: also of somebody who is not there."""
    chat, user = _found(world, params)
    if chat.members.get(user) == "administrator":
        raise bad("user is an administrator of the chat")
    set_status(world, chat, user, "kicked")
    return True


def unban_chat_member(world: World, params: Params) -> bool:
    """unbanChatMember: without only_if_banned a member is put out by it."""
    chat, user = _found(world, params)
    status = chat.members.get(user, "left")
    if status == "kicked" or (status != "left" and not params.flag("only_if_banned")):
        set_status(world, chat, user, "left")
    return True


def _found(world: World, params: Params) -> tuple[Chat, int]:
    """The group and somebody of it."""
    chat, user = find_chat(world, params), params.integer("user_id")
    if chat.type == "private":
        raise bad("chat member status can't be changed in private chats")
    check_rights(world, chat, _TO_DO, "can_restrict_members")
    if user not in world.people:
        raise bad("PARTICIPANT_ID_INVALID")
    return chat, user


TABLE = {"banChatMember": ban_chat_member, "unbanChatMember": unban_chat_member}
"""By name."""
