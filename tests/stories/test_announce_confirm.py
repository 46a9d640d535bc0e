"""An announcement is confirmed once, exactly as it was seen; to many people it goes once somebody
else, who coordinates too, has approved exactly this version.
"""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from db.tables import Person
from school import staff
from school.staff import COORDINATOR, TUTOR
from tests.stories.announced import at, go_on, it_is, ledger, saying, shown, state, text
from tests.stories.composing import HEAD, NAME, SAYS, carried, change, drafted, row, seen, utc
from tests.stories.test_staff import trail, works
from tests.world import Phone, World, example_school, world

WHAT = "For: Everybody\nAbout: News of the school\nWhen: now"
MEANWHILE = "It has changed meanwhile: look at it once more."
WENT = "It went already."
AGAIN = "It has changed: it goes only when it is confirmed anew."
BEYOND = "It is for more than 1: somebody else approves it first."


@pytest.fixture
async def city(database_url: str, folder: Path) -> AsyncIterator[World]:
    """Here more than one person are many."""
    school = example_school(folder / "city", school="[announcing]\napprove_above = 1")
    async with world(database_url, school=school) as made:
        yield made


async def many(city: World, **more: Any) -> tuple[Phone, Phone, int]:
    """Carla and Dario, who coordinate, and a draft of hers that is for both."""
    carla, number = await drafted(city, **more)
    dario = await works(city, COORDINATOR, number=1004, name="Dario")
    await carla.taps_data(f"ann:{number}")
    return carla, dario, number


async def asked(city: World, **more: Any) -> tuple[Phone, Phone, int]:
    """She asked for approval."""
    carla, dario, number = await many(city, **more)
    await carla.taps("Ask for approval")
    await dario.look()
    return carla, dario, number


async def test_one_tap_sends_it_and_it_is_noted(town: World) -> None:
    carla, number = await drafted(town)
    await town.resident(1001)
    await carla.taps("Send it now")
    await go_on(town)
    assert await shown(town, 1001) == ["A meeting"]
    assert (await row(town, number)).person_id == 1
    assert (await trail(carla))[0] == "Carla · sent an announcement, Announcement 1"


async def test_a_second_tap_sends_nothing_and_says_so(town: World) -> None:
    carla, _ = await drafted(town)
    data = carried(carla, "Send it now")
    await carla.taps("Send it now")
    await carla.taps_data(data)
    assert carla.sees[0] == WENT
    await go_on(town)
    await carla.taps_data(data)
    assert carla.sees[0] == WENT
    assert await shown(town, 1003) == ["A meeting"]


async def test_a_tap_on_what_is_planned_already_says_so(town: World) -> None:
    carla, number = await drafted(town, starts_at=utc(at(18)))
    data = carried(carla, "Send it later")
    await carla.taps("Send it later")
    await carla.taps_data(data)
    assert carla.sees[0] == "It is confirmed already."
    assert await state(town, number) == "planned"


CHANGES: list[dict[str, Any]] = [
    {"content": saying(text("Another meeting"))},
    {"audience": {"to": ["language:en"], "not": []}},
    {"audience": {"to": ["all"], "not": ["tutors"]}},
    {"subject": "meetings"},
    {"options": {"urgent": True}},
    {"starts_at": utc(at(18))},
    {"until": utc(at(18))},
]


@pytest.mark.parametrize("values", CHANGES)
async def test_it_goes_only_as_it_was_seen(town: World, values: dict[str, Any]) -> None:
    carla, number = await drafted(town)
    data = carried(carla, "Send it now")
    await change(town, **values)
    await carla.taps_data(data)
    assert carla.sees[0] == MEANWHILE
    await go_on(town)
    assert (await state(town, number), await shown(town, 1003)) == ("draft", [])
    # As it is now, it goes.
    await carla.taps(carla.buttons[-2])
    assert await state(town, number) in ("sending", "planned")


