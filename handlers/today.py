"""The day of a meeting, for those who work here: what is on today and next, and one of it."""

from collections.abc import Sequence

from db.events import Event, Meeting
from handlers import door_code, events_shown, feedback_shown, materials
from handlers.buttons import Button, Keyboard, data, paging, row_number
from handlers.event_asked import cut
from handlers.turn import Screen, Turn
from school import absences, attendance, changes, interview, links, moments
from school.phrases import Phrase, bold, joined, lines, paragraphs, t
from school.texts import capitalised


def start(turn: Turn, notes: Sequence[Phrase] = ()) -> None:
    """The next events, today's first."""
    _page(turn, 0, notes)


def page(turn: Turn, number: str) -> None:
    """Some of them."""
    _page(turn, min(row_number(number) or 0, 1000))


def _page(turn: Turn, number: int, notes: Sequence[Phrase] = ()) -> None:
    interview.pause(turn.person)
    found, more = attendance.next_ones(turn.session, turn.now, turn.school.zone, number)
    said = [_line(turn, event, meeting) for event, meeting in found]
    rows: Keyboard = [
        [(cut(events_shown.title(turn, event)), data("day", meeting.id))]
        for event, meeting in found
    ]
    steps = paging(number, "today", more=more)
    nothing = None if found else t("No meeting is announced.")
    text = paragraphs(bold(t("Today and next")), *said, nothing)
    back: Button = (t("Back"), data("staff"))
    turn.show(Screen(text, [*rows, *steps, *_way_back(turn), [back]]), notes)


def _way_back(turn: Turn) -> Keyboard:
    """To meetings of other days, where there were any."""
    found, _ = attendance.past_ones(turn.session, turn.now, turn.school.zone, 0)
    return [[(t("Past meetings"), data("past", 0))]] if found else []


def past(turn: Turn, number: str) -> None:
    """Meetings of other days, the last one first."""
    interview.pause(turn.person)
    at = min(row_number(number) or 0, 1000)
    found, more = attendance.past_ones(turn.session, turn.now, turn.school.zone, at)
    said = [_line(turn, event, meeting) for event, meeting in found]
    rows: Keyboard = [[(_label(turn, *one), data("day", one[1].id))] for one in found]
    nothing = None if found else t("There is no past meeting.")
    text = paragraphs(bold(t("Past meetings")), *said, nothing)
    steps = paging(at, "past", more=more)
    turn.show(Screen(text, [*rows, *steps, [(t("Back"), data("today", 0))]]))


def _label(turn: Turn, event: Event, meeting: Meeting) -> str:
    """A series has several, so the day comes first."""
    return cut(f"{events_shown.short(turn, meeting)} · {events_shown.title(turn, event)}")


def _line(turn: Turn, event: Event, meeting: Meeting) -> Phrase:
    title = cut(events_shown.title(turn, event))
    return lines(joined(" · ", _when(turn, meeting), title), counted(turn, meeting))


def _when(turn: Turn, meeting: Meeting) -> str:
    """In short, but today is said as such."""
    language, zone = turn.person.language, turn.school.zone
    if meeting.starts_at.astimezone(zone).date() != turn.now.astimezone(zone).date():
        return moments.short(language, zone, meeting.starts_at)
    return capitalised(moments.near(language, zone, meeting.starts_at, turn.now))


def counted(turn: Turn, meeting: Meeting) -> Phrase:
    """How many people there are."""
    there = attendance.counts(turn.session, meeting)
    if attendance.is_past(meeting, turn.now, turn.school.zone):
        return t(
            "With a seat: %(seated)s · came: %(came)s · did not come: %(missed)s",
            seated=there.seated,
            came=there.came,
            missed=absences.missed(turn.session, meeting, turn.now),
        )
    return t(
        "With a seat: %(seated)s · waiting: %(waiting)s · came: %(came)s",
        seated=there.seated,
        waiting=there.waiting,
        came=there.came,
    )


def day(turn: Turn, number: str, notes: Sequence[Phrase] = ()) -> None:
    """One meeting: its people, and what can be done."""
    found = attendance.find(turn.session, row_number(number) or 0)
    if found is None:
        start(turn, notes)
        return
    interview.pause(turn.person)
    event, meeting = found
    link = t("Its link: %(link)s", link=turn.link(links.EVENT, event.code))
    head = lines(bold(events_shown.title(turn, event)), events_shown.when(turn, meeting))
    code = door_code.shown(turn, event, meeting)
    text = paragraphs(head, counted(turn, meeting), code, link)
    ways = [*_doors(turn, meeting), *_change(turn, event), *_others(turn, event, meeting)]
    rows: Keyboard = [*ways, [_back(turn, meeting)]]
    turn.show(Screen(text, rows), notes)


def _back(turn: Turn, meeting: Meeting) -> Button:
    is_past = attendance.is_past(meeting, turn.now, turn.school.zone)
    return t("Back"), data("past" if is_past else "today", 0)


def who(turn: Turn, meeting: Meeting) -> Phrase:
    """What the list of those who came is called."""
    is_past = attendance.is_past(meeting, turn.now, turn.school.zone)
    return t("Who was here?") if is_past else t("Who is here?")


def _doors(turn: Turn, meeting: Meeting) -> Keyboard:
    here: Keyboard = [[(who(turn, meeting), data("list", meeting.id, 0))]]
    everybody: Keyboard = [[(t("All people"), data("people", meeting.event_id, 0))]]
    write: Keyboard = [[(t("Write to the people"), data("writing", meeting.id))]]
    has_come = attendance.has_its_day(meeting, turn.now, turn.school.zone)
    said = feedback_shown.door(turn, meeting) if turn.may("feedback") else []
    handed = materials.door(meeting) if turn.may("materials") else []
    return [
        *(here if has_come else []),
        *(everybody if turn.may("roll") else []),
        *(write if turn.may("write") else []),
        *handed,
        *said,
    ]


def _change(turn: Turn, event: Event) -> Keyboard:
    can = turn.may("events") and changes.can_change(turn.session, event, turn.now)
    return [[(t("Change the meeting"), data("manage", event.id))]] if can else []


def _others(turn: Turn, event: Event, meeting: Meeting) -> Keyboard:
    """The meetings of a series before and after this one."""
    found = attendance.meetings(turn.session, event)
    at = next(place for place, one in enumerate(found) if one.id == meeting.id)
    beside = [*found[max(at - 1, 0) : at], *found[at + 1 : at + 2]]
    language, zone = turn.person.language, turn.school.zone
    row: list[Button] = [
        (moments.short(language, zone, one.starts_at), data("day", one.id)) for one in beside
    ]
    return [row] if row else []
