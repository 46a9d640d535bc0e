"""What is known of a message that was passed on: its parts, where they stand, who may say what."""

import datetime as dt
from collections.abc import Sequence

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from db.dossiers import Dossier, Relay
from db.session import Database
from db.tables import Handle, Idea, Outgoing, Person
from school import desk, dossiers, outbox, people, relays, staff
from school.relays import GROUP, TUTOR, Source

NOW = dt.datetime(2026, 11, 23, 9, tzinfo=dt.UTC)
RESIDENT, HAS_IT, OTHER, MEDIATES, COORDINATES = range(1001, 1006)


def somebody(session: Session, number: int, *roles: str) -> Person:
    person = people.add(session, number, "en", NOW)
    for role in roles:
        staff.give(session, person, role, NOW)
    return person


def a_dossier(session: Session) -> Dossier:
    """Of one resident; one tutor has it, and another one helps with its language."""
    ada = somebody(session, RESIDENT)
    idea = Idea(person_id=ada.id, created_at=NOW)
    tutors = [somebody(session, number, staff.TUTOR) for number in (HAS_IT, OTHER, MEDIATES)]
    somebody(session, COORDINATES, staff.COORDINATOR)
    session.add(idea)
    session.flush()
    dossier = Dossier(idea_id=idea.id, state=dossiers.TAKEN, since=NOW, tutor_id=tutors[0].id)
    dossier.mediator_id = tutors[2].id
    session.add(dossier)
    session.flush()
    return dossier


def find(session: Session, number: int) -> Person:
    return session.scalars(select(Person).where(Person.telegram_id == number)).one()


def passed_on(session: Session, to: str = GROUP, author: int = HAS_IT, message: int = 7) -> Relay:
    dossier = session.scalars(select(Dossier)).first() or a_dossier(session)
    source = Source(author, message)
    return relays.keep(session, dossier, find(session, author), source, to, NOW)


def stands(session: Session, relay: Relay, chat: int, message: int, part: int = 0) -> None:
    dossier = session.get_one(Dossier, relay.dossier_id)
    slot = desk.slot(dossier, relays.what(relay, part))
    session.add(Handle(chat_id=chat, slot=slot, message_id=message))
    session.flush()


@pytest.mark.parametrize(
    ("what", "number"),
    [("r:17", 17), ("r:17.2", 17), ("card", None), ("r:", None), ("r:x", None), ("sent:17", None)],
)
def test_what_stands_in_a_chat_names_its_row(what: str, number: int | None) -> None:
    assert relays.number_in(what) == number


@pytest.mark.parametrize(
    ("words", "lengths"),
    [("", []), ("x" * 3500, [3500]), ("x" * 3501, [3500, 1]), ("x" * 7000, [3500, 3500])],
)
def test_long_words_are_passed_on_in_pieces(words: str, lengths: list[int]) -> None:
    assert [len(piece) for piece in relays.pieces(words)] == lengths
    assert "".join(relays.pieces(words)) == words


@pytest.mark.parametrize(
    ("words", "fits"), [("x" * 900, True), ("x" * 901, False), ("😀" * 451, False)]
)
def test_below_a_file_there_is_less_room(words: str, *, fits: bool) -> None:
    assert relays.in_caption(words) == fits


@pytest.mark.parametrize(
    ("number", "may"),
    [(RESIDENT, False), (HAS_IT, True), (OTHER, False), (MEDIATES, True), (COORDINATES, True)],
)
async def test_who_may_write_to_a_sheets_people(
    database: Database, number: int, *, may: bool
) -> None:
    def work(session: Session) -> bool:
        return relays.may_answer(session, a_dossier(session), find(session, number))

    assert await database.run(work) is may


async def test_whose_role_has_ended_may_not_write_to_them(database: Database) -> None:
    def work(session: Session) -> bool:
        dossier = a_dossier(session)
        tutor = find(session, HAS_IT)
        staff.take(session, tutor, staff.TUTOR)
        return relays.may_answer(session, dossier, tutor)

    assert await database.run(work) is False


@pytest.mark.parametrize(
    ("number", "to", "may"),
    [
        (HAS_IT, GROUP, True),
        (OTHER, GROUP, False),
        (COORDINATES, GROUP, True),
        (RESIDENT, GROUP, False),
        (RESIDENT, TUTOR, False),
        (COORDINATES, TUTOR, False),
    ],
)
async def test_who_may_take_a_message_back(
    database: Database, number: int, to: str, *, may: bool
) -> None:
    def work(session: Session) -> bool:
        a_dossier(session)
        relay = passed_on(session, to, HAS_IT if to == GROUP else RESIDENT)
        return relays.may_take_back(session, relay, find(session, number))

    assert await database.run(work) is may


async def test_its_copies_are_what_stands_and_what_is_on_its_way(database: Database) -> None:
    def work(session: Session) -> Sequence[tuple[int, str]]:
        first, other = passed_on(session), passed_on(session, message=8)
        stands(session, first, RESIDENT, 5)
        stands(session, first, RESIDENT, 6, part=1)
        stands(session, other, RESIDENT, 9)
        slot = f"d:{first.dossier_id}:{relays.what(first)}"
        outbox.put(session, 77, "sendMessage", {"text": "x"}, language="en", now=NOW, slot=slot)
        return [(chat, slot.partition(":r:")[2]) for chat, slot in relays.copies(session, first)]

    assert await database.run(work) == [(77, "1"), (RESIDENT, "1"), (RESIDENT, "1.1")]


async def test_what_is_dropped_is_not_sent(database: Database) -> None:
    def work(session: Session) -> tuple[int, int]:
        relay = passed_on(session)
        slot = f"d:{relay.dossier_id}:{relays.what(relay)}"
        for name in (slot, f"{slot}.1", f"{slot}1", None):
            outbox.put(session, 77, "sendMessage", {"text": "x"}, language="en", now=NOW, slot=name)
        relays.drop(session, relay)
        left = session.scalars(select(Outgoing)).all()
        return len(left), len(session.scalars(select(Relay)).all())

    assert await database.run(work) == (2, 0)


async def test_an_album_is_one_message(database: Database) -> None:
    def work(session: Session) -> list[int]:
        dossier = a_dossier(session)
        tutor = find(session, HAS_IT)
        made = [
            relays.keep(session, dossier, tutor, Source(chat, number, album), GROUP, NOW)
            for chat, number, album in (
                (1, 1, "a"),
                (1, 2, "a"),
                (1, 3, "b"),
                (2, 1, "a"),
                (1, 4, None),
            )
        ]
        return [len(relays.together(session, relay)) for relay in made]

    assert await database.run(work) == [2, 2, 1, 1, 1]


async def test_a_reply_finds_the_source_or_the_copy(database: Database) -> None:
    def work(session: Session) -> list[int | None]:
        relay = passed_on(session)
        stands(session, relay, RESIDENT, 5)
        return [relays.message_in(session, relay, chat) for chat in (HAS_IT, RESIDENT, OTHER)]

    assert await database.run(work) == [7, 5, None]


@pytest.mark.parametrize("state", [dossiers.ASKING, *dossiers.WITH_TUTORS, dossiers.CLOSED])
async def test_people_write_to_tutors_who_have_the_sheet(database: Database, state: str) -> None:
    def work(session: Session) -> bool:
        dossier = a_dossier(session)
        dossier.state = state
        session.flush()
        return relays.open_to(session, session.get_one(Idea, dossier.idea_id)) is not None

    assert await database.run(work) is (state in dossiers.WITH_TUTORS)
