"""Who is in a group, and who no longer: leaving, removing, handing the lead on. Each takes two
taps, and all whom it concerns are told.
"""

import datetime as dt
from collections.abc import Callable, Sequence

from db.tables import Person
from handlers import groups as screens
from handlers import handing_in, home, together
from handlers.buttons import Button, Keyboard, data, row_number
from handlers.turn import Screen, Turn
from school import groups, wording
from school.groups import GOES, RETURNS, STAYS, Parting
from school.phrases import Phrase, bold, joined, lines, paragraphs, t

_MOST = 30  # of whom each has a button, or a line


def members(turn: Turn) -> None:
    """Who is in the group, since when, and who leads it."""
    group = groups.of(turn.session, turn.person)
    if group is None:
        screens.start(turn)
        return
    found = groups.with_days(turn.session, group)[:_MOST]
    said = [_line(turn, person, at, leads=person.id == group.lead_id) for person, at in found]
    rows: Keyboard = [[(t("My name"), data("gname"))], [_back()]]
    turn.show(Screen(paragraphs(bold(group.name), lines(*said)), rows))


def _line(turn: Turn, person: Person, at: dt.datetime, *, leads: bool) -> Phrase:
    day = wording.short_day(at.astimezone(turn.school.zone), turn.person.language)
    here = t("%(name)s, since %(day)s", name=screens.called(person), day=day)
    return joined(" · ", here, t("leads the group") if leads else None)


def _back() -> Button:
    return t("Back"), data("group")


def leaving(turn: Turn) -> None:
    """Ask before somebody leaves, and say what becomes of the sheet."""
    group = groups.of(turn.session, turn.person)
    if group is None:
        screens.start(turn)
        return
    text = lines(
        bold(t("Leave the group %(group)s?", group=group.name)),
        _BECOMES[groups.outcome(turn.session, turn.person, group)],
    )
    yes: Button = (t("Leave the group"), data("gleave"))
    turn.show(Screen(text, [[yes], [_back()]]))


_BECOMES: dict[str, Phrase] = {
    STAYS: t("What you wrote stays in the group's sheet, with your name."),
    RETURNS: t("You are the last one: the group ends, and its sheet is yours alone."),
    GOES: t("You are the last one: the group ends, and its sheet is deleted. Yours comes back."),
}


def leave(turn: Turn) -> None:
    """Somebody leaves."""
    own = groups.own_sheet(turn.session, turn.person)
    parting = parted(turn)
    if parting is None:
        screens.start(turn)
        return
    turn.look_up()
    said = t("You have left the group %(group)s.", group=bold(parting.name))
    back = t("Your own sheet is back.") if own is not None else None
    alone = t("Its sheet is yours alone now.") if parting.sheet == RETURNS else None
    home.again(turn, [lines(said, alone or back)])


def parted(turn: Turn) -> Parting | None:
    """Somebody is no longer in the group, and the others hear of it; None for who is in none."""
    handing_in.left_behind(turn)
    parting = groups.leave(turn.session, turn.person)
    if parting is None:
        return None
    gone = t("%(name)s has left your group.", name=together.who(turn.person.name))
    for person in parting.rest:
        lead = t("You lead the group now.") if parting.lead and person is parting.lead else None
        screens.tell(turn, [person], lines(gone, lead))
    return parting


def remove(turn: Turn) -> None:
    """Whom to take out of the group."""
    _choose(turn, t("Who is to leave the group?"), "gremoving")


def hand(turn: Turn) -> None:
    """Whom to make the lead."""
    _choose(turn, t("Who is to lead the group?"), "ghanding")


def _choose(turn: Turn, asked: Phrase, verb: str) -> None:
    found = _led(turn)
    if not found:
        screens.start(turn)
        return
    rows: Keyboard = [[(screens.called(one), data(verb, one.id))] for one in found[:_MOST]]
    turn.show(Screen(bold(asked), [*rows, [_back()]]))


def _led(turn: Turn) -> Sequence[Person]:
    """The others of a group that the person leads."""
    group = groups.of(turn.session, turn.person)
    if group is None or not screens.leads(turn, group):
        return []
    return groups.others(turn.session, group, turn.person)


def removing(turn: Turn, number: str) -> None:
    """Ask before somebody is taken out."""
    why = t("What they wrote stays in the sheet. They are told.")
    _confirm(turn, number, _shall_go, why, (t("Remove from the group"), "gremoved"))


def handing(turn: Turn, number: str) -> None:
    """Ask before the lead is handed on."""
    why = t("Who leads can rename the group, remove people, and hand the lead on.")
    _confirm(turn, number, _shall_lead, why, (t("Hand the lead on"), "ghanded"))


def _shall_go(name: Phrase) -> Phrase:
    return t("Shall %(name)s leave the group?", name=name)


def _shall_lead(name: Phrase) -> Phrase:
    return t("Shall %(name)s lead the group?", name=name)


def _confirm(
    turn: Turn,
    number: str,
    asked: Callable[[Phrase], Phrase],
    why: Phrase,
    yes: tuple[Phrase, str],
) -> None:
    person = next((one for one in _led(turn) if one.id == row_number(number)), None)
    if person is None:
        screens.start(turn)
        return
    label, verb = yes
    text = lines(bold(asked(screens.called(person))), why)
    turn.show(Screen(text, [[(label, data(verb, person.id))], [_back()]]))


def removed(turn: Turn, number: str) -> None:
    """The lead takes somebody out."""
    found = groups.remove(turn.session, turn.person, row_number(number) or 0)
    if found is None:
        screens.start(turn)
        return
    person, parting = found
    own = groups.own_sheet(turn.session, person)
    told = t("You are no longer in the group %(group)s.", group=bold(parting.name))
    back = t("Your own sheet is back.") if own is not None else None
    screens.tell(turn, [person], lines(told, back))
    gone = t("%(name)s is no longer in your group.", name=together.who(person.name))
    screens.tell(turn, [one for one in parting.rest if one.id != turn.person.id], gone)
    links = t("The links into the group lead nowhere now.") if parting.links else None
    screens.start(turn, [lines(gone, links)])


def handed(turn: Turn, number: str) -> None:
    """The lead is somebody else from now on."""
    person = groups.hand_on(turn.session, turn.person, row_number(number) or 0)
    if person is None:
        screens.start(turn)
        return
    screens.tell(turn, [person], t("You lead the group now."))
    said = t("%(name)s leads the group now.", name=together.who(person.name))
    rest = [one for one in _others(turn) if one.id != person.id]
    screens.tell(turn, rest, said)
    screens.start(turn, [said])


def _others(turn: Turn) -> Sequence[Person]:
    group = groups.of(turn.session, turn.person)
    return groups.others(turn.session, group, turn.person) if group is not None else []
