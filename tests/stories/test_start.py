"""The first meeting: who speaks, what it costs, the notice, the least age."""

from pathlib import Path

import pytest

from db.tables import Answer, Attachment, Bubble, Handle, Idea, Outgoing, Person
from tests.world import Phone, World, example_school, world

WELCOME = [
    (
        "The School of Neighbourhoods\n"
        "Hello! I am a program, not a person. This service is free.\n"
        "I help you tell an idea for your neighbourhood, one question at a time."
    ),
    (
        "We keep the number and language of your Telegram profile, and your answers. "
        "We use them to help you with your idea. You can ask us to delete everything at any time. "
        "This is a sample text."
    ),
    "You can also talk to a person: The school's help desk (sample), phone +39 02 0000 0000.",
]
WELCOME_BUTTONS = [
    ["I have read, go on"],
    ["Read the whole notice"],
    ["Italiano", "Español"],
    ["Français", "العربية"],
    ["中文"],
]
AGE = [
    "How old are you?\nThe law sets a minimum age. I do not keep your date of birth.",
]
AGE_BUTTONS = [["I am 14 or older"], ["I am younger than 14"]]
HOME = [
    "The School of Neighbourhoods",
    "A good idea is useful, new in the neighbourhood, and lasts on its own.",
    "Tell your idea step by step. You can stop at any time and go on later.",
    (
        "Only you see your answers and, to repair a fault, those who look after the program. "
        "Later, if you like, you can send them to a tutor. "
        "A tutor is a person at the school who helps you with your idea."
    ),
]


async def asked_the_age(town: World) -> Phone:
    ada = await town.person(1001, "Ada")
    await ada.says("/start")
    await ada.taps("I have read, go on")
    return ada


async def test_a_newcomer_hears_who_speaks_what_it_costs_and_what_is_kept(town: World) -> None:
    ada = await town.person(1001, "Ada")
    await ada.says("/start")
    assert ada.sees == WELCOME
    assert ada.rows == WELCOME_BUTTONS


async def test_the_whole_notice_can_be_read_before_going_on(town: World) -> None:
    ada = await town.person(1001, "Ada")
    await ada.says("/start")
    await ada.taps("Read the whole notice")
    notice = town.app.school.notice.text["en"].strip()
    assert [text.strip() for text in ada.said[-2:]] == [notice, "\n\n".join(WELCOME)]
    assert ada.rows == WELCOME_BUTTONS


async def test_the_age_is_asked_by_two_buttons_and_no_date(town: World) -> None:
    ada = await asked_the_age(town)
    assert ada.sees == AGE
    assert ada.rows == AGE_BUTTONS


async def test_who_is_old_enough_comes_in_and_hears_who_reads_the_answers(town: World) -> None:
    ada = await asked_the_age(town)
    await ada.taps("I am 14 or older")
    assert ada.sees == HOME
    assert ada.rows == [["Tell my idea"], ["Language"], ["Help and privacy"]]


async def test_who_is_too_young_hears_where_to_go_and_nothing_is_stored(town: World) -> None:
    ada = await asked_the_age(town)
    await ada.taps("I am younger than 14")
    assert ada.sees == [
        (
            "I cannot go on with you here. I keep nothing about you.\n"
            "You can contact us with an adult: "
            "The school's help desk (sample), phone +39 02 0000 0000."
        )
    ]
    for table in (Person, Idea, Answer, Attachment, Bubble, Handle, Outgoing):
        assert await town.rows(table) == []


async def test_who_was_too_young_may_begin_again(town: World) -> None:
    ada = await asked_the_age(town)
    await ada.taps("I am younger than 14")
    await ada.says("/start")
    assert ada.sees == WELCOME


async def test_the_least_age_comes_from_the_settings(database_url: str, folder: Path) -> None:
    school = example_school(folder / "school", school="least_age = 16")
    async with world(database_url, school=school) as town:
        ada = await asked_the_age(town)
        assert ada.rows == [["I am 16 or older"], ["I am younger than 16"]]


@pytest.mark.parametrize("words", ["/idea", "/cancel", "/nonsense", "Good morning", "/start abc"])
async def test_before_the_notice_everything_leads_to_the_welcome(town: World, words: str) -> None:
    ada = await town.person(1001, "Ada")
    await ada.says(words)
    assert ada.sees == WELCOME
    assert await town.rows(Bubble) == []


@pytest.mark.parametrize(
    "sent",
    [
        {"sticker": True},
        {"location": {"latitude": 45.46, "longitude": 9.18}},
        {"photo": {"name": "house.jpg", "base64": "MQ=="}},
        {"voice": {"name": "idea.ogg", "base64": "MQ=="}},
    ],
    ids=lambda sent: next(iter(sent)),
)
async def test_nothing_that_a_stranger_sends_is_kept(town: World, sent: dict[str, object]) -> None:
    ada = await town.person(1001, "Ada")
    await ada.sends(**sent)
    assert ada.sees == WELCOME
    assert [await town.rows(table) for table in (Idea, Attachment, Bubble)] == [[], [], []]


async def test_the_age_cannot_be_said_before_the_notice_was_read(town: World) -> None:
    ada = await town.person(1001, "Ada")
    await ada.says("/start")
    await ada.taps_data("age:yes")
    assert ada.sees == WELCOME


async def test_a_notice_of_another_version_must_be_read_anew(town: World) -> None:
    ada = await town.person(1001, "Ada")
    await ada.says("/start")
    await ada.taps_data("read:0")
    assert ada.sees == WELCOME


async def test_who_never_went_on_is_forgotten_after_a_day(town: World) -> None:
    ada = await town.person(1001, "Ada")
    await ada.says("/start")
    await town.resident(1002, "Bruno")
    await town.later(days=2)
    await town.app.sweep()
    assert [person.telegram_id for person in await town.rows(Person)] == [1002]


async def test_who_is_known_and_has_no_idea_is_at_home(town: World) -> None:
    ada = await town.resident()
    await ada.says("/start")
    assert ada.sees == HOME
    assert ada.rows == [["Tell my idea"], ["Language"], ["Help and privacy"]]


async def test_a_double_tap_on_the_age_says_it_once(town: World) -> None:
    ada = await town.resident()
    await ada.taps_data("age:no")
    assert ada.sees == HOME
    assert [person.telegram_id for person in await town.rows(Person)] == [1001]


async def test_who_blocked_the_bot_and_comes_back_is_answered(town: World) -> None:
    ada = await town.resident()
    await town.sim("block", {"user": 1001})
    await town.settle()
    assert [person.unreachable_at is None for person in await town.rows(Person)] == [False]
    await town.sim("unblock", {"user": 1001})
    await ada.says("/start")
    assert ada.sees == HOME
    assert [person.unreachable_at for person in await town.rows(Person)] == [None]
