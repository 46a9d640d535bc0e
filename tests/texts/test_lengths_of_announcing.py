"""The screens of for whom an announcement is, when it goes, and its confirmation are short too."""

from collections.abc import Iterator
from dataclasses import replace
from functools import cache, partial

import pytest

from db.announcements import Announcement
from db.tables import Role
from db.types import Json
from handlers import announce, announce_approval, announce_audience, announce_time, staff
from handlers.incoming import Incoming
from handlers.routes_of_announcing import given
from handlers.turn import Turn
from locales.translator import words
from school import addressing, announcements, confirming
from school.loading import School, load
from school.staff import COORDINATOR
from tests.texts.screens import LONG, NOW, Message, Work, said, turn_of
from tests.texts.test_lengths import DATA, LABEL, LONG_LABELS, OTHER
from tests.texts.test_lengths_of_meetings import DAY, HOUR, another, meetings

SCHOOL = load()
LANGUAGES = SCHOOL.languages
MANY: dict[str, Json] = {
    "to": ["event:1", "event:1:seated", "event:1:waiting", "event:1:came", "groups:back"],
    "not": ["event:1:missed", "stage:none", "groups:ready", "company", "coordinators"],
}


def drafted(turn: Turn, **values: object) -> Announcement:
    """An announcement about an event with a long title; another one coordinates too."""
    meetings(turn, NOW + DAY)
    for person in (turn.person, another(turn, 1)):
        turn.session.add(Role(person_id=person.id, role=COORDINATOR, at=NOW))
    for number in range(2, 8):
        one = another(turn, number)
        one.notice_read, one.old_enough_at = SCHOOL.notice.version, NOW
    made = announcements.begin(turn.session, turn.person, NOW)
    made.content = {"it": {"messages": [{"method": "sendMessage", "params": {"text": "Ciao"}}]}}
    made.audience, made.subject = {"to": ["all"], "not": []}, "meetings"
    for name, value in values.items():
        setattr(made, name, value)
    turn.session.flush()
    return made


def chosen(turn: Turn) -> None:
    """For whom, with as many choices as fit; it says much, in all languages."""
    long: Json = {"messages": [{"method": "sendPhoto", "params": {"photo": "x", "caption": LONG}}]}
    button: Json = {"key": "1", "kind": "url", "to": "x", "label": {"en": LONG}}
    one = drafted(turn, audience=MANY, starts_at=NOW + 9 * HOUR, until=NOW + 9 * DAY)
    one.content = {**dict.fromkeys(LANGUAGES, long), "buttons": [button] * 3}
    turn.session.flush()
    announce.one(turn, "1")
    announce_audience.start(turn, "1")
    announce_audience.add(turn, "1", "to")
    announce_audience.less(turn, "1")
    announce_audience.about(turn, "1")


def choosing(turn: Turn) -> None:
    """Each kind, and what there is of each."""
    one = drafted(turn)
    for key in ("to", "not"):
        announce_audience.add(turn, "1", key)
        for kind in (*addressing.CHOICES, addressing.EVENT):
            for page in range(2):
                announce_audience.kind(turn, "1", key, kind, str(page))
        announce_audience.event(turn, "1", key, "1")
    for kind in addressing.CHOICES:
        for criterion in addressing.choices(SCHOOL, kind)[:8]:
            one.audience = {"to": [criterion], "not": []}
            announce_audience.start(turn, "1")
            announce_audience.about(turn, "1")
    announce_audience.kind(turn, "1", "to", "place", "0")
    for words_of in ("dergno", "x" * 300):
        given(turn, Incoming(9, words_of))


def when(turn: Turn) -> None:
    """When it goes, and until when it is of use; what is no date."""
    one = drafted(turn)
    for ask in (announce_time.at, announce_time.until):
        for written in ("5/12/2026 alle 6", "sabato", "31/11 alle 10", "mah", "2020-01-01 10:00"):
            ask(turn, "1")
            given(turn, Incoming(9, written))
    one.starts_at = NOW + DAY
    announce_time.until(turn, "1")
    given(turn, Incoming(9, (NOW + HOUR).isoformat(sep=" ")[:16]))
    turn.now = NOW.replace(hour=22)
    announce.show(turn, one)


def strict() -> School:
    """Here somebody else approves whatever goes."""
    announcing = SCHOOL.settings.announcing.model_copy(update={"approve_above": 0})
    return replace(SCHOOL, settings=SCHOOL.settings.model_copy(update={"announcing": announcing}))


def confirmed(turn: Turn) -> None:
    """Asked, looked at, sent back, approved, planned, withdrawn."""
    one, turn.school = drafted(turn, starts_at=NOW + DAY), strict()
    announce.show(turn, one)
    session, other = turn.session, turn.of(turn.session.get_one(type(turn.person), 2))
    other.person.notice_read, other.person.old_enough_at = SCHOOL.notice.version, NOW
    other.person.language = turn.person.language
    for act in (announce_approval.send_back, announce_approval.approve):
        confirming.ask(one, turn.person)
        session.flush()
        announce.show(turn, one)
        announce.show(other, one)
        act(turn, "1", confirming.mark(one))
        act(other, "1", confirming.mark(one))
    announce_approval.take_back(turn, "1")
    staff.trail(turn, "0")


SCENES: list[Work] = [chosen, choosing, when, confirmed]


@cache
def everything(language: str) -> list[Message]:
    """All that the scenes say in a language."""
    return [*_said(language)]


def _said(language: str) -> Iterator[Message]:
    for scene in SCENES:
        with turn_of(SCHOOL, language) as turn:
            yield from said(turn, words(language), partial(scene))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_message_has_600_characters_at_most(language: str) -> None:
    assert [message.text for message in everything(language) if len(message.text) > OTHER] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_button_has_24_characters_at_most(language: str) -> None:
    labels = {label for message in everything(language) for label in message.labels}
    assert {label for label in labels if len(label) > LABEL} - LONG_LABELS == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_a_button_carries_fits_into_64_bytes(language: str) -> None:
    carried = {data for message in everything(language) for data in message.data}
    assert {data for data in carried if len(data.encode()) > DATA} == set()
