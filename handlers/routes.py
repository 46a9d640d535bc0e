"""THE table: what comes in -> the function that answers it; what only staff have is in
routes_of_staff.py. Only here are Telegram's types read.

A button's arguments come from outside: their number is checked here, their meaning in the function.
"""

from collections.abc import Callable, Mapping
from typing import Any

from telegram import CallbackQuery, Message, MessageEntity, PhotoSize, Update
from telegram.constants import ChatType

from handlers import (
    arrivals,
    certificates,
    changed,
    door_code,
    event,
    feedback,
    home,
    hours,
    inquiries,
    interview,
    materials,
    messages,
    mutes,
    own_data,
    ownership,
    printed,
    reminders,
    review,
    share,
    taps,
    tickets,
    title,
    today,
    typed,
    welcome,
    wishes,
    workshops,
    writing,
)
from handlers.buttons import Tap, unpack
from handlers.incoming import File, Incoming
from handlers.inquiries import Reply
from handlers.routes_of_staff import STAFFS_COMMANDS, STAFFS_TAPS
from handlers.turn import Turn
from school import people
from school.inquiries import code_in

Command = Callable[[Turn], None]


COMMANDS: Mapping[str, Command] = {
    "start": arrivals.go_on,
    "idea": interview.begin,
    "language": home.languages,
    "help": home.help_,
    "cancel": home.cancel,
    "privacy": own_data.privacy,
    "mydata": own_data.mydata,
    "forget": own_data.forget,
    "event": event.start,
    "today": today.start,
    "workshops": workshops.start,
    "verify": certificates.verify,
    "settings": mutes.start,
    "me": hours.start,
}
TAPS: Mapping[str, Tap] = {
    "home": Tap(home.home, 0),
    "meetings": Tap(workshops.everything, 0),
    "forme": Tap(workshops.start, 0),
    "meeting": Tap(workshops.show, 1),
    "mine": Tap(workshops.mine, 0),
    "hours": Tap(hours.start, 0),
    "take": Tap(workshops.take, 1),
    "several": Tap(workshops.several, 1),
    "party": Tap(workshops.party, 2),
    "accept": Tap(workshops.accept, 1),
    "leaving": Tap(workshops.leaving, 1),
    "leave": Tap(workshops.leave, 1),
    "ticket": Tap(workshops.ticket, 1),
    "calendar": Tap(tickets.calendar, 1),
    "certificate": Tap(certificates.get, 1),
    "yearcertificate": Tap(certificates.of_year, 1),
    "map": Tap(workshops.on_map, 1),
    "materials": Tap(materials.get, 1),
    "picture": Tap(workshops.picture, 1),
    "share": Tap(share.start, 1),
    "flyer": Tap(share.picture, 1),
    "still": Tap(changed.still, 2),
    "cannot": Tap(changed.cannot, 2),
    "coming": Tap(reminders.coming, 2),
    "notcoming": Tap(reminders.not_coming, 2),
    "fbpick": Tap(feedback.pick, 3),
    "fbskip": Tap(feedback.skip, 2),
    "settings": Tap(mutes.start, 0),
    "mute": Tap(mutes.mute, 1),
    "remind": Tap(mutes.remind, 1),
    "tellme": Tap(workshops.tell_me, 0),
    "help": Tap(home.help_, 0),
    "languages": Tap(home.languages, 0),
    "language": Tap(home.language, 1),
    "later": Tap(home.later, 1),
    "wish": Tap(home.wish, 0),
    "wishes": Tap(wishes.start, 0),
    "want": Tap(wishes.want, 1),
    "unwish": Tap(wishes.unwish, 1),
    "idea": Tap(interview.begin, 0),
    "pick": Tap(taps.pick, 2),
    "ready": Tap(taps.ready, 2),
    "on": Tap(taps.tick, 2),
    "off": Tap(taps.untick, 2),
    "go": Tap(taps.done, 1),
    "num": Tap(taps.number, 2),
    "unknown": Tap(taps.unknown, 1),
    "skip": Tap(taps.skip, 1),
    "back": Tap(taps.back, 1),
    "other": Tap(taps.own_words, 1),
    "example": Tap(taps.example, 1),
    "ask": Tap(taps.again, 1),
    "towns": Tap(taps.districts, 1),
    "town": Tap(taps.district, 2),
    "change": Tap(taps.change, 1),
    "cut": Tap(typed.cut, 2),
    "join": Tap(ownership.join, 2),
    "which": Tap(ownership.which, 1),
    "answers": Tap(ownership.answers, 2),
    "neither": Tap(ownership.neither, 1),
    "send": Tap(ownership.send, 1),
    "person": Tap(home.ask_person, 0),
    "add": Tap(inquiries.add, 0),
    "resume": Tap(home.start, 0),
    "privacy": Tap(own_data.privacy, 0),
    "kept": Tap(own_data.kind, 1),
    "mydata": Tap(own_data.mydata, 0),
    "copy": Tap(own_data.copy, 0),
    "forget": Tap(own_data.forget, 0),
    "forgotten": Tap(own_data.forgotten, 0),
    "stay": Tap(own_data.stay, 0),
    "overview": Tap(review.overview, 0),
    "review": Tap(review.page, 1),
    "sheet": Tap(printed.get, 0),
    "hear": Tap(review.hear, 1),
    "files": Tap(review.files, 0),
    "open": Tap(review.open_file, 1),
    "unfile": Tap(review.delete_file, 1),
    "title": Tap(title.ask, 0),
    "notice": Tap(welcome.notice, 0),
    "read": Tap(welcome.read, 1),
    "age": Tap(welcome.age, 1),
    **STAFFS_TAPS,
}
# What works before the notice is read and the age is said; all else leads to the welcome.
STRANGERS_COMMANDS: Mapping[str, Command] = {
    "language": home.languages,
    "help": welcome.help_,
    "privacy": welcome.notice,
    "verify": welcome.verify,
    "forget": own_data.forget,
}
STRANGERS_TAPS: Mapping[str, Tap] = {
    "language": Tap(welcome.language, 1),
    "notice": Tap(welcome.notice, 0),
    "read": Tap(welcome.read, 1),
    "age": Tap(welcome.age, 1),
    "forgotten": Tap(own_data.forgotten, 0),
    "stay": Tap(own_data.stay, 0),
}
# What can be done before a new notice is read: with it one may well disagree.
_ALWAYS = {
    *("notice", "read", "languages", "language", "help"),
    *("privacy", "kept", "mydata", "copy", "forget", "forgotten"),
}
# A message that has one of these is not the person's own words, or no file of use.
_OTHERS = ("forward_origin", "via_bot", "animation", "venue")


