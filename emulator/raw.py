"""Updates that are queued as they are: the chats and users that they name are made.

Whoever is named in a private chat counts as having written, so the bot may answer. A callback
query in it can be answered once, and is awaited, as any other.
"""

from collections.abc import Iterator
from typing import Any, cast

from emulator.json_types import Json, as_object, is_whole
from emulator.messages import lane
from emulator.state import IDS_BELOW, Person, Query, World


def adopt(world: World, update: Json) -> str:
    """Makes what the update names; the lane in which it is delivered."""
    chosen = lane(0)
    for found in _objects(update):
        number = found.get("id")
        if not is_whole(number) or abs(number) >= IDS_BELOW:
            continue
        if _is_chat(found):
            _adopt_chat(world, number, found)
            chosen = lane(number)
        elif found.get("is_bot") is False and number > 0:
            _adopt_person(world, number, found)
    query = as_object(update.get("callback_query"))
    if query is None:
        return chosen
    _adopt_query(world, query)
    return f"user {_sender(query)}"


def _objects(value: object) -> Iterator[Json]:
    if isinstance(value, dict):
        yield cast("Json", value)
        for inner in cast("Json", value).values():
            yield from _objects(inner)
    elif isinstance(value, list):
        for inner in cast("list[Any]", value):
            yield from _objects(inner)


def _is_chat(found: Json) -> bool:
    return found.get("type") in ("private", "group", "supergroup", "channel")


def _adopt_chat(world: World, number: int, found: Json) -> None:
    if found["type"] != "private":
        if number not in world.chats and number < 0:
            group = world.group(number)
            group.title = str(found.get("title", ""))
            group.forum = found.get("is_forum") is True
    elif number > 0:
        person = _adopt_person(world, number, found)
        person.wrote = True
        world.private_chat(number)


def _adopt_person(world: World, number: int, found: Json) -> Person:
    person = world.people.get(number)
    if person is None:
        person = Person(number, str(found.get("first_name") or number))
        for key in ("last_name", "username", "language_code"):
            if isinstance(found.get(key), str):
                setattr(person, key, found[key])
        world.people[number] = person
    world.mark("person", number)
    return person


def _sender(query: Json) -> int:
    number = (as_object(query.get("from")) or {}).get("id")
    return number if isinstance(number, int) else 0


def _adopt_query(world: World, found: Json) -> None:
    number, user = found.get("id"), _sender(found)
    message = as_object(found.get("message")) or {}
    chat = (as_object(message.get("chat")) or {}).get("id", user)
    if not isinstance(number, str) or not is_whole(chat):
        return
    if chat not in world.chats and chat not in world.people:
        return
    if chat in world.people:
        world.private_chat(chat)
    world.queries[number] = Query(number, chat, user, world.clock.now())
    world.open_queries.add(number)
    world.mark("query", number)