@pytest.mark.parametrize(
    ("values", "why"),
    [
        ({"audience": {"to": [], "not": []}}, "Choose for whom it is."),
        ({"audience": {"to": ["language:zh"], "not": []}}, "Nobody gets it as it is."),
        ({"subject": None}, "Choose what it is about."),
        (
            {"until": utc(at(9))},
            "It would be of no use any more when it goes: choose another time.",
        ),
    ],
)
async def test_what_lacks_something_cannot_go(
    town: World, values: dict[str, Any], why: str
) -> None:
    carla, number = await drafted(town, **values)
    assert carla.sees[-1] == why
    assert carla.buttons == [*SAYS, "For whom", "About what", "When", "Until when", "Back"]
    looked = await seen(town, number)
    for verb in ("annsend", "annask"):
        await carla.taps_data(f"{verb}:{number}:{looked}")
        assert carla.sees[0] == MEANWHILE
    assert await state(town, number) == "draft"


async def test_to_many_people_somebody_else_approves_it_first(city: World) -> None:
    carla, dario, number = await many(city)
    there = "2 people get it.\nFor example: Dario, Carla"
    assert carla.sees == [*HEAD, WHAT, there, BEYOND]
    assert carla.buttons[-2:] == ["Ask for approval", "Back"]
    await carla.taps("Ask for approval")
    assert carla.sees == [*HEAD, WHAT, there, "It waits for somebody else to approve it."]
    assert carla.buttons == ["Look at it", "Withdraw it", "Back"]
    await dario.look()
    assert dario.sees == [
        "Please approve an announcement.",
        f"{NAME}\nApproval is asked for by Carla.\nFor: Everybody\nWhen: now",
    ]
    assert dario.buttons == ["Look at it"]
    await go_on(city)
    assert await ledger(city, number) == {}
    await dario.taps("Look at it")
    assert dario.said[-2] == "A meeting"
    assert dario.sees == [*HEAD, WHAT, there, "Approval is asked for by Carla."]
    assert dario.buttons == ["Look at it", "Approve it and send", "Send it back", "Back"]
    await dario.taps("Approve it and send")
    await carla.look()
    assert carla.sees == ["Your announcement was approved by Dario.\n" + NAME + "\nIt goes now."]
    assert carla.buttons == ["Open it"]
    await go_on(city)
    assert (await row(city, number)).approver_id == 2
    assert await shown(city, 1003) == ["A meeting"]
    # He had looked at it before.
    assert (await shown(city, 1004)).count("A meeting") == 2
    assert (await trail(carla))[:2] == [
        "Dario · approved an announcement, Announcement 1",
        "Carla · asked to approve an announcement, Announcement 1",
    ]


async def test_what_is_approved_goes_at_its_time(city: World) -> None:
    carla, dario, number = await asked(city, starts_at=utc(at(18)))
    await dario.taps("Look at it")
    await dario.taps("Approve it and send")
    await carla.look()
    said = "It goes by itself: Monday 23 November, 18:00"
    assert carla.sees == [f"Your announcement was approved by Dario.\n{NAME}\n{said}"]
    assert (await state(city, number), dario.sees[-1]) == ("planned", said)
    await it_is(city, at(18))
    assert await state(city, number) == "done"


async def test_who_asks_does_not_approve(city: World) -> None:
    carla, _, number = await asked(city)
    looked = await seen(city, number)
    await carla.taps_data(f"annyes:{number}:{looked}")
    assert carla.sees[0] == "Somebody else approves what you ask for."
    await carla.taps_data(f"annno:{number}:{looked}")
    assert carla.sees[0] == "Somebody else approves what you ask for."
    assert await state(city, number) == "asked"


async def test_nobody_sends_to_many_people_without_approval(city: World) -> None:
    carla, dario, number = await many(city)
    looked = await seen(city, number)
    await carla.taps_data(f"annsend:{number}:{looked}")
    assert carla.sees[0] == MEANWHILE
    # Nobody asked for it.
    await dario.taps_data(f"annyes:{number}:{looked}")
    assert dario.buttons[-2:] == ["Ask for approval", "Back"]
    await carla.taps_data(f"annask:{number}:{looked}")
    await carla.taps_data(f"annsend:{number}:{looked}")
    assert carla.sees[0] == "It is confirmed already."
    assert await state(city, number) == "asked"


