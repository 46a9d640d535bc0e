"""THE table: what comes in -> the function that answers it. Only here are Telegram's types read.

A button's arguments come from outside: their number is checked here, their meaning in the function.
"""

from collections.abc import Callable, Mapping
from typing import Any

from telegram import CallbackQuery, Message, MessageEntity, PhotoSize, Update
from telegram.constants import ChatType

from handlers import (
    home,
    inquiries,
    interview,
    messages,
    own_data,
    ownership,
    printed,
    review,
    taps,
    title,
    typed,
    welcome,
)
from handlers.buttons import unpack
from handlers.incoming import File, Incoming
from handlers.inquiries import Reply
from handlers.turn import Turn
from school import people
from school.inquiries import code_in

Tap = Callable[..., None]
Command = Callable[[Turn], None]

COMMANDS: Mapping[str, Command] = {
    "start": home.start,
    "idea": interview.begin,
    "language": home.languages,
    "help": home.help_,
    "cancel": home.cancel,
    "privacy": own_data.privacy,
    "mydata": own_data.mydata,
    "forget": own_data.forget,
}
# A verb, its function, and how many arguments its buttons carry.
TAPS: Mapping[str, tuple[Tap, int]] = {
    "home": (home.home, 0),
    "help": (home.help_, 0),
    "languages": (home.languages, 0),
    "language": (home.language, 1),
    "later": (home.later, 1),
    "wish": (home.wish, 0),
    "idea": (interview.begin, 0),
    "pick": (taps.pick, 2),
    "ready": (taps.ready, 2),
    "on": (taps.tick, 2),
    "off": (taps.untick, 2),
    "go": (taps.done, 1),
    "num": (taps.number, 2),
    "unknown": (taps.unknown, 1),
    "skip": (taps.skip, 1),
    "back": (taps.back, 1),
    "other": (taps.own_words, 1),
    "example": (taps.example, 1),
    "ask": (taps.again, 1),
    "towns": (taps.districts, 1),
    "town": (taps.district, 2),
    "change": (taps.change, 1),
    "cut": (typed.cut, 2),
    "join": (ownership.join, 2),
    "which": (ownership.which, 1),
    "answers": (ownership.answers, 2),
    "neither": (ownership.neither, 1),
    "send": (ownership.send, 1),
    "person": (home.ask_person, 0),
    "add": (inquiries.add, 0),
    "resume": (home.start, 0),
    "privacy": (own_data.privacy, 0),
    "kept": (own_data.kind, 1),
    "mydata": (own_data.mydata, 0),
    "copy": (own_data.copy, 0),
    "forget": (own_data.forget, 0),
    "forgotten": (own_data.forgotten, 0),
    "stay": (own_data.stay, 0),
    "overview": (review.overview, 0),
    "review": (review.page, 1),
    "sheet": (printed.get, 0),
    "hear": (review.hear, 1),
    "files": (review.files, 0),
    "open": (review.open_file, 1),
    "unfile": (review.delete_file, 1),
    "title": (title.ask, 0),
    "notice": (welcome.notice, 0),
    "read": (welcome.read, 1),
    "age": (welcome.age, 1),
}
# What works before the notice is read and the age is said; all else leads to the welcome.
STRANGERS_COMMANDS: Mapping[str, Command] = {
    "language": home.languages,
    "help": welcome.help_,
    "privacy": welcome.notice,
    "forget": own_data.forget,
}
STRANGERS_TAPS: Mapping[str, tuple[Tap, int]] = {
    "language": (welcome.language, 1),
    "notice": (welcome.notice, 0),
    "read": (welcome.read, 1),
    "age": (welcome.age, 1),
    "forgotten": (own_data.forgotten, 0),
    "stay": (own_data.stay, 0),
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
    tap, takes = (TAPS if known else STRANGERS_TAPS).get(verb, (None, 0))
    if tap is None or len(arguments) != takes:
        welcome.go_on(turn)
    else:
        turn.first = None if verb in _ALWAYS else welcome.new_notice(turn)
        tap(turn, *arguments)


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
        if command == "start":
            welcome.came_by(turn, _after_command(message))
        table, default = (
            (COMMANDS, messages.other_command) if known else (STRANGERS_COMMANDS, welcome.welcome)
        )
        turn.first = None if command in _ALWAYS else welcome.new_notice(turn)
        table.get(command, default)(turn)
    elif not known:
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
    if any(getattr(message, name) for name in _OTHERS):
        messages.other(turn)
    elif _asks(turn) and (incoming.file is not None or incoming.text.strip()):
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
