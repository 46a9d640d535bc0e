"""An announcement in several languages: a message in one more, or in one less; and how it looks in
each of them.
"""

from db.announcements import Announcement
from handlers import announce, announce_message, describe
from handlers.buttons import Button, Keyboard, data, in_rows
from handlers.turn import Screen, Turn
from school import announcements, composing, editing, interview
from school.phrases import bold, lines, t

_TICK = "✓ "


def start(turn: Turn, number: str) -> None:
    """In which languages it is, and in which it could be."""
    one = announce.changing(turn, number)
    if one is not None:
        _languages(turn, one)


def _languages(turn: Turn, one: Announcement) -> None:
    interview.pause(turn.person)
    spoken = editing.languages(one.content)
    buttons: list[Button] = [
        ((_TICK if code in spoken else "") + describe.own_name(code), data("annsay", one.id, code))
        for code in turn.school.languages
    ]
    first = describe.own_name(spoken[0]) if spoken else None
    rest = t("Who reads another language gets: %(language)s", language=first) if first else None
    asked = lines(bold(t("In which language do you write it?")), rest)
    turn.show(Screen(asked, [*in_rows(buttons), [announce_message.back(one)]]))


def ask(turn: Turn, number: str, language: str) -> None:
    """Ask for the message in a language."""
    one = announce.changing(turn, number)
    if one is None:
        return
    if language in turn.school.languages:
        announce_message.ask(turn, one, language=language)
    else:
        _languages(turn, one)


def drop(turn: Turn, number: str, language: str) -> None:
    """It is not in this language any more; in one it stays."""
    one = announce.changing(turn, number)
    if one is None:
        return
    content = composing.without_language(one.content, language)
    if content != one.content:
        composing.change(one, content)
    _languages(turn, one)


def look(turn: Turn, number: str) -> None:
    """It is shown to oneself, as people get it."""
    look_in(turn, number, turn.person.language)


def look_in(turn: Turn, number: str, language: str) -> None:
    """As people with a language get it; from there each other language is a tap away."""
    one = announce.find(turn, number)
    if one is None or not announce_message.is_there(one) or language not in turn.school.languages:
        announce.one(turn, number)
        return
    interview.pause(turn.person)
    announcements.preview(turn.session, one, turn.chat_id, language, turn.now)
    turn.said = True
    spoken = editing.languages(one.content)
    shown = language if language in spoken else spoken[0]
    others: list[Button] = [
        (describe.own_name(code), data("annlookin", one.id, code))
        for code in spoken
        if code != shown
    ]
    said = lines(
        bold(t("This is how people get it.")),
        t("Language: %(language)s", language=describe.own_name(shown)),
    )
    rows: Keyboard = [*in_rows(others), [announce_message.back(one)]]
    turn.show(Screen(said, rows))
