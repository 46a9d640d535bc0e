"""Who works at the school, from inside: the home of staff, people and their roles, invitations, and
the trail of what was done.
"""

from collections.abc import Mapping, Sequence

from db.tables import Deed, Person
from handlers import helping, leaving
from handlers.buttons import Button, Keyboard, data
from handlers.turn import Screen, Turn
from school import interview, links, staff, wording
from school.phrases import Phrase, bold, joined, lines, paragraphs, t
from school.staff import COORDINATOR, TUTOR

ROLES: Mapping[str, Phrase] = {TUTOR: t("tutor"), COORDINATOR: t("coordination")}
_INVITE: Mapping[str, Phrase] = {
    TUTOR: t("Invite a tutor"),
    COORDINATOR: t("Invite to coordinate"),
}
# What was done, by its key in the trail.
_DEEDS: Mapping[str, Phrase] = {
    "invited": t("made an invitation"),
    "joined": t("gave a role"),
    "ended": t("took a role away"),
    "published": t("announced an event"),
    "changed": t("changed an event"),
    "cancelled": t("called an event off"),
    "cancelled_one": t("called one date off"),
    "came": t("noted who came"),
    "uncame": t("took back who came"),
    "handed": t("added materials"),
    "unhanded": t("took materials away"),
    "listed": t("took a list of people"),
    "wrote": t("wrote to an event's people"),
    "added": t("added somebody by name"),
    "taken_off": t("took somebody off the list"),
    "deleted": t("deleted somebody without Telegram"),
    "handed_in": t("sent a sheet to the tutors"),
    "agreed_for": t("noted an agreement"),
    "took": t("took a sheet"),
    "asked": t("asked for changes of a sheet"),
    "readied": t("said that a sheet is ready"),
    "closed": t("closed a sheet"),
    "bound": t("chose the tutors' desk"),
    "unbound": t("ended the tutors' desk"),
    "passed_on": t("handed a sheet on"),
    "mediator": t("named a mediator"),
    "helps": t("wrote for somebody without Telegram"),
    "agreed": t("noted that somebody agreed"),
    "linked": t("made a link to take data over"),
    "took_over": t("took over what was written down"),
    "moved": t("moved to another account"),
    "card_down": t("took a card down"),
    "card_left": t("left a card that was reported"),
    "announced": t("sent an announcement"),
    "asked_ann": t("asked to approve an announcement"),
    "approved_ann": t("approved an announcement"),
    "stopped_ann": t("stopped an announcement"),
    "corrected_ann": t("corrected an announcement"),
    "recalled_ann": t("recalled an announcement"),
    "resent_ann": t("sent an announcement once more"),
}


def home(turn: Turn, notes: Sequence[Phrase] = ()) -> None:
    """Where staff are at home."""
    interview.pause(turn.person)
    name = turn.text(turn.school.settings.name)
    here = t("Your role here: %(roles)s.", roles=_named(turn.roles))
    turn.show(Screen(paragraphs(bold(name), here), _doors(turn)), notes)


def _named(roles: Sequence[str]) -> Phrase:
    return joined(", ", *(ROLES[role] for role in roles))


def _doors(turn: Turn) -> Keyboard:
    doors: Sequence[tuple[str, Button]] = (
        ("today", (t("Today and next"), data("today", 0))),
        ("events", (t("Make an event"), data("events"))),
        ("announce", (t("Write to many people"), data("anns"))),
        ("queue", (t("The sheets that wait"), data("queue", 0))),
        ("tutor", (t("My work as a tutor"), data("mytutoring"))),
        ("staff", (t("People and roles"), data("members"))),
        ("trail", (t("What was done"), data("trail", 0))),
        ("assist", (t("Write for somebody"), data("helped", 0))),
        ("assist", (t("Move a lost account"), data("moving"))),
        ("home", (t("My name"), data("name"))),
        ("home", (t("As a resident"), data("home"))),
    )
    return [
        *helping.way_out(turn),
        *([button] for action, button in doors if turn.may(action)),
    ]


def members(turn: Turn, notes: Sequence[Phrase] = ()) -> None:
    """All who have a role."""
    found = staff.people(turn.session)
    said = [
        t("%(name)s: %(roles)s", name=_name(person), roles=_named(roles)) for person, roles in found
    ]
    rows: Keyboard = [[(_name(person), data("member", person.id))] for person, _ in found]
    invite: Keyboard = [[(label, data("invite", role))] for role, label in _INVITE.items()]
    desk: Keyboard = [[(t("See the tutors' desk"), data("desk"))]]
    text = paragraphs(bold(t("People and roles")), lines(*said))
    turn.show(Screen(text, [*rows, *invite, *desk, [_back("staff")]]), notes)


def _name(person: Person) -> Phrase:
    return person.name or t("without a name")


def _back(verb: str, *arguments: object) -> Button:
    return t("Back"), data(verb, *arguments)


