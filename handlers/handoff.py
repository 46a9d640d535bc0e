"""The way of a sheet to a tutor and back, as its people see it: where it is, at any time, and what
they can do there. Each change is told them once, in a message beside whatever they do.
"""

import datetime as dt
import secrets
from collections.abc import Callable, Mapping, Sequence
from typing import TypeAlias

from db.dossiers import Dossier
from db.tables import Person
from handlers import events_shown, named, sheets
from handlers.buttons import Button, Keyboard, as_json, data
from handlers.turn import Screen, Turn
from school import agreement, comments, desk, dossiers, groups, interview, moments, versions
from school.agreement import Agreement
from school.dossiers import ASKING, BACK, CLOSED, READY, TAKEN, WAITING
from school.phrases import Phrase, bold, lines, paragraphs, t

WAY = "way"  # by this word a notice to a sheet's people is known in their chats, and its number
Told: TypeAlias = tuple[Phrase, Keyboard]


def me(turn: Turn) -> Person:
    """For whom the turn's person acts: somebody without Telegram, else the own self."""
    helped = turn.person.acting_for
    return turn.person if helped is None else turn.session.get_one(Person, helped)


def people(turn: Turn) -> Sequence[Person]:
    """Whose sheet it is."""
    return groups.people_of(turn.session, turn.idea) if turn.idea is not None else []


def doors(turn: Turn) -> Keyboard:
    """The way to a tutor: to send the sheet, where enough of it is there, or where it is now."""
    if turn.idea is None:
        return []
    if agreement.state(turn.session, turn.idea) is not None:
        return [[where()]]
    return [[_send()]] if dossiers.is_sendable(turn.sheet) else []


def door(turn: Turn) -> Keyboard:
    """Where the sheet is now, for whom that is of interest."""
    asked = turn.idea is not None and agreement.state(turn.session, turn.idea) is not None
    return [[where()]] if asked else []


def again(turn: Turn, without: Sequence[str] = ()) -> Keyboard:
    """The way back to the tutor while changes are asked for, and to the first of these questions,
    but for some, that still has the answer it had.
    """
    dossier = dossiers.of_idea(turn.session, turn.idea)
    if dossier is None or dossier.state != BACK:
        return []
    version = versions.find(turn.session, dossier, dossier.round)
    before = versions.sheet(version, turn.school.questionnaire) if version is not None else None
    left = [
        one.question
        for one in comments.sent(turn.session, dossier, dossier.round, turn.sheet)
        if before is not None
        and one.question not in without
        and turn.sheet.given(one.question) == before.given(one.question)
    ]
    return [*([change(turn, key)] for key in left[:1]), [(t("Send it again"), data("askall"))]]


def where() -> Button:
    """The button that leads here."""
    return t("Where my sheet is"), data("way")


def _send() -> Button:
    return t("Send it to a tutor"), data("sendit")


def status(turn: Turn, notes: Sequence[Phrase] = ()) -> None:
    """Where the sheet is, and what its people can do about it."""
    interview.pause(turn.person)
    state = agreement.state(turn.session, turn.idea) if turn.idea is not None else None
    dossier = dossiers.of_idea(turn.session, turn.idea)
    if state is None or dossier is None:
        said, rows = t("The sheet is with you. Nobody else has it."), doors(turn)
    else:
        said, rows = _STATES[dossier.state](turn, dossier)
    text = paragraphs(bold(t("Where the sheet is")), said)
    turn.show(Screen(text, [*rows, [(t("Home"), data("home"))]]), notes)


def tutor_name(turn: Turn, dossier: Dossier, *, begins: bool = False) -> Phrase:
    """Who has it, inside a sentence or where one begins."""
    return named.tutor(dossiers.tutor(turn.session, dossier), begins=begins)


