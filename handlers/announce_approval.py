"""An announcement goes by one tap, exactly as it was seen: where many people get it, by the tap of
somebody else than who asks for it. Each tap carries the mark of what was looked at.
"""

from collections.abc import Callable

from db.announcements import Announcement
from db.tables import Person
from handlers import (
    announce,
    announce_confirm,
    announce_labels,
    announce_message,
    named,
)
from handlers.buttons import Keyboard, as_json, data
from handlers.turn import Turn
from school import announcements, confirming, staff
from school.announcements import ASKED, DRAFT, PLANNED, is_urgent
from school.phrases import Phrase, bold, lines, paragraphs, t

_CHECK = "anncheck"
_CHANGED = t("It has changed meanwhile: look at it once more.")
_ALREADY = t("It is confirmed already.")


def _seen(turn: Turn, number: str, state: str, seen: str) -> Announcement | None:
    """One in a state, as it was looked at; else what is so is drawn, and why nothing happened."""
    one = announce.changing(turn, number)
    if one is None:
        return None
    if confirming.mark(one) != seen:
        announce.show(turn, one, [_CHANGED])
    elif one.state != state:
        announce.show(turn, one, [] if one.state == DRAFT else [_ALREADY])
    else:
        return one
    return None


def send(turn: Turn, number: str, seen: str) -> None:
    """It goes: to few people at once, by whoever wrote it."""
    one = _seen(turn, number, DRAFT, seen)
    if one is None:
        return
    now = announce_confirm.stand(turn, one)
    if now.lacks is not None or now.asks:
        announce.show(turn, one, [_CHANGED])
        return
    one.person_id = turn.person.id
    _go(turn, one, "announced")


def _go(turn: Turn, one: Announcement, deed: str) -> None:
    confirming.go(turn.session, one, turn.now, turn.school.quiet)
    _note(turn, deed, one)
    announce.show(turn, one)


def _note(turn: Turn, what: str, one: Announcement, whom: Person | None = None) -> None:
    staff.note(turn.session, turn.person, what, turn.now, whom=whom, announcement=one.id)


def ask(turn: Turn, number: str, seen: str) -> None:
    """Somebody else is to approve it: all others who coordinate are asked."""
    one = _seen(turn, number, DRAFT, seen)
    if one is None:
        return
    now = announce_confirm.stand(turn, one)
    if now.lacks is not None or not now.asks or now.alone:
        announce.show(turn, one, [_CHANGED])
        return
    confirming.ask(one, turn.person)
    _note(turn, "asked_ann", one)
    for other in confirming.others(turn.session, turn.person):
        _tell(turn.of(other), one, _asks, turn.person, _CHECK)
    announce.show(turn, one)


def _tell(
    turn: Turn,
    one: Announcement,
    what: Callable[[Turn, Announcement, Phrase], Phrase],
    by: Person,
    verb: str = "ann",
) -> None:
    """Another coordinator hears of it, in the own language, when nobody sleeps."""
    label = t("Look at it") if verb == _CHECK else t("Open it")
    look: Keyboard = [[(label, data(verb, one.id))]]
    said = what(turn, one, named.or_without(by))
    at = turn.now if is_urgent(one) else turn.school.quiet.awake(turn.now)
    turn.send_beside("sendMessage", {"text": said, "buttons": as_json(look)}, at=at)


def _asks(turn: Turn, one: Announcement, name: Phrase) -> Phrase:
    return paragraphs(
        bold(t("Please approve an announcement.")),
        lines(
            announce_message.label(turn, one),
            t("Approval is asked for by %(name)s.", name=name),
            *announce_labels.whom(turn, one),
            t("When: %(when)s", when=announce_confirm.goes(turn, one)),
        ),
    )


def check(turn: Turn, number: str) -> None:
    """It is shown as people get it, with what can be done about it below."""
    one = announce.find(turn, number)
    if one is None:
        announce.start(turn)
        return
    if one.content:
        announcements.preview(turn.session, one, turn.chat_id, turn.person.language, turn.now)
        turn.said = True
    announce.show(turn, one)


def approve(turn: Turn, number: str, seen: str) -> None:
    """Somebody else has looked at exactly this: it goes."""
    one = _asked(turn, number, seen)
    if one is None:
        return
    lacks = announce_confirm.stand(turn, one).lacks
    if lacks is not None:
        announce.show(turn, one, [lacks])
        return
    asker, one.approver_id = _asker(turn, one), turn.person.id
    _go(turn, one, "approved_ann")
    if asker is not None:
        _tell(turn.of(asker), one, _approved, turn.person)


def _asked(turn: Turn, number: str, seen: str) -> Announcement | None:
    """One that somebody else asks to be approved."""
    one = _seen(turn, number, ASKED, seen)
    if one is not None and one.person_id == turn.person.id:
        announce.show(turn, one, [t("Somebody else approves what you ask for.")])
        return None
    return one


def _asker(turn: Turn, one: Announcement) -> Person | None:
    return turn.session.get(Person, one.person_id) if one.person_id is not None else None


def _approved(turn: Turn, one: Announcement, name: Phrase) -> Phrase:
    goes = t("It goes by itself: %(when)s", when=announce_confirm.goes(turn, one))
    now = goes if one.state == PLANNED else t("It goes now.")
    said = bold(t("Your announcement was approved by %(name)s.", name=name))
    return lines(said, announce_message.label(turn, one), now)


def send_back(turn: Turn, number: str, seen: str) -> None:
    """It does not go like this: who asked for it hears so."""
    one = _asked(turn, number, seen)
    if one is None:
        return
    asker = _asker(turn, one)
    confirming.take_back(one, turn.now)
    if asker is not None:
        _tell(turn.of(asker), one, _sent_back, turn.person)
    announce.show(turn, one, [t("It is sent back.")])


def _sent_back(turn: Turn, one: Announcement, name: Phrase) -> Phrase:
    return lines(
        bold(t("Your announcement was sent back by %(name)s.", name=name)),
        announce_message.label(turn, one),
        t("Talk about it, change it, and ask once more."),
    )


def take_back(turn: Turn, number: str) -> None:
    """What one asked for, or what waits for its time, waits no more."""
    one = announce.changing(turn, number)
    if one is None:
        return
    by, own = _asker(turn, one), one.person_id in (None, turn.person.id)
    if one.state == DRAFT or (one.state == ASKED and not own):
        announce.show(turn, one)
        return
    confirming.take_back(one, turn.now)
    if by is not None and not own:
        _tell(turn.of(by), one, _withdrawn, turn.person)
    announce.show(turn, one, [t("You have it back: nothing was sent.")])


def _withdrawn(turn: Turn, one: Announcement, name: Phrase) -> Phrase:
    said = bold(t("Your announcement was withdrawn by %(name)s.", name=name))
    return lines(said, announce_message.label(turn, one))
