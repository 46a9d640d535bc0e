"""A coordinator binds a supergroup with topics by one command; it is the tutors' desk then, and
what is tapped and replied there reaches the bot.
"""

from typing import Any, cast

import pytest

from db.dossiers import Desk as Row
from db.dossiers import Dossier
from handlers import desk as desks
from handlers import routes_of_desk
from handlers.buttons import Keyboard, Tap, data
from handlers.incoming import Incoming
from handlers.routes import TAPS
from handlers.routes_of_desk import Hear, Stands
from handlers.turn import HelpDesk, Screen, Turn
from school import desk as desk_of
from school import people
from school.phrases import t
from school.refusal import Refusal
from school.staff import COORDINATOR, TUTOR
from tests.desk import DESK, Desk, at_desk, handed_in, speaks
from tests.stories.test_staff import trail, works
from tests.world import Phone, World

NOW_HERE = (
    "Da ora i tutor lavorano qui: ogni scheda ha il suo argomento.\n"
    "Per rispondere alle sue persone, rispondi lì a un mio messaggio. Tutto il resto rimane tra "
    "voi."
)
OTHER = DESK - 1


async def staff(town: World) -> tuple[Phone, Phone]:
    """A coordinator and a tutor."""
    carla = await works(town, COORDINATOR)
    return carla, await works(town, TUTOR, number=1002, name="Tom")


async def bound(town: World) -> list[int]:
    return [row.chat_id for row in await town.rows(Row)]


@pytest.mark.parametrize("command", ["/desk", "/tavolo", "/desk@quartieri_bot"])
async def test_a_coordinator_binds_a_group_with_one_command(town: World, command: str) -> None:
    carla = await works(town, COORDINATOR)
    desk = await at_desk(town, carla, bound=False)
    await desk.says(carla, command)
    assert desk.sees() == [NOW_HERE]
    assert [(row.chat_id, row.title) for row in await town.rows(Row)] == [(DESK, "Tutors")]
    assert (await trail(carla))[0] == "Carla · chose the tutors' desk, Tutors"


@pytest.mark.parametrize("roles", [[], [TUTOR]])
async def test_nobody_else_binds_one_and_hears_it_kindly(town: World, roles: list[str]) -> None:
    tom = await works(town, *roles, number=1002, name="Tom")
    desk = await at_desk(town, tom, bound=False)
    await desk.says(tom, "/desk")
    assert desk.sees() == [
        "Thank you. Only those who coordinate the school can choose where tutors work."
    ]
    assert await bound(town) == []


async def test_nor_somebody_whom_nobody_knows(town: World) -> None:
    mallory = await town.person(1009, "Mallory", "fr")
    desk = await at_desk(town, mallory, bound=False)
    await desk.says(mallory, "/desk")
    assert desk.sees() == [
        (
            "Merci. Seules les personnes qui coordonnent l'école peuvent choisir où travaillent "
            "les guides."
        )
    ]
    assert await bound(town) == []


async def test_a_group_without_topics_is_told_the_mend(town: World) -> None:
    carla = await works(town, COORDINATOR)
    desk = await at_desk(town, carla, forum=False, bound=False)
    await desk.says(carla, "/desk")
    assert desk.sees() == [
        "This group has no topics. Turn them on in its settings, then write /desk again."
    ]
    assert await bound(town) == []


@pytest.mark.parametrize(
    ("status", "without"), [("member", []), ("administrator", ["can_manage_topics"])]
)
async def test_where_the_bot_may_not_manage_topics_the_mend_is_said(
    town: World, status: str, without: list[str]
) -> None:
    carla = await works(town, COORDINATOR)
    desk = await at_desk(town, carla, bound=False)
    await desk.the_bot_is(status, *without)
    await desk.says(carla, "/desk")
    assert desk.sees() == [
        "Make me an administrator with the right to manage topics, then write /desk again."
    ]
    assert await bound(town) == []


