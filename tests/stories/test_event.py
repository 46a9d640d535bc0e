"""A coordinator makes an event from the phone: five things are asked, or come in one message."""

import datetime as dt

import pytest

from db.events import Event, Meeting, Place
from db.tables import Wish
from school.staff import COORDINATOR, TUTOR
from tests.stories.test_staff import trail, works
from tests.world import Phone, World

NOW = dt.datetime(2026, 11, 20, 9, 0, tzinfo=dt.UTC)


async def coordinator(town: World, language: str = "en") -> Phone:
    """A coordinator, on a Friday."""
    await _on_a_friday(town)
    carla = await works(town, COORDINATOR)
    if language != "en":
        await carla.says("/start")
    return carla


async def _on_a_friday(town: World) -> None:
    town.app.clock.set_to(NOW)


async def makes(phone: Phone, *, when: str = "Saturday 28 at 18-20", seats: str = "20") -> None:
    """Answer the five questions."""
    await phone.says("/event")
    await phone.taps("New event")
    await phone.taps("Lab")
    await phone.says("A shop of one's own")
    await phone.says(when)
    await phone.says("Library Dergano, via Baldinucci 76")
    await phone.taps(seats)


CARD = [
    "A shop of one's own\nLab",
    "Saturday 28 November, 18:00–20:00",
    "Library Dergano, via Baldinucci 76",
    "20 seats",
    "Only coordinators see this until you announce it.",
]


async def test_five_things_are_asked_and_the_event_is_shown_as_residents_see_it(
    town: World,
) -> None:
    carla = await coordinator(town)
    await makes(carla)
    assert carla.sees == CARD
    assert carla.rows == [
        ["Announce it"],
        ["Kind", "Title"],
        ["When", "Where"],
        ["Seats"],
        ["More"],
        ["Delete it"],
        ["Later"],
    ]


@pytest.mark.parametrize("what", ["Kind", "Title", "When", "Where", "Seats"])
async def test_each_thing_can_be_changed_until_it_is_announced(town: World, what: str) -> None:
    carla = await coordinator(town)
    await makes(carla)
    await carla.taps(what)
    given = {
        "Kind": ("taps", "Open meeting", 0, "A shop of one's own\nOpen meeting"),
        "Title": ("says", "Shops", 0, "Shops\nLab"),
        "When": ("says", "29/11 10:30", 1, "Sunday 29 November, 10:30–13:30"),
        "Where": ("says", "Villa Litta", 2, "Villa Litta"),
        "Seats": ("says", "7", 3, "7 seats"),
    }[what]
    await getattr(carla, given[0])(given[1])
    expected = [*CARD]
    expected[given[2]] = given[3]
    assert carla.sees == expected


async def test_one_message_of_five_lines_is_read_at_once(town: World) -> None:
    carla = await coordinator(town)
    await carla.says("/event")
    await carla.taps("New event")
    await carla.says(
        "Laboratorio\nA shop of one's own\nsabato 28 ore 18-20\n"
        "Library Dergano, via Baldinucci 76\n20 posti"
    )
    assert carla.sees == CARD


async def test_what_a_message_leaves_out_is_asked(town: World) -> None:
    carla = await coordinator(town)
    await carla.says("/event")
    await carla.taps("New event")
    await carla.says("A shop of one's own\n28/11 18:00-20:00")
    assert carla.sees[0].splitlines()[0] == "What kind of event is it?"
    await carla.taps("Lab")
    assert carla.sees[0].splitlines()[0] == "Where is it?"


async def test_a_date_that_can_be_two_things_is_asked_back(town: World) -> None:
    carla = await coordinator(town)
    await makes(carla)
    await carla.taps("When")
    await carla.says("Sunday 28 at 18")
    assert carla.sees == ["Which one is it?\n“Sunday 28 at 18” can mean more than one date."]
    assert carla.buttons == [
        "Sun 22 Nov 18:00",
        "Sat 28 Nov 18:00",
        "Write it anew",
    ]
    await carla.taps("Sat 28 Nov 18:00")
    assert carla.sees[1] == "Saturday 28 November, 18:00–21:00"


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ("Saturday 28", "I read “Saturday 28”.\nThe hour is missing."),
        ("at 18", "I read “at 18”.\nThe day is missing."),
        ("31/11 at 18", "I read “31/11 at 18”.\nNo calendar has this day."),
        ("soon", "I read “soon”.\n\nI found no date in it."),
        (
            "19/11/2026 18:00",
            "I read “19/11/2026 18:00”.\nThat was on Thursday 19 November: it is past.",
        ),
        (
            "28/3/2027 2:30",
            "I read “28/3/2027 2:30”.\nThis hour does not exist: the clock is put forward then.",
        ),
    ],
)
async def test_what_is_no_date_is_said_and_asked_again(town: World, said: str, why: str) -> None:
    carla = await coordinator(town)
    await makes(carla)
    await carla.taps("When")
    await carla.says(said)
    assert carla.screen == (
        f"{why}\n\nWhen is it?\n"
        "For example: Friday 11 December, 18:00–20:00. A series has one date a line."
    )


async def test_a_series_has_one_date_a_line(town: World) -> None:
    carla = await coordinator(town)
    await makes(carla, when="28/11 18-20\n5/12 18-20\n12/12 18-20")
    assert carla.sees[1].splitlines() == [
        "Saturday 28 November, 18:00–20:00",
        "Saturday 5 December, 18:00–20:00",
        "Saturday 12 December, 18:00–20:00",
    ]
    assert len(await town.rows(Meeting)) == 3


