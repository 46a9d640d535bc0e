"""A sheet is put away: why is tapped, or written as a Telegram reply. Its people read it, keep all
their answers, and can send it once more.
"""

from collections.abc import Mapping

from db.dossiers import Dossier
from handlers import desk, dossier_acts, dossier_card, dossier_keys, handoff, relay_shown
from handlers.describe import too_long
from handlers.incoming import Incoming
from handlers.turn import Screen, Turn
from school import agreement, comments, dossiers, staff, versions
from school.dossiers import CLOSE
from school.phrases import Phrase, bold, lines, paragraphs, t

WHY = "why"  # by this word what asks for the reason is known where it stands
MOST = 300
# What its people hear, by why.
_SAID: Mapping[str, Phrase] = {
    "wish": t("The sheet is closed now, as you asked."),
    "silent": t("The sheet is closed now, as nothing came for a while. That is all right."),
    "elsewhere": t("The sheet is closed now. Our school can't help with this idea."),
}


def tapped(turn: Turn, number: str, why: str) -> None:
    """Close it for one of the usual reasons."""
    dossier = dossier_acts.in_charge(turn, number, CLOSE)
    if dossier is not None and why in dossier_keys.REASONS:
        _close(turn, dossier, _SAID[why])


def ask(turn: Turn, number: str) -> None:
    """Ask for the reason in words: it is the reply to this message."""
    dossier = dossier_acts.in_charge(turn, number, CLOSE)
    if dossier is None:
        return
    title = dossier_card.title(versions.find(turn.session, dossier, dossier.round))
    text = paragraphs(
        lines(bold(t("Why do you close it?")), title),
        lines(
            bold(t("Reply to this message with the reason.")),
            t("Its people get it in your words, %(most)s characters at most.", most=MOST),
        ),
    )
    _say(turn, dossier, text, what=f"{WHY}:{dossier.round}")


def _say(turn: Turn, dossier: Dossier, said: Phrase, what: str | None = None) -> None:
    place = dossier_card.here(turn, dossier)
    desk.put(turn, dossier, place, "sendMessage", {"text": said}, what=what)


def written(
    turn: Turn,
    stands: tuple[int, str],
    message: Incoming,
    *,
    edited: bool,  # noqa: ARG001 - one that was edited is taken as a new one is
) -> None:
    """A reply to what asks for the reason: it is closed, unless it is in another round by now."""
    dossier = dossiers.find(turn.session, stands[0])
    if dossier is None:
        return
    words, why = message.text.strip(), None
    if stands[1] != f"{WHY}:{dossier.round}" or not _may_close(turn, dossier):
        why = t("This sheet can't be closed now, so nobody gets your reason.")
    elif message.file is not None or not words:
        why = t("Please write the reason: a reply with words only.")
    elif len(words) > MOST:
        why = lines(too_long(len(words), MOST), t("Edit your message, or write a shorter one."))
    if why is not None:
        _say(turn, dossier, why)
        return
    reason = t("%(name)s: %(answer)s", name=relay_shown.signed(turn, turn.person), answer=words)
    _close(turn, dossier, lines(t("The sheet is closed now."), reason))


def _may_close(turn: Turn, dossier: Dossier) -> bool:
    charge = dossiers.has_charge(dossier, turn.person, turn.roles)
    return charge and dossiers.can(dossier, CLOSE)


def _close(turn: Turn, dossier: Dossier, said: Phrase) -> None:
    dossiers.act(dossier, CLOSE, turn.now)
    agreement.end(turn.session, dossier)
    comments.remove(turn.session, dossier)
    dossier.answered_at = turn.now
    staff.note(turn.session, turn.person, "closed", turn.now)
    dossier_card.draw(turn, dossier)
    kept = t("Your answers are all here. You can send it once more whenever you like.")
    handoff.tell(turn, dossier, lambda _other: Screen(lines(said, kept), [[handoff.where()]]))
