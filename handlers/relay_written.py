"""A word to the tutor: somebody whose sheet is there writes it, until the person goes on. It stands
with the sheet, where tutors meet it, and the others of the group see it too.
"""

from collections.abc import Sequence

from db.dossiers import Dossier, Relay
from db.tables import Person
from handlers import desk, relay_shown
from handlers.buttons import Keyboard, data
from handlers.incoming import Incoming
from handlers.turn import Screen, Turn
from school import groups, interview, people, relays
from school.phrases import Phrase, bold, lines, paragraphs, t
from school.relays import Source


def dossier_of(turn: Turn) -> Dossier | None:
    """The dossier of the person's sheet, as long as tutors have it."""
    return relays.open_to(turn.session, turn.idea)


def door(turn: Turn) -> Keyboard:
    """The button that leads here, where somebody of the school has the sheet."""
    dossier = dossier_of(turn)
    has_tutor = dossier is not None and dossier.tutor_id is not None
    return [[(t("Write to my tutor"), data("tutor"))]] if has_tutor else []


def ask(turn: Turn, notes: Sequence[Phrase] = ()) -> None:
    """Ask for what is to be told to the tutor."""
    dossier = dossier_of(turn)
    if dossier is None:
        _nobody(turn, notes)
        return
    turn.person.expects = people.TUTOR
    asked = paragraphs(
        bold(t("What would you like to write?")),
        lines(_who_reads(turn, dossier), _others_read(turn)),
        t("Write it, or send a voice message, a photo or a document."),
    )
    turn.show(Screen(asked, [[(t("Cancel"), data("resume"))]]), notes)


def _nobody(turn: Turn, notes: Sequence[Phrase] = ()) -> None:
    interview.pause(turn.person)
    turn.show(Screen(nobody(), [[(t("Go on"), data("resume"))]]), notes)


def nobody() -> Phrase:
    """No tutor reads what its people write."""
    return t("No tutor has your sheet at present.")


def _tutor(turn: Turn, dossier: Dossier) -> Person | None:
    return turn.session.get(Person, dossier.tutor_id) if dossier.tutor_id is not None else None


def _who_reads(turn: Turn, dossier: Dossier) -> Phrase:
    tutor = _tutor(turn, dossier)
    if tutor is None:
        return t("The tutor who takes your sheet reads it and answers here.")
    if tutor.name is None:
        return t("Your tutor reads it and answers here.")
    return t("%(name)s reads it and answers here.", name=tutor.name)


def _others(turn: Turn) -> list[Person]:
    if turn.idea is None:
        return []
    found = groups.people_of(turn.session, turn.idea)
    return [person for person in found if person.id != turn.person.id]


def _others_read(turn: Turn) -> Phrase | None:
    return t("Your group sees it too.") if _others(turn) else None


def given(turn: Turn, message: Incoming, answered: Relay | None = None) -> bool:
    """A word to the tutor: it is on its way at once, and more may follow. False where there is
    nobody to read it.
    """
    dossier = dossier_of(turn)
    relay = pass_on(turn, dossier, message, answered) if dossier is not None else None
    if dossier is None or relay is None:
        ask(turn, [out_of_reach()])
        return False
    turn.in_place = len(relays.together(turn.session, relay)) > 1
    turn.person.expects = people.TUTOR
    more = t("If you want to add something, write it now.")
    said = paragraphs(passed_on(turn, dossier), more)
    turn.show(Screen(said, [[(t("Go on"), data("resume"))]]))
    return True


def passed_on(turn: Turn, dossier: Dossier) -> Phrase:
    """What somebody is told who wrote to the tutor."""
    tutor = _tutor(turn, dossier)
    if tutor is None:
        return t("It is with your sheet. The tutor who takes it answers here.")
    if tutor.name is None:
        return t("It is on its way to your tutor. The answer comes here.")
    return t("It is on its way to %(name)s. The answer comes here.", name=tutor.name)


def out_of_reach() -> Phrase:
    """Nobody of the school can be written to."""
    return t("I cannot reach a tutor now. Please write it again later.")


def pass_on(
    turn: Turn, dossier: Dossier, message: Incoming, answered: Relay | None = None
) -> Relay | None:
    """Put a message where tutors meet the sheet, and into the chats of the others; None where there
    is nobody to read it. `answered` is what it answers.
    """
    if not desk.places(turn, dossier):
        return None
    source, to = Source(turn.chat_id, message.message_id, message.album), relays.TUTOR
    relay = relays.keep(turn.session, dossier, turn.person, source, to, turn.now)
    for reader in relay_shown.readers(turn, dossier, _others(turn), turn.person, to):
        chat = reader.place.chat_id
        below = relays.message_in(turn.session, answered, chat) if answered is not None else None
        receipt = source if reader.is_addressed else None
        relay_shown.put(turn, dossier, relay, reader, message, receipt=receipt, below=below)
    return relay
