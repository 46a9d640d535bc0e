"""The buttons under an announcement, and what they do: counted, and nobody is noted for it."""

from typing import Any, cast

import pytest

from db.announcements import Announcement, Tapped
from db.events import Mute
from school import announcements
from school.staff import COORDINATOR
from tests.stories.announced import announce, do, saying, text
from tests.stories.test_announce_message import begins, content
from tests.stories.test_staff import works
from tests.stories.test_workshops import NOW, TITLE, announced
from tests.world import Phone, World

LINK = "https://example.org/call"


@pytest.fixture(autouse=True)
def _friday(town: World) -> None:
    """Eight days before the meeting."""
    town.app.clock.set_to(NOW)


async def below(town: World) -> list[dict[str, Any]]:
    """The buttons of the newest one."""
    return cast("list[dict[str, Any]]", (await content(town)).get("buttons", []))


async def goes(town: World) -> None:
    """It is confirmed, for everybody."""

    def for_all(session: Any) -> None:
        one = session.get(Announcement, 1)
        one.audience, one.subject = {"to": ["all"]}, "calls"

    await town.in_database(for_all)
    await do(town, 1, announcements.start, town.app.clock.now())


async def with_buttons(town: World) -> Phone:
    """A draft, on the screen of its buttons."""
    await announced(town)
    carla = await begins(town)
    await carla.says("A call is open")
    await carla.taps("Buttons")
    return carla


async def test_a_link_a_meeting_and_the_own_idea_three_at_most(town: World) -> None:
    carla = await with_buttons(town)
    assert carla.sees == ["Buttons under the message", "There can be three."]
    assert carla.buttons == ["Add a link", "Add a meeting", "Add: my idea", "Back"]
    await carla.taps("Add a link")
    assert carla.sees == ["What is on the button?\nA few words, 24 characters at most."]
    await carla.says("Read more")
    assert carla.sees == ["Which address does it open?\nIt begins with https://. Paste it here."]
    await carla.says(LINK)
    await carla.taps("Add a meeting")
    assert carla.sees == [f"Which meeting?\nSat 28 Nov 18:00 · {TITLE}"]
    await carla.taps("Sat 28 Nov 18:00 · A sh…")
    await carla.taps("Add: my idea")
    assert carla.sees == [
        "Buttons under the message",
        f"Read more: {LINK}\nSee the meeting: Sat 28 Nov 18:00 · {TITLE}\nOpen my idea",
    ]
    assert carla.buttons == [
        "Remove: Read more",
        "Remove: See the meeting",
        "Remove: Open my idea",
        "Back",
    ]
    assert [(one["kind"], one["to"], one["key"]) for one in await below(town)] == [
        ("url", LINK, "1"),
        ("event", 1, "2"),
        ("idea", None, "3"),
    ]
    # A fourth one, or the same twice, is not there.
    for forged in ("annidea:1", "annmeeting:1:1"):
        await carla.taps_data(forged)
    assert len(await below(town)) == 3
    await carla.taps("Remove: See the meeting")
    assert [one["key"] for one in await below(town)] == ["1", "3"]


async def test_a_wrong_address_gets_a_kind_word(town: World) -> None:
    carla = await with_buttons(town)
    await carla.taps("Add a link")
    await carla.says("Read more")
    await carla.says("http://example.org")
    assert carla.sees == [
        "I need an address that begins with https://, for example https://example.org",
        "Which address does it open?\nIt begins with https://. Paste it here.",
    ]
    await carla.says(f" {LINK} ")
    assert [one["to"] for one in await below(town)] == [LINK]


async def test_what_is_too_long_for_a_button_is_asked_again(town: World) -> None:
    carla = await with_buttons(town)
    await carla.taps("Add a link")
    await carla.says("a" * 25)
    assert carla.sees[0] == "Your text has 25 characters, and 24 fit here."
    await carla.sends(sticker=True)
    assert carla.sees[0] == "Please write it."


async def test_a_button_has_its_words_in_each_language(town: World) -> None:
    carla = await with_buttons(town)
    await carla.taps_data("annsay:1:it")
    await carla.says("È aperto un bando")
    await carla.taps("Buttons")
    await carla.taps("Add a link")
    assert carla.sees[0].splitlines()[1] == "Language: English"
    await carla.says("Read more")
    assert carla.sees[0].splitlines()[1] == "Language: Italiano"
    await carla.says("Leggi tutto")
    await carla.says(LINK)
    assert (await below(town))[0]["label"] == {"en": "Read more", "it": "Leggi tutto"}
    await carla.taps("Add a link")
    await carla.says("Info")
    await carla.taps("The same everywhere")
    await carla.says("https://example.org/info")
    assert (await below(town))[1]["label"] == {"en": "Info"}