async def test_a_place_is_remembered_and_set_on_the_map(town: World) -> None:
    carla = await coordinator(town)
    await makes(carla)
    await carla.taps("Later")
    await carla.taps("New event")
    await carla.taps("Lab")
    await carla.says("Second")
    await carla.says("29/11 18:00")
    assert "Library Dergano" in carla.buttons
    await carla.taps("Library Dergano")
    await carla.taps("15")
    await carla.taps("Where")
    await carla.sends(location={"latitude": 45.5, "longitude": 9.18})
    assert carla.sees[0] == "The place is on the map now."
    (place,) = await town.rows(Place)
    assert (place.latitude, place.longitude) == (45.5, 9.18)


async def test_a_draft_is_gone_on_with_and_deleted(town: World) -> None:
    carla = await coordinator(town)
    await makes(carla)
    await carla.taps("Later")
    assert carla.buttons == ["New event", "A shop of one's own", "Back"]
    await carla.taps("A shop of one's own")
    assert carla.sees == CARD
    await carla.taps("Delete it")
    assert carla.sees == ["Delete this event?\nA shop of one's own"]
    await carla.taps("Delete it")
    assert carla.sees == ["It is deleted.", "A new event"]
    assert (await town.rows(Event), await town.rows(Meeting)) == ([], [])


async def test_it_is_announced_once_and_noted(town: World) -> None:
    carla = await coordinator(town)
    await makes(carla)
    await carla.taps("Announce it")
    (event,) = await town.rows(Event)
    assert carla.sees == [
        "A shop of one's own\nIt is announced: people can take a seat.",
        f"Its link: https://t.me/quartieri_bot?start=e-{event.code}",
    ]
    await carla.taps_data(f"publish:{event.id}")
    assert (await trail(carla))[0] == "Carla · announced an event, A shop of one's own"
    assert len(await town.rows(Event)) == 1


async def test_whoever_wanted_to_hear_of_the_next_meeting_does_once_and_not_at_night(
    town: World,
) -> None:
    carla = await coordinator(town)
    ada = await town.resident(1001)
    await ada.says("/workshops")
    await ada.taps("Write me when there is one")
    await makes(carla)
    town.app.clock.set_to(NOW.replace(hour=21))
    await carla.taps("Announce it")
    await ada.look()
    assert ada.sees[-1] == "I will write to you when there is a meeting."
    town.app.clock.set_to(NOW + dt.timedelta(days=1))
    town.app.sender.wake()
    await town.settle()
    await ada.look()
    assert ada.sees == ["There is a meeting now. You wanted to hear of it.", *CARD[:3]]
    await ada.taps("See it, take a seat")
    assert ada.buttons[0] == "Take a seat"
    assert await town.rows(Wish) == []


async def test_a_copy_takes_all_but_the_date(town: World) -> None:
    carla = await coordinator(town)
    await makes(carla)
    await carla.taps("Announce it")
    await carla.says("/event")
    await carla.taps("Copy one")
    await carla.taps("A shop of one's own")
    assert carla.sees[0].splitlines()[0] == "When is it?"
    await carla.says("12/12 18-20")
    assert carla.sees == [CARD[0], "Saturday 12 December, 18:00–20:00", *CARD[2:]]


async def test_a_draft_whose_date_has_passed_is_asked_for_another(town: World) -> None:
    carla = await coordinator(town)
    await makes(carla)
    await town.later(days=9)
    await carla.taps("Announce it")
    assert carla.sees[0] == "Its date is past by now: when is it?"
    assert [event.state for event in await town.rows(Event)] == ["draft"]


@pytest.mark.parametrize(
    ("asked", "said", "first"),
    [
        ("Title", "x" * 81, "Your text has 81 characters, and 80 fit here."),
        ("Where", ", via Roma", "The name is missing: write it before the comma."),
        ("Where", "x" * 61, "Your text has 61 characters, and 60 fit here."),
        ("When", "x" * 301, "Your text has 301 characters, and 300 fit here."),
        ("Seats", "many", "I need a whole number from 1 to 10000, for example 20."),
        ("Seats", "0", "I need a whole number from 1 to 10000, for example 20."),
        ("Kind", "pizza", "I read “pizza”. Here I need one of the buttons below."),
    ],
)
async def test_what_cannot_be_is_said_kindly(
    town: World, asked: str, said: str, first: str
) -> None:
    carla = await coordinator(town)
    await makes(carla)
    await carla.taps(asked)
    await carla.says(said)
    assert carla.sees[0] == first
    await carla.taps("Later")
    await carla.taps("A shop of one's own")
    assert carla.sees == CARD


@pytest.mark.parametrize("forged", ["event:99", "event:x", "copyof:99", "undraft:99", "publish:99"])
async def test_what_is_forged_shows_where_to_begin(town: World, forged: str) -> None:
    carla = await coordinator(town)
    await carla.taps_data(forged)
    assert carla.sees == ["A new event"]


async def test_others_cannot_make_events(town: World) -> None:
    tom = await works(town, TUTOR, number=1002, name="Tom")
    await tom.says("/event")
    assert tom.sees[0] == "I do not know this command. The menu beside the text field shows all."
    await tom.taps_data("newevent")
    assert await town.rows(Event) == []


async def test_with_the_role_a_draft_begun_goes_out_of_reach(town: World) -> None:
    carla = await coordinator(town)
    await works(town, COORDINATOR, number=1004, name="Dario")
    await carla.says("/event")
    await carla.taps("New event")
    await carla.taps("Lab")
    number = (await town.rows(Event))[0].id
    dario = Phone(town, 1004)
    await dario.says("/start")
    await dario.taps("People and roles")
    await dario.taps("Carla")
    await dario.taps("End: coordination")
    await dario.taps("End the role")
    await carla.says("My own title")
    assert carla.sees[0].startswith("I read: “My own title”\n")
    (event,) = await town.rows(Event)
    assert (event.id, event.title) == (number, {})
