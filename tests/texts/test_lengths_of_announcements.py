"""The screens of announcements are short too: what one says, its buttons, the subjects."""

import pytest

from db.announcements import Announcement
from handlers import (
    announce,
    announce_buttons,
    announce_event,
    announce_languages,
    announced,
    home,
    mutes,
)
from handlers.incoming import Incoming
from handlers.routes_of_announcing import given
from handlers.turn import Turn
from school import staff
from school.loading import load
from tests.texts.screens import LONG, NOW, Work, scenes, too_long
from tests.texts.test_lengths_of_meetings import DAY, meetings

SCHOOL = load()
LANGUAGES = SCHOOL.languages
ADDRESS = "https://example.org/" + "a" * 200
POLL = tuple(f"{number} {LONG}"[:100] for number in range(12))


def _says(turn: Turn, text: str, choices: tuple[str, ...] = ()) -> None:
    part = {"method": "sendMessage", "params": {"text": text}}
    given(turn, Incoming(9, text, part=part, choices=choices))


def what_it_says(turn: Turn) -> None:
    """In all languages, with all buttons; wrong ones are said to be."""
    staff.give(turn.session, turn.person, staff.COORDINATOR, NOW)
    announce.start(turn)
    announce.new(turn)
    given(turn, Incoming(8))
    for code in LANGUAGES:
        announce_languages.ask(turn, "1", code)
        _says(turn, LONG, POLL)
        _says(turn, LONG, POLL)
    announce_languages.ask(turn, "1", "it")
    _says(turn, LONG, POLL[:3])
    announce_languages.start(turn, "1")
    announce_languages.look(turn, "1")
    home.again(turn)


def what_is_below(turn: Turn) -> None:
    """Each kind of button, asked and there."""
    what_it_says(turn)
    for number in range(9):
        meetings(turn, NOW + DAY * (number + 1))
    announce_buttons.start(turn, "1")
    announce_buttons.link(turn, "1")
    _says(turn, LONG)
    for _ in LANGUAGES:
        _says(turn, "m" * 24)
    _says(turn, "nowhere")
    _says(turn, ADDRESS)
    announce_buttons.meetings(turn, "1")
    announce_buttons.meeting(turn, "1", "1")
    announce_buttons.idea(turn, "1")
    announce.one(turn, "1")


def of_events(turn: Turn) -> None:
    """The list, of drafts about meetings; one is deleted, one went."""
    staff.give(turn.session, turn.person, staff.COORDINATOR, NOW)
    for number in range(1, 9):
        meetings(turn, NOW + DAY * number)
        announce_event.begin(turn, str(number))
    announce.dropping(turn, "1")
    announce.drop(turn, "1")
    turn.session.get_one(Announcement, 2).state = "done"
    announce_event.begin(turn, "99")
    announce_buttons.start(turn, "2")
    announce.start(turn)


def of_a_resident(turn: Turn) -> None:
    """What is switched off, and a button that does nothing."""
    for subject in SCHOOL.settings.announcing.subjects:
        mutes.without_subject(turn, subject.key)
    mutes.start(turn)
    announced.tap(turn, "1", "1")
    staff.give(turn.session, turn.person, staff.TUTOR, NOW)
    mutes.start(turn)


SCENES: list[Work] = [what_it_says, what_is_below, of_events, of_a_resident]


@pytest.mark.parametrize("language", LANGUAGES)
def test_messages_buttons_and_what_these_carry_are_short(language: str) -> None:
    assert too_long(scenes(SCHOOL, language, SCENES)) == []
