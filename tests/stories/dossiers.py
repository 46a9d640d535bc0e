"""A sheet that is with the tutors, as it is when it was handed over: without the way there."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.dossiers import Dossier, Relay, Version
from db.groups import Group, Member
from db.tables import Handle, Idea, Person
from db.types import Json
from school import desk, dossiers, people, staff
from tests.stories.test_staff import works
from tests.world import Phone, World

CARD = "The card of the sheet"


async def handed(
    town: World, members: Sequence[Phone], tutor: Phone | None = None, state: str = ""
) -> int:
    """The number of a dossier of these people, a group if they are several. A tutor has it, or it
    waits for one.
    """
    state = state or (dossiers.TAKEN if tutor is not None else dossiers.WAITING)
    numbers = [phone.id for phone in members]
    taken = tutor.id if tutor is not None else None
    return await town.in_database(lambda session: _handed(session, town, numbers, taken, state))


def _handed(
    session: Session, town: World, numbers: Sequence[int], tutor: int | None, state: str
) -> int:
    now = town.app.clock.now()
    owners = [_person(session, number) for number in numbers]
    idea = _group(session, owners, now) if len(owners) > 1 else _own(session, owners[0], now)
    dossier = Dossier(idea_id=idea.id, state=state, round=1, since=now, handed_at=now)
    dossier.tutor_id = _person(session, tutor).id if tutor is not None else None
    session.add(dossier)
    session.flush()
    content: dict[str, Json] = {"title": None, "answers": {}}
    session.add(Version(dossier_id=dossier.id, number=1, at=now, content=content))
    return dossier.id


def _person(session: Session, number: int) -> Person:
    return session.scalars(select(Person).where(Person.telegram_id == number)).one()


def _own(session: Session, person: Person, now: dt.datetime) -> Idea:
    return people.begin_idea(session, person, now)


def _group(session: Session, owners: Sequence[Person], now: dt.datetime) -> Idea:
    group = Group(name="The lamps", lead_id=owners[0].id, created_at=now)
    session.add(group)
    session.flush()
    for person in owners:
        session.add(Member(person_id=person.id, group_id=group.id, joined_at=now))
    idea = Idea(group_id=group.id, created_at=now)
    session.add(idea)
    session.flush()
    return idea


async def names(town: World, **chosen: Phone) -> None:
    """People choose their names."""

    def choose(session: Session) -> None:
        for name, phone in chosen.items():
            _person(session, phone.id).name = name

    await town.in_database(choose)


async def leaves(town: World, phone: Phone) -> None:
    """Somebody is in no group any more."""

    def leave(session: Session) -> None:
        session.delete(session.get_one(Member, _person(session, phone.id).id))

    await town.in_database(leave)


async def is_now(town: World, dossier: int, state: str) -> None:
    """A dossier is in another state."""

    def move(session: Session) -> None:
        dossiers.move(session.get_one(Dossier, dossier), state, town.app.clock.now())

    await town.in_database(move)


async def joins(town: World, dossier: int, name: str) -> None:
    """Somebody without Telegram is in the group, too."""

    def join(session: Session) -> None:
        now = town.app.clock.now()
        person = Person(language="en", created_at=now, name=name)
        session.add(person)
        session.flush()
        idea = session.get_one(Idea, session.get_one(Dossier, dossier).idea_id)
        assert idea.group_id is not None
        session.add(Member(person_id=person.id, group_id=idea.group_id, joined_at=now))

    await town.in_database(join)


async def card(town: World, dossier: int, chat: int) -> int:
    """A card of a dossier stands in a chat, as the bot's message; its number."""

    async def stand(message: int) -> None:
        def work(session: Session) -> None:
            slot = desk.slot(session.get_one(Dossier, dossier), "card")
            session.add(Handle(chat_id=chat, slot=slot, message_id=message))

        await town.in_database(work)

    made = await town.app.api.call("sendMessage", chat_id=chat, text=CARD)
    await stand(made["message_id"])
    return made["message_id"]


@dataclass(repr=False)
class Talk:
    """Ada and Ben have a sheet together, Tom has it as their tutor; no supergroup is bound."""

    town: World
    ada: Phone
    ben: Phone
    tom: Phone
    dossier: int
    card: int

    async def answers(self, text: str = "Which room?") -> int:
        """Tom answers below the card; the number of his message."""
        number = await self.tom.sends(text=text, reply_to=self.card)
        await self.look()
        return number

    async def look(self) -> None:
        """All of them look at their phones."""
        for phone in (self.ada, self.ben, self.tom):
            await phone.look()

    async def dossiers(self) -> Dossier:
        """The row as it is."""
        (found,) = await self.town.rows(Dossier)
        return found


async def talk(town: World, state: str = "") -> Talk:
    """They begin; in another state than TAKEN or later nobody has the sheet."""
    tom = await works(town, staff.TUTOR, number=1003, name="Tom")
    ada, ben = await town.resident(1001, "Account of Ada"), await town.resident(1002, "B.")
    await names(town, Ada=ada, Ben=ben)
    waits = state in (dossiers.ASKING, dossiers.WAITING)
    number = await handed(town, [ada, ben], None if waits else tom, state)
    begun = Talk(town, ada, ben, tom, number, await card(town, number, tom.id))
    await begun.look()
    return begun


def below(phone: Phone, message: int) -> list[str]:
    """What the bot's messages say that reply to one."""
    found = [one for one in phone.messages if one["from"]["is_bot"]]
    replies = [one for one in found if one.get("reply_to_message", {}).get("message_id") == message]
    return [one.get("text") or one.get("caption", "") for one in replies]


async def reactions(town: World, chat: int, message: int) -> list[str]:
    """How a message was reacted on."""
    shown = await town.sim(f"chats/{chat}")
    return shown["reactions"].get(str(message), [])


async def relayed(town: World) -> list[Relay]:
    """What was passed on."""
    return list(await town.rows(Relay))
