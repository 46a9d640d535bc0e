"""What is handed to somebody who may want to come: an event's title, dates and place, with a code
that opens it. As plain data; a template lays it out (bot/flyer.typ), as a picture or as a page.
"""

import datetime as dt
from dataclasses import asdict, dataclass
from typing import cast

from sqlalchemy.orm import Session

from db.events import Event
from db.types import Json
from locales.translator import Words
from school import codes, events, links, moments
from school.loading import School
from school.phrases import as_text, t, tn
from school.texts import capitalised, in_language

_MOST = 6  # dates
HOW = t("Point your phone's camera at the code. Telegram opens: tap Start.")


@dataclass(frozen=True, slots=True)
class Flyer:
    """All that it says, in one language; a `large` one is for a wall."""

    school: str
    kind: str
    title: str
    when: str
    where: str
    picture: str
    address: str
    how: str
    without: str
    large: bool


@dataclass(frozen=True, slots=True)
class Wanted:
    """In which words a flyer of a school's event is made, now, by a bot of this name."""

    school: School
    words: Words
    now: dt.datetime
    bot: str


def page(session: Session, event: Event, wanted: Wanted, *, large: bool) -> dict[str, Json]:
    """A flyer as data."""
    language, school = wanted.words.language, wanted.school
    link = links.opens(wanted.bot, links.about(links.EVENT, event.code))
    kind = school.events.kinds.get(event.kind or "")
    flyer = Flyer(
        school=in_language(school.settings.name, language),
        kind=capitalised(in_language(kind.name, language)) if kind is not None else "",
        title=" ".join(in_language(events.title(event), language).split()),
        when=_when(session, event, wanted),
        where=_where(session, event),
        picture=codes.svg(link),
        address=link.removeprefix("https://"),
        how=as_text(HOW, wanted.words),
        without=as_text(
            t("Without Telegram, call %(phone)s.", phone=school.settings.human.phone),
            wanted.words,
        ),
        large=large,
    )
    return cast("dict[str, Json]", asdict(flyer))


def _when(session: Session, event: Event, wanted: Wanted) -> str:
    language, zone = wanted.words.language, wanted.school.zone
    found = events.taking_place(session, event)
    said = [
        capitalised(moments.in_words(language, zone, one.starts_at, wanted.now, one.ends_at))
        for one in found[:_MOST]
    ]
    more = len(found) - _MOST
    if more > 0:
        said.append(as_text(tn("and %(count)s more", "and %(count)s more", more), wanted.words))
    return "\n".join(said)


def _where(session: Session, event: Event) -> str:
    place = events.place(session, event)
    return "\n".join(part for part in (place.name, place.address) if part) if place else ""
