"""`/sim/groups`, `/sim/members`, `/sim/topics`: what administrators do."""

from aiohttp import web

from emulator.json_types import Json, as_list, is_whole
from emulator.members import RIGHTS, administrator, set_status
from emulator.messages import lane, put
from emulator.persons import hears, person_of
from emulator.refusals import SimError
from emulator.sim.body import choice, integer, read_body, text
from emulator.state import IDS_BELOW, Chat, World
from emulator.topics import delete_topic

STATUSES = ("member", "administrator", "left", "kicked")


def _people(world: World, body: Json, key: str) -> list[int]:
    numbers = as_list(body.get(key, []))
    if numbers is None or not all(map(is_whole, numbers)):
        raise SimError(400, f"{key!r} is a list of ids")
    return [person_of(world, number).id for number in numbers]


async def groups(world: World, request: web.Request) -> Json:
    """Makes a supergroup, the bot in it with all rights, or makes it anew by that id."""
    body = await read_body(request, "id", "title", "forum", "members", "admins")
    number = integer(body, "id")
    if not -IDS_BELOW < number < 0:
        raise SimError(400, "'id' of a group is a number below 0")
    forum = body.get("forum", False)
    if not isinstance(forum, bool):
        raise SimError(400, "'forum' is true or false")
    members = dict.fromkeys(_people(world, body, "members"), "member")
    members |= dict.fromkeys(_people(world, body, "admins"), "administrator")
    group = world.group(number)
    group.title, group.forum = text(body, "title"), forum
    group.members = {world.bot.id: "administrator", **members}
    return {"id": number, "title": group.title, "forum": forum, "members": list(group.members)}


def _group(world: World, number: int) -> Chat:
    group = world.chats.get(number)
    if group is None or group.type == "private":
        raise SimError(404, f"there is no group {number}")
    return group


async def members(world: World, request: web.Request) -> Json:
    """Changes what somebody, or the bot, is in a group, and which rights the bot lacks there."""
    body = await read_body(request, "chat", "user", "status", "without")
    group = _group(world, integer(body, "chat"))
    bot = body.get("user") == "bot"
    user = world.bot.id if bot else person_of(world, integer(body, "user")).id
    without = as_list(body.get("without", []))
    if without is None or not all(right in RIGHTS for right in without):
        raise SimError(400, f"'without' is a list of rights: {', '.join(RIGHTS)}")
    lacks = [str(right) for right in without]
    return set_status(world, group, user, choice(body, "status", STATUSES), lacks)


async def topics(world: World, request: web.Request) -> Json:
    """Closes, reopens or deletes a topic, as an administrator of the group."""
    body = await read_body(request, "chat", "thread", "do")
    group = _group(world, integer(body, "chat"))
    number = integer(body, "thread")
    done = choice(body, "do", ("close", "reopen", "delete"))
    topic = group.topics.get(number)
    if topic is None:
        raise SimError(404, f"there is no topic {number} in chat {group.id}")
    if done == "delete":
        delete_topic(world, group, number)
        return {"update_id": None}
    if topic.closed == (done == "close"):
        raise SimError(409, f"topic {number} is {'closed' if topic.closed else 'open'} already")
    topic.closed = done == "close"
    kind = "forum_topic_closed" if topic.closed else "forum_topic_reopened"
    content: Json = {"message_thread_id": number, "is_topic_message": True, kind: {}}
    message = put(world, group, administrator(world, group), content)
    world.mark("chat", group.id)
    if not hears(world, group):
        return {"update_id": None}
    return {"update_id": world.updates.emit("message", message, lane(group.id))}
