"""The buttons under an announcement, three at most: an address, a meeting, one's own idea. What is
on a button is asked in each language in which the announcement is.
"""

import json
from collections.abc import Mapping, Sequence
from typing import cast

from db.announcements import Announcement
from db.events import Event
from handlers import announce, announce_message, describe, events_shown
from handlers.buttons import Button, Keyboard, data, row_number
from handlers.event_asked import cut
from handlers.incoming import Incoming
from handlers.turn import Screen, Turn
from school import composing, editing, events, interview, people
from school.composing import EVENT, IDEA, MOST_BUTTONS, MOST_LABEL, URL
from school.phrases import Phrase, bold, joined, lines, paragraphs, t

LABEL, ADDRESS = "label", "address"  # what is asked
_MOST_EVENTS, _SHOWN = 8, 60
_NO_ADDRESS = t("I need an address that begins with https://, for example https://example.org")
Labels = Mapping[str, str]


def start(turn: Turn, number: str) -> None:
    """What is there, and what can be added."""
    one = announce.changing(turn, number)
    if one is not None:
        show(turn, one)


def show(turn: Turn, one: Announcement, notes: Sequence[Phrase] = ()) -> None:
    """All of them, each to be taken away."""
    interview.pause(turn.person)
    found, choices = composing.links(one.content), composing.choices(one.content)
    away: Keyboard = [[(_away(turn, button), _unbutton(one, button))] for button in found]
    poll = events_shown.listed(turn, [cut(turn.text(button["label"])) for button in choices])
    text = paragraphs(
        bold(t("Buttons under the message")),
        t("Choices: %(choices)s", choices=cut(poll, 200)) if choices else None,
        lines(*(_said(turn, button) for button in found)) if found else None,
        t("There can be three.") if len(found) < MOST_BUTTONS else None,
    )
    rows = [*(_adding(one) if len(found) < MOST_BUTTONS else []), *away]
    turn.show(Screen(text, [*rows, [announce_message.back(one)]]), notes)


def _adding(one: Announcement) -> Keyboard:
    return [
        [(t("Add a link"), data("annlink", one.id))],
        [(t("Add a meeting"), data("annmeetings", one.id))],
        [(t("Add: my idea"), data("annidea", one.id))],
    ]


def _unbutton(one: Announcement, button: composing.Button) -> str:
    return data("annunbtn", one.id, button["key"])


def _away(turn: Turn, button: composing.Button) -> Phrase:
    label = announce_message.button_label(turn, button)
    return t("Remove: %(name)s", name=cut(label, 14) if isinstance(label, str) else label)


def _said(turn: Turn, button: composing.Button) -> Phrase:
    """What is on it, and where it leads."""
    label, to = announce_message.button_label(turn, button), button["to"]
    if button["kind"] == EVENT:
        event = events.find(turn.session, int(to))
        return joined(": ", label, events_shown.line(turn, event)) if event else label
    return joined(": ", label, cut(to, _SHOWN)) if to else label


def remove(turn: Turn, number: str, key: str) -> None:
    """One of them goes."""
    one = announce.changing(turn, number)
    if one is not None:
        _change(turn, one, composing.without_button(one.content, key))


def _change(turn: Turn, one: Announcement, content: composing.Content) -> None:
    if content != one.content:
        composing.change(one, content)
    show(turn, one)


def meetings(turn: Turn, number: str) -> None:
    """Which meeting?"""
    one = announce.changing(turn, number)
    if one is None:
        return
    interview.pause(turn.person)
    coming = turn.coming[:_MOST_EVENTS]
    rows: Keyboard = [
        [(_dated(turn, event), data("annmeeting", one.id, event.id))] for event in coming
    ]
    asked = bold(t("Which meeting?")) if coming else t("No meeting is announced.")
    lists = lines(asked, *(events_shown.line(turn, event) for event in coming))
    turn.show(Screen(lists, [*rows, [_back(one)]]))


def _dated(turn: Turn, event: Event) -> str:
    """Its day comes first: several may be called alike."""
    first = events.taking_place(turn.session, event)[0]
    return cut(f"{events_shown.short(turn, first)} · {events_shown.title(turn, event)}")


