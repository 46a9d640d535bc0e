"""Words between a tutor and a sheet's people. Only a reply leaves the place where tutors meet a
sheet: one to its card, or to what was passed on. All else stays inside.
"""

from collections.abc import Mapping, Sequence

from db.dossiers import Dossier, Relay
from db.tables import Person
from handlers import home, relay_sent, relay_shown, relay_written
from handlers.buttons import data
from handlers.incoming import Incoming
from handlers.turn import Screen, Turn
from school import dossiers, interview, outbox, people, relays
from school.phrases import lines, t
from school.relays import Source


def from_desk(turn: Turn, where: tuple[int, str], message: Incoming, *, edited: bool) -> None:
    """A tutor replied to something of a sheet, by what stands there. An edited word that was not
    passed on stays inside.
    """
    number, what = where
    opened = relays.opened(turn.session, number) if not edited else None
    if opened is not None:
        dossier, found = opened
        source = Source(_chat(turn), message.message_id, message.album)
        refused = _refused(turn, dossier, message)
        if refused is not None:
            relay_sent.say(turn, dossier, source, refused)
        else:
            _to_people(turn, dossier, found, source, message, _answered(turn, what))


def _chat(turn: Turn) -> int:
    """Where the person wrote."""
    return turn.chat or turn.chat_id


def _answered(turn: Turn, what: str) -> Relay | None:
    """What a reply answers, if it was passed on."""
    number = relays.number_in(what)
    return turn.session.get(Relay, number) if number is not None else None


def _refused(turn: Turn, dossier: Dossier, message: Incoming) -> Screen | None:
    """Why a tutor's message does not leave; None where it does."""
    if dossier.state not in dossiers.WITH_TUTORS:
        return Screen(t("This sheet is put away, so nobody gets your message."))
    if not relays.may_answer(turn.session, dossier, turn.person):
        return _anothers(turn, dossier)
    if not relay_shown.fits(message):
        return Screen(t("I can pass on a text, a voice message, a photo or a document."))
    if message.text.startswith("/"):
        return Screen(t("What begins with / is for me, so nobody gets your message."))
    return None


def _anothers(turn: Turn, dossier: Dossier) -> Screen:
    if dossier.tutor_id is None:
        said = t("Nobody gets your message yet: take the sheet first.")
        return Screen(said, [[(t("Take it"), data("takeit", dossier.id))]])
    tutor = turn.session.get_one(Person, dossier.tutor_id)
    if tutor.name is None:
        return Screen(t("Another tutor has this sheet, so nobody gets your message."))
    whose = t("%(name)s has this sheet, so nobody gets your message.", name=tutor.name)
    return Screen(lines(whose, t("Ask %(name)s or a coordinator.", name=tutor.name)))


def _to_people(
    turn: Turn,
    dossier: Dossier,
    found: Sequence[Person],
    source: Source,
    message: Incoming,
    answered: Relay | None,
) -> None:
    """Put a tutor's message into the chats of a sheet's people, and say how many get it."""
    relay = relays.keep(turn.session, dossier, turn.person, source, relays.GROUP, turn.now)
    readers = relay_shown.readers(turn, dossier, found, turn.person, relays.GROUP)
    addressed = [reader for reader in readers if reader.is_addressed]
    for reader in addressed:
        chat = reader.place.chat_id
        below = relays.message_in(turn.session, answered, chat) if answered is not None else None
        relay_shown.put(turn, dossier, relay, reader, message, below=below)
    _keep_quiet(turn, found)
    dossier.read_at, dossier.answered_at = dossier.read_at or turn.now, turn.now
    relay_sent.confirm(turn, dossier, relay, found, len(addressed))
    if addressed:
        language = turn.school.languages[0]
        outbox.react(
            turn.session,
            *(source.chat, source.message, outbox.RECEIVED),
            language=language,
            now=turn.now,
        )


def _keep_quiet(turn: Turn, found: Sequence[Person]) -> None:
    """The next free text is nobody's, but for a word to the tutor that is being written."""
    for person in found:
        if person.expects != people.TUTOR and person.id != turn.person.id:
            interview.pause(person)


def mirrored(turn: Turn, message: Incoming) -> Relay | None:
    """What an edited message was passed on as, if it was: it is changed wherever it stands."""
    relay = relays.of_source(turn.session, _chat(turn), message.message_id)
    about = relays.about(turn.session, relay.dossier_id) if relay is not None else None
    if relay is None or about is None or relay.person_id != turn.person.id:
        return None
    dossier, found = about
    refused = _refused(turn, dossier, message) if relay.to == relays.GROUP else None
    if refused is not None:
        relay_sent.say(turn, dossier, Source(relay.chat_id, relay.message_id), refused)
        return relay
    slots = _by_chat(relays.copies(turn.session, relay))
    for reader in relay_shown.readers(turn, dossier, found, turn.person, relay.to):
        there = slots.get(reader.place.chat_id)
        if there is not None:
            relay_shown.change(turn, dossier, relay, reader, message, there)
    return relay


def _by_chat(copies: Sequence[tuple[int, str]]) -> Mapping[int, Sequence[str]]:
    found: dict[int, list[str]] = {}
    for chat, slot in copies:
        found.setdefault(chat, []).append(slot)
    return found


def from_member(turn: Turn, where: tuple[int, str], message: Incoming, *, edited: bool) -> bool:
    """One of a sheet's people replied to what was said of it, by the tutor or about its way: it
    goes to the tutor, whatever is being asked. False for what cannot.
    """
    number, what = where
    dossier = relay_written.dossier_of(turn)
    if edited or not relay_shown.fits(message):
        return False
    if dossier is None or dossier.id != number:
        return _nobody_reads(turn)
    answered = _answered(turn, what)
    if turn.expecting in (people.NOBODY, people.TUTOR):
        relay_written.given(turn, message, answered)
    elif relay_written.pass_on(turn, dossier, message, answered):
        home.again(turn, [relay_written.passed_on(turn, dossier)])
    else:
        home.again(turn, [relay_written.out_of_reach()])
    return True


def _nobody_reads(turn: Turn) -> bool:
    """It answers nothing that is being asked either: what it is for is asked next."""
    interview.pause(turn.person)
    if turn.helped is None:
        turn.say(relay_written.nobody())
    return False


def edited(turn: Turn, message: Incoming) -> bool:
    """Whether somebody edited, in a private chat, what was passed on."""
    relay = mirrored(turn, message)
    if relay is not None and relay.to == relays.TUTOR:
        home.again(turn, [t("I changed it for your tutor too.")])
    return relay is not None
