"""`/sim/users`, `/sim/people`, `/sim/menu` and who blocks the bot."""

from aiohttp import web

from emulator.json_types import Json
from emulator.menus import shown_menu
from emulator.messages import IN_CHAT, lane
from emulator.persons import person_of
from emulator.refusals import SimError
from emulator.sim.body import integer, optional_text, read_body, whole
from emulator.state import IDS_BELOW, Chat, Person, World

TEXTS = ("first_name", "last_name", "username", "language_code", "label")


def shown(person: Person) -> Json:
    """A person as the control API tells it; empty fields are left out."""
    told: Json = {"id": person.id}
    for key in TEXTS:
        value = getattr(person, key)
        if value:
            told[key] = value
    return told | {"blocked": person.blocked, "deactivated": person.deactivated}


async def users(world: World, request: web.Request) -> Json:
    """Makes or changes a person; omitted keys stay."""
    body = await read_body(request, "id", *TEXTS)
    number = integer(body, "id")
    if not 0 < number < IDS_BELOW or number == world.bot.id:
        raise SimError(400, "'id' of a person is a number above 0, and not the bot's")
    texts = {key: optional_text(body, key) for key in TEXTS if key in body}
    person = world.people.get(number)
    if not texts.get("first_name", person and person.first_name):
        raise SimError(400, "'first_name' is missing")
    if person is None:
        person = world.people[number] = Person(number, str(texts["first_name"]))
    for key, value in texts.items():
        setattr(person, key, value)
    world.mark("person", number)
    return shown(person)


def _group(chat: Chat) -> Json:
    return {
        "id": chat.id,
        "title": chat.title,
        "forum": chat.forum,
        "members": [user for user, status in chat.members.items() if status in IN_CHAT],
        "admins": [user for user, status in chat.members.items() if status == "administrator"],
    }


async def everybody(world: World, _request: web.Request) -> Json:
    """All people, groups and the bot, for the page."""
    bot = world.bot.user()
    return {
        "people": [shown(person) for person in world.people.values()],
        "groups": [_group(chat) for chat in world.chats.values() if chat.id < 0],
        "bot": {
            "id": bot["id"],
            "username": bot["username"],
            "first_name": bot["first_name"],
            "commands": world.bot.commands.get("default|", []),
        },
    }


async def menu(world: World, request: web.Request) -> Json:
    """The commands and descriptions that a person's phone shows."""
    user = whole(dict(request.query), "user")
    if user is None:
        raise SimError(400, "'user' is missing")
    return shown_menu(world.bot, person_of(world, user))


async def _subject(world: World, request: web.Request) -> Person:
    return person_of(world, integer(await read_body(request, "user"), "user"))


def _membership(world: World, person: Person, old: str, new: str) -> Json:
    """Tells the bot that a person blocked it ("kicked") or let it in again ("member")."""
    world.mark("person", person.id)
    bot = world.bot.user()
    payload = {
        "chat": world.chat_object(world.private_chat(person.id)),
        "from": person.user(),
        "date": world.clock.date(),
        "old_chat_member": _bot_status(bot, old),
        "new_chat_member": _bot_status(bot, new),
    }
    return {"update_id": world.updates.emit("my_chat_member", payload, lane(person.id))}


def _bot_status(bot: Json, status: str) -> Json:
    member: Json = {"user": bot, "status": status}
    return member | {"until_date": 0} if status == "kicked" else member


async def block(world: World, request: web.Request) -> Json:
    """The person blocks the bot."""
    person = await _subject(world, request)
    if person.blocked:
        return {"update_id": None}
    person.blocked = True
    return _membership(world, person, "member", "kicked")


async def unblock(world: World, request: web.Request) -> Json:
    """The person lets the bot in again."""
    person = await _subject(world, request)
    if not person.blocked:
        return {"update_id": None}
    person.blocked = False
    return _membership(world, person, "kicked", "member")


async def deactivate(world: World, request: web.Request) -> Json:
    """The person's account ends."""
    person = await _subject(world, request)
    if person.deactivated:
        return {"update_id": None}
    person.deactivated = True
    return _membership(world, person, "kicked" if person.blocked else "member", "kicked")
