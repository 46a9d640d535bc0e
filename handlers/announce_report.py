"""The report of an announcement: who got it, who did not and why, what was tapped; and to whom it
is sent once more.
"""

from collections.abc import Callable, Mapping, Sequence

from db.announcements import Announcement
from handlers import announce_message, announce_progress
from handlers.announce_held import begun
from handlers.buttons import Button, Keyboard, data, paging, row_number
from handlers.event_asked import cut
from handlers.shown import Screen
from handlers.turn import Turn
from school import announcements, composing, results, staff
from school.announcements import CORRECT, RECALL, SEND
from school.composing import URL
from school.outbox import FAILED, SENT, UNCERTAIN
from school.phrases import Phrase, bold, joined, lines, paragraphs, t, tn

FILE = "announced"
_CANNOT = t("This cannot be done now.")
_MOST_PAGE = 99_999
_MOST_REASONS = 6
_ONCE_MORE: Mapping[str, Phrase] = {
    FAILED: t("Send again to failed"),
    UNCERTAIN: t("Send again to uncertain"),
}
_DONE: Mapping[str, Callable[[int], Phrase]] = {
    SEND: lambda count: tn("%(count)s person got it.", "%(count)s people got it.", count),
    CORRECT: lambda count: tn(
        "It was corrected for %(count)s person.", "It was corrected for %(count)s people.", count
    ),
    RECALL: lambda count: tn(
        "It was deleted for %(count)s person.", "It was deleted for %(count)s people.", count
    ),
}


def show(turn: Turn, number: str) -> None:
    """What became of it."""
    one = begun(turn, number)
    if one is not None:
        _show(turn, one)


def _show(turn: Turn, one: Announcement, notes: Sequence[Phrase] = ()) -> None:
    passes = [SEND, *([one.method] if one.method != SEND else [])]
    found = [_of_pass(turn, one, method) for method in passes]
    said = paragraphs(bold(announce_message.label(turn, one)), *found)
    turn.show(Screen(said, _doors(turn, one)), notes)


def _of_pass(turn: Turn, one: Announcement, method: str) -> Phrase:
    counts = announcements.counts(turn.session, one, method)
    reasons = results.reasons(turn.session, one, method)[:_MOST_REASONS]
    said = [joined("", "· ", joined(": ", why, str(count))) for why, count in reasons]
    head = _NOT[method] if said else None
    return lines(_DONE[method](counts.get(SENT, 0)), head, *said)


_NOT: Mapping[str, Phrase] = {
    SEND: t("Who did not get it:"),
    CORRECT: t("Not corrected:"),
    RECALL: t("Not deleted:"),
}


def taps(turn: Turn, number: str) -> None:
    """How often each button was tapped; Telegram opens links itself, and says nothing of it."""
    one = begun(turn, number)
    if one is None:
        return
    found, below = results.taps(turn.session, one), composing.buttons(one.content)
    counted = [
        joined(": ", _label(turn, button), str(found.get(button["key"], 0)))
        for button in below
        if button["kind"] != URL
    ]
    links = len(counted) < len(below)
    text = paragraphs(
        bold(t("Taps on buttons:")),
        lines(*counted) if counted else None,
        t("Taps on links cannot be counted.") if links else None,
    )
    turn.show(Screen(text, [[(t("Back"), data("annreport", one.id))]]))


def _label(turn: Turn, button: composing.Button) -> Phrase:
    label = announce_message.button_label(turn, button)
    return cut(label) if isinstance(label, str) else label


def _doors(turn: Turn, one: Announcement) -> Keyboard:
    found, _ = results.missed(turn.session, one, 0)
    names: Keyboard = [[(t("See who did not get it"), data("annmissed", one.id, 0))]]
    tapped: Keyboard = [[(t("See taps on buttons"), data("anntaps", one.id))]]
    return [
        *(names if found else []),
        *(tapped if composing.buttons(one.content) else []),
        [(t("As a file"), data("annfile", one.id))],
        *_again(turn, one),
        [(t("Back"), data("ann", one.id))],
    ]


def _again(turn: Turn, one: Announcement) -> Keyboard:
    """It can go once more to those for whom that is of use."""
    found = results.to_repeat(turn.session, one)
    verbs = {FAILED: "annagain", UNCERTAIN: "annagaining"}
    return [
        [(_ONCE_MORE[state], data(verb, one.id, state))]
        for state, verb in verbs.items()
        if found.get(state)
    ]


def missed(turn: Turn, number: str, page: str) -> None:
    """The names of those who did not get it, with why; never an account."""
    one = begun(turn, number)
    if one is None:
        return
    at = min(row_number(page) or 0, _MOST_PAGE)
    found, more = results.missed(turn.session, one, at)
    if not found and at:
        missed(turn, number, "0")
        return
    said = [joined(": ", _name(line), results.why(line.state, line.outcome)) for line in found]
    text = paragraphs(bold(t("Who did not get it:")), lines(*(said or [t("Nobody.")])))
    pages = paging(at, "annmissed", one.id, more=more)
    turn.show(Screen(text, [*pages, [(t("Back"), data("annreport", one.id))]]))


def _name(line: results.Line) -> Phrase:
    return cut(line.name) if line.name else t("without a name")


def file(turn: Turn, number: str) -> None:
    """The ledger as a file; who takes it is noted."""
    one = begun(turn, number)
    if one is None:
        return
    staff.note(turn.session, turn.person, "listed", turn.now, announcement=one.id)
    caption = t("Names and states: keep it to yourself, and delete it when it is used.")
    turn.send_beside("sendDocument", {"document": {FILE: one.id}, "caption": caption})


def asking(turn: Turn, number: str, state: str) -> None:
    """Ask before some get it twice."""
    one = begun(turn, number)
    if one is None:
        return
    count = results.to_repeat(turn.session, one).get(state, 0)
    if state != UNCERTAIN or not count:
        _show(turn, one)
        return
    asked = lines(
        bold(t("Send it once more?")),
        tn("To %(count)s person.", "To %(count)s people.", count),
        t("It may have arrived: some may get it twice."),
    )
    yes: Button = (t("Send it once more"), data("annagain", one.id, state))
    turn.show(Screen(asked, [[yes], [(t("Back"), data("annreport", one.id))]]))


def again(turn: Turn, number: str, state: str) -> None:
    """It goes once more to those with whom it ended so."""
    one = begun(turn, number)
    if one is None:
        return
    there = results.to_repeat(turn.session, one).get(state)
    if not there or not announcements.resend(turn.session, one, [state]):
        _show(turn, one, [_CANNOT])
        return
    staff.note(turn.session, turn.person, "resent_ann", turn.now, announcement=one.id)
    announce_progress.show(turn, one, [t("It goes once more.")])
