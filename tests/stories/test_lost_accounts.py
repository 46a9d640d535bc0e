"""All that somebody had in an account that is lost comes to a new one."""

import pytest
from sqlalchemy.orm import Session

from db.events import Attendance, Event, Seat
from db.groups import Card, Claim, Group, Introduction, Member
from db.tables import Answer, Bubble, Handle, Idea, Outgoing, Person, Role, Wish
from school import by_name, introductions, people, seats
from school.staff import COORDINATOR, TUTOR
from tests.stories.cards import in_a_group, looks, reads, row
from tests.stories.links import (
    MOVED,
    NEW,
    answered,
    count,
    link_in,
    looked_for,
    lost,
    named,
    of_account,
    takes,
)
from tests.stories.test_staff import menu_of, trail, works
from tests.stories.test_workshops import NOW, announced, comes
from tests.world import World


@pytest.fixture(autouse=True)
def _friday(town: World) -> None:
    town.app.clock.set_to(NOW)


async def test_a_lost_account_is_found_by_the_chosen_name_and_moved_once_it_is_checked(
    town: World,
) -> None:
    await named(town)
    await answered(town, 1001, "A garden")
    carla = await looked_for(town, " ada ")
    assert carla.sees == ["Who of these is it?\n1. Ada, here since Friday 20 November"]
    assert carla.buttons == ["1. Ada", "Back"]
    await carla.taps("1. Ada")
    assert carla.sees == [
        "Have you checked that this is Ada?",
        (
            "Whoever opens the link gets all that is kept of this person.\n"
            "The account that had it loses it, and is told so."
        ),
    ]
    await carla.taps("I checked it: the link")
    new = await town.resident(NEW, "Ada's new phone")
    await new.says(f"/start {link_in(carla)}")
    assert new.sees == [
        "Move everything of Ada to this account?\nIdea, group, seats and hours come here."
    ]
    await new.taps("It is mine")
    assert new.screen == (
        "Shall all this be yours from now on?\n"
        "The account that had it loses it, and is told so.\n"
        "Roles at the school do not come along."
    )
    await new.taps("Yes, take it over")
    assert new.sees[:2] == ["All of it is yours now.", "Your idea\nA garden"]
    found = await of_account(town, NEW)
    assert found is not None
    assert (found.id, found.name) == (1, "Ada")
    assert await of_account(town, 1001) is None
    assert (await trail(carla))[:2] == [
        "Ada · moved to another account",
        "Carla · made a link to take data over, Ada",
    ]


async def test_the_account_that_had_it_is_told_and_nothing_is_kept_of_its_chat(
    town: World,
) -> None:
    ada = await named(town)
    _, link = await lost(town)
    assert [one.chat_id for one in await town.rows(Handle) if one.chat_id == 1001] == [1001]
    await takes(await town.resident(NEW, "New"), link)
    await ada.look()
    assert (ada.said[-1], ada.with_buttons) == (MOVED, [])
    assert [one for one in await town.rows(Handle) if one.chat_id == 1001] == []
    assert [one for one in await town.rows(Outgoing) if one.chat_id == 1001] == []


async def test_a_lost_account_is_found_by_a_ticket_s_code_too(town: World) -> None:
    event = await announced(town)
    ada = await comes(town, event)
    await ada.taps("Take a seat")
    (seat,) = await town.rows(Seat)
    carla, link = await lost(town, seat.code.lower(), "1. …")
    new = await town.resident(NEW, "New")
    await takes(new, link)
    await new.taps_data("mine")
    assert new.sees[0].startswith("My seats")
    assert [one.person_id for one in await town.rows(Seat)] == [1]
    await carla.taps_data("moving")
    await carla.says("ZZZZZ")
    assert carla.sees[0] == "Nobody here has this name or this code: ZZZZZ"


async def test_messages_of_the_old_chat_are_none_of_the_new_one(town: World) -> None:
    await named(town)
    await answered(town, 1001, "A garden")
    _, link = await lost(town)
    new = await town.resident(NEW, "New")
    await takes(new, link)
    (before,) = await town.rows(Bubble)
    assert (before.words, before.message_id < 0) == ("A garden", True)
    await new.taps("Continue my idea")
    await new.taps("I have a rough idea")
    while "Your answer: A garden" not in new.screen:
        await new.taps_data("change:sentence")
    await new.says("with trees")
    texts = [one.value["text"] for one in await town.rows(Answer) if one.question == "sentence"]
    assert texts == ["with trees"]


async def test_roles_end_and_do_not_come_along(town: World) -> None:
    dario = await works(town, COORDINATOR, TUTOR, number=1004, name="Dario")
    carla = await looked_for(town, "Dario")
    await carla.taps("1. Dario")
    assert carla.sees[1].splitlines()[-1] == "These roles end: tutor, coordination"
    await carla.taps("I checked it: the link")
    new = await town.resident(NEW, "New")
    await takes(new, link_in(carla))
    found = [(one.person_id, one.role) for one in await town.rows(Role)]
    assert found == [(await row(town, 1003), COORDINATOR)]
    await new.says("/start")
    assert "Tell my idea" in new.buttons
    assert await menu_of(town, dario) == [*("idea", "meetings", "group", "me", "help", "language")]
    await dario.look()
    assert dario.said[-1] == MOVED


