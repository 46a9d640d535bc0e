"""Who may do what with a sheet that is with tutors: every button of its card and of its people, by
each role, on the own sheet and on another's, forged or late.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import pytest
from sqlalchemy.orm import Session

from db.dossiers import Comment, Consent, Dossier, Version
from school import comments, dossiers
from school.dossiers import BACK, CLOSED, READY, TAKEN, WAITING
from tests.stories.groups_made import (
    COORDINATOR,
    OTHER,
    TUTOR,
    alone,
    group,
    handed_in,
    tutor,
)
from tests.world import Phone, World

RESIDENT, STRANGER = "somebody else", "nobody"
MINE, OTHERS, BOSS = "its tutor", "another tutor", "who coordinates"
# What tutors tap, in which state it does something, and who may; what it does to the rows.
DESK: Mapping[str, tuple[Sequence[str], Sequence[str]]] = {
    "takeit:1": ((WAITING,), (MINE, OTHERS, BOSS)),
    "isready:1": ((TAKEN,), (MINE, BOSS)),
    "closing:1:silent": ((WAITING, TAKEN, BACK, READY), (MINE, BOSS)),
    "asksend:1": ((TAKEN, READY), (MINE, BOSS)),
    "askdrop:1:need": ((TAKEN, READY), (MINE, BOSS)),
}
# These change nothing, whoever taps them.
LOOKING = (
    *(
        "cardpage:1:more",
        "cardpage:1:pope",
        "cardpage:9:main",
        "readying:1",
        "closing:1:pope",
        "closewhy:1",
    ),
    *(
        "askchanges:1",
        "askpart:1:useful",
        "askpart:1:pope",
        "askon:1:need",
        "askon:1:pope",
        "asklist:1",
    ),
    *(
        "takeit:9",
        "takeit:x",
        "isready:9",
        "asksend:x",
        "version:1:9",
        "version:1:x",
        "version:9:1",
    ),
)
# What its people tap, in which state it does something.
PEOPLE: Mapping[str, Sequence[str]] = {
    "askall": (BACK, CLOSED),
    "takeback": (WAITING,),
}
THEIRS = ("agree:1", "notyet:1", "remindone:1", "without", "gowithout", "takingback", "way")


def rows(session: Session) -> list[Any]:
    """All that may change, but for what was looked at."""
    found: list[Any] = []
    for table in (Dossier, Version, Comment, Consent):
        for row in session.query(table).all():
            values = {c.key: getattr(row, c.key) for c in table.__table__.columns}
            found.append({key: value for key, value in values.items() if key != "read_at"})
    return found


async def at(town: World, state: str) -> None:
    """The sheet is in a state, with a comment that was not sent and one that was."""

    def put(session: Session) -> None:
        row = session.get_one(Dossier, 1)
        dossiers.move(row, state, town.app.clock.now())
        bruno = next(one for one in session.query(dossiers.Person) if one.name == "Bruno")
        row.tutor_id = None if state == WAITING else bruno.id
        comments.remove(session, row)
        session.query(Consent).delete()
        for person in dossiers.people(session, row):
            dossiers.agree(session, row, person, town.app.clock.now())
        comments.write(session, row, "need", "Whose lamps?", bruno)

    await town.in_database(put)


async def people(town: World) -> dict[str, Phone]:
    """Everybody there is: a sheet's own, somebody with another sheet, and those who work here."""
    staff = {
        MINE: await tutor(town, TUTOR, "Bruno"),
        OTHERS: await tutor(town, OTHER, "Olga"),
        BOSS: await tutor(town, COORDINATOR, "Carla", "coordinator"),
    }
    ada = (await group(town, 1002))[0]
    await handed_in(ada)
    stranger = await town.person(1009, "Eve")
    await stranger.says("/start")
    return {
        "its own": ada,
        RESIDENT: await alone(town),
        STRANGER: stranger,
        **staff,
    }


@pytest.mark.parametrize("state", [WAITING, TAKEN, BACK, READY, CLOSED])
async def test_what_tutors_tap_does_something_for_those_who_may(town: World, state: str) -> None:
    everybody = await people(town)
    for data, (states, who) in DESK.items():
        for name, phone in everybody.items():
            await at(town, state)
            before = await town.in_database(rows)
            await phone.taps_data(data)
            changed = await town.in_database(rows) != before
            # A sheet that waits is nobody's yet.
            may = name in who and not (state == WAITING and name == MINE and data != "takeit:1")
            assert changed == (state in states and may), (data, name)


@pytest.mark.parametrize("state", [WAITING, TAKEN, CLOSED])
async def test_looking_and_forging_changes_nothing(town: World, state: str) -> None:
    everybody = await people(town)
    await at(town, state)
    before = await town.in_database(rows)
    for data in LOOKING:
        for name, phone in everybody.items():
            await phone.taps_data(data)
            assert await town.in_database(rows) == before, (data, name)


@pytest.mark.parametrize("state", [WAITING, TAKEN, BACK, READY, CLOSED])
async def test_what_its_people_tap_does_something_for_them_alone(town: World, state: str) -> None:
    everybody = await people(town)
    for data in (*PEOPLE, *THEIRS):
        for name in ("its own", STRANGER, MINE, OTHERS, BOSS):
            await at(town, state)
            before = await town.in_database(rows)
            await everybody[name].taps_data(data)
            changed = await town.in_database(rows) != before
            assert changed == (name == "its own" and state in PEOPLE.get(data, ())), (data, name)


async def test_a_paper_goes_only_to_those_who_may_read_it(town: World) -> None:
    everybody = await people(town)
    for state, who in ((WAITING, (MINE, OTHERS, BOSS)), (TAKEN, (MINE, BOSS))):
        await at(town, state)
        for name, phone in everybody.items():
            await phone.look()
            before = sum("document" in message for message in phone.messages)
            await phone.taps_data("version:1:1")
            got = sum("document" in message for message in phone.messages) - before
            assert got == (1 if name in who else 0), (state, name)
