"""Whether a sheet may go to a tutor: its people are told who reads it, and each says so with a tap.
Who asks has agreed by asking; once the last one agrees, it goes.
"""

from collections.abc import Sequence

from db.dossiers import Dossier
from db.tables import Person
from db.types import Json
from handlers import handing_in, handoff, named
from handlers.buttons import Button, Keyboard, as_json, data, row_number
from handlers.describe import own_name
from handlers.turn import Screen, Turn
from school import agreement, desk, dossiers, outbox, staff, wording
from school.agreement import Agreement
from school.dossiers import ASKING, BACK, CLOSED, NO, YES
from school.outbox import Once
from school.phrases import Phrase, bold, lines, paragraphs, t, tn

ASKS = "agree"  # what the question is known by in the chats of those who are asked
_TICK = "✓ "


def start(turn: Turn) -> None:
    """Say who will read it, and what happens next; nothing is sent yet."""
    state = agreement.state(turn.session, turn.idea) if turn.idea is not None else None
    if state not in (None, CLOSED) or not dossiers.is_sendable(turn.sheet):
        handoff.status(turn)
        return
    alone = len(handoff.people(turn)) == 1
    facts = lines(*_open(turn), t("The answers are in: %(languages)s", languages=_spoken(turn)))
    asked = bold(t("Send the sheet to a tutor?"))
    text = paragraphs(asked, _who_reads(turn), _who_agrees(turn, alone=alone), facts)
    yes: Phrase = t("Yes, send it") if alone else t("Yes, ask the others")
    other: Button = (t("Other languages"), data("sheetlangs"))
    rows: Keyboard = [[(yes, data("askall"))], [(t("Not yet"), data("overview"))], [other]]
    turn.show(Screen(text, rows))


def _who_reads(turn: Turn) -> str:
    return turn.text(turn.school.settings.tutors_read)


def _who_agrees(turn: Turn, *, alone: bool) -> Phrase | None:
    """Whose word it takes: whoever helps somebody without Telegram has it on paper or by phone."""
    helped, said = turn.helped, list[Phrase]()
    if helped is not None:
        said.append(t("Send it only if %(name)s has agreed.", name=named.one(helped)))
    if not alone:
        said.append(t("It goes only when everybody in the group agrees."))
    return lines(*said) if said else None


def _open(turn: Turn) -> list[Phrase]:
    done, total = turn.sheet.progress()
    if done == total:
        return []
    return [
        tn(
            "%(count)s question has no answer yet. That is fine: a tutor helps there too.",
            "%(count)s questions have no answer yet. That is fine: a tutor helps there too.",
            total - done,
        )
    ]


def _languages(turn: Turn) -> list[str]:
    dossier = dossiers.of_idea(turn.session, turn.idea)
    return dossiers.languages(dossier, handoff.people(turn), turn.school.languages)


def _spoken(turn: Turn) -> str:
    return wording.listed([own_name(code) for code in _languages(turn)], turn.person.language)


def languages(turn: Turn) -> None:
    """In which languages a tutor will read."""
    if turn.idea is None or not dossiers.is_sendable(turn.sheet):
        handoff.status(turn)
        return
    chosen = _languages(turn)
    ticks: Keyboard = [
        [(_TICK + own_name(code), data("sheetlang", code, "off"))]
        if code in chosen
        else [(own_name(code), data("sheetlang", code, "on"))]
        for code in turn.school.languages
    ]
    asked = lines(
        bold(t("In which languages are the answers?")), t("So a tutor can be found who reads them.")
    )
    turn.show(Screen(asked, [*ticks, [(t("Go on"), data("sendit"))]]))


def language(turn: Turn, code: str, to: str) -> None:
    """One language more, or less; one at least stays."""
    known = code in turn.school.languages and to in ("on", "off")
    if known and turn.idea is not None and dossiers.is_sendable(turn.sheet):
        dossier = dossiers.begin(turn.session, turn.idea, turn.now)
        chosen = {*_languages(turn)} - {code} | ({code} if to == "on" else set[str]())
        left = [one for one in turn.school.languages if one in chosen]
        dossier.languages = left or dossier.languages
    languages(turn)


