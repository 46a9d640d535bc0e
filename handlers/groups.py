"""A person's group: making one, its screen, its name. Its links are in group_links.py, who is in it
in group_members.py. Nothing in a button says which group: it is the one that the person is in.
"""

from collections.abc import Sequence

from db.groups import Group
from db.tables import Person
from handlers import company, handoff, name, together
from handlers.buttons import Button, Keyboard, data
from handlers.describe import shortened, too_long
from handlers.turn import Screen, Turn
from school import groups, interview, people, wording
from school.bubbles import Bubble
from school.phrases import Phrase, bold, joined, lines, paragraphs, t, tn

_SHOWN = 8  # members named on a screen
_LETTERS = 20  # of a name among others


def start(turn: Turn, notes: Sequence[Phrase] = ()) -> None:
    """The group that somebody is in, or what one is."""
    interview.pause(turn.person)
    group = groups.of(turn.session, turn.person)
    if group is None:
        _offer(turn, notes)
    else:
        _show(turn, group, notes)


def _offer(turn: Turn, notes: Sequence[Phrase]) -> None:
    own = groups.own_sheet(turn.session, turn.person)
    along = t("The sheet that you began comes along: then it is the group's.")
    text = paragraphs(
        bold(t("Make a group")),
        t("A group is two or more people with one idea. Public calls for projects ask for that."),
        t("All see the same sheet, and who wrote what. You invite them with a link."),
        along if own is not None else None,
        t("Is there a group already? Ask somebody in it for a link."),
    )
    make: Button = (t("Make a group"), data("gnew"))
    rows: Keyboard = [[make], *company.door(turn), [(t("Home"), data("home"))]]
    turn.show(Screen(text, rows), notes)


def new(turn: Turn) -> None:
    """Ask what the group is called that is to be made."""
    if groups.of(turn.session, turn.person) is None:
        _ask(turn)
    else:
        start(turn)


def _ask(turn: Turn, notes: Sequence[Phrase] = ()) -> None:
    turn.person.expects = people.GROUP
    asked = lines(
        bold(t("What is your group called?")),
        t("A few words, %(most)s characters at most.", most=groups.MOST),
    )
    turn.show(Screen(asked, [[_cancel()]]), notes)


def _cancel() -> Button:
    return t("Cancel"), data("group")


def rename(turn: Turn) -> None:
    """The lead may give the group another name."""
    group = groups.of(turn.session, turn.person)
    if group is not None and leads(turn, group):
        _ask(turn)
    else:
        start(turn)


def again(turn: Turn, notes: Sequence[Phrase] = ()) -> None:
    """Ask for the name once more, if it is still asked for."""
    group = groups.of(turn.session, turn.person)
    if group is None or leads(turn, group):
        _ask(turn, notes)
    else:
        start(turn, notes)


def given(turn: Turn, bubble: Bubble) -> None:
    """A name was typed: of a new group, or another one for the group that the person leads."""
    words = " ".join(bubble.words.split())
    if len(words) > groups.MOST:
        why = too_long(len(words), groups.MOST)
        turn.show(Screen(lines(why, t("Write a shorter one.")), [[_cancel()]]))
        return
    group = groups.held(turn.session, turn.person)
    if group is None:
        _found(turn, words)
    elif leads(turn, group):
        group.name = words
        said = t("Your group is called %(name)s now.", name=bold(words))
        tell(turn, groups.others(turn.session, group, turn.person), said)
        start(turn, [said])
    else:
        start(turn)


def _found(turn: Turn, words: str) -> None:
    groups.found(turn.session, turn.person, words, turn.now)
    turn.look_up()
    said = t("Your group %(name)s is there. Now invite somebody.", name=bold(words))
    if turn.person.name is None:
        name.ask(turn, [said], then=data("group"))
    else:
        start(turn, [said])


def my_name(turn: Turn) -> None:
    """Another name for the others to see."""
    if groups.of(turn.session, turn.person) is None:
        start(turn)
    else:
        name.ask(turn, then=data("group"))


def leads(turn: Turn, group: Group) -> bool:
    """Whether the person leads a group."""
    return group.lead_id == turn.person.id


def called(person: Person) -> Phrase:
    """Somebody among others, by the name that they chose."""
    return shortened(person.name, _LETTERS) if person.name else t("without a name")


def named(turn: Turn, group: Group) -> Phrase:
    """Who is in a group, and how many more."""
    found, language = groups.members(turn.session, group), turn.person.language
    names = joined(wording.between(language), *(_apart(turn, one) for one in found[:_SHOWN]))
    more = len(found) - _SHOWN
    rest = tn("and %(count)s more person", "and %(count)s more people", more) if more > 0 else None
    return joined(" ", names, rest)


def _apart(turn: Turn, person: Person) -> Phrase:
    """A name that keeps its own direction among others."""
    name = called(person)
    return wording.apart(name, turn.person.language) if isinstance(name, str) else name


def _show(turn: Turn, group: Group, notes: Sequence[Phrase]) -> None:
    others = groups.others(turn.session, group, turn.person)
    alone = t("So far you are alone here. Public calls ask for at least two people.")
    text = paragraphs(
        bold(group.name),
        lines(t("Members: %(names)s", names=named(turn, group)), _leading(turn, group)),
        t("All of you see the same sheet, and who wrote what.") if others else alone,
    )
    turn.show(Screen(text, doors(turn, group, alone=not others)), notes)


def _leading(turn: Turn, group: Group) -> Phrase | None:
    if leads(turn, group):
        return t("You lead the group.")
    lead = turn.session.get(Person, group.lead_id) if group.lead_id is not None else None
    return t("%(name)s leads the group.", name=together.who(lead.name)) if lead else None


def doors(turn: Turn, group: Group, *, alone: bool) -> Keyboard:
    """What can be done from a group's screen."""
    rows: Keyboard = [
        [(t("Our sheet"), data("overview"))],
        [(t("Invite somebody"), data("ginvite"))],
        [(t("Members"), data("gmembers"))],
    ]
    if leads(turn, group):
        rows.append([(t("Rename the group"), data("grename"))])
        if not alone:
            rows.append([(t("Remove somebody"), data("gremove"))])
            rows.append([(t("Hand the lead on"), data("ghand"))])
    leaves: Keyboard = [[(t("Leave the group"), data("gleaving"))], [(t("Home"), data("home"))]]
    return [*rows, *handoff.doors(turn), *leaves]


def tell(turn: Turn, people_of: Sequence[Person], phrase: Phrase) -> None:
    """Tell others of the group, beside their screens."""
    for person in people_of:
        turn.of(person).send_beside("sendMessage", {"text": phrase})