def _asking(turn: Turn, dossier: Dossier) -> Told:
    them = agreement.of(turn.session, dossier, people(turn))
    said = t("It is with you. It goes to a tutor when everybody agrees.")
    leave: Button = (t("Leave it for now"), data("takingback"))
    return paragraphs(said, _who_agreed(turn, them)), [*_agreeing(turn, dossier, them), [leave]]


def _who_agreed(turn: Turn, them: Agreement) -> Phrase | None:
    """Who agreed, and who is missing; nothing where nobody is."""
    if them.is_whole:
        return None
    without = any(person.telegram_id is None for person in them.missing)
    return lines(
        t("Agreed: %(names)s", names=named.several(turn, them.agreed)) if them.agreed else None,
        t("Not yet: %(names)s", names=named.several(turn, them.waiting)) if them.waiting else None,
        t("No answer yet: %(names)s", names=named.several(turn, them.silent))
        if them.silent
        else None,
        t("Not asked yet: %(names)s", names=named.several(turn, them.unasked))
        if them.unasked
        else None,
        t("Whoever has no Telegram is asked by those who coordinate.") if without else None,
        _without_silent(turn, them),
    )


def _without_silent(turn: Turn, them: Agreement) -> Phrase | None:
    """From when on the sheet can go without those who do not answer."""
    at = them.without_silent_from(turn.school.settings.tutoring.consent_days)
    lead = agreement.lead(turn.session, turn.idea) if turn.idea is not None else None
    if at is None or at <= turn.now or lead is None:
        return None
    day = moments.day(turn.person.language, turn.school.zone, at, turn.now)
    who = named.one(lead)
    return t("From %(day)s on, %(name)s can send it without them.", day=day, name=who)


def _agreeing(turn: Turn, dossier: Dossier, them: Agreement) -> Keyboard:
    """What can be done while people are asked."""
    own, ids = me(turn), {person.id for person in them.waiting}
    rows: Keyboard = []
    if own in [*them.missing, *them.unasked]:
        rows.append([(t("I agree"), data("agree", dossier.id))])
        rows += [] if own.id in ids else [[(t("Not yet"), data("notyet", dossier.id))]]
    elif them.unasked:
        rows.append([(t("Ask the others"), data("askall"))])
    elif them.is_whole:
        rows.append([(t("Send it now"), data("askall"))])
    rows += [
        [(_remind(person), data("remindone", person.id))]
        for person in them.silent
        if person.id != own.id and person.telegram_id is not None
    ]
    return [*rows, *_without(turn, them)]


def _remind(person: Person) -> Phrase:
    if not person.name:
        return t("Remind who is missing")
    return t("Remind %(name)s", name=named.on_a_button(person.name))


def _without(turn: Turn, them: Agreement) -> Keyboard:
    if not may_go_without(turn, them):
        return []
    return [[(t("Send it without them"), data("without"))]]


def may_go_without(turn: Turn, them: Agreement) -> bool:
    """Whether the person leads the group, and who is silent was asked long enough ago."""
    days, idea = turn.school.settings.tutoring.consent_days, turn.idea
    return idea is not None and agreement.may_go_without(
        turn.session, idea, them, me(turn), days, turn.now
    )


def _waiting(turn: Turn, dossier: Dossier) -> Told:
    said = lines(t("It waits for a tutor."), *_sent(turn, dossier), sheets.expected(turn, dossier))
    return said, [[(t("Take it back"), data("takingback"))]]


def _sent(turn: Turn, dossier: Dossier) -> list[Phrase]:
    """Which version went when."""
    handed = dossier.handed_at
    number = t("Version %(number)s", number=dossier.round)
    sent = [t("Sent: %(when)s", when=when(turn, handed))] if handed is not None else []
    return [number, *sent]


def when(turn: Turn, at: dt.datetime) -> str:
    """A time in words."""
    return moments.in_words(turn.person.language, turn.school.zone, at, turn.now)


