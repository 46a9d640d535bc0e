"""When an announcement goes, and until when it is of use: as people write a date, in the school's
zone. A doubt is asked back, and what is past is refused.
"""

import datetime as dt
from collections.abc import Mapping, Sequence

from db.announcements import Announcement
from handlers import announce, announce_confirm, event_when
from handlers.buttons import Button, Keyboard, data, row_number
from handlers.describe import too_long
from handlers.incoming import Incoming
from handlers.turn import Screen, Turn
from school import composing, confirming, moments, people
from school.dates import Choice, Doubt, Read
from school.phrases import Phrase, bold, lines, t

AT, UNTIL = "at", "until"
_MOST, _MINUTE = 100, 60
_ASKED: Mapping[str, Phrase] = {
    AT: t("When shall it go?"),
    UNTIL: t("Until when is it of use?"),
}


def at(turn: Turn, number: str) -> None:
    """When shall it go?"""
    _open(turn, number, AT)


def until(turn: Turn, number: str) -> None:
    """Until when is it of use?"""
    _open(turn, number, UNTIL)


def _open(turn: Turn, number: str, what: str) -> None:
    one = announce.changing(turn, number)
    if one is not None:
        _ask(turn, one, what)


def _ask(turn: Turn, one: Announcement, what: str, notes: Sequence[Phrase] = ()) -> None:
    turn.person.expects = f"{people.ANNOUNCES}:{one.id}:{what}"
    left = t("Who has not got it by then does not get it any more.") if what == UNTIL else None
    when = t("For example: %(when)s", when=_example(turn))
    asked = lines(bold(_ASKED[what]), _now_is(turn, one, what), left, when)
    turn.show(Screen(asked, [[_without(one, what)], [_back(one)]]), notes)


def _example(turn: Turn) -> str:
    day = turn.now.astimezone(turn.school.zone) + dt.timedelta(days=3)
    start = day.replace(hour=18, minute=0, second=0, microsecond=0)
    return moments.in_words(turn.person.language, turn.school.zone, start, turn.now)


def _now_is(turn: Turn, one: Announcement, what: str) -> Phrase | None:
    if what == AT:
        return t("When: %(when)s", when=announce_confirm.goes(turn, one))
    if one.until is None:
        return None
    return t("No use after: %(when)s", when=announce_confirm.said(turn, one.until))


def _without(one: Announcement, what: str) -> Button:
    label = t("Send it at once") if what == AT else t("Set no end")
    return label, data("annanytime", one.id, what)


def _back(one: Announcement) -> Button:
    return t("Back"), data("ann", one.id)


def at_given(turn: Turn, one: Announcement, message: Incoming, _more: str) -> None:
    """The time was written at which it goes."""
    _given(turn, one, message.text, AT)


def until_given(turn: Turn, one: Announcement, message: Incoming, _more: str) -> None:
    """The time was written until which it is of use."""
    _given(turn, one, message.text, UNTIL)


def _given(turn: Turn, one: Announcement, words: str, what: str) -> None:
    if not composing.can_change(one):
        announce.show(turn, one, [announce.WENT])
    elif len(words) > _MOST:
        _ask(turn, one, what, [too_long(len(words), _MOST)])
    else:
        _read(turn, one, words, what)


def _read(turn: Turn, one: Announcement, words: str, what: str) -> None:
    reading = event_when.reading_of(turn, words)
    if isinstance(reading, Doubt):
        _which(turn, one, what, reading)
    elif not isinstance(reading, Read):
        _ask(turn, one, what, [event_when.why_not(turn, reading)])
    elif len(reading.meetings) != 1:
        _ask(turn, one, what, [t("I found several dates. Here I need one.")])
    else:
        _set(turn, one, what, reading.meetings[0].start)


def _which(turn: Turn, one: Announcement, what: str, doubt: Doubt) -> None:
    """Each meaning is a button; another date can be written all the same."""
    rows: Keyboard = [[_choice(turn, one, what, choice)] for choice in doubt.choices]
    piece = doubt.piece[:_MOST]
    text = lines(
        bold(t("Which one is it?")),
        t("“%(words)s” can mean more than one date.", words=piece),
    )
    verb = "annat" if what == AT else "annuntil"
    anew: Button = (t("Write it anew"), data(verb, one.id))
    turn.show(Screen(text, [*rows, [anew]]))


def _choice(turn: Turn, one: Announcement, what: str, choice: Choice) -> Button:
    start = choice.meetings[0].start
    label = moments.short(turn.person.language, turn.school.zone, start)
    return label, data("anntime", one.id, what, int(start.timestamp()) // _MINUTE)


def chosen(turn: Turn, number: str, what: str, minutes: str) -> None:
    """One meaning of what was written was tapped."""
    one = announce.changing(turn, number)
    if one is None:
        return
    start = _moment(minutes)
    if what not in _ASKED or start is None:
        announce.show(turn, one)
    else:
        _set(turn, one, what, start)


def _moment(minutes: str) -> dt.datetime | None:
    try:
        return dt.datetime.fromtimestamp((row_number(minutes) or 0) * _MINUTE, dt.UTC)
    except (OverflowError, ValueError, OSError):
        return None


def _set(turn: Turn, one: Announcement, what: str, at: dt.datetime) -> None:
    why = _why_not(turn, one, what, at)
    if why is not None:
        _ask(turn, one, what, [why])
        return
    if what == AT:
        one.starts_at = at
    else:
        one.until = at
    announce.show(turn, one, announce_confirm.changed(one))


def _why_not(turn: Turn, one: Announcement, what: str, at: dt.datetime) -> Phrase | None:
    said = announce_confirm.said(turn, at)
    if at <= turn.now:
        return t("That is past: %(when)s", when=said)
    goes = confirming.goes_at(one, turn.now, turn.school.quiet)
    if what == UNTIL and at <= goes:
        start = announce_confirm.goes(turn, one)
        return t("It must be after it goes: %(when)s", when=start)
    return None


def anytime(turn: Turn, number: str, what: str) -> None:
    """It goes at once, or has no end."""
    one = announce.changing(turn, number)
    if one is None:
        return
    notes: Sequence[Phrase] = []
    if what == AT and one.starts_at is not None:
        one.starts_at, notes = None, announce_confirm.changed(one)
    elif what == UNTIL and one.until is not None:
        one.until, notes = None, announce_confirm.changed(one)
    announce.show(turn, one, notes)
