"""What became of an announcement is said shortly too: progress, report, corrections, in every
language.
"""

from typing import Any

import pytest

from db.announcements import Announcement, Tapped
from db.tables import Outgoing
from handlers import announce_changes, announce_held, announce_progress, announce_report
from handlers.incoming import Incoming
from handlers.turn import Turn
from school import announcements, people, progress, staff
from school.announcements import CORRECT, RECALL, SEND, SENDING
from school.loading import load
from tests.texts.screens import NOW, Work, scenes, too_long

SCHOOL = load()
LANGUAGES = SCHOOL.languages
SAYS = "Sabato non ci vediamo in biblioteca ma nel cortile di via Baldinucci"
NAME = "Maria Antonietta della Santissima"
ENDS: tuple[tuple[str, str | None], ...] = (
    *(("queued", None), ("uncertain", "NetworkError"), ("failed", "400"), ("failed", "fault")),
    *(("failed", "gone"), ("failed", "too old"), ("skipped", "unreachable"), ("skipped", "late")),
    *(("skipped", "stopped"), ("skipped", None)),
)


def says(one: Announcement, *languages: str, part: Any, below: Any = ()) -> None:
    """It says one thing in some languages."""
    spoken: dict[str, Any] = {language: {"messages": [part]} for language in languages}
    one.content = {**spoken, "buttons": [*below]}


def text(said_so: str = SAYS) -> dict[str, Any]:
    """A part that is a text."""
    return {"method": "sendMessage", "params": {"text": said_so}}


def lines(turn: Turn, one: Announcement, method: str) -> None:
    """What became of it, in all ways."""
    for number, (state, outcome) in enumerate(ENDS):
        key, chat = f"{method}{number}", 2000 + number
        row = Outgoing(chat_id=chat, lane=3, state=state, method=method, body={}, language="it")
        row.outcome, row.dedup_key, row.not_before, row.announcement_id = outcome, key, NOW, one.id
        turn.session.add(row)
    turn.session.flush()


def went(turn: Turn) -> Announcement:
    """One that went in two languages, with buttons, to people with long names."""
    staff.give(turn.session, turn.person, staff.COORDINATOR, NOW)
    for number in range(len(ENDS)):
        people.add(turn.session, 2000 + number, "it", NOW).name = f"{NAME} {number}"
    one = announcements.begin(turn.session, turn.person, NOW)
    choices = [
        {"label": {"it": f"{NAME} {number}"}, "kind": "choice", "to": None, "key": f"c{number}"}
        for number in range(10)
    ]
    link = {"label": {"it": "Leggi"}, "kind": "url", "to": "https://a.example", "key": "1"}
    says(one, "it", "en", part=text(), below=[*choices, link])
    announcements.start(turn.session, one, NOW)
    one.reached = one.last
    turn.session.add(Tapped(announcement_id=one.id, button="c1", count=1234))
    lines(turn, one, SEND)
    return one


def in_progress(turn: Turn) -> None:
    """While it goes: by day with an end, at night, while it rests."""
    one = went(turn)
    for method in (SEND, CORRECT, RECALL):
        if method != SEND:
            lines(turn, one, method)
        one.method = method
        seen = progress.Seen(NOW, 0, 0.5, "")
        one.shown = progress.as_text(seen)
        for state in ("sending", "paused", "stopped", "done"):
            one.state = state
            announce_progress.show(turn, one)
    one.method, one.state = SEND, SENDING
    announce_held.stopping(turn, str(one.id))
    turn.now = NOW.replace(hour=22)
    announce_progress.show(turn, one)
    one.reached = 0
    turn.now = NOW
    announce_progress.show(turn, one)


def of_the_report(turn: Turn) -> None:
    """Who got it, who did not."""
    one = went(turn)
    announce_report.show(turn, str(one.id))
    announce_report.taps(turn, str(one.id))
    for page in "01":
        announce_report.missed(turn, str(one.id), page)
    announce_report.asking(turn, str(one.id), "uncertain")
    for method in (CORRECT, RECALL):
        lines(turn, one, method)
        one.method = method
        announce_report.show(turn, str(one.id))
    one.method = SEND
    announce_report.again(turn, str(one.id), "failed")
    announce_report.again(turn, str(one.id), "failed")


def put_right(turn: Turn) -> None:
    """It is corrected, then recalled."""
    one = went(turn)
    number = str(one.id)
    announce_changes.correct(turn, number)
    announce_changes.correct_in(turn, number, "it")
    for part in ({"method": "sendPhoto", "params": {"photo": "x"}}, text(), text(f"{SAYS}!")):
        announce_changes.take(turn, one, Incoming(9, part=part), "it")
    announce_changes.corrected(turn, number, "x")
    for kind in ("sendVoice", "sendPhoto", "sendLocation"):
        says(one, "it", part={"method": kind, "params": {}})
        announce_changes.correct(turn, number)
    media = [{"type": "photo", "media": "x"}]
    album = {"method": "sendMediaGroup", "params": {"media": media}}
    says(one, "it", part=album)
    announce_changes.correct(turn, number)
    announce_changes.recalling(turn, number)
    announce_changes.recall(turn, number)


SCENES: list[Work] = [in_progress, of_the_report, put_right]


@pytest.mark.parametrize("language", LANGUAGES)
def test_messages_buttons_and_what_these_carry_are_short(language: str) -> None:
    assert too_long(scenes(SCHOOL, language, SCENES)) == []
