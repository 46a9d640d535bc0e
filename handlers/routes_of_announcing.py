"""The part of THE table (routes.py) that is for who writes to many people."""

from collections.abc import Callable, Mapping

from db.announcements import Announcement
from handlers import announce, announce_approval, announce_audience, announce_time
from handlers.buttons import Tap
from handlers.incoming import Incoming
from handlers.turn import Turn

ANNOUNCING_TAPS: Mapping[str, Tap] = {
    "anns": Tap(announce.start, 0, "announce"),
    "annew": Tap(announce.new, 0, "announce"),
    "ann": Tap(announce.one, 1, "announce"),
    # What it says.
    # For whom and when, and that it goes.
    "annwho": Tap(announce_audience.start, 1, "announce"),
    "annadd": Tap(announce_audience.add, 2, "announce"),
    "annkind": Tap(announce_audience.kind, 4, "announce"),
    "annpeople": Tap(announce_audience.event, 3, "announce"),
    "annput": Tap(announce_audience.put, 3, "announce"),
    "annless": Tap(announce_audience.less, 1, "announce"),
    "annoff": Tap(announce_audience.drop, 3, "announce"),
    "annabout": Tap(announce_audience.about, 1, "announce"),
    "annsubject": Tap(announce_audience.subject, 2, "announce"),
    "annurgent": Tap(announce_audience.urgent, 2, "announce"),
    "annat": Tap(announce_time.at, 1, "announce"),
    "annuntil": Tap(announce_time.until, 1, "announce"),
    "anntime": Tap(announce_time.chosen, 3, "announce"),
    "annanytime": Tap(announce_time.anytime, 2, "announce"),
    "annsend": Tap(announce_approval.send, 2, "announce"),
    "annask": Tap(announce_approval.ask, 2, "announce"),
    "anncheck": Tap(announce_approval.check, 1, "announce"),
    "annyes": Tap(announce_approval.approve, 2, "announce"),
    "annno": Tap(announce_approval.send_back, 2, "announce"),
    "annundo": Tap(announce_approval.take_back, 1, "announce"),
    # What became of it.
}
# Who takes a message that was asked for, by what was asked.
_TAKES: Mapping[str, Callable[[Turn, Announcement, Incoming, str], None]] = {
    "place": announce_audience.place_given,
    "at": announce_time.at_given,
    "until": announce_time.until_given,
}


def given(turn: Turn, message: Incoming) -> None:
    """A message is there that was asked for of an announcement."""
    _, number, what, more, *_ = [*turn.person.expects.split(":"), "", "", ""]
    one, take = announce.find(turn, number), _TAKES.get(what)
    if one is None or take is None:
        announce.start(turn)
    else:
        take(turn, one, message, more)
