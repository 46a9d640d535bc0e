"""Whose word it takes before a sheet goes: of who comes while people are asked, of the last one who
leaves, and of somebody without Telegram, for whom a coordinator notes it.
"""

from sqlalchemy.orm import Session

from db.groups import Assistance, Group, Member
from db.tables import Person
from school import group_links
from school.dossiers import ASKING, WAITING
from school.group_links import ONCE
from tests.stories.groups_made import (
    COORDINATOR,
    alone,
    group,
    handed_in,
    tutor,
    without_telegram,
)
from tests.stories.helping import writes_for
from tests.stories.test_handoff import WITH_TUTORS, asks, said_by, states
from tests.world import World


async def test_who_joins_while_people_are_asked_is_asked_too(town: World) -> None:
    ada, bea = await group(town, 1001, 1002)
    await asks(ada)

    def a_link(session: Session) -> str:
        link = group_links.make(session, session.get_one(Group, 1), ONCE, town.app.clock.now())
        assert link is not None
        return link.code

    code = await town.in_database(a_link)
    await bea.look()
    await bea.taps("Not yet")
    dora = await town.resident(1005, "Dora")
    await dora.taps_data(f"gcome:{code}")
    assert dora.sees[0] == "Ada asks: may the sheet go to a tutor?"
    await dora.taps_data("agree:1")
    assert await said_by(town) == {"Ada": "yes", "Bea": "no", "None": "yes"}
    assert await states(town) == [ASKING]


async def test_the_last_one_leaves_and_the_sheet_goes_from_the_tutors_chats(town: World) -> None:
    bruno = await tutor(town)
    ada = await alone(town)
    await group(town, 1002)

    def takes_the_place_of_bea(session: Session) -> None:
        person = next(one for one in session.query(Person) if one.telegram_id == ada.id)
        session.get_one(Group, 1).lead_id = person.id
        session.query(Member).one().person_id = person.id

    await town.in_database(takes_the_place_of_bea)
    await handed_in(ada)
    await ada.taps_data("gleave")
    assert await states(town) == []
    await bruno.look()
    assert bruno.sees == ["Its people have deleted this sheet."]


async def test_a_coordinator_notes_the_last_agreement_and_the_sheet_goes(town: World) -> None:
    await tutor(town)
    carla = await tutor(town, COORDINATOR, "Carla", "coordinator")
    (ada,) = await group(town, 1001)
    number = await without_telegram(town, "Grandma Pia")
    await town.in_database(lambda session: got_the_notice(session, town, number))
    await asks(ada)
    await carla.taps_data(f"helpone:{number}")
    await carla.taps("Note the agreement")
    await carla.taps("Yes, it is agreed")
    assert await said_by(town) == {"Ada": "yes", "Grandma Pia": "yes"}
    assert await states(town) == [WAITING]
    await ada.look()
    assert ada.sees == [WITH_TUTORS]


def got_the_notice(session: Session, town: World, number: int) -> None:
    """Somebody got the notice from a coordinator."""
    now = town.app.clock.now()
    row = Assistance(person_id=number, by_id=None, notice="1", noticed_at=now)
    session.add(row)


async def test_whoever_writes_for_somebody_asks_first(town: World) -> None:
    carla = await writes_for(town)
    await carla.taps("I have a rough idea")
    await carla.says("A workshop to repair things")
    await carla.taps_data("sendit")
    assert carla.sees[:2] == ["You write for: Maria", "Send the sheet to a tutor?"]
    assert carla.sees[3] == "Send it only if Maria has agreed."
