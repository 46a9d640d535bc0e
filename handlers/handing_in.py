"""A sheet goes to the tutors: a version is kept as it is now, the desk gets it, and its people are
told. While nobody has it, it can be taken back.
"""

from collections.abc import Sequence

from db.dossiers import Dossier
from db.tables import Person
from db.types import Json
from handlers import desk, desk_topics, dossier_card, dossier_papers, handoff, named
from handlers.buttons import Keyboard, data
from handlers.turn import Screen, Turn
from school import agreement, cards, dossiers, groups, staff, versions
from school.desk import Place, bound
from school.dossiers import TAKEN, WAITING
from school.phrases import Phrase, bold, lines, t


def send(turn: Turn, dossier: Dossier, silent: Sequence[Person] = ()) -> bool:
    """Hand the sheet in, without an answer of those who are silent; all of its people but whoever
    did it are told. False where it can't be handed in now.
    """
    who = handoff.me(turn)
    version = versions.send(turn.session, dossier, turn.sheet, who, turn.now, silent)
    if version is None:
        return False
    if who.id != turn.person.id:
        staff.note(turn.session, turn.person, "handed_in", turn.now, whom=who)
    if bound(turn.session) is not None:
        desk_topics.open_topic(turn, dossier)
    dossier_card.anew(turn, dossier)
    dossier_papers.received(turn, dossier, version)
    _ring(turn, dossier)
    handoff.tell(turn, dossier, lambda other: _told(other, dossier, silent), but=who)
    return True


def _ring(turn: Turn, dossier: Dossier) -> None:
    """Whoever has the sheet hears of it in private: nothing rings in the tutors' group."""
    tutor = dossiers.tutor(turn.session, dossier)
    if tutor is not None and bound(turn.session) is not None:
        title = dossier_card.title(versions.find(turn.session, dossier, dossier.round))
        said = t("Version %(number)s is there, in the tutors' group.", number=dossier.round)
        screen = Screen(lines(bold(title), said))
        handoff.beside(turn.of(tutor), dossier, screen, None)


def _told(turn: Turn, dossier: Dossier, silent: Sequence[Person]) -> Screen:
    without: Phrase | None = None
    if turn.person in silent:
        without = t("It went without your answer. While it waits, you can take it back.")
    elif silent:
        names = named.several(turn, silent)
        without = t("It went without an answer of: %(names)s", names=names)
    return Screen(lines(sent(turn, dossier), without), [[handoff.where()]])


def sent(turn: Turn, dossier: Dossier) -> Phrase:
    """What its people hear once it went."""
    version = t("Version %(number)s", number=dossier.round)
    if dossier.state != TAKEN:
        return lines(
            t("The sheet is with the tutors now. I write here when one takes it."), version
        )
    name = handoff.tutor_name(turn, dossier)
    return lines(t("The sheet is back with %(name)s.", name=name), version)


def withdrawn(turn: Turn) -> None:
    """Somebody wants to be forgotten: a sheet that has nobody else goes from the tutors' chats."""
    for dossier in dossiers.only_of(turn.session, turn.person):
        gone(turn, dossier)


def left_behind(turn: Turn) -> None:
    """Somebody is about to leave a group: a sheet that nobody will have goes from the tutors'
    chats; one that becomes the person's own stays there.
    """
    group = groups.of(turn.session, turn.person)
    if group is not None and groups.outcome(turn.session, turn.person, group) == groups.GOES:
        dossier = dossiers.of_idea(turn.session, groups.hold(turn.session, group))
        if dossier is not None:
            gone(turn, dossier)


def gone(turn: Turn, dossier: Dossier) -> None:
    """A sheet is about to be deleted: its card says so wherever it stands, and all else of it goes
    from the tutors' chats.
    """
    said = t("Its people have deleted this sheet.")
    for place, message in dossier_papers.standing(turn, dossier, desk.CARD):
        body: dict[str, Json] = {"message_id": message, "text": said}
        desk.put(turn, dossier, place, "editMessageText", body)
    dossier_papers.take_away(turn, dossier, words=True)
    found, thread = bound(turn.session), cards.topic(turn.session, dossier)
    if found is not None and thread is not None:
        place = Place(found.chat_id, turn.school.languages[0])
        desk.put(turn, dossier, place, "closeForumTopic", {"message_thread_id": thread})
    cards.forget(turn.session, dossier)


def taking_back(turn: Turn) -> None:
    """Ask before it is taken back, or before nobody is asked any longer."""
    dossier = dossiers.of_idea(turn.session, turn.idea)
    if dossier is None or not dossiers.can(dossier, dossiers.WITHDRAW):
        handoff.status(turn)
        return
    asked, word = bold(t("Leave it for now?")), t("Leave it for now")
    then = t("It stays with you. To send it later, everybody is asked anew.")
    if dossier.state == WAITING:
        asked, word = bold(t("Take the sheet back?")), t("Take it back")
        then = t("Tutors see it no more. To send it later, everybody is asked anew.")
    rows: Keyboard = [[(word, data("takeback"))], [(t("Back"), data("way"))]]
    turn.show(Screen(lines(asked, then), rows))


def take_back(turn: Turn) -> None:
    """It is only its people's again; the others are told, and tutors see it no more."""
    dossier, who = dossiers.of_idea(turn.session, turn.idea), handoff.me(turn)
    asked = turn.idea is not None and agreement.state(turn.session, turn.idea) is not None
    was = dossier.state if dossier is not None else None
    if dossier is None or not asked or who not in handoff.people(turn):
        handoff.status(turn)
    elif agreement.withdraw(turn.session, dossier, turn.now):
        name = named.one(who, begins=True)
        said = t("%(name)s leaves it for now: the sheet stays with you.", name=name)
        if was == WAITING:
            said = t("%(name)s has taken the sheet back. Tutors see it no more.", name=name)
            dossier_card.draw(turn, dossier)
            dossier_papers.take_away(turn, dossier)
        handoff.tell(turn, dossier, lambda _other: Screen(said, [[handoff.where()]]), but=who)
        handoff.status(turn)
    else:
        handoff.status(turn)