def private_chat(update: Update) -> int | None:
    """The person whose turn an update is; None where it is not a private word to us."""
    message, query = update.message or update.edited_message, update.callback_query
    if message is not None:
        return message.chat.id if message.chat.type == ChatType.PRIVATE else None
    if query is not None:
        chat = query.message.chat if query.message else None
        return query.from_user.id if chat is None or chat.type == ChatType.PRIVATE else None
    return None


def chat_of(update: Update) -> int:
    """In whose line an update waits: a person's, or a chat's; 0 where it is nobody's."""
    chat = update.effective_chat
    return private_chat(update) or (chat.id if chat else 0)


def language_code(update: Update) -> str | None:
    """The language of the person's app, as Telegram says it."""
    return update.effective_user.language_code if update.effective_user else None


def reply_to(update: Update, bot_id: int, chat: int | None) -> Reply | None:
    """A reply, in the chat where a human answers, to a question there; nobody else can answer."""
    message = update.message or update.edited_message
    if chat is None or message is None or message.chat.id != chat:
        return None
    asked = message.reply_to_message
    if asked is None or asked.from_user is None or asked.from_user.id != bot_id:
        return None
    code = code_in(asked.text or asked.caption or "")
    return Reply(code, _incoming(message), update.edited_message is not None) if code else None


def dispatch(turn: Turn, update: Update) -> None:
    """Answer one update of a private chat."""
    if update.callback_query is not None:
        _tap(turn, update.callback_query)
    elif update.edited_message is not None:
        _edit(turn, update)
    elif update.message is not None:
        _message(turn, update.message)


def _tap(turn: Turn, query: CallbackQuery) -> None:
    turn.tapped = query.message.message_id if query.message else None
    verb, arguments = unpack(query.data or "")
    known = people.is_known(turn.person)
    tap = (TAPS if known else STRANGERS_TAPS).get(verb)
    if tap is None or len(arguments) != tap.takes or not _may(turn, tap.action):
        welcome.go_on(turn)
    else:
        turn.first = None if verb in _ALWAYS else welcome.new_notice(turn)
        tap.call(turn, *arguments)