async def test_few_people_need_no_approval(city: World) -> None:
    carla, _, number = await many(city, audience={"to": ["all"], "not": ["language:it"]})
    await city.in_database(_italian)
    await carla.taps_data(f"ann:{number}")
    looked = await seen(city, number)
    await carla.taps_data(f"annask:{number}:{looked}")
    assert carla.sees[0] == MEANWHILE
    await carla.taps("Send it now")
    assert await state(city, number) == "sending"


def _italian(session: Any) -> None:
    session.get_one(Person, 2).language = "it"


async def test_more_people_than_were_seen_make_it_a_matter_of_approval(city: World) -> None:
    carla, number = await drafted(city)
    data = carried(carla, "Send it now")
    await city.resident(1001)
    await carla.taps_data(data)
    assert (carla.sees[0], await state(city, number)) == (MEANWHILE, "draft")


@pytest.mark.parametrize("values", CHANGES)
async def test_only_what_was_looked_at_is_approved(city: World, values: dict[str, Any]) -> None:
    _, dario, number = await asked(city)
    await dario.taps("Look at it")
    await change(city, **values)
    await dario.taps("Approve it and send")
    assert dario.sees[0] == MEANWHILE
    await go_on(city)
    assert await ledger(city, number) == {}


async def test_a_change_ends_what_was_asked_and_the_approval_falls(city: World) -> None:
    carla, dario, number = await asked(city)
    await dario.taps("Look at it")
    await carla.taps_data(f"annsubject:{number}:meetings")
    assert carla.sees[0] == AGAIN
    assert carla.buttons[-2:] == ["Ask for approval", "Back"]
    await dario.taps("Approve it and send")
    assert (dario.sees[0], await state(city, number)) == (MEANWHILE, "draft")
    # What was approved for later falls, too.
    await change(city, starts_at=utc(at(18)), subject="school")
    await carla.taps_data(f"ann:{number}")
    await carla.taps("Ask for approval")
    await dario.taps_data(f"anncheck:{number}")
    await dario.taps("Approve it and send")
    assert await state(city, number) == "planned"
    await carla.taps_data(f"annsubject:{number}:meetings")
    found = await row(city, number)
    assert (found.state, found.approver_id, found.mark) == ("draft", None, None)


async def test_what_was_changed_behind_its_approval_does_not_go_by_itself(city: World) -> None:
    _, dario, number = await asked(city, starts_at=utc(at(18)))
    await dario.taps("Look at it")
    await dario.taps("Approve it and send")
    await change(city, content=saying(text("Another meeting")))
    await it_is(city, at(18))
    assert (await state(city, number), await ledger(city, number)) == ("draft", {})


async def test_it_is_sent_back_and_who_asked_hears_by_whom(city: World) -> None:
    carla, dario, number = await asked(city)
    await dario.taps("Look at it")
    await dario.taps("Send it back")
    assert dario.sees[0] == "It is sent back."
    await carla.look()
    what = "Talk about it, change it, and ask once more."
    assert carla.sees == [f"Your announcement was sent back by Dario.\n{NAME}\n{what}"]
    await carla.taps("Open it")
    assert carla.buttons[-2:] == ["Ask for approval", "Back"]
    assert await state(city, number) == "draft"


async def test_it_is_taken_back_by_who_asked(city: World) -> None:
    carla, dario, number = await asked(city)
    await carla.taps("Withdraw it")
    assert carla.sees[0] == "You have it back: nothing was sent."
    await dario.taps("Look at it")
    assert dario.buttons[-2:] == ["Ask for approval", "Back"]
    assert await state(city, number) == "draft"


async def test_who_does_not_ask_sends_it_back_or_leaves_it(city: World) -> None:
    _, dario, number = await asked(city)
    await dario.taps_data(f"annundo:{number}")
    assert await state(city, number) == "asked"


