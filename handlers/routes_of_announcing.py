"""The part of THE table (routes.py) that is for who writes to many people: its buttons, and what is
done with a message that was asked for.
"""

from collections.abc import Callable, Mapping

from db.announcements import Announcement
from handlers import (
    announce,
    announce_buttons,
    announce_event,
    announce_given,
    announce_languages,
)
from handlers.buttons import Tap
from handlers.incoming import Incoming
from handlers.turn import Turn

ANNOUNCING_TAPS: Mapping[str, Tap] = {
    "anns": Tap(announce.start, 0, "announce"),
    "annew": Tap(announce.new, 0, "announce"),
    "ann": Tap(announce.one, 1, "announce"),
    # What it says.
    "anndropping": Tap(announce.dropping, 1, "announce"),
    "anndrop": Tap(announce.drop, 1, "announce"),
    "annevent": Tap(announce_event.begin, 1, "announce"),
    "annlook": Tap(announce_languages.look, 1, "announce"),
    "annlookin": Tap(announce_languages.look_in, 2, "announce"),
    "annlangs": Tap(announce_languages.start, 1, "announce"),
    "annsay": Tap(announce_languages.ask, 2, "announce"),
    "annunlang": Tap(announce_languages.drop, 2, "announce"),
    "annbtns": Tap(announce_buttons.start, 1, "announce"),
    "annunbtn": Tap(announce_buttons.remove, 2, "announce"),
    "annlink": Tap(announce_buttons.link, 1, "announce"),
    "annalike": Tap(announce_buttons.alike, 1, "announce"),
    "annmeetings": Tap(announce_buttons.meetings, 1, "announce"),
    "annmeeting": Tap(announce_buttons.meeting, 2, "announce"),
    "annidea": Tap(announce_buttons.idea, 1, "announce"),
    # For whom and when, and that it goes.
    # What became of it.
}
# What was asked -> what is done with the message that comes.
_TAKES: Mapping[str, Callable[[Turn, Announcement, Incoming, str], None]] = {
    "message": announce_given.take,
    announce_buttons.LABEL: announce_buttons.take_label,
    announce_buttons.ADDRESS: announce_buttons.take_address,
}


def given(turn: Turn, message: Incoming) -> None:
    """A message for an announcement: whose it is was said when it was asked for."""
    _, number, what, more, *_ = [*turn.person.expects.split(":", 3), "", "", ""]
    one, take = announce.find(turn, number), _TAKES.get(what)
    if one is None or take is None:
        announce.start(turn)
    else:
        take(turn, one, message, more)
