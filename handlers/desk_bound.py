"""The tutors' desk: a supergroup with topics. A coordinator binds it by one command written there,
and moves it by the same command elsewhere. Without one tutors are written to in private.
"""

from dataclasses import dataclass

from db.dossiers import Desk
from db.tables import Person
from handlers import desk_lost, desk_topics
from handlers.buttons import Keyboard, data
from handlers.desk import below
from handlers.turn import HelpDesk, Screen, Speaker, Turn
from school import desk as desks
from school import outbox, people, staff, topics, wording
from school.phrases import Phrase, bold, lines, paragraphs, t
from school.texts import in_language

COMMAND = "desk"
_OFF = "off"


@dataclass(frozen=True, slots=True)
class Asked:
    """The command, written in a group: by which message and in which language, whether the group
    has topics, whether the bot may manage them, and whether whoever wrote it hides behind the
    group.
    """

    chat: int
    title: str
    message: int
    words: str
    language: str
    forum: bool
    manages_topics: bool
    hidden: bool


def asked(desk: HelpDesk, command: Asked, by: Person | None) -> None:
    """Somebody wrote the command in a group."""
    no = _no(desk, command, by)
    if no is not None:
        below(desk, command.chat, command.message, no, command.language)
    elif by is None:
        return
    elif command.words.casefold() == _OFF:
        _off(desk, desks.of_chat(desk.session, command.chat), by)
    else:
        _bind(desk, command, by)


def _no(desk: HelpDesk, command: Asked, by: Person | None) -> Phrase | None:
    """Why nothing is done, with the mend."""
    again = named(desk, command.language)
    if command.hidden:
        return t(
            "You write in the name of the group, so I cannot see who you are. Turn that off in "
            "your rights here, then write %(command)s again.",
            command=again,
        )
    if by is None or not _coordinates(desk, by):
        return t("Thank you. Only those who coordinate the school can choose where tutors work.")
    if command.words.casefold() == _OFF:
        here = desks.of_chat(desk.session, command.chat)
        return None if here is not None else t("The tutors' desk is not in this group.")
    if not command.forum:
        return t(
            "This group has no topics. Turn them on in its settings, then write %(command)s again.",
            command=again,
        )
    if not command.manages_topics:
        return t(
            "Make me an administrator with the right to manage topics, then write %(command)s "
            "again.",
            command=again,
        )
    return None


def _coordinates(desk: HelpDesk, person: Person) -> bool:
    roles = staff.roles_of(desk.session, person)
    return people.is_known(person) and staff.may(roles, "staff")


def named(turn: Speaker, language: str) -> str:
    """The command as a language's menu has it."""
    return "/" + in_language(turn.school.menu.commands[COMMAND].menu, language)


def _bind(desk: HelpDesk, command: Asked, by: Person) -> None:
    before = desks.bind(desk.session, command.chat, command.title, by, desk.now)
    staff.note(desk.session, by, "bound", desk.now, group=command.title)
    _say(
        desk,
        command.chat,
        lines(
            t("Tutors work here from now on: each sheet gets a topic of its own."),
            t("To answer its people, reply to a message of mine there. All else stays among you."),
        ),
    )
    if before is not None:
        _leave(desk, before)
        _say(desk, before.chat_id, t("Tutors work in another group from now on."))
    else:
        desk_topics.open_all(desk)


def _leave(turn: Speaker, before: Desk) -> None:
    """All goes on elsewhere, also what waits for the group that was left."""
    desk_topics.open_all(turn)
    desk_lost.elsewhere(turn, topics.waiting(turn.session, before.chat_id))


def _off(turn: Speaker, found: Desk | None, by: Person) -> None:
    if found is not None:
        desks.unbind(turn.session, found)
        staff.note(turn.session, by, "unbound", turn.now, group=found.title)
        _leave(turn, found)
        _say(
            turn, found.chat_id, t("Tutors do not work here any more: all comes to private chats.")
        )


def _say(turn: Speaker, chat: int, phrase: Phrase) -> None:
    """Say something in a group, to all."""
    outbox.put(
        turn.session,
        chat,
        "sendMessage",
        {"text": phrase},
        language=turn.school.languages[0],
        now=turn.now,
        lane=outbox.NOTICE,
    )


def screen(turn: Turn) -> None:
    """Where the desk is, for coordinators; or how it is made."""
    found = desks.known(turn.session)
    back: Keyboard = [[(t("Back"), data("members"))]]
    if found is None:
        turn.show(Screen(paragraphs(bold(t("The tutors' desk")), _how(turn)), back))
        return
    since = wording.day(found.at.astimezone(turn.school.zone).date(), turn.person.language)
    here = t("It is the group %(title)s, since %(day)s.", title=found.title, day=since)
    lost = desk_lost.mending(turn) if found.lost_at is not None else None
    off: Keyboard = [[(t("End the desk"), data("undesk"))]]
    turn.show(Screen(paragraphs(bold(t("The tutors' desk")), here, lost), [*off, *back]))


def _how(turn: Turn) -> Phrase:
    return paragraphs(
        t("Tutors are written to in private chats now. They can work in one group instead."),
        lines(
            t("1. Make a group, and turn on Topics in its settings."),
            t("2. Make me an administrator who may manage topics."),
            t("3. Write %(command)s there.", command=named(turn, turn.person.language)),
        ),
    )


def ending(turn: Turn) -> None:
    """Ask before the desk is given up."""
    found = desks.known(turn.session)
    if found is None:
        screen(turn)
        return
    asks = lines(
        bold(t("Shall tutors work in the group %(title)s no longer?", title=found.title)),
        t("What is there stays. From then on all comes to private chats."),
    )
    yes: Keyboard = [[(t("End the desk"), data("undesked"))]]
    turn.show(Screen(asks, [*yes, [(t("Back"), data("desk"))]]))


def end(turn: Turn) -> None:
    """Give the desk up."""
    _off(turn, desks.known(turn.session), turn.person)
    screen(turn)