async def test_who_planned_it_hears_by_whom_it_was_withdrawn(town: World) -> None:
    carla, number = await drafted(town, starts_at=utc(at(18)))
    await carla.taps("Send it later")
    dario = await works(town, COORDINATOR, number=1004, name="Dario")
    await dario.taps_data(f"ann:{number}")
    await dario.taps("Withdraw it")
    await carla.look()
    assert carla.sees == [f"Your announcement was withdrawn by Dario.\n{NAME}"]
    assert await state(town, number) == "draft"


async def test_what_says_nothing_cannot_go(town: World) -> None:
    carla, number = await drafted(town)
    await change(town, content={})
    looked = await seen(town, number)
    for verb in ("annsend", "annask"):
        await carla.taps_data(f"{verb}:{number}:{looked}")
    assert await state(town, number) == "draft"
    assert carla.sees[-1].startswith("Send me the message now.")


async def test_two_who_approve_send_it_once(city: World) -> None:
    _, dario, number = await asked(city)
    emma = await works(city, COORDINATOR, number=1005, name="Emma")
    for other in (dario, emma):
        await other.taps_data(f"anncheck:{number}")
    await dario.taps("Approve it and send")
    await emma.taps("Approve it and send")
    assert emma.sees[0] == WENT
    assert (await row(city, number)).approver_id == 2


async def test_where_nobody_else_coordinates_one_is_invited(city: World) -> None:
    carla, number = await drafted(city)
    await city.resident(1001)
    await carla.taps_data(f"ann:{number}")
    alone = "Nobody else coordinates here: invite somebody."
    assert carla.sees[-1] == f"{BEYOND}\n{alone}"
    assert carla.buttons[-2:] == ["Invite to coordinate", "Back"]
    looked = await seen(city, number)
    await carla.taps_data(f"annask:{number}:{looked}")
    assert (carla.sees[0], await state(city, number)) == (MEANWHILE, "draft")
    await carla.taps("Invite to coordinate")
    assert "An invitation to work with" in carla.said[-2]


async def test_who_has_lost_the_role_neither_approves_nor_sends(city: World) -> None:
    _, dario, number = await asked(city)
    looked = await seen(city, number)
    await city.in_database(lambda session: _ends(session, 2))
    for verb in ("annyes", "annno", "annsend", "annask"):
        await dario.taps_data(f"{verb}:{number}:{looked}")
    await dario.taps_data(f"annundo:{number}")
    assert await state(city, number) == "asked"


def _ends(session: Any, number: int) -> None:
    staff.take(session, session.get_one(Person, number), COORDINATOR)


@pytest.mark.parametrize("role", [None, TUTOR])
async def test_nobody_else_sends_or_approves(town: World, role: str | None) -> None:
    _, number = await drafted(town)
    ada = await works(town, *([role] if role else []), number=1001, name="Ada")
    looked = await seen(town, number)
    for before in ("draft", "asked", "planned"):
        await change(town, state=before, starts_at=utc(at(18)))
        for verb in ("annsend", "annask", "annyes", "annno"):
            await ada.taps_data(f"{verb}:{number}:{looked}")
        for verb in ("annundo", "anncheck", "annwho"):
            await ada.taps_data(f"{verb}:{number}")
        assert await state(town, number) == before
    assert await shown(town, 1001) == []


@pytest.mark.parametrize(
    "data", ["annsend:1:x", "annsend:77:x", "annask:x:x", "annyes:1:", "annno:77:x", "annundo:77"]
)
async def test_what_was_not_offered_changes_nothing(town: World, data: str) -> None:
    carla, number = await drafted(town)
    await carla.taps_data(data)
    assert await state(town, number) == "draft"
    assert carla.buttons[-1] == "Back"


async def test_at_night_those_who_coordinate_are_asked_in_the_morning(city: World) -> None:
    carla, dario, number = await many(city)
    before = len(dario.said)
    await it_is(city, at(22))
    await carla.taps_data(f"ann:{number}")
    await carla.taps("Ask for approval")
    await dario.look()
    assert len(dario.said) == before
    await it_is(city, at(8, day=24))
    await dario.look()
    assert dario.sees[0] == "Please approve an announcement."