def member(turn: Turn, number: str) -> None:
    """One of them, and which roles can be taken away."""
    person, roles = _member(turn, number)
    if person is None:
        members(turn)
        return
    said = lines(bold(_name(person)), t("Role: %(roles)s", roles=_named(roles)))
    ends: Keyboard = [
        [(t("End: %(role)s", role=ROLES[role]), data("ending", person.id, role))] for role in roles
    ]
    turn.show(Screen(said, [*ends, [_back("members")]]))


def _member(turn: Turn, number: str) -> tuple[Person, Sequence[str]] | tuple[None, Sequence[str]]:
    """One who has a role, by a number that came back from a button."""
    found = staff.people(turn.session)
    return next(((one, roles) for one, roles in found if str(one.id) == number), (None, ()))


def ending(turn: Turn, number: str, role: str) -> None:
    """Ask before a role is taken away."""
    person, roles = _member(turn, number)
    if person is None or role not in roles:
        members(turn)
        return
    asked = lines(
        bold(t("Shall this role end?")),
        t("%(name)s: %(roles)s", name=_name(person), roles=ROLES[role]),
        t("The menu and the rights of the role go at once. All that was done stays."),
    )
    yes: Button = (t("End the role"), data("end", number, role))
    turn.show(Screen(asked, [[yes], [_back("member", number)]]))


def end(turn: Turn, number: str, role: str) -> None:
    """Take a role away; whom it was is told."""
    person, roles = _member(turn, number)
    if person is None or role not in roles:
        members(turn)
        return
    staff.take(turn.session, person, role)
    staff.note(turn.session, turn.person, "ended", turn.now, whom=person, role=role)
    leaving.left(turn, person)
    other, ended = turn.of(person), t("Your role has ended: %(role)s.", role=ROLES[role])
    other.set_menu()
    if person.id != turn.person.id:
        other.send_beside("sendMessage", {"text": ended})
        members(turn, [t("The role has ended.")])
    else:
        turn.show(Screen(ended, [[(t("Home"), data("home"))]]))


def invite(turn: Turn, role: str) -> None:
    """Make an invitation, as a message to be forwarded."""
    if role not in ROLES:
        members(turn)
        return
    secret = staff.invite(turn.session, role, turn.person, turn.now)
    staff.note(turn.session, turn.person, "invited", turn.now, role=role)
    name = turn.text(turn.school.settings.name)
    turn.say(
        lines(
            t("An invitation to work with %(school)s: %(role)s.", school=name, role=ROLES[role]),
            t("Tap the link, then Start. It works once, until %(day)s.", day=_until(turn)),
            turn.link(links.STAFF, secret),
        )
    )
    members(turn, [t("Forward the message above to the person. Nobody else should get it.")])


def _until(turn: Turn) -> str:
    last = (turn.now + staff.VALID).astimezone(turn.school.zone)
    return wording.day(last.date(), turn.person.language)


def accept(turn: Turn, secret: str) -> bool:
    """Take an invitation up; False where it is worth nothing any more."""
    role = staff.accept(turn.session, secret, turn.person, turn.now)
    if role is None:
        return False
    turn.set_menu()
    return True


def trail(turn: Turn, page: str) -> None:
    """What staff did, the newest first."""
    number = int(page) if page.isdecimal() and len(page) < 6 else 0
    deeds, pages = staff.trail(turn.session, number)
    head = t("What was done · page %(page)s of %(pages)s", page=number + 1, pages=pages)
    said = [_deed(turn, deed) for deed in deeds] or [t("Nothing yet.")]
    steps: list[Button] = []
    if number > 0:
        steps.append((t("Newer"), data("trail", number - 1)))
    if number + 1 < pages:
        steps.append((t("Older"), data("trail", number + 1)))
    rows: Keyboard = [steps] if steps else []
    turn.show(Screen(paragraphs(bold(head), lines(*said)), [*rows, [_back("staff")]]))


def _deed(turn: Turn, deed: Deed) -> Phrase:
    """A line of the trail: when, who, what, and to whom."""
    when = wording.moment(deed.at.astimezone(turn.school.zone), turn.person.language)
    role = deed.about.get("role")
    what = deed.about.get("event") or deed.about.get("group")
    parts = (
        _DEEDS[deed.what],
        _who(turn, deed.whom_id) if deed.whom_id is not None else None,
        ROLES[str(role)] if role in ROLES else None,
        str(what) if what else None,
        _announcement(deed),
    )
    by = t("the operator") if deed.about.get("operator") else _who(turn, deed.person_id)
    return joined(" · ", when, by, joined(", ", *parts))


def _announcement(deed: Deed) -> Phrase | None:
    number = deed.about.get("announcement")
    return t("Announcement %(number)s", number=str(number)) if number is not None else None


def _who(turn: Turn, number: int | None) -> Phrase:
    person = turn.session.get(Person, number) if number is not None else None
    return _name(person) if person is not None else t("somebody who left")