async def test_a_tap_opens_what_it_says_and_is_counted_without_the_person(town: World) -> None:
    ada = await town.resident(1001, "Ada")
    carla = await with_buttons(town)
    await carla.taps_data("annmeeting:1:1")
    await carla.taps_data("annidea:1")
    await goes(town)
    await ada.look()
    assert ada.sees == ["A call is open"]
    assert ada.buttons == ["See the meeting", "Open my idea", "Fewer of these"]
    await ada.taps("See the meeting")
    assert ada.sees[0] == f"{TITLE}\nLab"
    await ada.taps_old("See the meeting")
    await ada.taps_old("Open my idea")
    assert ada.sees[0] == "How far along is your idea?"
    rows = await town.rows(Tapped)
    assert {row.button: row.count for row in rows} == {"1": 2, "2": 1}
    assert [column.name for column in Tapped.__table__.columns] == [
        "announcement_id",
        "button",
        "count",
    ]


CHOICE = {"kind": "choice", "to": None, "label": {"en": "Morning"}, "key": "c1"}
POLL = {
    "id": "7",
    "question": "When do we meet?",
    "options": [
        {"text": words, "voter_count": 0, "persistent_id": str(number)}
        for number, words in enumerate(("Morning", "Evening"))
    ],
    "total_voter_count": 0,
    "is_closed": False,
    "is_anonymous": True,
    "type": "regular",
    "allows_multiple_answers": False,
    "allows_revoting": False,
    "members_only": False,
}


async def test_a_poll_becomes_buttons_with_counts(town: World) -> None:
    ada = await town.resident(1001, "Ada")
    carla = await begins(town)
    await carla.sends(raw={"poll": POLL})
    assert carla.sees[1] == (
        "It says: When do we meet?\nLanguages: English\nButtons: Morning · Evening"
    )
    await carla.taps("Look at it")
    await carla.taps_old("Morning")
    assert carla.toasts[-1]["text"] == "Thank you. So far: Morning: 0 · Evening: 0"
    await goes(town)
    await ada.look()
    assert ada.buttons == ["Morning", "Evening", "Fewer of these"]
    await ada.taps("Evening")
    await carla.taps_old("Evening")
    await carla.taps_old("Morning")
    assert carla.toasts[-1]["text"] == "Thank you. So far: Morning: 1 · Evening: 2"
    assert ada.toasts[-1]["text"] == "Thank you. So far: Morning: 0 · Evening: 1"
    # Nothing else is said.
    assert ada.sees == ["When do we meet?"]


async def test_taps_at_once_are_all_counted(town: World) -> None:
    phones = [await town.resident(1010 + number, f"P{number}") for number in range(5)]
    await announce(town, {**saying(text("When?")), "buttons": [CHOICE]}, subject="calls")
    for phone in phones:
        await town.sim("press", {"user": phone.id, "label": "Morning"})
    await town.settle()
    assert [(row.button, row.count) for row in await town.rows(Tapped)] == [("c1", 5)]


async def test_a_poll_in_another_language_has_as_many_choices(town: World) -> None:
    carla = await begins(town)
    await carla.sends(raw={"poll": POLL})
    await carla.taps_data("annsay:1:it")
    options = [
        {"text": words, "voter_count": 0, "persistent_id": words} for words in ("Mattina", "Sera")
    ]
    await carla.sends(raw={"poll": {**POLL, "options": options[:1]}})
    assert carla.sees[0] == (
        "In another language this poll has another number of choices. Make them as many, or take "
        "the other language away."
    )
    await carla.sends(raw={"poll": {**POLL, "question": "Quando?", "options": options}})
    assert [one["label"] for one in await below(town)] == [
        {"en": "Morning", "it": "Mattina"},
        {"en": "Evening", "it": "Sera"},
    ]
    # A text in its place takes its choices along; in the last language all of them.
    await carla.says("Ci vediamo")
    assert [one["label"] for one in await below(town)] == [{"en": "Morning"}, {"en": "Evening"}]
    await carla.taps_data("annsay:1:en")
    await carla.says("We meet")
    assert await below(town) == []


async def test_fewer_of_these_is_one_tap_and_is_taken_back_with_one(town: World) -> None:
    ada = await town.resident(1001, "Ada")
    await announce(town, saying(text("A call")), subject="calls")
    await ada.look()
    await ada.taps("Fewer of these")
    assert ada.sees == ["All right, I don't write to you about this any more: Calls and grants"]
    assert ada.buttons == ["Write to me after all", "What I get", "Home"]
    await announce(town, saying(text("Another call")), subject="calls")
    await announce(town, saying(text("News")), subject="school")
    await ada.look()
    assert [said for said in ada.said if said in ("A call", "Another call", "News")] == [
        "A call",
        "News",
    ]
    await ada.taps_old("Write to me after all")
    assert await town.rows(Mute) == []
    await announce(town, saying(text("A third call")), subject="calls")
    await ada.look()
    assert ada.sees == ["A third call"]