def ask_all(turn: Turn) -> None:
    """Somebody wants to send it: who has not agreed yet is asked; if nobody is missing, it goes."""
    own = handoff.me(turn)
    if turn.idea is None or own not in handoff.people(turn):
        handoff.status(turn)
        return
    if not dossiers.is_sendable(turn.sheet):
        first = t("First say how far your idea is, and what it is in one sentence.")
        handoff.status(turn, [first])
        return
    dossier = dossiers.begin(turn.session, turn.idea, turn.now)
    asked = agreement.ask(turn.session, dossier, handoff.people(turn), own, turn.now)
    for person in asked or []:
        handoff.beside(turn.of(person), dossier, _question(turn.of(person), dossier, own), ASKS)
    _go_on(turn, dossier, [t("I have asked the others.")] if asked else [])


def joined(turn: Turn) -> None:
    """Somebody came into a group whose people are being asked: so is who came."""
    dossier, own = dossiers.of_idea(turn.session, turn.idea), handoff.me(turn)
    if dossier is None or not agreement.is_open(dossier, _them(turn, dossier)):
        return
    lead = agreement.lead(turn.session, turn.idea) if turn.idea is not None else None
    if agreement.ask_more(turn.session, dossier, [own], turn.now):
        handoff.beside(turn, dossier, _question(turn, dossier, lead or own), ASKS)


def noted(turn: Turn, person: Person) -> None:
    """Somebody without Telegram agreed, as one of the staff notes; after the last one the sheet
    goes.
    """
    other = turn.of(person)
    dossier = dossiers.of_idea(turn.session, other.idea)
    if dossier is not None:
        dossiers.agree(turn.session, dossier, person, turn.now)
        handing_in.send(other, dossier)


def _go_on(turn: Turn, dossier: Dossier, notes: Sequence[Phrase] = ()) -> None:
    """Send it if nobody is missing, and show where it is."""
    if handing_in.send(turn, dossier):
        handoff.status(turn, [handing_in.sent(turn, dossier)])
    else:
        handoff.status(turn, notes)


def _them(turn: Turn, dossier: Dossier) -> Agreement:
    return agreement.of(turn.session, dossier, handoff.people(turn))


def _question(turn: Turn, dossier: Dossier, asks: Person) -> Screen:
    """What somebody is asked who has not agreed yet."""
    asked = t("%(name)s asks: may the sheet go to a tutor?", name=named.one(asks, begins=True))
    calm = t("It goes only when everybody agrees. There is no hurry.")
    rows: Keyboard = [
        [(t("I agree"), data("agree", dossier.id))],
        [(t("Not yet"), data("notyet", dossier.id))],
        [(t("Read my answers"), data("overview"))],
    ]
    return Screen(paragraphs(bold(asked), _who_reads(turn), calm), rows)


def _asked(turn: Turn, number: str) -> Dossier | None:
    """The sheet that the person is asked about, by a number that came back from a button."""
    dossier = dossiers.of_idea(turn.session, turn.idea)
    if dossier is None or dossier.id != row_number(number):
        return None
    is_open = agreement.is_open(dossier, _them(turn, dossier))
    return dossier if is_open and handoff.me(turn) in handoff.people(turn) else None


def agree(turn: Turn, number: str) -> None:
    """Somebody agrees. Once it was the last one, the sheet goes."""
    dossier = _asked(turn, number)
    if dossier is None:
        handoff.status(turn)
        return
    _say(turn, dossier, YES)
    if not _in_place(turn, dossier):
        _go_on(turn, dossier)
        return
    thanks = t("Thank you. You agree that the sheet goes to a tutor.")
    if handing_in.send(turn, dossier):
        said = lines(thanks, t("Now everybody agrees."), handing_in.sent(turn, dossier))
    else:
        missing = named.several(turn, _them(turn, dossier).missing)
        said = lines(thanks, t("Still missing: %(names)s", names=missing))
    _answered(turn, Screen(said, [[handoff.where()]]))


def _say(turn: Turn, dossier: Dossier, said: str) -> None:
    own = handoff.me(turn)
    dossiers.say(turn.session, dossier, own, said, turn.now)
    if own.id != turn.person.id:
        staff.note(turn.session, turn.person, "agreed_for", turn.now, whom=own)


