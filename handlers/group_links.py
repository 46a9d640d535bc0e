"""Who comes into a group, and how: links for one person or for all, as a message or as a picture;
what somebody meets who comes by one.
"""

from collections.abc import Sequence

from db.groups import Group, GroupLink
from db.types import Json
from handlers import agreeing, home, name, together
from handlers import groups as screens
from handlers.buttons import Button, Keyboard, data
from handlers.turn import Screen, Turn
from school import group_links, groups, links, outbox, wording
from school.group_links import ALL, ONCE
from school.phrases import Phrase, bold, lines, paragraphs, t

PICTURE = "grouppicture"
_KEPT = t("Your own sheet is kept. It comes back when you leave the group.")
_FOR = {ONCE: t("for one person"), ALL: t("for the whole group")}


def invite(turn: Turn, notes: Sequence[Phrase] = ()) -> None:
    """The ways to invite somebody."""
    group = groups.of(turn.session, turn.person)
    if group is None:
        screens.start(turn)
        return
    text = lines(
        bold(t("Whom do you invite?")),
        t("A link for one person works once."),
        t("A link for the whole group works until you take it back."),
    )
    there: Keyboard = []
    if group_links.of(turn.session, group):
        there = [[(t("See our links"), data("glinks"))]]
    rows: Keyboard = [
        [(t("Invite one person"), data("glink", ONCE))],
        [(t("Invite the whole group"), data("glink", ALL))],
    ]
    turn.show(Screen(text, [*rows, *there, [_back("group")]]), notes)


def _back(verb: str) -> Button:
    return t("Back"), data(verb)


def make(turn: Turn, kind: str) -> None:
    """A link, as a message to be passed on."""
    group = groups.held(turn.session, turn.person)
    if group is None or kind not in group_links.KINDS:
        invite(turn)
        return
    link = group_links.make(turn.session, group, kind, turn.now)
    if link is None:
        listed(turn, [t("Your group has many links. Take one back, then make a new one.")])
    else:
        _say(turn, group, link)


def show(turn: Turn, code: str) -> None:
    """A link once more."""
    found = _own(turn, code)
    if found is None:
        listed(turn)
    else:
        _say(turn, *found)


def _own(turn: Turn, code: str) -> tuple[Group, GroupLink] | None:
    """A link of the person's own group, by a code that came back from a button."""
    group = groups.of(turn.session, turn.person)
    link = group_links.own(turn.session, group, code) if group is not None else None
    return (group, link) if group is not None and link is not None else None


def _message(turn: Turn, group: Group, link: GroupLink) -> Phrase:
    school = turn.text(turn.school.settings.name)
    return lines(
        t("Join our group %(group)s at %(school)s.", group=bold(group.name), school=school),
        t("Tap the link, then Start."),
        turn.link(links.GROUP, link.code),
    )


def _say(turn: Turn, group: Group, link: GroupLink) -> None:
    turn.say(_message(turn, group, link))
    once = t("Pass the message above on to one person. The link works once.")
    for_all = t("Pass the message above on to those who are with you.")
    rows: Keyboard = [
        [(t("Picture with a code"), data("gpicture", link.code))],
        [_back("ginvite")],
    ]
    turn.show(Screen(once if link.kind == ONCE else for_all, rows))


def picture(turn: Turn, code: str) -> None:
    """A link as a picture, to be scanned."""
    found = _own(turn, code)
    if found is None:
        listed(turn)
        return
    document: dict[str, Json] = {PICTURE: code}
    if not outbox.on_its_way(turn.session, turn.chat_id, document):
        body: dict[str, Json] = {"document": document, "caption": _message(turn, *found)}
        turn.send_beside("sendPhoto", body)
    invite(turn, [t("The picture comes in a moment: pass it on.")])


def listed(turn: Turn, notes: Sequence[Phrase] = ()) -> None:
    """The links that count, each to be seen or taken back."""
    group = groups.of(turn.session, turn.person)
    there = group_links.of(turn.session, group) if group is not None else ()
    if not there:
        invite(turn, notes)
        return
    said = [_line(turn, number, link) for number, link in enumerate(there, start=1)]
    rows: Keyboard = [
        [
            (t("Link %(number)s", number=number), data("gshow", link.code)),
            (t("Revoke %(number)s", number=number), data("grevoke", link.code)),
        ]
        for number, link in enumerate(there, start=1)
    ]
    text = paragraphs(bold(t("Links into your group")), lines(*said))
    turn.show(Screen(text, [*rows, [_back("ginvite")]]), notes)


def _line(turn: Turn, number: int, link: GroupLink) -> Phrase:
    day = wording.short_day(link.at.astimezone(turn.school.zone), turn.person.language)
    return t("%(number)s: %(kind)s, %(day)s", number=number, kind=_FOR[link.kind], day=day)


def revoke(turn: Turn, code: str) -> None:
    """Take a link back."""
    found = _own(turn, code)
    if found is not None:
        group_links.revoke(turn.session, found[1])
    listed(turn, [t("That link leads nowhere now.")])


def invited(turn: Turn, code: str) -> Phrase | None:
    """What somebody reads who is new and came by a link."""
    found = group_links.find(turn.session, code)
    return t("An invitation to the group %(group)s", group=bold(found[1].name)) if found else None


def opened(turn: Turn, code: str) -> None:
    """Somebody comes by a link: which group it is, and who is in it."""
    found, own = group_links.find(turn.session, code), groups.of(turn.session, turn.person)
    if own is not None:
        _in_one(turn, own, found[1] if found is not None else None)
    elif found is None:
        _void(turn)
    else:
        _ask(turn, code, found[1])


def _void(turn: Turn) -> None:
    home.again(turn, [t("This link leads nowhere now. Please ask for a new one.")])


def _in_one(turn: Turn, own: Group, other: Group | None) -> None:
    here = t("You are in this group.")
    if other is None or other.id != own.id:
        here = t("You are in a group already. To join another one, leave yours first.")
    screens.start(turn, [here])


def _ask(turn: Turn, code: str, group: Group) -> None:
    own = groups.own_sheet(turn.session, turn.person)
    text = paragraphs(
        bold(t("Join the group %(group)s?", group=group.name)),
        t("Members: %(names)s", names=screens.named(turn, group)),
        t("All of you see the same sheet, and who wrote what."),
        _KEPT if own is not None else None,
    )
    rows: Keyboard = [[(t("Join"), data("gjoin", code))], [(t("Rather not"), data("home"))]]
    turn.show(Screen(text, rows))


def join(turn: Turn, code: str) -> None:
    """Somebody wants to come in: the others hear by which name, so that is asked for before."""
    found = group_links.find(turn.session, code)
    if found is not None and turn.person.name is None and not _is_in_one(turn):
        first = t("One thing before you join %(group)s.", group=bold(found[1].name))
        name.ask(turn, [first], then=data("gcome", code))
    else:
        come(turn, code)


def _is_in_one(turn: Turn) -> bool:
    return groups.of(turn.session, turn.person) is not None


def come(turn: Turn, code: str) -> None:
    """Come in, with a name or without; the others hear of it."""
    own = groups.own_sheet(turn.session, turn.person)
    group = group_links.take(turn.session, code, turn.person, turn.now)
    if group is None:
        opened(turn, code)
        return
    turn.look_up()
    came = t("%(name)s has joined your group.", name=together.who(turn.person.name))
    screens.tell(turn, groups.others(turn.session, group, turn.person), came)
    said = t("You are in the group %(group)s now.", group=bold(group.name))
    agreeing.joined(turn)
    screens.start(turn, [lines(said, _KEPT if own is not None else None)])
