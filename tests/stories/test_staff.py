"""Who works at the school: invited by a link that works once, with a menu and rights of their own,
and a trail of what was done.
"""

import pytest

from db.tables import Deed, Invitation, Role
from school import staff
from school.staff import COORDINATOR, TUTOR
from tests.world import Phone, World

ROLE_HOME = ["The School of Neighbourhoods", "Your role here: coordination."]


async def works(town: World, *roles: str, number: int = 1003, name: str = "Carla") -> Phone:
    """Somebody who has roles, and a name."""
    phone = await town.resident(number, name)
    for role in roles:
        link = await invitation(town, role)
        await phone.says(f"/start {link}")
        if "Go on without a name" in phone.buttons:
            await phone.says(name)
    return phone


async def invitation(town: World, role: str) -> str:
    """What a link of the operator's carries."""
    now = town.app.clock.now()
    secret = await town.in_database(lambda session: staff.invite(session, role, None, now))
    return f"staff-{secret}"


async def menu_of(town: World, phone: Phone) -> list[str]:
    """The commands that Telegram shows in a person's chat, as they were set last."""
    calls = [call["params"] for call in await town.calls("setMyCommands")]
    own = [call for call in calls if call.get("scope", {}).get("chat_id") == phone.id]
    return [command["command"] for command in own[-1]["commands"]]


async def trail(phone: Phone) -> list[str]:
    """What the audit trail says, without its times."""
    await phone.says("/start")
    await phone.taps("What was done")
    return [line.partition(" · ")[2] for line in phone.sees[1].splitlines()]


async def test_a_link_of_the_operator_makes_the_first_coordinator(town: World) -> None:
    carla = await town.resident(1003, "Carla")
    await carla.says(f"/start {await invitation(town, COORDINATOR)}")
    assert carla.sees == [
        "You work with us now: the menu beside the text field has changed.",
        (
            "Which name shall others see?\n"
            "I do not show the name of your Telegram account.\n"
            "A few words, 40 characters at most."
        ),
    ]
    await carla.says("  Carla\n Bianchi ")
    assert carla.sees == ["Others see you as Carla Bianchi now.", *ROLE_HOME]
    assert carla.buttons == [
        "Today and next",
        "Make an event",
        "Write to many people",
        "The sheets that wait",
        "People and roles",
        "What was done",
        "Write for somebody",
        "Move a lost account",
        "My name",
        "As a resident",
    ]


async def test_who_is_new_reads_the_notice_first_and_then_has_the_role(town: World) -> None:
    carla = await town.person(1003, "Carla")
    await carla.says(f"/start {await invitation(town, COORDINATOR)}")
    assert await town.rows(Role) == []
    await carla.taps("I have read, go on")
    await carla.taps("I am 14 or older")
    await carla.taps("Go on without a name")
    assert carla.sees == ROLE_HOME


async def test_an_invitation_works_once(town: World) -> None:
    link = await invitation(town, TUTOR)
    ada, bob = await town.resident(1001), await town.resident(1002, "Bob")
    await ada.says(f"/start {link}")
    await bob.says(f"/start {link}")
    assert bob.sees[0] == "This invitation is used up or too old. Please ask for a new one."
    assert "Tell my idea" in bob.buttons
    assert [role.role for role in await town.rows(Role)] == [TUTOR]


async def test_an_invitation_ends_after_a_week(town: World) -> None:
    link = await invitation(town, TUTOR)
    ada = await town.resident()
    await town.later(days=7)
    await ada.says(f"/start {link}")
    assert ada.sees[0] == "This invitation is used up or too old. Please ask for a new one."
    assert await town.rows(Role) == []


async def test_the_database_does_not_hold_what_a_link_carries(town: World) -> None:
    link = await invitation(town, TUTOR)
    (kept,) = await town.rows(Invitation)
    assert kept.mark != link.partition("-")[2]
    await town.later(days=8)
    await town.app.sweep()
    assert await town.rows(Invitation) == []


