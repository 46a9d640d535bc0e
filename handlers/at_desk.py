"""What comes from groups: the command that binds one, and from the group that is bound the taps and
replies of those who work here. Everything else stays among its people, and is not even read.
"""

from telegram import Chat, Message, Update

from handlers import desk_bound, received, routes
from handlers.desk import below
from handlers.desk_bound import Asked
from handlers.inquiries import Reply
from handlers.shown import Done
from handlers.turn import HelpDesk, Turn
from locales.translator import negotiate
from school import desk as desks
from school import people, staff
from school.loading import School
from school.phrases import Phrase, t


def binds(school: School, bot_name: str, update: Update) -> bool:
    """Whether an update is the command that binds a group."""
    if update.message is None or received.group(update) is None:
        return False
    found = received.command(update.message, school.menu.names(), bot_name)
    return found == desk_bound.COMMAND


def reply(desk: HelpDesk, update: Update, bot_id: int) -> Reply | None:
    """An answer to somebody's question, where a human answers: in the tutors' supergroup of one who
    works here, in the operator's chat of whoever may write there.
    """
    bound = desks.known(desk.session) if received.group(update) is not None else None
    theirs = bound.chat_id if bound is not None else None
    chats = [chat for chat in (desk.operator.chat, theirs) if chat is not None]
    found = received.reply_to(update, bot_id, chats)
    nobodys = found is not None and found.chat == theirs and _turn(desk, update) is None
    return None if nobodys else found


def come(desk: HelpDesk, update: Update, group: Chat, *, manages_topics: bool) -> Done:
    """Do what an update of a group asks for."""
    title = received.storable(group.title or "")
    if update.message is not None and binds(desk.school, desk.bot_name, update):
        _binds(desk, update, update.message, title, manages_topics=manages_topics)
        return Done()
    found = desks.known(desk.session)
    if found is None or found.chat_id != group.id:
        return _toast(desk, update, t("The tutors' desk is not in this group."))
    found.title, turn = title, _turn(desk, update)
    if turn is None:
        return _no_staff(desk, update)
    turn.chat = group.id
    routes.dispatch_at_desk(turn, update)
    people.save(desk.session, turn.person)
    return Done(turn.toasted, turn.person.language)


def only_say(desk: HelpDesk, update: Update, group: Chat, phrase: Phrase) -> Done:
    """What those who work here are told in place of what could not be done."""
    turn, message = _turn(desk, update), update.message or update.edited_message
    if turn is not None and message is not None:
        below(desk, group.id, message.message_id, phrase, turn.person.language)
    return _toast(desk, update, phrase)


def _turn(desk: HelpDesk, update: Update) -> Turn | None:
    """A turn of somebody who works here."""
    account = received.account(update)
    person = people.find(desk.session, account) if account is not None else None
    if person is None or not people.is_known(person):
        return None
    return desk.of(person) if staff.roles_of(desk.session, person) else None


def _binds(
    desk: HelpDesk, update: Update, message: Message, title: str, *, manages_topics: bool
) -> None:
    turn = _turn(desk, update)
    command = Asked(
        *(message.chat.id, title, message.message_id, received.after_command(message)),
        language=turn.person.language if turn is not None else _language(desk, update),
        forum=bool(message.chat.is_forum),
        manages_topics=manages_topics,
        hidden=message.sender_chat is not None,
    )
    desk_bound.asked(desk, command, turn.person if turn is not None else None)


def _no_staff(desk: HelpDesk, update: Update) -> Done:
    """Who replies to what stands of a sheet would think that its people read it."""
    message = update.message
    if message is not None and received.stands(desk, message) is not None:
        no = t("This reply stays here: only those who work here can write to a sheet's people.")
        below(desk, message.chat.id, message.message_id, no, desk.school.languages[0])
    return _toast(desk, update, t("This is for those who work here."))


def _toast(desk: HelpDesk, update: Update, phrase: Phrase) -> Done:
    if update.callback_query is None:
        return Done()
    return Done(phrase, _language(desk, update))


def _language(desk: HelpDesk, update: Update) -> str:
    """The one of an app, of somebody whom we do not know."""
    return negotiate(received.language_code(update), desk.school.languages)