async def test_subjects_are_switched_off_and_on_in_the_settings(town: World) -> None:
    ada = await town.resident(1001, "Ada")
    await ada.says("/settings")
    assert ada.sees[2] == (
        "The school writes to you about:\nMeetings and labs: yes\nCalls and grants: yes\n"
        "News of the school: yes"
    )
    await ada.taps("✓ News of the school")
    assert ada.sees[2].splitlines()[-1] == "News of the school: no"
    await announce(town, saying(text("News")), subject="school")
    await announce(town, saying(text("A call")), subject="calls")
    await ada.look()
    assert ada.sees == ["A call"]
    await ada.says("/settings")
    await ada.taps("News of the school")
    assert ada.sees[2].splitlines()[-1] == "News of the school: yes"
    for forged in ("nosubject:nothing", "subject:nothing"):
        await ada.taps_data(forged)
    assert await town.rows(Mute) == []


async def test_what_is_about_ones_own_seat_or_sheet_is_no_matter_of_a_subject(
    town: World,
) -> None:
    event = await announced(town)
    ada = await town.resident(1001, "Ada")
    await ada.says(f"/start e-{event.code}")
    await ada.taps("Take a seat")
    await announce(town, saying(text("Bring a pen")), audience={"to": ["event:1:seated"]})
    await ada.look()
    assert (ada.sees, ada.buttons) == (["Bring a pen"], ["About your seat"])
    await ada.taps("About your seat")
    assert ada.sees[0] == f"{TITLE}\nLab"
    bob = await town.resident(1002, "Bob")
    await bob.taps("Tell my idea")
    await announce(town, saying(text("Send it soon")), audience={"to": ["groups:none"]})
    await bob.look()
    assert (bob.sees, bob.buttons) == (["Send it soon"], ["About your sheet"])
    await bob.taps("About your sheet")
    assert bob.sees[0] == "Where the sheet is"


async def test_a_forged_button_does_nothing_and_says_so(town: World) -> None:
    ada = await town.resident(1001, "Ada")
    carla = await with_buttons(town)
    await carla.taps_data("annidea:1")
    gone = "This button does nothing any more."
    # Of a draft that never came here, of none, of another key, and an address.
    for forged in ("tap:1:1", "tap:9:1", "tap:x:1", "tap:1:7", "tap:1:c1", "fewer:1", "fewer:9"):
        await ada.taps_data(forged)
        assert ada.sees[0] == gone, forged
    await goes(town)
    await ada.taps_data("tap:1:7")
    assert ada.sees[0] == gone
    assert await town.rows(Tapped) == []
    assert await town.rows(Mute) == []


VERBS = [
    *("annew", "ann:1", "anns", "anndropping:1", "anndrop:1", "annevent:1", "annlook:1"),
    *("annlookin:1:it", "annlangs:1", "annsay:1:it", "annunlang:1:en", "annbtns:1"),
    *("annunbtn:1:1", "annlink:1", "annalike:1", "annmeetings:1", "annmeeting:1:1", "annidea:1"),
]


@pytest.mark.parametrize("role", [None, "tutor"])
async def test_nobody_but_who_coordinates_sees_or_changes_one(
    town: World, role: str | None
) -> None:
    carla = await with_buttons(town)
    await carla.taps_data("annmeeting:1:1")
    before = await content(town)
    ada = await works(town, *([role] if role else []), number=1001, name="Ada")
    for forged in VERBS:
        await ada.taps_data(forged)
        assert "nnounce" not in ada.screen, forged
    await ada.says("/announce")
    await ada.says("My words")
    assert await content(town) == before
    assert len(await town.rows(Announcement)) == 1


async def test_what_went_is_not_changed_any_more(town: World) -> None:
    carla = await with_buttons(town)
    await carla.taps("Add a link")
    await carla.says("Read more")
    await goes(town)
    before = await content(town)
    await carla.says(LINK)
    for forged in VERBS:
        if forged not in ("annew", "annevent:1"):
            await carla.taps_data(forged)
    await carla.taps_data("annsay:1:it")
    await carla.says("Un'altra cosa")
    assert await content(town) == before
    assert {one.id: one.state for one in await town.rows(Announcement)}[1] == "done"


async def test_numbers_that_are_none_lead_to_the_list(town: World) -> None:
    carla = await works(town, COORDINATOR)
    for forged in VERBS:
        if forged not in ("annew", "anns"):
            await carla.taps_data(forged.replace(":1", ":9", 1))
            assert "Announcements" in carla.sees, forged


async def test_whoever_changes_what_is_planned_takes_it_back(town: World) -> None:
    carla = await with_buttons(town)

    def planned(session: Any) -> None:
        session.get(Announcement, 1).state = announcements.PLANNED

    await town.in_database(planned)
    await carla.taps("Add: my idea")
    assert [one.state for one in await town.rows(Announcement)] == ["draft"]
