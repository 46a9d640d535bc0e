"""A draft is announced, and whoever wanted to hear of such a meeting does; or it is deleted."""

from collections.abc import Sequence

from db.events import Event
from db.types import Json
from handlers import events_shown
from handlers.buttons import Button, Keyboard, data
from handlers.event import ask, draft, go_on, start
from handlers.events_shown import title
from handlers.turn import Screen, Turn
from school import events, links, staff, taking, wishes
from school.events import WHEN
from school.phrases import bold, lines, paragraphs, t, tn


def publish(turn: Turn, number: str) -> None:
    """Announce a draft that has all it needs."""
    event = draft(turn, number)
    if event is None or events.lacks(turn.session, event) is not None:
        go_on(turn, number)
        return
    first = events.meetings(turn.session, event)[0]
    if first.starts_at <= turn.now:
        ask(turn, event, [t("Its date is past by now: when is it?")], WHEN)
        return
    found = events.parted(turn.session, event, turn.now)
    for one in found:
        one.state = events.PUBLISHED
        taking.settle(one, turn.school.events.kinds.get(one.kind or ""))
        staff.note(turn.session, turn.person, "published", turn.now, event=title(turn, one))
    _tell(turn, event)
    _say(turn, found)


def _say(turn: Turn, found: Sequence[Event]) -> None:
    """It is out: with its link, or with the way to the links of its dates."""
    event, count = found[0], len(found)
    if count > 1:
        each = tn("%(count)s date has its seats.", "%(count)s dates have their seats.", count)
        way = t("The link of each is in its place under “Today and next”.")
        doors: Keyboard = [[(t("Today and next"), data("today", 0))], [(t("Back"), data("staff"))]]
        turn.show(Screen(lines(bold(title(turn, event)), each, way), doors))
        return
    said = lines(bold(title(turn, event)), t("It is announced: people can take a seat."))
    link = turn.link(links.EVENT, event.code)
    home: Button = (t("Back"), data("staff"))
    alter: Button = (t("Change it"), data("manage", event.id))
    turn.show(Screen(paragraphs(said, t("Its link: %(link)s", link=link)), [[alter], [home]]))


def _tell(turn: Turn, event: Event) -> None:
    """Whoever wanted to hear of such a meeting does, when nobody sleeps."""
    at = turn.school.quiet.awake(turn.now)
    there = events.place(turn.session, event)
    what = wishes.fulfilled(event, there, turn.school.neighbourhoods)
    for person in wishes.fulfil(turn.session, what):
        other = turn.of(person)
        said = t("There is a meeting now. You wanted to hear of it.")
        text = paragraphs(said, events_shown.card(other, event, None))
        picture = events.picture(event)
        if picture is not None:
            other.send_beside("sendPhoto", {"photo": picture}, at=at)
        see: Json = [[[t("See it, take a seat"), data("meeting", event.id)]]]
        other.send_beside("sendMessage", {"text": text, "buttons": see}, at=at)


def dropping(turn: Turn, number: str) -> None:
    """Ask before a draft is deleted."""
    event = draft(turn, number)
    if event is None:
        start(turn)
        return
    asked = lines(bold(t("Delete this event?")), title(turn, event))
    yes: Button = (t("Delete it"), data("undrafted", event.id))
    turn.show(Screen(asked, [[yes], [(t("Back"), data("event", event.id))]]))


def drop(turn: Turn, number: str) -> None:
    """Delete a draft."""
    event = draft(turn, number)
    if event is None:
        start(turn)
        return
    events.drop(turn.session, event)
    start(turn, [t("It is deleted.")])