async def test_a_coordinator_invites_by_a_message_to_forward(town: World) -> None:
    carla = await works(town, COORDINATOR)
    await carla.taps("People and roles")
    assert carla.sees == ["People and roles", "Carla: coordination"]
    await carla.taps("Invite a tutor")
    lines = carla.said[-2].splitlines()
    assert lines[0] == "An invitation to work with The School of Neighbourhoods: tutor."
    link = lines[-1].removeprefix("https://t.me/quartieri_bot?start=")
    tom = await town.resident(1002, "Tom")
    await tom.says(f"/start {link}")
    await tom.says("Tom")
    await carla.taps("Back")
    await carla.taps("People and roles")
    await carla.taps("Tom")
    assert carla.sees == ["Tom\nRole: tutor"]


async def test_roles_add_up(town: World) -> None:
    carla = await works(town, TUTOR, COORDINATOR)
    assert carla.sees[-1] == "Your role here: tutor, coordination."


async def test_the_menu_follows_the_role_and_the_language(town: World) -> None:
    carla = await works(town, COORDINATOR)
    assert await menu_of(town, carla) == ["today", "event", "announce", "queue", "help"]
    await carla.says("/lingua")
    await carla.taps("Italiano")
    assert await menu_of(town, carla) == ["oggi", "evento", "annuncio", "coda", "aiuto"]


async def test_with_the_role_the_menu_and_the_rights_go(town: World) -> None:
    carla, tom = await works(town, COORDINATOR), await works(town, TUTOR, number=1002, name="Tom")
    await carla.says("/start")
    await carla.taps("People and roles")
    await carla.taps("Tom")
    await carla.taps("End: tutor")
    assert carla.sees == [
        (
            "Shall this role end?\n"
            "Tom: tutor\n"
            "The menu and the rights of the role go at once. All that was done stays."
        )
    ]
    await carla.taps("End the role")
    assert carla.sees == ["The role has ended.", "People and roles", "Carla: coordination"]
    await tom.look()
    assert tom.said[-1] == "Your role has ended: tutor."
    assert await menu_of(town, tom) == ["idea", "meetings", "group", "me", "help", "language"]
    await tom.says("/start")
    assert "Tell my idea" in tom.buttons
    await tom.taps_data("staff")
    assert "Tell my idea" in tom.buttons


async def test_the_last_coordinator_stays(town: World) -> None:
    carla = await works(town, COORDINATOR)
    await carla.taps("People and roles")
    await carla.taps("Carla")
    await carla.taps("End: coordination")
    await carla.taps("End the role")
    assert carla.said[-1] == (
        "There is no other coordinator. Invite somebody first, then this role can go."
    )
    assert [role.role for role in await town.rows(Role)] == [COORDINATOR]


async def test_a_coordinator_may_go_where_there_is_another(town: World) -> None:
    carla = await works(town, COORDINATOR)
    await works(town, COORDINATOR, number=1004, name="Dario")
    number = (await town.rows(Role))[0].person_id
    await carla.taps_data(f"end:{number}:coordinator")
    assert carla.sees == ["Your role has ended: coordination."]
    assert await menu_of(town, carla) == ["idea", "meetings", "group", "me", "help", "language"]
    await carla.taps("Home")
    assert "My work here" not in carla.buttons


async def test_staff_reach_the_residents_home_and_come_back(town: World) -> None:
    carla = await works(town, COORDINATOR)
    await carla.taps("As a resident")
    assert carla.buttons == ["Tell my idea", "My work here", "Language", "Help and privacy"]
    await carla.taps("My work here")
    assert carla.sees == ROLE_HOME


async def test_what_staff_did_can_be_read(town: World) -> None:
    carla = await works(town, COORDINATOR)
    tom = await works(town, TUTOR, number=1002, name="Tom")
    await carla.says("/start")
    await carla.taps("People and roles")
    await carla.taps("Invite a tutor")
    await carla.taps("Tom")
    await carla.taps("End: tutor")
    await carla.taps("End the role")
    assert await trail(carla) == [
        "Carla · took a role away, Tom, tutor",
        "Carla · made an invitation, tutor",
        "the operator · gave a role, Tom, tutor",
        "the operator · gave a role, Carla, coordination",
    ]
    assert tom.id == 1002


