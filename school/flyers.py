"""What is handed to somebody who may want to come: an event's title, dates and place, with a code
that opens it; or a group's name, with a code to join it. As plain data; a template lays it out
(bot/flyer.typ), as a picture or as a page.
"""

import datetime as dt
from dataclasses import asdict, dataclass
from typing import cast

from sqlalchemy.orm import Session

from db.events import Event
from db.groups import Group, GroupLink
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


def invitation(link: GroupLink, group: Group, wanted: Wanted) -> dict[str, Json]:
    """What invites into a group, as data: a picture."""
    address = links.opens(wanted.bot, links.about(links.GROUP, link.code))
    flyer = Flyer(
        school=in_language(wanted.school.settings.name, wanted.words.language),
        kind=as_text(t("Join our group"), wanted.words),
        title=group.name,
        when="",
        where="",
        picture=codes.svg(address),
        address=address.removeprefix("https://"),
        how=as_text(HOW, wanted.words),
        without="",
        large=False,
    )
    return cast("dict[str, Json]", asdict(flyer))


def of_claim(school: School, words: Words, name: str, link: str) -> dict[str, Json]:
    """A link by which somebody takes over what is kept of them, for a camera at the desk."""
    flyer = Flyer(
        school=in_language(school.settings.name, words.language),
        kind="",
        title=name,
        when=as_text(t("What is yours comes to Telegram"), words),
        where=as_text(HOW, words),
        picture=codes.svg(link),
        address=link.removeprefix("https://"),
        how="",
        without="",
        large=False,
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