async def test_who_hides_behind_the_group_is_told_the_mend(town: World) -> None:
    carla = await works(town, COORDINATOR)
    desk = await at_desk(town, carla, bound=False)
    group = {"id": DESK, "type": "supergroup", "title": "Tutors", "is_forum": True}
    nobody = {"id": 1087968824, "is_bot": True, "first_name": "Group"}
    command = [{"type": "bot_command", "offset": 0, "length": 5}]
    message = {"message_id": 900, "date": 1, "chat": group, "from": nobody, "sender_chat": group}
    await town.sim("raw", {"message": {**message, "text": "/desk", "entities": command}})
    await town.settle()
    await desk.look()
    assert desk.sees() == [
        (
            "Scrivi a nome del gruppo, quindi non vedo chi sei. Disattivalo nei tuoi permessi qui, "
            "poi scrivi di nuovo /tavolo."
        )
    ]
    assert await bound(town) == []


async def test_another_bots_command_and_other_words_mean_nothing(town: World) -> None:
    carla = await works(town, COORDINATOR)
    desk = await at_desk(town, carla, bound=False)
    for text in ("/desk@other_bot", "/start", "/today", "desk", "/unknown"):
        await desk.says(carla, text)
    assert (desk.sees(), await bound(town)) == ([], [])


async def test_binding_another_one_moves_the_desk_and_the_old_one_is_told(town: World) -> None:
    carla = await works(town, COORDINATOR)
    old = await at_desk(town, carla, bound=False)
    new = await at_desk(town, carla, number=OTHER, bound=False)
    await old.says(carla, "/desk")
    await new.says(carla, "/desk")
    await old.look()
    assert (old.sees()[1:], new.sees()) == (
        ["Da ora i tutor lavorano in un altro gruppo."],
        [NOW_HERE],
    )
    assert await bound(town) == [OTHER]


async def test_of_two_who_bind_at_once_one_group_is_the_desk(town: World) -> None:
    carla = await works(town, COORDINATOR)
    dora = await works(town, COORDINATOR, number=1004, name="Dora")
    groups = [await at_desk(town, carla, dora, number=DESK - n, bound=False) for n in range(6)]
    for number, group in enumerate(groups):
        who = (carla, dora)[number % 2]
        await town.sim("send", {"user": who.id, "chat": group.id, "text": "/desk"})
    await town.settle()
    assert len(await bound(town)) == 1


async def test_binding_the_same_one_again_changes_nothing(town: World) -> None:
    carla = await works(town, COORDINATOR)
    desk = await at_desk(town, carla, bound=False)
    await desk.says(carla, "/desk")
    await desk.says(carla, "/desk")
    assert (desk.sees(), await bound(town)) == ([NOW_HERE, NOW_HERE], [DESK])


async def test_a_coordinator_ends_it_there(town: World) -> None:
    carla, tom = await staff(town)
    desk = await at_desk(town, carla, tom)
    await desk.says(tom, "/desk off")
    assert await bound(town) == [DESK]
    await desk.says(carla, "/desk off")
    assert desk.sees()[1:] == ["I tutor non lavorano più qui: tutto arriva nelle chat private."]
    assert await bound(town) == []
    assert (await trail(carla))[0] == "Carla · ended the tutors' desk, Tutors"
    await desk.says(carla, "/desk off")
    assert desk.sees()[2:] == ["The tutors' desk is not in this group."]


async def test_coordinators_see_where_it_is_and_end_it_in_private(town: World) -> None:
    carla = await works(town, COORDINATOR)
    await carla.taps("People and roles")
    await carla.taps("See the tutors' desk")
    assert carla.sees == [
        "The tutors' desk",
        "Tutors are written to in private chats now. They can work in one group instead.",
        (
            "1. Make a group, and turn on Topics in its settings.\n"
            "2. Make me an administrator who may manage topics.\n"
            "3. Write /desk there."
        ),
    ]
    desk = await at_desk(town, carla)
    await carla.says("/desk")
    assert carla.sees[1].startswith("It is the group Tutors, since ")
    await carla.taps("End the desk")
    assert carla.sees == [
        (
            "Shall tutors work in the group Tutors no longer?\n"
            "What is there stays. From then on all comes to private chats."
        )
    ]
    await carla.taps("Back")
    await carla.taps("End the desk")
    await carla.taps("End the desk")
    assert carla.sees[1].startswith("Tutors are written to in private chats now.")
    await desk.look()
    assert desk.sees() == ["I tutor non lavorano più qui: tutto arriva nelle chat private."]
    for stale in ("undesk", "undesked"):
        await carla.taps_data(stale)
        assert carla.sees[1].startswith("Tutors are written to in private chats now.")