async def test_the_trail_has_pages(town: World) -> None:
    carla = await works(town, COORDINATOR)
    await carla.taps("People and roles")
    for _ in range(staff.PAGE):
        await carla.taps("Invite a tutor")
    assert len(await trail(carla)) == staff.PAGE
    assert carla.buttons == ["Older", "Back"]
    await carla.taps("Older")
    assert carla.sees[0] == "What was done · page 2 of 2"
    assert [line.partition(" · ")[2] for line in carla.sees[1].splitlines()] == [
        "the operator · gave a role, Carla, coordination"
    ]
    assert carla.buttons == ["Newer", "Back"]


async def test_of_who_left_the_trail_keeps_no_name(town: World) -> None:
    carla = await works(town, COORDINATOR)
    dario = await works(town, COORDINATOR, number=1004, name="Dario")
    await dario.taps("People and roles")
    await dario.taps("Invite a tutor")
    await dario.says("/forget")
    await dario.taps("Delete my data")
    assert (await trail(carla))[:2] == [
        "somebody who left · made an invitation, tutor",
        "the operator · gave a role, coordination",
    ]
    assert await town.rows(Invitation) == []


async def test_the_trail_ends_after_its_days(town: World) -> None:
    await works(town, COORDINATOR)
    await town.later(days=731)
    await town.app.sweep()
    assert await town.rows(Deed) == []


async def test_a_name_has_an_end(town: World) -> None:
    carla = await works(town, COORDINATOR)
    await carla.taps("My name")
    await carla.says("x" * 41)
    assert carla.sees == [
        "Your text has 41 characters, and 40 fit here.\nWrite a shorter one.",
    ]
    await carla.taps("Go on without a name")
    await carla.taps("People and roles")
    assert carla.sees == ["People and roles", "Carla: coordination"]


@pytest.mark.parametrize(
    "forged",
    ["member:x", "member:999", "end:1:pope", "end:999:tutor", "ending:1:pope", "invite:pope"],
)
async def test_what_is_forged_shows_the_people(town: World, forged: str) -> None:
    carla = await works(town, COORDINATOR)
    await carla.taps_data(forged)
    assert carla.sees == ["People and roles", "Carla: coordination"]


# What staff can tap, what it shows first, and who may.
STAFF_TAPS = (
    ("members", "People and roles", [COORDINATOR]),
    ("member:1", "Carla", [COORDINATOR]),
    ("invite:tutor", "Forward the message", [COORDINATOR]),
    ("ending:1:coordinator", "Shall this role end?", [COORDINATOR]),
    ("end:1:coordinator", "There is no other coordinator.", [COORDINATOR]),
    ("trail:0", "What was done", [COORDINATOR]),
    ("staff", "The School of Neighbourhoods", [TUTOR, COORDINATOR]),
    ("name", "Which name shall others see?", [TUTOR, COORDINATOR]),
)


@pytest.mark.parametrize("roles", [[], [TUTOR], [COORDINATOR], [TUTOR, COORDINATOR]])
async def test_every_action_of_staff_asks_for_the_role(town: World, roles: list[str]) -> None:
    phone = await works(town, *roles)
    await phone.says("/start")
    home = phone.sees
    for data, first, allowed in STAFF_TAPS:
        await phone.says("/start")
        await phone.taps_data(data)
        if {*allowed} & {*roles}:
            assert phone.screen.startswith(first), data
        else:
            assert phone.sees == home, data


async def test_staff_are_told_what_is_kept_of_their_work(town: World) -> None:
    carla, ada = await works(town, COORDINATOR), await town.resident(1001)
    for phone, told in ((carla, ["Your role", "The record of work"]), (ada, [])):
        await phone.says("/privacy")
        found = [label for label in phone.buttons if label in ("Your role", "The record of work")]
        assert found == told
    await carla.taps("The record of work")
    await carla.says("/forget")
    going, staying = carla.sees[1].splitlines()
    assert going.endswith("messages on the way, your role.")
    kept = "the record of work, a mark, numbers of messages, announcements, counts and meetings."
    assert staying == f"I keep, without your name: {kept}"
