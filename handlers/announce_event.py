"""An event is announced from its card: a draft that says what it is, when and where, in all
languages, for everybody who does not come already.
"""

import datetime as dt
from collections.abc import Sequence
from typing import cast

from db.events import Event
from db.types import Json
from handlers import announce
from handlers.buttons import row_number
from handlers.turn import Turn
from school import announcements, changes, composing, events, interview, moments
from school.composing import EVENT, Content, Given
from school.phrases import t
from school.texts import capitalised, in_language

_SUBJECT = "meetings"
_MOST_DATES, _MOST_WORDS = 4, 300


def begin(turn: Turn, number: str) -> None:
    """A draft about an event, ready to be confirmed; the one that is there, if it says the same."""
    event = events.find(turn.session, row_number(number) or 0)
    if event is None or not changes.can_change(turn.session, event, turn.now):
        announce.start(turn, [t("This meeting cannot be announced any more.")])
        return
    interview.pause(turn.person)
    content = _content(turn, event)
    one = composing.about_event(turn.session, event.id, content)
    if one is None:
        one = announcements.begin(turn.session, turn.person, turn.now)
        one.content, one.event_id, one.subject = dict(content), event.id, _subject(turn)
        one.audience = {"to": ["all"], "not": [f"event:{event.id}"]}
    announce.show(turn, one)


def _subject(turn: Turn) -> str:
    keys = [one.key for one in turn.school.settings.announcing.subjects]
    return _SUBJECT if _SUBJECT in keys else keys[0]


def _content(turn: Turn, event: Event) -> Content:
    """What it says, in each language of the school, the reader's own first."""
    own, content = turn.person.language, cast("Content", {})
    for code in sorted(turn.school.languages, key=lambda code: code != own):
        content = composing.with_message(content, code, Given(_said(turn, event, code)))
    return composing.with_button(content, EVENT, event.id, {})


def _said(turn: Turn, event: Event, language: str) -> dict[str, Json]:
    """Title, when, where, and how its text begins."""
    title = in_language(events.title(event), language)
    place, words = events.place(turn.session, event), events.texts(event, events.TEXT)
    where = ", ".join(part for part in (place.name, place.address) if part) if place else ""
    facts = [title, *_dates(turn, event, language), where]
    said = "\n".join(fact for fact in facts if fact)
    text = f"{said}\n\n{_beginning(in_language(words, language))}" if words else said
    bold: Json = {"type": "bold", "offset": 0, "length": composing.units(title)}
    params: dict[str, Json] = {"text": text, "entities": [bold]}
    return {"method": "sendMessage", "params": params}


def _dates(turn: Turn, event: Event, language: str) -> Sequence[str]:
    """When it is still to be, the first dates of a long series."""
    ahead = [one for one in events.taking_place(turn.session, event) if one.ends_at > turn.now]
    return [_when(turn, one.starts_at, one.ends_at, language) for one in ahead[:_MOST_DATES]]


def _when(turn: Turn, starts: dt.datetime, ends: dt.datetime, language: str) -> str:
    return capitalised(moments.in_words(language, turn.school.zone, starts, turn.now, ends))


def _beginning(words: str) -> str:
    """The first words of a text."""
    if len(words) <= _MOST_WORDS:
        return words
    cut = words[:_MOST_WORDS].rsplit(maxsplit=1)[0]
    return f"{cut.rstrip()}…"
