"""THE table of documents: what a row names instead of carrying it is made when the row is sent.

A body says {"document": {"sheet": 5}}: a name of this table and what it is about. Making has steps,
so that nobody waits for it: the rows are read in a short transaction, files that it needs are
fetched, then the document is made beside the loop, one at a time.
"""

import asyncio
import contextlib
import datetime as dt
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TypeAlias, cast

from sqlalchemy.orm import Session
from telegram.error import TelegramError

from bot import flyers, mydata, printing, tickets
from bot.api import Api
from bot.clock import Clock
from db.announcements import Announcement
from db.events import Event, Seat
from db.session import Database
from db.tables import Person
from db.types import Json
from locales.translator import Words
from school import (
    attendance,
    calendars,
    certificates,
    claims,
    dossier_pages,
    events,
    group_links,
    links,
    own_data,
    people,
    printed,
    results,
    roll,
    seats,
    year,
)
from school import flyers as handed
from school.loading import School
from school.phrases import t
from school.texts import in_language

_MOST_BYTES = 45 * 1024 * 1024  # Telegram takes documents of 50 MB
SORRY = t("The document could not be made. Your answers are safe. Please try again later.")


@dataclass(frozen=True, slots=True)
class Document:
    """A file that was made."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Wanted:
    """All that a maker may know besides the rows."""

    school: School
    words: Words
    now: dt.datetime
    bot_name: str
    database: Database


Fetched: TypeAlias = Mapping[str, tuple[str, bytes]]


@dataclass(frozen=True, slots=True)
class Recipe:
    """How a document is made, of the files of Telegram that could be fetched, by their ids."""

    make: Callable[[Fetched], Awaitable[Document]]
    files: Sequence[str] = ()


# Reads what a document is about, and returns how it is made of that; None where that is gone.
Maker: TypeAlias = Callable[[Session, Wanted, Json], Recipe | None]


def _sheet(session: Session, wanted: Wanted, about: Json) -> Recipe | None:
    subject = printed.subject(session, wanted.school, cast("int", about))
    if subject is None:
        return None
    printer = printed.Printer(wanted.school, wanted.words)
    name = printer.file_name(wanted.now)
    return _printed("sheet.typ", printer.page(subject, wanted.now), name, wanted.words)


def _dossier(session: Session, wanted: Wanted, about: Json) -> Recipe | None:
    number, which = cast("list[int]", about)
    printer = printed.Printer(wanted.school, wanted.words)
    given = dossier_pages.handed(session, printer, number, which)
    if given is None:
        return None
    page = dossier_pages.page(session, printer, given, wanted.now)
    name = printer.file_name(given.version.at)
    return _printed("sheet.typ", page, name, wanted.words)


def _claim(session: Session, wanted: Wanted, secret: Json) -> tuple[Person, str] | None:
    """Whom a link is about, and the link; None where it counts no more."""
    found = claims.find(session, str(secret), wanted.now)
    person = session.get(Person, found.person_id) if found is not None else None
    link = links.opens(wanted.bot_name, links.about(links.CLAIM, str(secret)))
    return (person, link) if person is not None else None


def _claim_sheet(session: Session, wanted: Wanted, about: Json) -> Recipe | None:
    found = _claim(session, wanted, about)
    idea = people.idea_of(session, found[0]) if found is not None else None
    subject = printed.subject(session, wanted.school, idea.id) if idea is not None else None
    if found is None or subject is None:
        return None
    printer = printed.Printer(wanted.school, wanted.words)
    page = printer.page(subject, wanted.now, found[1])
    return _printed("sheet.typ", page, printer.file_name(wanted.now), wanted.words)


def _claim_picture(session: Session, wanted: Wanted, about: Json) -> Recipe | None:
    found = _claim(session, wanted, about)
    if found is None:
        return None
    page = handed.of_claim(wanted.school, wanted.words, found[0].name or "", found[1])

    async def make(_files: Fetched) -> Document:
        return Document("link.png", await asyncio.to_thread(flyers.png, page, wanted.words))

    return Recipe(make)


def _printed(template: str, page: Mapping[str, Json], name: str, words: Words) -> Recipe:
    """A page that a template lays out."""

    async def make(_files: Fetched) -> Document:
        mirrored = words.right_to_left
        content = await printing.pdf(template, page, words.language, right_to_left=mirrored)
        return Document(name, content)

    return Recipe(make)


def _copy(session: Session, wanted: Wanted, about: Json) -> Recipe | None:
    person = session.get(Person, cast("int", about))
    if person is None:
        return None
    rows, ids = own_data.export(session, person), own_data.files(session, person)

    async def make(files: Fetched) -> Document:
        content = await asyncio.to_thread(mydata.packed, rows, ids, files, wanted.now)
        return Document("mydata.zip", content)

    return Recipe(make, ids)


def _ticket(session: Session, wanted: Wanted, about: Json) -> Recipe | None:
    seat = session.get(Seat, cast("int", about))
    if seat is None or seat.state != seats.SEATED:
        return None
    link = links.opens(wanted.bot_name, links.about(links.SEAT, seat.code))
    name = in_language(wanted.school.settings.name, wanted.words.language)
    holder = attendance.holder(session, seat).name or ""
    shown = tickets.Ticket(link, seat.code, name, holder)

    async def make(_files: Fetched) -> Document:
        return Document("ticket.png", await asyncio.to_thread(tickets.png, shown, wanted.words))

    return Recipe(make)


def _calendar(session: Session, wanted: Wanted, about: Json) -> Recipe | None:
    event = session.get(Event, cast("int", about))
    if event is None:
        return None
    entry = events.entry(session, wanted.school, wanted.words.language, event, wanted.bot_name)

    async def make(_files: Fetched) -> Document:
        content = await asyncio.to_thread(calendars.ics, entry, wanted.words, wanted.now)
        return Document("meeting.ics", content)

    return Recipe(make)


def _certificate(session: Session, wanted: Wanted, about: Json) -> Recipe | None:
    seat, language = session.get(Seat, cast("int", about)), wanted.words.language
    given = None
    if seat is not None:
        given = certificates.of_seat(session, seat, language, wanted.bot_name, wanted.now)
    return _on_paper(wanted, given)


def _year_certificate(session: Session, wanted: Wanted, about: Json) -> Recipe | None:
    number, of_year = cast("list[int]", about)
    person, language = session.get(Person, number), wanted.words.language
    given = None
    if person is not None:
        asked = year.Asked(of_year, wanted.school.zone, language, wanted.bot_name, wanted.now)
        given = year.certificate(session, person, asked)
    return _on_paper(wanted, given)


def _on_paper(wanted: Wanted, given: certificates.Certificate | None) -> Recipe | None:
    if given is None:
        return None
    printer = certificates.Printer(wanted.school, wanted.words)
    name = printer.file_name(given)
    return _printed("certificate.typ", printer.page(given), name, wanted.words)


def _flyer(session: Session, wanted: Wanted, about: Json) -> Recipe | None:
    page = _flyer_page(session, wanted, about, large=False)
    if page is None:
        return None

    async def make(_files: Fetched) -> Document:
        return Document("meeting.png", await asyncio.to_thread(flyers.png, page, wanted.words))

    return Recipe(make)


def _poster(session: Session, wanted: Wanted, about: Json) -> Recipe | None:
    page = _flyer_page(session, wanted, about, large=True)
    if page is None:
        return None
    return _printed(flyers.TEMPLATE, page, "meeting.pdf", wanted.words)


def _flyer_page(
    session: Session, wanted: Wanted, about: Json, *, large: bool
) -> Mapping[str, Json] | None:
    event = session.get(Event, cast("int", about))
    if event is None:
        return None
    asked = handed.Wanted(wanted.school, wanted.words, wanted.now, wanted.bot_name)
    return handed.page(session, event, asked, large=large)


def _group_picture(session: Session, wanted: Wanted, about: Json) -> Recipe | None:
    found = group_links.find(session, cast("str", about))
    if found is None:
        return None
    asked = handed.Wanted(wanted.school, wanted.words, wanted.now, wanted.bot_name)
    page = handed.invitation(*found, asked)

    async def make(_files: Fetched) -> Document:
        return Document("group.png", await asyncio.to_thread(flyers.png, page, wanted.words))

    return Recipe(make)


def _people(session: Session, wanted: Wanted, about: Json) -> Recipe | None:
    event = session.get(Event, cast("int", about))
    if event is None:
        return None
    content = roll.table(roll.people(session, event, wanted.now), wanted.words)

    async def make(_files: Fetched) -> Document:
        return Document("people.csv", content)

    return Recipe(make)


def _announced(session: Session, wanted: Wanted, about: Json) -> Recipe | None:
    """It may be long: it is read a part at a time."""
    number = cast("int", about)
    if session.get(Announcement, number) is None:
        return None

    async def make(_files: Fetched) -> Document:
        parts, after = [results.titles(wanted.words)], 0
        while True:
            read = partial(results.some, number=number, after=after)
            lines, after = await wanted.database.run(read)
            if not lines:
                return Document("announcement.csv", b"".join(parts))
            zone = wanted.school.zone
            parts.append(await asyncio.to_thread(results.rows, lines, wanted.words, zone))

    return Recipe(make)


MAKERS: Mapping[str, Maker] = {
    "sheet": _sheet,
    "dossier": _dossier,
    "copy": _copy,
    "ticket": _ticket,
    "calendar": _calendar,
    "people": _people,
    "announced": _announced,
    "flyer": _flyer,
    "claimsheet": _claim_sheet,
    "claimpicture": _claim_picture,
    "eventposter": _poster,
    "grouppicture": _group_picture,
    "certificate": _certificate,
    "yearcertificate": _year_certificate,
}


class Documents:
    """Makes what rows name; `waiting` is how many rows wait for it now."""

    def __init__(self, database: Database, school: School, clock: Clock, api: Api) -> None:
        self._database, self._school, self._clock, self._api = database, school, clock, api
        self._one, self._fetching = asyncio.Lock(), asyncio.Lock()
        self.waiting = 0

    async def make(self, named: Mapping[str, Json], words: Words) -> Document | None:
        """The document that a row names; None where what it is about is gone."""
        ((name, about),) = named.items()
        now, bot_name = self._clock.now(), self._api.username
        wanted = Wanted(self._school, words, now, bot_name, self._database)
        self.waiting += 1
        try:
            recipe = await self._database.run(lambda session: MAKERS[name](session, wanted, about))
            return await self._made(recipe) if recipe is not None else None
        finally:
            self.waiting -= 1

    async def _made(self, recipe: Recipe) -> Document:
        if not recipe.files:
            async with self._one:
                return await recipe.make({})
        # Files fill the memory: one document with files at a time, beside those without.
        async with self._fetching:
            files = await self._fetched(recipe.files)
            async with self._one:
                return await recipe.make(files)

    async def _fetched(self, ids: Sequence[str]) -> Fetched:
        """The files that Telegram still gives, as far as a message can carry them."""
        found: dict[str, tuple[str, bytes]] = {}
        room = _MOST_BYTES
        for file_id in ids:
            with contextlib.suppress(TelegramError):
                suffix, content = await self._api.content(file_id)
                if len(content) <= room:
                    found[file_id] = suffix, content
                    room -= len(content)
        return found
