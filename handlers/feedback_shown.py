"""What people said of an event, as coordinators read it: sums, then own words. No names."""

from collections.abc import Mapping, Sequence

from db.events import Event, Meeting
from handlers import events_shown
from handlers.buttons import Button, Keyboard, data, paging, row_number
from handlers.turn import Screen, Turn
from school import events, feedback
from school.feedback import ENOUGH, Opinions
from school.phrases import Phrase, bold, joined, lines, paragraphs, t, tn


def door(turn: Turn, meeting: Meeting) -> Keyboard:
    """The way to it, once the event is over."""
    event = turn.session.get_one(Event, meeting.event_id)
    if not events.is_over(turn.session, event, turn.now):
        return []
    return [[(t("What people said"), data("feedback", event.id))]]


def show(turn: Turn, number: str) -> None:
    """How often each answer was given."""
    event = _event(turn, number)
    if event is None:
        turn.show(Screen(t("This meeting is not there any more."), [[_today()]]))
        return
    said = feedback.opinions(turn.session, event, turn.school.feedback.questions)
    enough = said.people >= ENOUGH
    sums = [_sums(turn, key, counts) for key, counts in said.counts.items()]
    text = paragraphs(_head(turn, event), _people(said), *(sums if enough else [_few()]))
    words: Button = (t("In their own words"), data("fbwords", event.id, 0))
    turn.show(Screen(text, [*([[words]] if said.words else []), [_back(turn, event)]]))


def _event(turn: Turn, number: str) -> Event | None:
    found = events.find(turn.session, row_number(number) or 0)
    return found if found is not None and found.state == events.PUBLISHED else None


def _today() -> Button:
    return t("Back"), data("today", 0)


def _back(turn: Turn, event: Event) -> Button:
    last = events.taking_place(turn.session, event)[-1:]
    return (t("Back"), data("day", last[0].id)) if last else _today()


def _head(turn: Turn, event: Event) -> Phrase:
    return lines(bold(t("What people said")), events_shown.title(turn, event))


def _people(said: Opinions) -> Phrase:
    return tn("%(count)s person answered.", "%(count)s people answered.", said.people)


def _few() -> Phrase:
    return t(
        "From %(count)s people on you see what they said. So nobody is recognised.", count=ENOUGH
    )


def _sums(turn: Turn, key: str, counts: Mapping[str, int]) -> Phrase:
    asked = turn.school.feedback.questions[key]
    rows = (joined(": ", turn.text(asked.options[one]), str(n)) for one, n in counts.items())
    return lines(bold(turn.text(asked.ask)), *rows)


def words(turn: Turn, number: str, page: str) -> None:
    """A page of what people wrote."""
    event = _event(turn, number)
    said: Sequence[Sequence[str]] = []
    if event is not None:
        found = feedback.opinions(turn.session, event, turn.school.feedback.questions)
        said = feedback.pages(found.words)
    if event is None or not said:
        show(turn, number)
        return
    at = min(row_number(page) or 0, len(said) - 1)
    text = paragraphs(_head(turn, event), *(f"“{one}”" for one in said[at]))
    back: Button = (t("Back"), data("feedback", event.id))
    turn.show(Screen(text, [*paging(at, "fbwords", event.id, more=at + 1 < len(said)), [back]]))
