"""Whoever writes the code of a meeting in its hours is there. Who has no seat takes one, if one is
free; at any other time the text is whatever it is.
"""

from db.events import Event, Meeting, Seat
from handlers import events_shown, for_whom, tickets, workshops
from handlers.turn import Turn
from school import attendance, door_codes, links, moments, people, seats, taking
from school.phrases import Phrase, bold, lines, t
from school.seats import OFFERED, SEATED, WAITING

# Who is asked for one of these writes no code for themselves.
_STAFFS = (people.CODE, people.GUEST, people.EVENT)


def shown(turn: Turn, event: Event, meeting: Meeting) -> Phrase | None:
    """The code for a sheet at the door, and when it counts; none when the meeting is over."""
    if meeting.ends_at <= turn.now:
        return None
    code = door_codes.of(turn.session, event, meeting)
    hours = moments.hours(turn.person.language, turn.school.zone, *door_codes.hours(meeting))
    return lines(
        t("Code at the door: %(code)s", code=bold(code)),
        t("Whoever writes it to me is here. It counts: %(hours)s", hours=hours),
    )


def read(turn: Turn, words: str) -> bool:
    """Whether a text was the code of a meeting that is on."""
    if turn.expecting in _STAFFS:
        return False
    found = door_codes.read(turn.session, words, turn.now)
    if found is not None:
        _arrives(turn, *found)
    return found is not None


def remember(turn: Turn, words: str) -> None:
    """Somebody new wrote it: it counts once the notice is read."""
    if door_codes.read(turn.session, words, turn.now) is not None:
        turn.person.came_for = links.about(links.DOOR, attendance.plain_code(words))


def meant(turn: Turn, code: str) -> Phrase | None:
    """What somebody new has come to."""
    found = door_codes.read(turn.session, code, turn.now)
    return events_shown.line(turn, found[0]) if found is not None else None


def _arrives(turn: Turn, event: Event, meeting: Meeting) -> None:
    seat = seats.of(turn.session, event, turn.person)
    if seat is None or seat.state != SEATED:
        seat = _takes_one(turn, event, seat)
    if seat is None:
        full = lines(
            t("No seat is free for you, so I could not note you."),
            t("Please talk to somebody at the door."),
        )
        workshops.show(turn, str(event.id), [full])
        return
    new = attendance.came(turn.session, seat, meeting, attendance.DOOR, turn.now)
    said = t("Welcome: it is noted that you are here.") if new else t("You are noted already.")
    tickets.refresh(turn, event, seat)
    workshops.show(turn, str(event.id), [said])


def _takes_one(turn: Turn, event: Event, before: Seat | None) -> Seat | None:
    """A seat for whoever is in the room already, whenever it closed; what was offered is taken."""
    offered = before is not None and before.state == OFFERED
    party = before.party if before is not None and before.state == WAITING else 1
    if not offered and not _is_open(turn, event, party):
        return None
    seat = seats.give(turn.session, event, turn.person, turn.now)
    tickets.send(turn, event, seat)
    return seat


def _is_open(turn: Turn, event: Event, party: int) -> bool:
    """Whether there is room, for this person and at this meeting of a series."""
    if taking.has_begun(turn.session, event, turn.now) or for_whom.is_barred(turn, event):
        return False
    return seats.room(turn.session, event, turn.now, party)