def _with_tutor(turn: Turn, dossier: Dossier) -> list[Phrase]:
    """Who took it when, and whether it was read."""
    read = t("Not read yet.")
    if dossier.read_at is not None:
        read = t("Read: %(when)s", when=when(turn, dossier.read_at))
    at = when(turn, dossier.taken_at or dossier.since)
    name = tutor_name(turn, dossier)
    return [*_sent(turn, dossier), t("Taken by %(name)s: %(when)s", name=name, when=at), read]


def _taken(turn: Turn, dossier: Dossier) -> Told:
    said = t("It is with %(name)s.", name=tutor_name(turn, dossier))
    facts = lines(*_with_tutor(turn, dossier), sheets.expected(turn, dossier))
    return paragraphs(said, facts), [[write()]]


def write() -> Button:
    """The button that leads to words for the tutor."""
    return t("Write to my tutor"), data("tutor")


def _back(turn: Turn, dossier: Dossier) -> Told:
    """Changes are asked for; those who came later may have to agree first."""
    name = tutor_name(turn, dossier, begins=True)
    them = agreement.of(turn.session, dossier, people(turn))
    found = comments.sent(turn.session, dossier, dossier.round, turn.sheet)
    changes = [change(turn, one.question) for one in found]
    asked = t("%(name)s asks you to change something. It is with you now.", name=name)
    rows: Keyboard = [[(t("Send it again"), data("askall"))]]
    if them.missing:
        rows = _agreeing(turn, dossier, them)
    facts = lines(*_sent(turn, dossier))
    missing = _who_agreed(turn, them) if them.missing else None
    return paragraphs(asked, facts, missing), [*([one] for one in changes), *rows, [write()]]


def change(turn: Turn, key: str) -> Button:
    """The button that opens a question."""
    name = turn.text(turn.school.questionnaire.questions[key].name)
    return t("Change: %(name)s", name=name), data("change", key)


def _ready(turn: Turn, dossier: Dossier) -> Told:
    return ready(turn, dossier), [[write()]]


def ready(turn: Turn, dossier: Dossier) -> Phrase:
    """It is ready to be sent, which promises nothing; and what comes next."""
    name = tutor_name(turn, dossier, begins=True)
    said = t("%(name)s says: it is ready to send.", name=name)
    plain = t("Ready means ready to send. About each call, people decide.")
    return paragraphs(said, plain, events_shown.next_step(turn))


def _closed(turn: Turn, _dossier: Dossier) -> Told:
    said = t("A tutor has closed it. Your answers are all here.")
    again = t("You can send it once more whenever you like.")
    return lines(said, again), [[_send()]] if dossiers.is_sendable(turn.sheet) else []


_STATES: Mapping[str, Callable[[Turn, Dossier], Told]] = {
    ASKING: _asking,
    WAITING: _waiting,
    TAKEN: _taken,
    BACK: _back,
    READY: _ready,
    CLOSED: _closed,
}


def tell(
    turn: Turn,
    dossier: Dossier,
    make: Callable[[Turn], Screen],
    *,
    but: Person | None = None,
) -> None:
    """Tell a sheet's people of a change, each in the own language, beside the present screen; at
    night without a sound.
    """
    for person in dossiers.people(turn.session, dossier):
        if but is None or person.id != but.id:
            other = turn.of(person)
            notice(other, dossier, make(other))


def notice(turn: Turn, dossier: Dossier, screen: Screen) -> None:
    """Tell one of a sheet's people something of it: a Telegram reply to it is for the tutor."""
    beside(turn, dossier, screen, f"{WAY}:{secrets.token_hex(4)}")


def beside(turn: Turn, dossier: Dossier, screen: Screen, what: str | None) -> None:
    """Send somebody a message that does not take the place of the present screen."""
    night = turn.school.quiet.awake(turn.now) > turn.now
    turn.send_beside(
        "sendMessage",
        {
            "text": screen.text,
            "buttons": as_json(screen.keyboard),
            "disable_notification": night,
        },
        slot=desk.slot(dossier, what) if what is not None else None,
    )