def not_yet(turn: Turn, number: str) -> None:
    """Somebody would rather wait: the sheet stays, the others are told, and nobody is blamed."""
    dossier, own = _asked(turn, number), handoff.me(turn)
    if dossier is None:
        handoff.status(turn)
        return
    new = own not in _them(turn, dossier).waiting
    _say(turn, dossier, NO)
    if new:
        handoff.tell(turn, dossier, lambda _other: _waits(own), but=own)
    if not _in_place(turn, dossier):
        handoff.status(turn)
        return
    said = t("All right. The sheet stays with you until you agree.")
    rows: Keyboard = [[(t("I agree"), data("agree", dossier.id))], [handoff.where()]]
    _answered(turn, Screen(said, rows))


def _waits(own: Person) -> Screen:
    name = named.one(own, begins=True)
    said = t("%(name)s would rather wait, so the sheet stays with you.", name=name)
    return Screen(lines(said, t("Perhaps you talk about it together.")), [[handoff.where()]])


def _in_place(turn: Turn, dossier: Dossier) -> bool:
    """Whether the answer was given where the question stands."""
    return turn.tapped is not None and turn.tapped == turn.standing(desk.slot(dossier, ASKS))


def _answered(turn: Turn, screen: Screen) -> None:
    """The question gives way to what became of it; whatever else the person does goes on."""
    body: dict[str, Json] = {"text": screen.text, "message_id": turn.tapped}
    turn.do("editMessageText", {**body, "buttons": as_json(screen.keyboard)})


def remind(turn: Turn, number: str) -> None:
    """Somebody who did not answer is asked once more, once a day."""
    dossier = dossiers.of_idea(turn.session, turn.idea)
    silent = _them(turn, dossier).silent if dossier is not None else []
    whom = next((one for one in silent if one.id == row_number(number)), None)
    own = handoff.me(turn)
    if dossier is None or whom is None or whom.id == own.id:
        handoff.status(turn)
        return
    handoff.status(turn, [_remind(turn, dossier, whom, own)])


def _remind(turn: Turn, dossier: Dossier, whom: Person, own: Person) -> Phrase:
    name, other = named.one(whom), turn.of(whom)
    day = turn.now.astimezone(turn.school.zone).date()
    key = f"agree:{dossier.id}:{whom.id}:{day}"
    if whom.telegram_id is None or whom.unreachable_at is not None:
        return t("I cannot reach this person now: %(name)s", name=name)
    if outbox.is_said(turn.session, key):
        return t("I have asked once today already: %(name)s", name=name)
    screen = _question(other, dossier, own)
    body: dict[str, Json] = {"text": screen.text, "buttons": as_json(screen.keyboard)}
    once = Once(key, turn.now + agreement.DAY, outbox.NOTICE)
    row = other.once(body, desk.slot(dossier, ASKS), once)
    outbox.put_each_once(turn.session, [row] if row is not None else [])
    return t("I have asked once more: %(name)s", name=name)


def going_without(turn: Turn) -> None:
    """Ask whoever leads before it goes without those who are silent."""
    found = _without(turn)
    if found is None:
        handoff.status(turn)
        return
    _, silent = found
    asked = t("Send it without an answer of: %(names)s?", names=named.several(turn, silent))
    told = t("They were asked and did not answer. Everybody is told that it goes.")
    yes: Button = (t("Send it without them"), data("gowithout"))
    turn.show(Screen(lines(bold(asked), told), [[yes], [(t("Back"), data("way"))]]))


def go_without(turn: Turn) -> None:
    """It goes without those who are silent; all are told."""
    found = _without(turn)
    if found is not None:
        dossier, silent = found
        handing_in.send(turn, dossier, silent)
        handoff.status(turn, [handing_in.sent(turn, dossier)])
    else:
        handoff.status(turn)


def _without(turn: Turn) -> tuple[Dossier, Sequence[Person]] | None:
    """The sheet and who is silent, where its lead may go on without them."""
    dossier = dossiers.of_idea(turn.session, turn.idea)
    if dossier is None or dossier.state not in (ASKING, BACK):
        return None
    them = _them(turn, dossier)
    return (dossier, them.silent) if handoff.may_go_without(turn, them) else None