def _back(one: Announcement) -> Button:
    return t("Back"), data("annbtns", one.id)


def meeting(turn: Turn, number: str, event: str) -> None:
    """A meeting's card opens."""
    one = announce.changing(turn, number)
    if one is None:
        return
    wanted = row_number(event)
    if any(found.id == wanted for found in turn.coming):
        _change(turn, one, composing.with_button(one.content, EVENT, wanted, {}))
    else:
        meetings(turn, number)


def idea(turn: Turn, number: str) -> None:
    """Everybody's own idea opens."""
    one = announce.changing(turn, number)
    if one is not None:
        _change(turn, one, composing.with_button(one.content, IDEA, None, {}))


def link(turn: Turn, number: str) -> None:
    """An address opens: what is on the button comes first."""
    one = announce.changing(turn, number)
    if one is not None:
        _ask_label(turn, one, {})


def _ask_label(turn: Turn, one: Announcement, labels: Labels, notes: Sequence[Phrase] = ()) -> None:
    """Ask for the words in the next language; after the last one for the address."""
    language = _next(turn, one, labels)
    if language is None:
        _ask_address(turn, one, labels)
        return
    _expect(turn, one, LABEL, labels)
    several = len(editing.languages(one.content)) > 1
    asked = lines(
        bold(t("What is on the button?")),
        t("Language: %(language)s", language=describe.own_name(language)) if several else None,
        t("A few words, %(most)s characters at most.", most=MOST_LABEL),
    )
    same: Keyboard = [[(t("The same everywhere"), data("annalike", one.id))]] if labels else []
    turn.show(Screen(asked, [*same, [_back(one)]]), notes)


def _next(turn: Turn, one: Announcement, labels: Labels) -> str | None:
    """The language in which the button says nothing yet."""
    spoken = editing.languages(one.content) or [turn.person.language]
    return next((code for code in spoken if code not in labels), None)


def _expect(turn: Turn, one: Announcement, what: str, labels: Labels) -> None:
    turn.person.expects = f"{people.ANNOUNCES}:{one.id}:{what}:{json.dumps(labels)}"


def take_label(turn: Turn, one: Announcement, message: Incoming, more: str) -> None:
    """What is on the button, in a language."""
    if not composing.can_change(one):
        announce.show(turn, one, [t("It went already.")])
        return
    labels, words = _labels(more), " ".join(message.text.split())
    language = _next(turn, one, labels)
    if language is None or 0 < len(words) <= MOST_LABEL:
        _ask_label(turn, one, {**labels, language: words} if language else labels)
    else:
        why = describe.too_long(len(words), MOST_LABEL) if words else t("Please write it.")
        _ask_label(turn, one, labels, [why])


def _labels(more: str) -> Labels:
    return cast("Labels", json.loads(more or "{}"))


def alike(turn: Turn, number: str) -> None:
    """The button says the same in all languages."""
    one = announce.changing(turn, number)
    if one is None:
        return
    whose, own, what, more = [*turn.person.expects.split(":", 3), "", "", ""][:4]
    asked = (whose, own, what) == (people.ANNOUNCES, number, LABEL)
    if asked and _labels(more):
        _ask_address(turn, one, _labels(more))
    else:
        show(turn, one)


def _ask_address(
    turn: Turn, one: Announcement, labels: Labels, notes: Sequence[Phrase] = ()
) -> None:
    _expect(turn, one, ADDRESS, labels)
    asked = lines(
        bold(t("Which address does it open?")),
        t("It begins with https://. Paste it here."),
    )
    turn.show(Screen(asked, [[_back(one)]]), notes)


def take_address(turn: Turn, one: Announcement, message: Incoming, more: str) -> None:
    """Where the button leads."""
    found, labels = composing.address(message.text), _labels(more)
    if not composing.can_change(one):
        announce.show(turn, one, [t("It went already.")])
    elif found is None or not labels:
        _ask_address(turn, one, labels, [_NO_ADDRESS])
    else:
        _change(turn, one, composing.with_button(one.content, URL, found, labels))
