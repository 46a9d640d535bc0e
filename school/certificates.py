"""The certificate on paper: what it says, as plain data; a template lays it out
(bot/certificate.typ). It is of one event, or of a year's events with their hours.

It says what somebody took part in, and nothing else of them; its code lets anyone check it.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import cast

from babel.dates import format_date, format_skeleton
from sqlalchemy import select
from sqlalchemy.orm import Session

from db.events import Attendance, Event, Meeting, Seat
from db.tables import Person
from db.types import Json
from locales.translator import Words
from school import codes, events, links, wording
from school.loading import School
from school.phrases import Phrase, as_text, t, tn
from school.texts import in_language

_HOLDS = "\N{NO-BREAK SPACE}"  # no line ends inside a day


@dataclass(frozen=True, slots=True)
class Attended:
    """An event that somebody came to: its title, when its meetings began, how long they were."""

    title: str
    begun: Sequence[dt.datetime]
    minutes: int


@dataclass(frozen=True, slots=True)
class Certificate:
    """One event without a year, or the events of a year. `link` opens what confirms the code, in
    the bot of this username.
    """

    holder: str
    attended: Sequence[Attended]
    code: str
    bot: str
    link: str
    issued: dt.datetime
    year: int | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """An event with its days and hours, in words."""

    title: str
    days: str
    hours: str


@dataclass(frozen=True, slots=True)
class Total:
    """All hours together."""

    label: str
    hours: str


@dataclass(frozen=True, slots=True)
class Check:
    """How anyone checks it: with a camera, by its letters, by telephone."""

    picture: str
    code: str
    how: str
    without: str


@dataclass(frozen=True, slots=True)
class Page:
    """All that a certificate says, in one language; no total where it is of one event."""

    school: str
    kind: str
    given_to: str
    holder: str
    taking_part: str
    events: list[Row]
    total: Total | None
    issued: str
    check: Check


@dataclass(frozen=True, slots=True)
class Printer:
    """Says a certificate in the words of a language."""

    school: School
    words: Words

    def page(self, certificate: Certificate) -> dict[str, Json]:
        """The whole certificate, as data."""
        year = certificate.year
        page = Page(
            school=in_language(self.school.settings.name, self.words.language),
            kind=self.say(t("Certificate of attendance")),
            given_to=self.say(t("This certificate is given to")),
            holder=_line(certificate.holder),
            taking_part=self.say(
                t("for taking part in")
                if year is None
                else t("for taking part in these meetings in %(year)s", year=year)
            ),
            events=[self.row(event, year) for event in certificate.attended],
            total=None if year is None else self.total(certificate.attended),
            issued=self.issued(certificate.issued),
            check=self.check(certificate),
        )
        return cast("dict[str, Json]", asdict(page))

    def file_name(self, certificate: Certificate) -> str:
        """A plain name for the file."""
        word = self.say(t("certificate"))
        return f"{word}-{certificate.code}.pdf"

    def say(self, phrase: Phrase) -> str:
        """The program's words."""
        return as_text(phrase, self.words)

    def row(self, event: Attended, year: int | None) -> Row:
        """An event; its days are short where the year is said above."""
        return Row(
            _line(event.title), self.days(event.begun, short=year is not None), self.hours(event)
        )

    def days(self, begun: Sequence[dt.datetime], *, short: bool) -> str:
        """The days on the school's clock, each once; a single one with its weekday."""
        days = sorted({at.astimezone(self.school.zone).date() for at in begun})
        locale = wording.dates(self.words.language)
        if short:
            said = [format_skeleton("MMMd", day, locale=locale) for day in days]
        elif len(days) > 1:
            said = [format_date(day, "long", locale=locale) for day in days]
        else:
            said = [wording.day(day, self.words.language) for day in days]
        return wording.listed([day.replace(" ", _HOLDS) for day in said], self.words.language)

    def hours(self, *events: Attended) -> str:
        """How long events were together."""
        return self.say(length(sum(event.minutes for event in events)))

    def total(self, events: Sequence[Attended]) -> Total:
        """The sum of the hours, with its name."""
        return Total(self.say(t("Together")), self.hours(*events))

    def issued(self, at: dt.datetime) -> str:
        """The day when it was given, on the school's clock."""
        locale = wording.dates(self.words.language)
        day = format_date(at.astimezone(self.school.zone), "long", locale=locale)
        return self.say(t("Given on %(date)s", date=day))

    def check(self, certificate: Certificate) -> Check:
        """How to check it."""
        command, bot = f"/verify {certificate.code}", f"@{certificate.bot}"
        return Check(
            codes.svg(certificate.link),
            self.say(t("Code %(code)s", code=certificate.code)),
            self.say(
                t(
                    "To check this certificate, point a phone's camera at the square. "
                    "Or write %(command)s to %(bot)s on Telegram.",
                    command=command,
                    bot=bot,
                )
            ),
            self.say(
                t("Without Telegram, call %(phone)s.", phone=self.school.settings.human.phone)
            ),
        )


def earned(session: Session, seat: Seat, now: dt.datetime) -> tuple[Event, int] | None:
    """The event that the holder of a seat took part in, and for how many minutes; None until it is
    over, and where they were not there.
    """
    event, found = session.get_one(Event, seat.event_id), _attended(session, seat)
    if not found or not events.is_over(session, event, now):
        return None
    return event, sum(int((one.ends_at - one.starts_at).total_seconds()) // 60 for one in found)


def _attended(session: Session, seat: Seat) -> Sequence[Meeting]:
    query = select(Meeting).join(Attendance, Attendance.meeting_id == Meeting.id)
    return list(
        session.scalars(query.where(Attendance.seat_id == seat.id).order_by(Meeting.starts_at))
    )


def of_seat(
    session: Session, seat: Seat, language: str, bot: str, now: dt.datetime
) -> Certificate | None:
    """The certificate of a seat's event, as it can be printed; None where there is none."""
    took_part = earned(session, seat, now)
    if took_part is None:
        return None
    event, minutes = took_part
    begun = [meeting.starts_at for meeting in _attended(session, seat)]
    attended = Attended(in_language(events.title(event), language), begun, minutes)
    holder = session.get_one(Person, seat.person_id).name or ""
    link = links.opens(bot, links.about(links.CERTIFICATE, seat.code))
    return Certificate(holder, [attended], seat.code, bot, link, now)


def initials(name: str) -> str:
    """The first signs of a name, as whoever has the paper can compare them."""
    return " ".join(f"{part[0]}." for part in name.split()) or "–"


def length(minutes: int) -> Phrase:
    """Hours and minutes as one says them."""
    hours, rest = divmod(minutes, 60)
    said_hours = tn("%(count)s hour", "%(count)s hours", hours)
    said_rest = tn("%(count)s minute", "%(count)s minutes", rest)
    if hours and rest:
        return t("%(hours)s and %(minutes)s", hours=said_hours, minutes=said_rest)
    return said_rest if rest else said_hours


def _line(text: str) -> str:
    return " ".join(text.split())
