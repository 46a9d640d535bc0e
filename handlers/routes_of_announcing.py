"""The part of THE table (routes.py) that is for who writes to many people: its buttons, and what is
done with a message that was asked for.
"""

from collections.abc import Callable, Mapping

from db.announcements import Announcement
from handlers import (
    announce,
    announce_approval,
    announce_audience,
    announce_buttons,
    announce_changes,
    announce_event,
    announce_given,
    announce_held,
    announce_languages,
    announce_message,
    announce_report,
    announce_time,
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
    "annpause": Tap(announce_held.pause, 1, "announce"),
    "anngoon": Tap(announce_held.go_on, 1, "announce"),
    "annstopping": Tap(announce_held.stopping, 1, "announce"),
    "annstop": Tap(announce_held.stop, 1, "announce"),
    "annreport": Tap(announce_report.show, 1, "announce"),
    "annmissed": Tap(announce_report.missed, 2, "announce"),
    "anntaps": Tap(announce_report.taps, 1, "announce"),
    "annfile": Tap(announce_report.file, 1, "announce"),
    "annagaining": Tap(announce_report.asking, 2, "announce"),
    "annagain": Tap(announce_report.again, 2, "announce"),
    "anncorrect": Tap(announce_changes.correct, 1, "announce"),
    "annalso": Tap(announce_changes.also, 1, "announce"),
    "anncorrectin": Tap(announce_changes.correct_in, 2, "announce"),
    "anncorrected": Tap(announce_changes.corrected, 2, "announce"),
    "annrecalling": Tap(announce_changes.recalling, 1, "announce"),
    "annrecall": Tap(announce_changes.recall, 1, "announce"),
}
# What was asked -> what is done with the message that comes.
_TAKES: Mapping[str, Callable[[Turn, Announcement, Incoming, str], None]] = {
    announce_message.MESSAGE: announce_given.take,
    announce_buttons.LABEL: announce_buttons.take_label,
    announce_buttons.ADDRESS: announce_buttons.take_address,
    "place": announce_audience.place_given,
    announce_time.AT: announce_time.at_given,
    announce_time.UNTIL: announce_time.until_given,
    announce_changes.TAKES: announce_changes.take,
}


def given(turn: Turn, message: Incoming) -> None:
    """A message for an announcement: whose it is was said when it was asked for."""
    _, number, what, more, *_ = [*turn.person.expects.split(":", 3), "", "", ""]
    one, take = announce.find(turn, number), _TAKES.get(what)
    if one is None or take is None:
        announce.start(turn)
    else:
        take(turn, one, message, more)
