"""A certificate says what somebody took part in. It is made when it is asked for, of the rows there
are then; its code, the ticket's, lets anyone check it who holds the paper.
"""

from db.types import Json
from handlers import home, hours, name, workshops
from handlers.buttons import data, row_number
from handlers.turn import Turn
from school import attendance, certificates, events, outbox, seats, year
from school.phrases import Phrase, bold, lines, t

_DOCUMENT, _OF_YEAR = "certificate", "yearcertificate"
_NAMELESS = t("A certificate carries a name.")
_COMES = t("Your certificate will be here in a moment, as a PDF.")


def get(turn: Turn, number: str) -> None:
    """Send the certificate of an event; it carries a name, which is asked for where there is
    none.
    """
    event = events.find(turn.session, row_number(number) or 0)
    seat = seats.of(turn.session, event, turn.person) if event is not None else None
    earned = certificates.earned(turn.session, seat, turn.now) if seat is not None else None
    if event is None or seat is None or earned is None:
        workshops.show(turn, number)
        return
    if turn.person.name is None:
        name.ask(turn, [_NAMELESS], data(_DOCUMENT, event.id))
        return
    _send(turn, {_DOCUMENT: seat.id})
    workshops.show(turn, number, [_COMES])


def _send(turn: Turn, document: dict[str, Json]) -> None:
    """Send it; one that is on its way is enough."""
    if not outbox.on_its_way(turn.session, turn.chat_id, document):
        turn.send_beside("sendDocument", {"document": document})


def of_year(turn: Turn, words: str) -> None:
    """Send the certificate of a year in which the person has hours."""
    asked = row_number(words)
    if asked not in year.years(turn.session, turn.person, turn.school.zone, turn.now):
        hours.start(turn)
    elif turn.person.name is None:
        name.ask(turn, [_NAMELESS], data(_OF_YEAR, asked))
    else:
        _send(turn, {_OF_YEAR: [turn.person.id, asked]})
        hours.start(turn, [_COMES])


def verify(turn: Turn) -> None:
    """Check the code that stands behind the command."""
    if turn.after_command:
        scanned(turn, turn.after_command)
    else:
        home.again(turn, [t("Write the code behind it, for example: /verify K7R2M")])


def scanned(turn: Turn, code: str) -> None:
    """A certificate's square was scanned, or its code written."""
    home.again(turn, [confirmed(turn, code)])


def confirmed(turn: Turn, code: str) -> Phrase:
    """What a code confirms: initials and no name, as codes could be tried one by one."""
    of_a_year = year.confirmed(turn.session, code, turn.school.zone, turn.now)
    if of_a_year is not None:
        return lines(
            bold(t("This certificate is valid.")),
            t("Given to: %(initials)s", initials=certificates.initials(of_a_year.holder)),
            t("Meetings in %(year)s", year=of_a_year.year),
            t("Hours until today: %(hours)s", hours=certificates.length(of_a_year.minutes)),
        )
    seat = attendance.by_code(turn.session, code)
    earned = certificates.earned(turn.session, seat, turn.now) if seat is not None else None
    if seat is None or earned is None:
        return t("No certificate has this code. Please compare it letter by letter.")
    event, minutes = earned
    holder = attendance.holder(turn.session, seat).name or ""
    return lines(
        bold(t("This certificate is valid.")),
        t("Given to: %(initials)s", initials=certificates.initials(holder)),
        turn.text(events.title(event)),
        certificates.length(minutes),
    )
