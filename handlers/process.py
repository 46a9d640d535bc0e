"""One update, one transaction: once only, for a person who is locked, and with an end for all that
can go wrong. A refusal or a fault undoes the step, never the knowledge that the update is done.
"""

import datetime as dt
import logging
from dataclasses import dataclass, field

from sqlalchemy.orm import Session
from telegram import ChatMember, Update

from db import tables
from db.failures import Failure, classify
from db.session import stands
from db.upsert import insert_new
from handlers import inquiries, routes
from handlers.inquiries import Reply
from handlers.turn import HelpDesk, Operator, Turn
from locales.translator import negotiate
from school import inquiries as questions
from school import people
from school.loading import School
from school.phrases import t
from school.refusal import Refusal

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Context:
    """What every turn needs besides its update."""

    school: School
    bot_id: int
    now: dt.datetime
    operator: Operator = field(default_factory=Operator)

    def turn(self, session: Session, person: tables.Person) -> Turn:
        """A turn of a person."""
        return Turn(session, self.school, person, self.now, operator=self.operator)

    def desk(self, session: Session) -> HelpDesk:
        """Where a human answers."""
        return HelpDesk(session, self.school, self.operator, self.now)


def record(session: Session, context: Context, update_id: int) -> bool:
    """Note that an update is done; False if it was done before."""
    values = {"bot_id": context.bot_id, "update_id": update_id, "at": context.now}
    return insert_new(session, tables.Update, **values)


def process(session: Session, context: Context, update: Update) -> None:
    """Do all that one update asks for."""
    if not record(session, context, update.update_id):
        return
    chat = routes.private_chat(update)
    reply = routes.reply_to(update, context.bot_id, context.operator.chat)
    if update.my_chat_member is not None:
        _membership(session, context, update)
    elif reply is not None:
        _answered(session, context, reply)
    elif chat is not None:
        _turn(session, context, update, chat)


def _membership(session: Session, context: Context, update: Update) -> None:
    """Who blocks the bot is set aside; who takes it back is reachable again."""
    changed = update.my_chat_member
    if changed is None or changed.chat.type != "private":
        return
    away = changed.new_chat_member.status in (ChatMember.BANNED, ChatMember.LEFT)
    people.set_reachable(session, changed.chat.id, context.now if away else None)


def _turn(session: Session, context: Context, update: Update, chat: int) -> None:
    person = people.find(session, chat)
    if person is None:
        language = negotiate(routes.language_code(update), context.school.languages)
        person = people.add(session, chat, language, context.now)
    person.unreachable_at = None
    people.seen(person, context.now)
    try:
        with session.begin_nested():
            routes.dispatch(context.turn(session, person), update)
    except Refusal as refusal:
        context.turn(session, person).say(refusal.phrase)
    except Exception as error:
        if not _undone(session, error):
            raise
        log.exception("update %s: the step was undone", update.update_id)
        sorry = t(
            "Something went wrong on our side. Your earlier answers are safe. Please try again."
        )
        context.turn(session, person).say(sorry)


def _answered(session: Session, context: Context, reply: Reply) -> None:
    """A human answers a question; who asked may be gone, or away."""
    inquiry, person = questions.asked(session, reply.code)
    said = t("This question was deleted: nobody gets your answer.")
    if inquiry is not None and person is not None:
        said = inquiries.answered(context.turn(session, person), inquiry, reply)
    inquiries.tell(context.desk(session), reply, said)


def _undone(session: Session, error: Exception) -> bool:
    """Whether only the step is lost: a fault of ours, on a transaction that still stands."""
    return classify(error) is Failure.FAULT and stands(session)
