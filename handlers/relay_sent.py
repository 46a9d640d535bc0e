"""What a tutor is told of a message that left, below it: how many got it, and the way to take it
back, for as long as Telegram lets messages be deleted.
"""

from collections.abc import Sequence

from db.dossiers import Dossier, Relay
from db.tables import Person
from handlers import desk, relay_shown
from handlers.buttons import Button, as_json, data, row_number
from handlers.turn import Screen, Turn
from handlers.without_telegram import tell
from school import dossiers, outbox, relays
from school.desk import Place
from school.phrases import Phrase, lines, t, tn
from school.relays import Source

_GONE = t("It was taken back before.")
_NOT_YOURS = t("Only whoever wrote it, or a coordinator, can take it back.")
_TOO_LATE = t("After 48 hours Telegram deletes no message. It can still be read.")
_TAKEN_BACK = t("Taken back: I delete it in their chats. Somebody may have read it already.")


def say(
    turn: Turn, dossier: Dossier, source: Source, screen: Screen, what: str | None = None
) -> None:
    """Say something below a tutor's message, in the chat where that is."""
    desk.put(
        turn,
        dossier,
        _place(turn, dossier, source.chat),
        "sendMessage",
        {
            "text": screen.text,
            "buttons": as_json(screen.keyboard),
            "reply_parameters": relay_shown.answer_to(source.message),
            "in_place": True,
        },
        what=what,
    )


def _place(turn: Turn, dossier: Dossier, chat: int) -> Place:
    here = (place for place in desk.places(turn, dossier) if place.chat_id == chat)
    return next(here, Place(chat, turn.person.language))


def confirm(
    turn: Turn, dossier: Dossier, relay: Relay, people: Sequence[Person], reached: int
) -> None:
    """Say how many of a sheet's people get a message, and who is to be told in another way. An
    album is one message.
    """
    first, *others = relays.together(turn.session, relay)
    if others:
        return
    source = Source(relay.chat_id, relay.message_id)
    screen = Screen(told(turn, people, reached), [[back(first)]] if reached else [])
    say(turn, dossier, source, screen, _what(first))


def back(relay: Relay) -> Button:
    """The way to take it back."""
    return t("Take the message back"), data("unsend", relay.id)


def _what(relay: Relay) -> str:
    return f"sent:{relay.id}"


def told(turn: Turn, people: Sequence[Person], reached: int) -> Phrase:
    """How many of these people get a message, and who has no Telegram."""
    count = sum(person.telegram_id is not None for person in people)
    names = [person.name or "" for person in people if person.telegram_id is None]
    if reached == count and count:
        said = tn("Sent to %(count)s person.", "Sent to %(count)s people.", count)
    elif reached:
        said = tn(
            "Sent to %(reached)s of %(count)s person.",
            "Sent to %(reached)s of %(count)s people.",
            count,
            reached=reached,
        )
    else:
        said = t("Nobody gets it by Telegram now.")
    return lines(said, tell(turn, names))


def take_back(turn: Turn, number: str) -> None:
    """Take a message back: it is deleted where it was read, and what waits is not sent."""
    relay = relays.find(turn.session, row_number(number) or 0)
    dossier = dossiers.find(turn.session, relay.dossier_id) if relay is not None else None
    if relay is None or dossier is None:
        turn.toast(_GONE)
    elif not relays.may_take_back(turn.session, relay, turn.person):
        turn.toast(_NOT_YOURS)
    elif turn.now - relay.at >= relays.DELETABLE:
        turn.toast(_TOO_LATE)
        _told_below(turn, dossier, relay, _TOO_LATE)
    else:
        turn.toast(t("Taken back."))
        _told_below(turn, dossier, relay, _TAKEN_BACK)
        for one in relays.together(turn.session, relay):
            _unreact(turn, one)
            unsay(turn, one)


def _told_below(turn: Turn, dossier: Dossier, relay: Relay, said: Phrase) -> None:
    first = relays.together(turn.session, relay)[0]
    source = Source(first.chat_id, first.message_id)
    say(turn, dossier, source, Screen(said), _what(first))


def _unreact(turn: Turn, relay: Relay) -> None:
    """It is not with the group any more."""
    language = turn.school.languages[0]
    outbox.react(turn.session, relay.chat_id, relay.message_id, "", language=language, now=turn.now)


def unsay(turn: Turn, relay: Relay) -> None:
    """Take a message away from all chats that got it, as far as Telegram lets it go."""
    found = relays.copies(turn.session, relay)
    relays.drop(turn.session, relay)
    for chat, slot in found:
        relay_shown.take_away(turn, chat, slot)
