"""One update, one transaction: once only, and for a person who is locked. What cannot be done is
undone whole; `instead` then says why in a transaction of its own, and the update is done all the
same.
"""

import datetime as dt
from dataclasses import dataclass, field

from sqlalchemy.orm import Session
from telegram import ChatMember, Update

from db import tables
from db.upsert import insert_all, insert_new
from handlers import inquiries, routes
from handlers.inquiries import Reply
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
        return HelpDesk(session, self.school, self.operator, self.now)


def record(session: Session, context: Context, update_id: int) -> bool:
    """Note that an update is done; False if it was done before."""
    values = {"bot_id": context.bot_id, "update_id": update_id, "at": context.now}
    return insert_new(session, tables.Update, **values)


def record_all(session: Session, context: Context, update_ids: list[int]) -> None:
    """Note that updates are done, whatever they ask for."""
    noted = {"bot_id": context.bot_id, "at": context.now}
    rows = [{**noted, "update_id": number} for number in sorted(update_ids)]
    insert_all(session, tables.Update, rows)


def process(session: Session, context: Context, update: Update) -> bool:
    """Do all that one update asks for; False if it was done before."""
    if not record(session, context, update.update_id):
        return False
    chat = routes.private_chat(update)
    reply = routes.reply_to(update, context.bot_id, context.operator.chat)
    if update.my_chat_member is not None:
        _membership(session, context, update)
    elif reply is not None:
        _answered(session, context, reply)
    elif chat is not None:
        person = _met(session, context, update, chat)
        routes.dispatch(context.turn(session, person), update)
        people.save(session, person)
    return True


def _membership(session: Session, context: Context, update: Update) -> None:
    """Who blocks the bot is set aside; who takes it back is reachable again."""
    changed = update.my_chat_member
    if changed is None or changed.chat.type != "private":
        return
    away = changed.new_chat_member.status in (ChatMember.BANNED, ChatMember.LEFT)
    people.set_reachable(session, changed.chat.id, context.now if away else None)


def instead(session: Session, context: Context, update: Update, error: Exception) -> None:
    """What a person hears in place of an update that could not be done: a refusal's own words, or
    that we are sorry.
    """
    _only_say(session, context, update, error.phrase if isinstance(error, Refusal) else SORRY)


def too_fast(session: Session, context: Context, update: Update) -> bool:
    """What a person hears, once, whose further updates are skipped; False if it was done before."""
    return _only_say(session, context, update, TOO_FAST)


def _only_say(session: Session, context: Context, update: Update, phrase: Phrase) -> bool:
    chat = routes.private_chat(update)
    new = record(session, context, update.update_id)
    if new and chat is not None:
        context.turn(session, _met(session, context, update, chat)).say(phrase)
    return new


def _met(session: Session, context: Context, update: Update, chat: int) -> tables.Person:
    """The person of a private chat, locked; one who writes is there, and reachable."""
    person = people.find(session, chat)
    if person is None:
        language = negotiate(routes.language_code(update), context.school.languages)
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