async def test_a_new_name_of_the_group_is_learnt(town: World) -> None:
    carla = await works(town, COORDINATOR)
    desk = await at_desk(town, carla)
    group = {"id": DESK, "title": "Night shift", "forum": True}
    await town.sim("groups", {**group, "members": [], "admins": [carla.id]})
    await desk.says(carla, "Good evening")
    assert [row.title for row in await town.rows(Row)] == ["Night shift"]


# What a tutor's tap and reply reach; the others' conversations are tried in their own stories.
def _tapped(turn: Turn, number: str) -> None:
    if number == "9":
        raise Refusal(t("This question was deleted: nobody gets your answer."))
    turn.toast(t("We speak %(language)s now.", language=f"{turn.person.name} {number} {turn.chat}"))


@pytest.fixture
def heard(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, Stands, str, bool]]:
    """Who was heard, on what, with which words, and whether they were edited."""
    found: list[tuple[str, Stands, str, bool]] = []

    def hear(who: str) -> Hear:
        def heard(turn: Turn, stands: Stands, message: Incoming, *, edited: bool) -> None:
            found.append((f"{who} {turn.person.name}", stands, message.text, edited))

        return heard

    for table in (routes_of_desk.DESK_VERBS, TAPS):
        monkeypatch.setitem(cast("dict[str, Any]", table), "tried", Tap(_tapped, 1, "desk"))
    from_desk = cast("dict[str, Hear]", routes_of_desk.FROM_DESK)
    for word in ("card", "r"):
        monkeypatch.setitem(from_desk, word, hear("tutor"))
    from_members = cast("dict[str, Hear]", routes_of_desk.FROM_MEMBERS)
    monkeypatch.setitem(from_members, "r", hear("member"))
    return found


def card(turn: HelpDesk, dossier: Dossier) -> None:
    """A card with buttons, wherever it is to be seen."""
    keyboard: Keyboard = [[("Try", data("tried", 5))], [("Be refused", data("tried", 9))]]
    desks.show(turn, dossier, desks.CARD, Screen("The card", keyboard))
    desks.tell(turn, dossier, "sendMessage", {"text": "A word"}, what="r:7")


async def with_a_card(town: World) -> tuple[Desk, Phone, Phone, int]:
    carla, tom = await staff(town)
    desk = await at_desk(town, carla, tom)
    ada = await town.resident()
    await town.sim("members", {"chat": DESK, "user": ada.id, "status": "member"})
    number = await handed_in(town, ada)
    await speaks(town, number, card)
    await desk.look()
    return desk, tom, ada, number


@pytest.mark.usefixtures("heard")
async def test_a_tap_there_is_the_tutors_and_answered_with_words(town: World) -> None:
    desk, tom, _, _ = await with_a_card(town)
    await desk.taps(tom, "Try")
    assert desk.toasts == [f"We speak Tom 5 {DESK} now."]


@pytest.mark.usefixtures("heard")
async def test_what_is_refused_there_is_said_in_the_answer(town: World) -> None:
    desk, tom, _, _ = await with_a_card(town)
    await desk.taps(tom, "Be refused")
    assert desk.toasts == ["This question was deleted: nobody gets your answer."]


@pytest.mark.usefixtures("heard")
async def test_who_does_not_work_here_taps_in_vain(town: World) -> None:
    desk, _, ada, _ = await with_a_card(town)
    await desk.taps(ada, "Try")
    assert desk.toasts == ["This is for those who work here."]


@pytest.mark.usefixtures("heard")
@pytest.mark.parametrize("forged", ["tried", "tried:1:2", "members", "home", "nothing", "end:1:x"])
async def test_what_is_forged_or_private_does_nothing_there(town: World, forged: str) -> None:
    desk, tom, _, _ = await with_a_card(town)
    before = tom.said
    await desk.taps_data(tom, forged)
    assert desk.toasts == ["This button does nothing here any more."]
    assert (tom.said, desk.sees("Repair corner")) == (before, ["The card", "A word"])


