"""THE table: what comes in -> the function that answers it; what only staff have is in
routes_of_staff.py, a group's buttons in routes_of_groups.py, of the tutors' supergroup in
routes_of_desk.py. Telegram's types are read in received.py.

A button's arguments come from outside: their number is checked here, their meaning in the function.
"""

from collections.abc import Callable, Mapping

from telegram import CallbackQuery, Message, Update

from handlers import (
    agreeing,
    announce,
    announced,
    arrivals,
    away,
    card,
    card_reports,
    certificates,
    changed,
    claims,
    company,
    desk_bound,
    door_code,
    event,
    feedback,
    groups,
    handing_in,
    handoff,
    home,
    hours,
    inquiries,
    interview,
    introductions,
    materials,
    messages,
    mutes,
    own_data,
    ownership,
    printed,
    queue,
    received,
    relay,
    relay_written,
    reminders,
    review,
    routes_of_announcing,
    routes_of_desk,
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
from handlers.incoming import Incoming
from handlers.received import storable
from handlers.routes_of_groups import GROUPS_TAPS
from handlers.routes_of_staff import STAFFS_COMMANDS, STAFFS_TAPS
from handlers.turn import Turn
from school import assisted, people

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
    "announce": announce.start,
    "today": today.start,
    "queue": queue.start,
    "away": away.start,
    "workshops": workshops.start,
    "verify": certificates.verify,
    "settings": mutes.start,
    "me": hours.start,
    "desk": desk_bound.screen,
    "group": groups.start,
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
    "tap": Tap(announced.tap, 2),
    "fewer": Tap(announced.fewer, 1),
    "nosubject": Tap(mutes.without_subject, 1),
    "subject": Tap(mutes.with_subject, 1),
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
    "totutor": Tap(ownership.to_tutor, 1),
    "tutor": Tap(relay_written.ask, 0),
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
    "company": Tap(company.start, 0),
    "card": Tap(card.make, 0),
    "cardplace": Tap(card.place, 1),
    "cardfield": Tap(card.field, 1),
    "cardshow": Tap(card.show, 0),
    "cardaway": Tap(card.away, 0),
    "cardkeep": Tap(company.keep, 0),
    "carddown": Tap(company.take_down, 0),
    "cardname": Tap(card.ask_name, 0),
    "cards": Tap(introductions.show, 1),
    "meet": Tap(introductions.meet, 1),
    "meetask": Tap(introductions.ask, 1),
    "meetyes": Tap(introductions.yes, 1),
    "meetno": Tap(introductions.no, 1),
    "never": Tap(introductions.never, 1),
    "reporting": Tap(card_reports.reporting, 1),
    "report": Tap(card_reports.report, 1),
    "claiming": Tap(claims.asked, 1),
    "claim": Tap(claims.take, 1),
    "title": Tap(title.ask, 0),
    "way": Tap(handoff.status, 0),
    "sendit": Tap(agreeing.start, 0),
    "sheetlangs": Tap(agreeing.languages, 0),
    "sheetlang": Tap(agreeing.language, 2),
    "askall": Tap(agreeing.ask_all, 0),
    "agree": Tap(agreeing.agree, 1),
    "notyet": Tap(agreeing.not_yet, 1),
    "remindone": Tap(agreeing.remind, 1),
    "without": Tap(agreeing.going_without, 0),
    "gowithout": Tap(agreeing.go_without, 0),
    "takingback": Tap(handing_in.taking_back, 0),
    "takeback": Tap(handing_in.take_back, 0),
    "notice": Tap(welcome.notice, 0),
    "read": Tap(welcome.read, 1),
    "age": Tap(welcome.age, 1),
    **GROUPS_TAPS,
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


def dispatch(turn: Turn, update: Update) -> None:
    """Answer one update of a private chat. Who may write for others no more does not."""
    if turn.person.acting_for is not None and not turn.may("assist"):
        assisted.stop(turn.person)
    if update.callback_query is not None:
        _tap(turn, update.callback_query)
    elif update.edited_message is not None:
        _edit(turn, update)
    elif update.message is not None:
        _message(turn, update.message)


def dispatch_at_desk(turn: Turn, update: Update) -> None:
    """Answer one update of the tutors' supergroup: a tap, or a reply to what stands there. All
    else stays among them.
    """
    message = update.message or update.edited_message
    if update.callback_query is not None:
        routes_of_desk.tap(turn, update.callback_query.data or "")
    elif message is not None:
        found, edited = received.stands(turn, message), update.edited_message is not None
        incoming = _passable(message)
        passed_on = edited and relay.mirrored(turn, incoming) is not None
        if found is not None and not passed_on:
            routes_of_desk.from_desk(turn, found, incoming, edited=edited)


def _is_reply(turn: Turn, message: Message, *, edited: bool) -> bool:
    """Whether a private message is a reply to a tutor, or a tutor's to a sheet's people."""
    found = received.stands(turn, message)
    if found is None:
        return False
    return routes_of_desk.in_private(turn, found, _passable(message), edited=edited)


def _passable(message: Message) -> Incoming:
    """A message as it can be passed on: without words and file, where it has nothing of its own."""
    if any(getattr(message, name) for name in _OTHERS):
        return Incoming(message.message_id)
    return received.incoming(message)


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
    elif relay.edited(turn, received.incoming(message)) or _is_reply(turn, message, edited=True):
        return
    elif message.location is not None:
        return  # A position that is shared live is edited every few seconds.
    elif (message.text or message.caption) and not message.forward_origin:
        messages.edited(turn, received.sendable(message))
    else:
        messages.other(turn)


def _message(turn: Turn, message: Message) -> None:
    known = people.is_known(turn.person)
    command = received.command(message, turn.school.menu.names(), turn.bot_name)
    if command is not None:
        turn.after_command = received.after_command(message)
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
        if _is_reply(turn, message, edited=False):
            return
        if turn.expecting == people.ANNOUNCES:
            routes_of_announcing.given(turn, received.sendable(message))
        else:
            _by_kind(turn, message)


def _by_kind(turn: Turn, message: Message) -> None:
    incoming = received.incoming(message)
    sent = incoming.file is not None or bool(incoming.text.strip())
    if turn.expecting == people.MATERIALS and sent:
        materials.given(turn, incoming)
    elif any(getattr(message, name) for name in _OTHERS):
        messages.other(turn)
    elif turn.expecting == people.WRITES and sent:
        writing.given(turn, incoming)
    elif turn.expecting == people.TUTOR and sent:
        relay_written.given(turn, incoming)
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
    return turn.person.expects in (people.ASKS, people.ADDS) and turn.desk.answers