async def test_nobody_moves_the_own_account(town: World) -> None:
    carla = await looked_for(town, "Carla")
    assert carla.sees[0] == "Nobody here has this name or this code: Carla"
    await carla.taps_data(f"moveone:{await row(town, 1003)}")
    await carla.taps_data(f"claimlink:{await row(town, 1003)}")
    assert await town.rows(Claim) == []


async def test_only_who_was_looked_for_can_be_moved(town: World) -> None:
    await named(town)
    bob = await row(town, (await named(town, 1002, "Bob")).id)
    carla = await looked_for(town, "Ada")
    for data in (f"moveone:{bob}", f"claimlink:{bob}", "moveone:x", "claimlink:x"):
        await carla.taps_data(data)
        assert carla.sees[0].startswith("Whose account is lost?"), data
    assert await town.rows(Claim) == []


async def test_seats_wishes_and_groups_of_both_accounts_are_the_person_s(town: World) -> None:
    first, second = await announced(town), await announced(town, 1, "Bread")
    ada = await named(town)
    new = await town.resident(NEW, "New")
    await in_a_group(town, NEW, 1001 + 0)
    await ada.taps_data("want:meeting")
    await new.taps_data("want:meeting")

    def take(session: Session) -> None:
        one, other = people.find(session, 1001), people.find(session, NEW)
        assert one is not None
        assert other is not None
        events = [session.get_one(Event, event.id) for event in (first, second)]
        seats.take(session, events[0], one, NOW)
        kept = seats.take(session, events[0], other, NOW)
        session.add(Attendance(seat_id=kept.id, meeting_id=1, at=NOW, how="list"))
        third = by_name.add(session, "X", "en", NOW)
        seats.take(session, events[1], other, NOW)
        assert seats.take(session, events[1], one, NOW).state == seats.WAITING
        assert seats.take(session, events[1], third, NOW).state == seats.WAITING

    await town.in_database(take)
    _, link = await lost(town)
    await takes(new, link)
    own = sorted((one.event_id, one.state) for one in await town.rows(Seat) if one.person_id == 1)
    assert own == [(first.id, "seated"), (second.id, "seated")]
    (came,) = await town.rows(Attendance)
    assert came.seat_id in [one.id for one in await town.rows(Seat) if one.person_id == 1]
    assert [one.person_id for one in await town.rows(Wish)] == [1]
    assert [one.person_id for one in await town.rows(Member)] == [1]
    assert [one.lead_id for one in await town.rows(Group)] == [1]


async def test_a_seat_that_is_free_then_goes_to_whoever_waits(town: World) -> None:
    event = await announced(town, 2)
    await named(town)
    new, bob = await town.resident(NEW, "New"), await named(town, 1002, "Bob")

    def take(session: Session) -> None:
        found = session.get_one(Event, event.id)
        for number in (1001, NEW, 1002):
            person = people.find(session, number)
            assert person is not None
            seats.take(session, found, person, NOW)

    await town.in_database(take)
    _, link = await lost(town)
    await takes(new, link)
    held = [(one.person_id, one.state) for one in await town.rows(Seat)]
    assert sorted(held) == [(1, "seated"), (await row(town, 1002), "offered")]
    await bob.look()
    assert "A seat is free for you" in bob.said[-1]


async def test_two_groups_are_never_one(town: World) -> None:
    await named(town)
    new = await town.resident(NEW, "New")
    await in_a_group(town, 1001)
    await in_a_group(town, NEW)
    _, link = await lost(town)
    await new.says(f"/start {link}")
    assert new.sees[0].startswith("You are in another group here. Nobody can be in two groups.")
    assert await count(town, Claim, Person) == [1, 3]


async def test_whom_one_did_not_want_to_see_stays_out_of_sight(town: World) -> None:
    ada, eve = await looks(town, 1001, "Ada"), await looks(town, 1004, "Eve")
    await reads(ada)
    await ada.taps("Never show this person")
    new = await looks(town, NEW, "New")
    assert (await reads(new))[0] == "Card 1 of 2"
    _, link = await lost(town)
    await takes(new, link)
    states = [(one.person_id, one.other_id, one.state) for one in await town.rows(Introduction)]
    assert states == [(1, 2, introductions.HIDDEN)]
    assert (await reads(new))[0] == "Your card"
    assert (await reads(eve))[0] == "Your card"
    assert [one.person_id for one in await town.rows(Card)] == [1, 2]


async def test_who_was_only_noted_by_name_takes_the_seat_over(town: World) -> None:
    event = await announced(town)

    def note(session: Session) -> None:
        person = by_name.add(session, "Maria", "en", NOW)
        seats.give(session, session.get_one(Event, event.id), person, NOW)

    await town.in_database(note)
    _, link = await lost(town, "Maria", "1. Maria")
    new = await town.resident(NEW, "New")
    await takes(new, link)
    assert (new.sees[0], "My seats" in new.buttons) == ("All of it is yours now.", True)


async def test_the_old_account_goes_on_as_somebody_new(town: World) -> None:
    ada = await named(town)
    await answered(town, 1001, "A garden")
    _, link = await lost(town)
    await takes(await town.resident(NEW, "New"), link)
    await ada.says("Is my idea still here?")
    await ada.taps("I have read, go on")
    await ada.taps("I am 14 or older")
    assert ada.buttons[0] == "Tell my idea"
    assert len(await town.rows(Idea)) == 1