@pytest.mark.usefixtures("heard")
async def test_a_button_of_a_group_that_is_bound_no_longer_says_so(town: World) -> None:
    desk, tom, _, _ = await with_a_card(town)
    carla = Phone(town, 1003)
    await desk.says(carla, "/desk off")
    await desk.taps(tom, "Try")
    assert desk.toasts == ["The tutors' desk is not in this group."]


async def test_only_a_reply_to_what_stands_of_a_sheet_is_heard(
    town: World, heard: list[tuple[str, Stands, str, bool]]
) -> None:
    desk, tom, _, number = await with_a_card(town)
    where = desk.number("Repair corner", "The card")
    own = await desk.says(tom, "Who knows them?", "Repair corner")
    await desk.replies(tom, own, text="I do")
    await desk.says(tom, "Good evening")
    assert heard == []
    reply = await desk.replies(tom, where, text="Hello!")
    await desk.edits(tom, reply, "Hello all!")
    await desk.replies(tom, desk.number("Repair corner", "A word"), text="Yes")
    assert heard == [
        ("tutor Tom", (number, "card"), "Hello!", False),
        ("tutor Tom", (number, "card"), "Hello all!", True),
        ("tutor Tom", (number, "r:7"), "Yes", False),
    ]


async def test_a_reply_of_who_does_not_work_here_stays_there_and_that_is_said(
    town: World, heard: list[tuple[str, Stands, str, bool]]
) -> None:
    desk, _, ada, _ = await with_a_card(town)
    await desk.replies(ada, desk.number("Repair corner", "The card"), text="Hello!")
    assert heard == []
    assert desk.sees("Repair corner")[2:] == [
        "Questa risposta resta qui: solo chi lavora qui può scrivere alle persone di una scheda."
    ]


async def test_without_a_supergroup_it_works_in_private_chats(
    town: World, heard: list[tuple[str, Stands, str, bool]]
) -> None:
    tom = await works(town, TUTOR, number=1002, name="Tom")
    number = await handed_in(town, await town.resident())
    await speaks(town, number, card)
    await tom.look()
    assert tom.said[-2:] == ["The card", "A word"]
    cards = [one["message_id"] for one in tom.messages if one.get("text") == "The card"]
    reply = await tom.replies(cards[-1], text="Hello!")
    await tom.edits(reply, "Hello all!")
    await tom.taps_old("Try")
    assert heard == [
        ("tutor Tom", (number, "card"), "Hello!", False),
        ("tutor Tom", (number, "card"), "Hello all!", True),
    ]
    assert tom.toasts[-1]["text"] == "We speak Tom 5 None now."


async def test_a_sheets_people_reply_to_their_tutor_in_private(
    town: World, heard: list[tuple[str, Stands, str, bool]]
) -> None:
    ada = await town.resident()
    number = await handed_in(town, ada)

    def write(turn: HelpDesk, dossier: Dossier) -> None:
        person = people.find(turn.session, ada.id)
        assert person is not None
        slot = desk_of.slot(dossier, "r:7")
        turn.of(person).send_beside("sendMessage", {"text": "A tutor's word"}, slot=slot)

    await speaks(town, number, write)
    await ada.look()
    await ada.replies(ada.messages[-1]["message_id"], text="Thank you")
    assert heard == [("member None", (number, "r:7"), "Thank you", False)]


async def test_a_role_that_ended_taps_and_replies_in_vain_at_once(
    town: World, heard: list[tuple[str, Stands, str, bool]]
) -> None:
    desk, tom, _, _ = await with_a_card(town)
    carla = Phone(town, 1003)
    await carla.says("/start")
    await carla.taps("People and roles")
    await carla.taps("Tom")
    await carla.taps("End: tutor")
    await carla.taps("End the role")
    # Taken out of the group at once, but somebody lets them in again.
    await town.sim("members", {"chat": desk.id, "user": tom.id, "status": "member"})
    await town.settle()
    await desk.replies(tom, desk.number("Repair corner", "The card"), text="Hello!")
    await desk.taps(tom, "Try")
    assert (heard, desk.toasts) == ([], ["This is for those who work here."])
