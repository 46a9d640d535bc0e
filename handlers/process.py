"""One update, one transaction: once only, and for a person who is locked. What cannot be done is
undone whole; `instead` then says why in a transaction of its own, and the update is done all the
same.
"""

import datetime as dt
from dataclasses import dataclass, field

from sqlalchemy.orm import Session
from telegram import ChatMember, ChatMemberAdministrator, ChatMemberUpdated, Update

from db import tables
from db.upsert import insert_all, insert_new
from handlers import at_desk, desk_lost, inquiries, received, routes
from handlers.inquiries import Reply
from handlers.shown import Done
from handlers.turn import HelpDesk, Operator, Turn
from locales.translator import negotiate
from school import inquiries as questions
from school import people
from school.loading import School
from school.phrases import Phrase, t
from school.refusal import Refusal

SORRY = t("Something went wrong on our side. Your earlier answers are safe. Please try again.")
TOO_FAST = t(
    "You write faster than I can read, so I left out your last messages. Please wait a moment, "
    "then write what is missing once more."
)


@dataclass(frozen=True, slots=True)
class Context:
    """What every turn needs besides its update."""

    school: School
    bot_id: int
    now: dt.datetime
    operator: Operator = field(default_factory=Operator)
    bot_name: str = ""
    manages_topics: bool = False  # in the group of the command that binds one: asked before

    def turn(self, session: Session, person: tables.Person) -> Turn:
        """A turn of a person."""
        return Turn(
            session,
            self.school,
            person,
            self.now,
            operator=self.operator,
            bot_name=self.bot_name,
        )

    def desk(self, session: Session) -> HelpDesk:
        """Where a human answers."""
        return HelpDesk(session, self.school, self.operator, self.now, self.bot_name)


def record(session: Session, context: Context, update_id: int) -> bool:
    """Note that an update is done; False if it was done before."""
    values = {"bot_id": context.bot_id, "update_id": update_id, "at": context.now}
    return insert_new(session, tables.Update, **values)


def record_all(session: Session, context: Context, update_ids: list[int]) -> None:
    """Note that updates are done, whatever they ask for."""
    noted = {"bot_id": context.bot_id, "at": context.now}
    rows = [{**noted, "update_id": number} for number in sorted(update_ids)]
    insert_all(session, tables.Update, rows)


def process(session: Session, context: Context, update: Update) -> Done | None:
    """Do all that one update asks for; None if it was done before."""
    if not record(session, context, update.update_id):
        return None
    desk, group = context.desk(session), received.group(update)
    chat = received.private_chat(update)
    reply = at_desk.reply(desk, update, context.bot_id)
    if update.my_chat_member is not None:
        _membership(session, context, update.my_chat_member)
    elif reply is not None:
        _answered(session, context, reply)
    elif group is not None:
        return at_desk.come(desk, update, group, manages_topics=context.manages_topics)
    elif chat is not None:
        person = _met(session, context, update, chat)
        turn = context.turn(session, person)
        routes.dispatch(turn, update)
        people.save(session, person)
        return Done(turn.toasted, person.language)
    return Done()


def _membership(session: Session, context: Context, changed: ChatMemberUpdated) -> None:
    """Who blocks the bot is set aside, who takes it back is reachable again; and what the bot may
    do in a group.
    """
    chat, member = changed.chat, changed.new_chat_member
    if chat.type == "private":
        away = member.status in (ChatMember.BANNED, ChatMember.LEFT)
        people.set_reachable(session, chat.id, context.now if away else None)
    else:
        able = isinstance(member, ChatMemberAdministrator) and bool(member.can_manage_topics)
        desk_lost.rights(context.desk(session), chat.id, able=able)


def instead(session: Session, context: Context, update: Update, error: Exception) -> Done | None:
    """What a person hears in place of an update that could not be done: a refusal's own words, or
    that we are sorry.
    """
    phrase = error.phrase if isinstance(error, Refusal) else SORRY
    return _only_say(session, context, update, phrase)


def too_fast(session: Session, context: Context, update: Update) -> Done | None:
    """What a person hears, once, whose further updates are skipped; None if it was done before."""
    return _only_say(session, context, update, TOO_FAST)


def _only_say(session: Session, context: Context, update: Update, phrase: Phrase) -> Done | None:
    if not record(session, context, update.update_id):
        return None
    chat, group = received.private_chat(update), received.group(update)
    if group is not None:
        return at_desk.only_say(context.desk(session), update, group, phrase)
    if chat is not None:
        context.turn(session, _met(session, context, update, chat)).say(phrase)
    return Done()


def _met(session: Session, context: Context, update: Update, chat: int) -> tables.Person:
    """The person of a private chat, locked; one who writes is there, and reachable."""
    person = people.find(session, chat)
    if person is None:
        language = negotiate(received.language_code(update), context.school.languages)
        person = people.add(session, chat, language, context.now)
    people.seen(person, context.now)
    return person


def _answered(session: Session, context: Context, reply: Reply) -> None:
    """A human answers a question; who asked may be gone, or away."""
    inquiry, person = questions.asked(session, reply.code)
    said = t("This question was deleted: nobody gets your answer.")
    if inquiry is not None and person is not None:
        said = inquiries.answered(context.turn(session, person), inquiry, reply)
    inquiries.tell(context.desk(session), reply, said)
