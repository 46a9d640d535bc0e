"""The part of THE table (routes.py) that is for the tutors' desk: which buttons work in the
supergroup too, and who hears a Telegram reply, there or in a private chat, to what stands of a
sheet (school/desk.py).

A reply is known by what it answers: the first word of what stands there, "card", "r", "ask",
"why", "way".
"""

from collections.abc import Mapping
from typing import Protocol, TypeAlias

from handlers import (
    changes_asked,
    closing,
    desk,
    dossier_acts,
    handing_on,
    handoff,
    mediators,
    relay,
    relay_sent,
)
from handlers.buttons import Tap, unpack
from handlers.incoming import Incoming
from handlers.turn import Turn
from school import dossiers
from school.phrases import t

# The number of a dossier, and what of it stands where the reply was written.
Stands: TypeAlias = tuple[int, str]


class Hear(Protocol):
    """Who hears a reply to what stands of a dossier; `edited` where an older one was changed."""

    def __call__(
        self, turn: Turn, stands: Stands, message: Incoming, /, *, edited: bool
    ) -> bool | None:
        """Do what the reply asks for; False where it is nothing for them."""


# The buttons of what stands of a sheet; in private chats they work, too.
DESK_VERBS: Mapping[str, Tap] = {
    "takeit": Tap(dossier_acts.take, 1, "desk"),
    "cardpage": Tap(dossier_acts.page, 2, "desk"),
    "version": Tap(dossier_acts.version, 2, "desk"),
    "readying": Tap(dossier_acts.readying, 1, "desk"),
    "isready": Tap(dossier_acts.ready, 1, "desk"),
    "closing": Tap(closing.tapped, 2, "desk"),
    "closewhy": Tap(closing.ask, 1, "desk"),
    "askchanges": Tap(changes_asked.start, 1, "desk"),
    "askpart": Tap(changes_asked.part, 2, "desk"),
    "askon": Tap(changes_asked.question, 2, "desk"),
    "asklist": Tap(changes_asked.listed, 1, "desk"),
    "askdrop": Tap(changes_asked.drop, 2, "desk"),
    "asksend": Tap(changes_asked.send, 1, "desk"),
    "unsend": Tap(relay_sent.take_back, 1, "desk"),
    "handon": Tap(handing_on.ask, 1, "desk"),
    "mediator": Tap(mediators.ask, 1, "desk"),
}
# Who hears tutors, in the supergroup or a private chat.
FROM_DESK: Mapping[str, Hear] = {
    desk.CARD: relay.from_desk,
    "r": relay.from_desk,
    "ask": changes_asked.comment,
    "work": changes_asked.too_early,
    closing.WHY: closing.written,
}
# Who hears a sheet's people, in their private chats.
FROM_MEMBERS: Mapping[str, Hear] = {
    "r": relay.from_member,
    handoff.WAY: relay.from_member,
}


def tap(turn: Turn, packed: str) -> None:
    """A button in the supergroup. What is forged or old does nothing."""
    verb, arguments = unpack(packed)
    found = DESK_VERBS.get(verb)
    fits = found is not None and len(arguments) == found.takes
    if found is not None and fits and turn.may(found.action or "desk"):
        found.call(turn, *arguments)
    else:
        turn.toast(t("This button does nothing here any more."))


def from_desk(turn: Turn, stands: Stands, message: Incoming, *, edited: bool) -> bool:
    """A reply of a tutor; False where nobody hears it."""
    return _heard(FROM_DESK, turn, stands, message, edited=edited)


def in_private(turn: Turn, stands: Stands, message: Incoming, *, edited: bool) -> bool:
    """As `from_desk`, in a private chat: of a tutor, or of one of a sheet's people."""
    if dossiers.is_of(turn.session, stands[0], turn.person):
        return _heard(FROM_MEMBERS, turn, stands, message, edited=edited)
    return turn.may("desk") and from_desk(turn, stands, message, edited=edited)


def _heard(
    table: Mapping[str, Hear], turn: Turn, stands: Stands, message: Incoming, *, edited: bool
) -> bool:
    hear = table.get(stands[1].partition(":")[0])
    return hear is not None and hear(turn, stands, message, edited=edited) is not False
