"""The questions to those who came, one after the other in one message. Each can be passed over, and
all of them from the message itself.

Own words are asked for only after a tap, so that no text is taken for an answer that is none; what
was asked before is asked again then.
"""

from collections.abc import Sequence

from db.events import Event, Seat
from db.types import Json
from handlers import events_shown, meetings, mutes, workshops
from handlers.buttons import Button, Keyboard, as_json, data, row_number
from handlers.describe import too_long
from handlers.turn import Screen, Turn
from school import bubbles, events, feedback, people
from school.bubbles import Bubble
from school.feedback import FEEDBACK, Due
from school.outbox import Once, Row
from school.phrases import Phrase, bold, paragraphs, t


def slot(event: Event) -> str:
    """Where the questions about an event stand in a chat."""
    return f"{FEEDBACK}:{event.id}"


def message(turn: Turn, due: Due, seat: Seat) -> Row | None:
    """What asks the first question, unless that was done."""
    key = next(iter(turn.school.feedback.questions))
    screen = _question(turn, due.event, seat, key)
    before = t("You were there. The school reads your answers without your name.")
    text = paragraphs(_head(turn, due.event), before, _ask(turn, key))
    rows = [*screen.keyboard, [mutes.button(FEEDBACK)]]
    body: dict[str, Json] = {"text": text, "buttons": as_json(rows)}
    return turn.once(body, slot(due.event), Once(feedback.key(seat), due.deadline))


def _head(turn: Turn, event: Event) -> Phrase:
    return bold(events_shown.title(turn, event))


def _ask(turn: Turn, key: str) -> Phrase:
    return bold(turn.text(turn.school.feedback.questions[key].ask))


def _question(turn: Turn, event: Event, seat: Seat, key: str) -> Screen:
    asked = turn.school.feedback.questions[key]
    rows: Keyboard = [
        [(turn.text(label), data("fbpick", seat.id, key, option))]
        for option, label in asked.options.items()
    ]
    without = t("Skip") if asked.options else t("Nothing to add")
    past: Button = (without, data("fbskip", seat.id, key))
    return Screen(paragraphs(_head(turn, event), _ask(turn, key)), [*rows, [past]])


def pick(turn: Turn, number: str, key: str, option: str) -> None:
    """An option was tapped."""
    asked = turn.school.feedback.questions.get(key)
    seat = _seat(turn, number)
    if seat is None:
        meetings.start(turn)
        return
    if asked is not None and option in asked.options:
        _keep(turn, seat, key, option)
    _go_on(turn, seat)


def skip(turn: Turn, number: str, key: str) -> None:
    """A question is passed over."""
    seat = _seat(turn, number)
    if seat is None:
        meetings.start(turn)
        return
    _keep(turn, seat, key, None)
    _go_on(turn, seat)


def _seat(turn: Turn, number: str) -> Seat | None:
    return feedback.seat_of(turn.session, turn.person, row_number(number) or 0)


def _present(turn: Turn, seat: Seat) -> str | None:
    questions = turn.school.feedback.questions
    return feedback.present(questions, feedback.given(turn.session, seat))


def _keep(turn: Turn, seat: Seat, key: str, answer: str | None) -> None:
    """Only what is asked now: a second tap on an old button says nothing."""
    if key == _present(turn, seat):
        feedback.keep(turn.session, seat, key, answer, turn.now)


def _go_on(turn: Turn, seat: Seat) -> None:
    """The next question in the place of the one before, or thanks."""
    event, key = turn.session.get_one(Event, seat.event_id), _present(turn, seat)
    _as_before(turn)
    if key is None:
        _draw(turn, event, _thanks(turn, event))
        return
    if not turn.school.feedback.questions[key].options:
        turn.person.expects = f"{people.FEEDBACK}:{seat.id}:{turn.person.expects}"
    _draw(turn, event, _question(turn, event, seat, key))


def _as_before(turn: Turn) -> bool:
    """The next text is whose it was before; False where it was nobody's."""
    whose, _, rest = turn.person.expects.partition(":")
    if whose == people.FEEDBACK:
        turn.person.expects = rest.partition(":")[2]
    return turn.person.expects != people.NOBODY


def _draw(turn: Turn, event: Event, screen: Screen) -> None:
    """Where the questions stand, unless they are the screen by now."""
    message = turn.standing(slot(event))
    if message is None or turn.tapped is None or turn.taps_screen:
        turn.show(screen)
    else:
        body: dict[str, Json] = {"text": screen.text, "message_id": message}
        turn.do("editMessageText", {**body, "buttons": as_json(screen.keyboard)})


def _thanks(turn: Turn, event: Event) -> Screen:
    paper: Keyboard = []
    if events.is_over(turn.session, event, turn.now):
        paper = [[(t("Get my certificate"), data("certificate", event.id))]]
    said = paragraphs(_head(turn, event), _thank_you())
    handed = workshops.handed_on(turn, event)
    return Screen(said, [*handed, *paper, [(t("Home"), data("home"))]])


def _thank_you() -> Phrase:
    return t("Thank you. This helps us with the next one.")


def again(turn: Turn, notes: Sequence[Phrase] = ()) -> None:
    """The question that waits for own words is asked again."""
    seat = _expected(turn)
    key = _present(turn, seat) if seat is not None else None
    if seat is None or key is None:
        turn.person.expects = people.NOBODY
        meetings.start(turn, notes)
        return
    event = turn.session.get_one(Event, seat.event_id)
    turn.show(_question(turn, event, seat, key), notes)


def _expected(turn: Turn) -> Seat | None:
    return _seat(turn, turn.person.expects.split(":")[1])


def given(turn: Turn, bubble: Bubble) -> list[Phrase] | None:
    """Own words were typed: what is said above the question that was open before; None where none
    was, and all is said.
    """
    seat = _expected(turn)
    key = _present(turn, seat) if seat is not None else None
    if seat is None or key is None:
        again(turn)
        return None
    why = _too_long(turn, key, bubble.words)
    if why is not None:
        again(turn, [why])
        return None
    bubble.question = f"{people.FEEDBACK}:{seat.id}:{key}"
    bubbles.save(turn.session, bubble)
    _keep(turn, seat, key, bubble.words)
    _close(turn, seat)
    if _present(turn, seat) is None and _as_before(turn):
        return [_thank_you()]
    _go_on(turn, seat)
    return None


def _too_long(turn: Turn, key: str, words: str) -> Phrase | None:
    asked = turn.school.feedback.questions.get(key)
    most = (asked.most if asked is not None else None) or 0
    return too_long(len(words), most) if len(words) > most else None


def _close(turn: Turn, seat: Seat) -> None:
    """The question has its answer below, and no buttons any more."""
    message = turn.standing(slot(turn.session.get_one(Event, seat.event_id)))
    if message is not None:
        turn.do("editMessageReplyMarkup", {"message_id": message})


def edited(turn: Turn, bubble: Bubble, words: str) -> Phrase:
    """The message that an answer was typed in has other words now."""
    _, number, key = str(bubble.question).split(":")
    seat = _seat(turn, number)
    if seat is None:
        return t("That message is not an answer, so nothing changed.")
    title = events_shown.title(turn, turn.session.get_one(Event, seat.event_id))
    if _too_long(turn, key, words) is not None:
        why = t("it is too long")
        return t("%(name)s stays as it was: %(reason)s.", name=bold(title), reason=why)
    bubble.words = words
    bubbles.save(turn.session, bubble)
    feedback.keep(turn.session, seat, key, words, turn.now)
    return t("I changed your answer: %(name)s", name=title)
