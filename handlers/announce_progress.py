"""How far an announcement is, in one message of its own in the chat, beside the screen: drawn anew
every few seconds while it goes, and with its end. A screen that leads here becomes that message.
"""

from collections.abc import Mapping, Sequence

from db.announcements import Announcement
from handlers import announce_message
from handlers.buttons import Button, Keyboard, as_json, data
from handlers.shown import Screen
from handlers.turn import Turn
from school import announcements, interview, moments, outbox, progress, wording
from school.announcements import CORRECT, DONE, PAUSED, RECALL, SEND, SENDING, STOPPED
from school.phrases import Phrase, bold, lines, paragraphs, t
from school.progress import Progress

_BAR = 10
_FULL, _EMPTY = "▓", "░"
_STATES: Mapping[tuple[str, str], Phrase] = {
    (SEND, SENDING): t("It is on its way."),
    (SEND, PAUSED): t("It rests: nobody gets it now."),
    (SEND, STOPPED): t("It was stopped: nobody else gets it."),
    (SEND, DONE): t("It is done: nobody is left."),
    (CORRECT, SENDING): t("It is being corrected where it was sent."),
    (CORRECT, PAUSED): t("The correction rests."),
    (CORRECT, STOPPED): t("The correction was stopped."),
    (CORRECT, DONE): t("It is corrected: nobody is left."),
    (RECALL, SENDING): t("It is being deleted where it was sent."),
    (RECALL, PAUSED): t("Deleting it rests."),
    (RECALL, STOPPED): t("Deleting it was stopped."),
    (RECALL, DONE): t("It is recalled: nobody is left."),
}


def _sent(found: Progress) -> Phrase:
    if found.method == SEND:
        return t("Sent: %(count)s", count=found.sent)
    if found.method == CORRECT:
        return t("Corrected: %(count)s", count=found.sent)
    return t("Deleted: %(count)s", count=found.sent)


def show(turn: Turn, one: Announcement, notes: Sequence[Phrase] = ()) -> None:
    """How far it is: in the message that says so, where that was tapped; else the screen becomes
    it, or it comes below.
    """
    interview.pause(turn.person)
    if turn.first is not None:
        turn.show(turn.first)
        return
    found = progress.progress(turn.session, one, turn.now, turn.school.quiet)
    standing = turn.standing(announcements.slot(one))
    if standing is None or standing != turn.tapped:
        if standing is not None:
            moved = t("You find this further below now.")
            turn.do("editMessageText", {"message_id": standing, "text": moved})
        in_place = _takes_over(turn, one)
    else:
        in_place = True
    _draw(turn, one, found, notes, in_place=in_place)


def _takes_over(turn: Turn, one: Announcement) -> bool:
    """The screen that was tapped becomes this message, where it is the newest one."""
    below = turn.standing(outbox.BELOW) or 0
    if turn.said or turn.tapped is None or not turn.taps_screen or below > turn.tapped:
        return False
    progress.stands(turn.session, one, turn.chat_id, turn.tapped)
    return True


def tell(turn: Turn, one: Announcement, found: Progress) -> None:
    """It goes on, or is over: the message says so, in its place."""
    _draw(turn, one, found, (), in_place=True)


def _draw(
    turn: Turn, one: Announcement, found: Progress, notes: Sequence[Phrase], *, in_place: bool
) -> None:
    screen = Screen(_words(turn, one, found), _doors(one))
    turn.send_beside(
        "sendMessage",
        {
            "text": paragraphs(*notes, screen.text),
            "buttons": as_json(screen.keyboard),
            "in_place": in_place,
        },
        slot=announcements.slot(one),
    )


def _words(turn: Turn, one: Announcement, found: Progress) -> Phrase:
    return paragraphs(
        lines(bold(announce_message.label(turn, one)), _STATES[found.method, found.state]),
        lines(_bar(turn, found), *_figures(found)),
        _when(turn, found),
    )


def _bar(turn: Turn, found: Progress) -> Phrase:
    full = int(found.share * _BAR)
    percent = wording.percent(int(found.share * 100), turn.person.language)
    share = f"{_FULL * full}{_EMPTY * (_BAR - full)} {percent}"
    return t("Done: %(share)s", share=share)


def _figures(found: Progress) -> Sequence[Phrase]:
    """How many: what was sent and who is left always, the others where there are any."""
    others = (
        (t("Blocked the bot: %(count)s", count=found.blocked), found.blocked),
        (t("Failed: %(count)s", count=found.failed), found.failed),
        (t("Uncertain: %(count)s", count=found.uncertain), found.uncertain),
        (t("Left out: %(count)s", count=found.skipped), found.skipped),
    )
    left = t("Still to come: %(count)s", count=found.left)
    return [_sent(found), left, *(said for said, count in others if count)]


def _when(turn: Turn, found: Progress) -> Phrase | None:
    """When it goes on, or ends."""
    language, zone = turn.person.language, turn.school.zone
    if found.night:
        morning = turn.school.quiet.awake(turn.now)
        when = moments.near(language, zone, morning, turn.now)
        return t("It is night: it goes on %(when)s.", when=when)
    if found.state == SENDING and not found.listed:
        return t("The list of people is still being made.")
    if found.end is None:
        return None
    when = moments.near(language, zone, found.end, turn.now)
    return t("Expected end: %(when)s", when=when)


def _doors(one: Announcement) -> Keyboard:
    goes: Button = (t("Pause"), data("annpause", one.id))
    if one.state == PAUSED:
        goes = (t("Go on"), data("anngoon", one.id))
    held: Keyboard = [[goes, (t("Stop"), data("annstopping", one.id))]]
    correct: Keyboard = [[(t("Correct it"), data("anncorrect", one.id))]]
    recall: Keyboard = [[(t("Recall it"), data("annrecalling", one.id))]]
    return [
        *(held if one.state in (SENDING, PAUSED) else []),
        [(t("See the report"), data("annreport", one.id))],
        *(correct if announcements.may_be_corrected(one) else []),
        *(recall if one.method != RECALL else []),
        [(t("Back"), data("anns"))],
    ]
