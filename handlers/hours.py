"""What somebody came to, and how many hours that makes. No number is asked of anybody."""

from collections.abc import Collection, Sequence

from db.events import Event, Seat
from handlers import events_shown
from handlers.buttons import Button, Keyboard, data
from handlers.event_asked import cut
from handlers.turn import Screen, Turn
from school import absences, events, hours, interview, moments, year
from school.certificates import length
from school.hours import Visit
from school.phrases import Phrase, bold, joined, lines, paragraphs, t, tn

_MOST, _FEW = 8, 3


def start(turn: Turn, notes: Sequence[Phrase] = ()) -> None:
    """The person's hours, and where they come from."""
    interview.pause(turn.person)
    found = hours.visits(turn.session, turn.person)
    shown = paragraphs(
        bold(t("My hours")),
        _sum(turn, found),
        _listed(turn, found, _MOST) if found else None,
        _missed(turn),
    )
    seats: Keyboard = [*openings(turn), *_papers(turn), [(t("My seats"), data("mine"))]]
    home: Button = (t("Home"), data("home"))
    turn.show(Screen(shown, [*seats, [home]]), notes)


def _papers(turn: Turn) -> Keyboard:
    """The certificates of the last years."""
    found = year.years(turn.session, turn.person, turn.school.zone, turn.now)[:_FEW]
    return [
        [(t("Certificate of %(year)s", year=one), data("yearcertificate", one))] for one in found
    ]


def _sum(turn: Turn, found: Sequence[Visit]) -> Phrase:
    years = dict(hours.by_year(found, turn.school.zone))
    here = turn.now.astimezone(turn.school.zone).year
    own, most = years.pop(here, 0), turn.school.events.hours_a_year
    this = t("The school offers %(most)s hours this year. Yours are counted here.", most=most)
    if own:
        this = t(
            "You have %(hours)s of the %(most)s that the school offers this year.",
            hours=length(own),
            most=most,
        )
    before = (joined(": ", str(year), length(minutes)) for year, minutes in years.items())
    return lines(this, *before)


def _missed(turn: Turn) -> Phrase | None:
    """Meetings with a seat where nobody noted the person: the list may be wrong, and says how it is
    put right.
    """
    found = absences.of_person(turn.session, turn.person, turn.now)[:_FEW]
    if not found:
        return None
    said = (
        joined(" · ", events_shown.short(turn, meeting), cut(events_shown.title(turn, event)))
        for event, meeting in found
    )
    mend = t("If you were there, tell who runs the meeting: then it is put right.")
    return lines(t("You had a seat, and nobody noted you:"), *said, mend)


def so_far(turn: Turn, event: Event, seat: Seat) -> Phrase | None:
    """At how many meetings of a series the person was; None before the first, and for one alone."""
    if len(events.taking_place(turn.session, event)) < 2:
        return None
    found = absences.of_event(turn.session, event, turn.now).get(seat.id)
    if found is None:
        return None
    return t("you were at %(came)s of %(of)s so far", came=found.came, of=found.of)


def _listed(turn: Turn, found: Sequence[Visit], most: int) -> Phrase:
    more = len(found) - most
    rest = tn("and %(count)s more", "and %(count)s more", more) if more > 0 else None
    return lines(*(_line(turn, visit) for visit in found[:most]), rest)


def _line(turn: Turn, visit: Visit) -> Phrase:
    language, zone = turn.person.language, turn.school.zone
    at = moments.short(language, zone, visit.meeting.starts_at)
    return joined(" · ", at, cut(events_shown.title(turn, visit.event)), length(visit.minutes))


def past(turn: Turn) -> Phrase | None:
    """The last meetings that the person came to, below the seats; None where there is none."""
    found = hours.visits(turn.session, turn.person)
    if not found:
        return None
    return lines(bold(t("You were there:")), _listed(turn, found, _FEW))


def openings(turn: Turn, besides: Collection[int] = ()) -> Keyboard:
    """The last events that the person came to, each to be opened; not those that are there."""
    found = {visit.event.id: visit.event for visit in hours.visits(turn.session, turn.person)}
    others = [event for number, event in found.items() if number not in besides][:_FEW]
    return [[(cut(events_shown.title(turn, one)), data("meeting", one.id))] for one in others]


def door(turn: Turn) -> Keyboard:
    """The way to the hours, for whoever has some."""
    return [[(t("My hours"), data("hours"))]] if hours.visits(turn.session, turn.person) else []
