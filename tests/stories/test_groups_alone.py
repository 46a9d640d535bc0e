"""People alone do not pay for those in groups: whatever they do, nothing asks who else is there."""

from collections.abc import Callable

import pytest

from tests.stories.machine import Chat, memory
from tests.stories.test_machine import FILES

DONE: tuple[Callable[[Chat], object], ...] = (
    lambda chat: chat.taps("pick:stage:project"),
    lambda chat: chat.sends(text="We mend lamps"),
    lambda chat: chat.sends(text="Dergano"),
    lambda chat: chat.taps("on:where:11"),
    lambda chat: chat.taps("go:where"),
    lambda chat: chat.taps("skip:field"),
    lambda chat: chat.taps("back:for_whom"),
    lambda chat: chat.taps("change:need"),
    lambda chat: chat.sends(**FILES["voice"]),
    lambda chat: chat.edits(chat.own[1], "We mend radios"),
    lambda chat: chat.taps("change:people"),
    lambda chat: chat.taps("num:people:3"),
    lambda chat: chat.taps("review:basics"),
    lambda chat: chat.taps("overview"),
    lambda chat: chat.sends(text="Nobody asked for this"),
    lambda chat: chat.sends(text="/start"),
)


def test_nothing_asks_for_members_but_what_finds_the_sheet() -> None:
    chat, asked = Chat(memory(), 1001), list[str]()
    chat.settle_in()
    chat.sends(text="/idea")
    driver = chat.session.connection().connection.driver_connection
    assert driver is not None
    for number, act in enumerate(DONE):
        asked.clear()
        driver.set_trace_callback(asked.append)
        act(chat)
        driver.set_trace_callback(None)
        about = [one for one in asked if "members" in one or "groups" in one]
        assert len(about) <= 1, (number, about)
        assert all("coalesce" in one and "ideas" in one for one in about), about


@pytest.mark.parametrize("kind", ["photo", "document"])
def test_a_file_asks_for_no_members_either(kind: str) -> None:
    chat, asked = Chat(memory(), 1001), list[str]()
    chat.settle_in()
    chat.sends(text="/idea")
    driver = chat.session.connection().connection.driver_connection
    assert driver is not None
    driver.set_trace_callback(asked.append)
    chat.sends(**FILES[kind])
    assert len([one for one in asked if "members" in one]) <= 1