def _may(turn: Turn, action: str | None) -> bool:
    return action is None or turn.may(action)


def _edit(turn: Turn, update: Update) -> None:
    message = update.edited_message
    turn.first = welcome.new_notice(turn)
    if message is None or not people.is_known(turn.person):
        welcome.go_on(turn)
    elif message.location is not None:
        return  # A position that is shared live is edited every few seconds.
    elif (message.text or message.caption) and not message.forward_origin:
        messages.edited(turn, _incoming(message))
    else:
        messages.other(turn)


def _message(turn: Turn, message: Message) -> None:
    known = people.is_known(turn.person)
    command = _command(turn, message)
    if command is not None:
        turn.after_command = storable(_after_command(message))
        if command == "start":
            welcome.came_by(turn, turn.after_command)
        table, default = (
            (COMMANDS, messages.other_command) if known else (STRANGERS_COMMANDS, welcome.welcome)
        )
        turn.first = None if command in _ALWAYS else welcome.new_notice(turn)
        allowed = _may(turn, STAFFS_COMMANDS.get(command))
        (table.get(command, default) if allowed else default)(turn)
    elif not known:
        door_code.remember(turn, storable(message.text or ""))
        welcome.welcome(turn)
    else:
        turn.first = welcome.new_notice(turn)
        _by_kind(turn, message)


def _command(turn: Turn, message: Message) -> str | None:
    """The command that a text begins with, under any of its names; "" for one we lack."""
    first = message.entities[0] if message.entities else None
    if first is None or first.type != MessageEntity.BOT_COMMAND or first.offset != 0:
        return None
    typed_name = (message.text or "")[1 : first.length].partition("@")[0].casefold()
    return turn.school.menu.names().get(typed_name, "")


def _after_command(message: Message) -> str:
    """What a link gave along: /start CODE."""
    return (message.text or "").partition(" ")[2].strip()


def _by_kind(turn: Turn, message: Message) -> None:
    incoming = _incoming(message)
    sent = incoming.file is not None or bool(incoming.text.strip())
    if turn.expecting == people.MATERIALS and sent:
        materials.given(turn, incoming)
    elif any(getattr(message, name) for name in _OTHERS):
        messages.other(turn)
    elif turn.expecting == people.WRITES and sent:
        writing.given(turn, incoming)
    elif _asks(turn) and sent:
        inquiries.given(turn, incoming)
    elif incoming.file is not None and incoming.file.kind == "voice":
        messages.voice(turn, incoming, incoming.file)
    elif incoming.file is not None:
        messages.file(turn, incoming, incoming.file)
    elif incoming.position is not None:
        messages.position(turn, incoming)
    elif message.text and incoming.text.strip():
        messages.text(turn, incoming)
    else:
        messages.other(turn)


def _asks(turn: Turn) -> bool:
    return turn.person.expects in (people.ASKS, people.ADDS) and turn.operator.chat is not None


def _incoming(message: Message) -> Incoming:
    place = message.location
    return Incoming(
        message_id=message.message_id,
        text=storable(message.text or message.caption or ""),
        file=_file(message),
        album=message.media_group_id and storable(message.media_group_id),
        position=(place.latitude, place.longitude) if place else None,
    )


def storable(text: str) -> str:
    """Text without what no database keeps: NUL and halves of surrogate pairs."""
    return text.replace("\x00", "").encode("utf-8", "ignore").decode("utf-8")


def _file(message: Message) -> File | None:
    for kind in ("voice", "document", "audio", "video"):
        sent: Any = getattr(message, kind)
        if sent is not None:
            name = getattr(sent, "file_name", None)
            file_id = storable(sent.file_id)
            return File(kind, file_id, name and storable(name), _seconds(sent))
    largest: PhotoSize | None = message.photo[-1] if message.photo else None
    return File("photo", storable(largest.file_id)) if largest else None


def _seconds(sent: Any) -> int | None:
    # As Telegram sends it: the attribute warns that it will become a timedelta.
    duration = sent.to_dict().get("duration")
    return duration if isinstance(duration, int) else None
